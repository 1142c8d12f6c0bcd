import FuzzSupport
import TestSupport

@testable import InvertedIndex

/// A file of deletions of a segment of as many documents as the first two bytes say, with right
/// checksums: what is read is written and read again the same.
@main
struct DeletionsTarget: FuzzTarget {
    private let uuid = (0..<16).map { UInt8(0xA0 + $0) }

    init() {}

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let documentCount = UInt32(input.byte()) << 8 | UInt32(input.byte())
        let bytes = input.remainder()
        for file in [bytes, SealedFile(envelope: bytes).bytes] {
            try read(file, documentCount)
        }
    }

    private func read(_ bytes: [UInt8], _ documentCount: UInt32) throws {
        let deletions: Deletions
        do throws(IndexError) {
            deletions = try Deletions.read(
                MappedFile(name: "del", copying: bytes), indexUUID: nil,
                documentCount: documentCount)
        } catch _ { return }
        let count = (0..<documentCount).count { deletions.contains($0) }
        hold(count == Int(deletions.deletedCount), "as many as are told")
        let directory = FaultyDirectory()
        try deletions.write(to: directory, name: "del-again.izd", indexUUID: uuid)
        let again = try Deletions.read(
            directory.map("del-again.izd"), indexUUID: uuid, documentCount: documentCount)
        hold(again == deletions, "written and read again")
    }
}
