import FuzzSupport
import JSON

@testable import InvertedIndex

/// A commit point: the line of JSON, under a last line that fits it.
///
/// What is read is written and read again the same.
@main
struct ManifestTarget: FuzzTarget {
    init() {}

    func run(_ input: [UInt8]) throws {
        read(input, "MANIFEST-0000000000000001.izm")
        let end = input.firstIndex(of: UInt8(ascii: "\n")) ?? input.endIndex
        let line = Array(input[..<end]) + [UInt8(ascii: "\n")]
        let digits = String(SealedFile.checksum(line), radix: 16)
        let padding = String(repeating: "0", count: 8 - digits.count)
        let sealed = line + Array("#izm crc32c=\(padding)\(digits) len=\(line.count)\n".utf8)
        var generation: UInt64 = 1
        do throws(JSONError) {
            let number = try JSONReader().read(Array(line.dropLast()))["generation"]?.integer
            generation = number.flatMap { UInt64(exactly: $0) } ?? 1
        } catch _ {}
        read(sealed, IndexFileName.manifest(generation))
    }

    private func read(_ bytes: [UInt8], _ name: String) {
        do throws(IndexError) {
            let commit = try CommitPoint(bytes, fileName: name)
            hold(commit.parent < commit.generation, "a parent is older")
            hold(Set(commit.fileNames).count == commit.fileNames.count, "files have one meaning")
            hold(
                commit.segments.allSatisfy { $0.deletedCount <= $0.documentCount },
                "no more is deleted than there is")
            hold(try CommitPoint(commit.bytes, fileName: name) == commit, "written and read again")
        } catch {
            hold("\(error)".contains(name), "an error names the file: \(error)")
        }
    }
}
