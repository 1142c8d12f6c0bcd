import FuzzSupport
import InvertedIndex
import TestSupport

/// A file of the write-ahead log, as it is and with right checksums.
///
/// What is opened is opened again the same, takes a record more, and keeps it.
@main
struct LogTarget: FuzzTarget {
    private let name = "wal-0000000000000001.izl"
    private let uuid = (0..<16).map { UInt8(0xA0 + $0) }

    init() {}

    func run(_ input: [UInt8]) throws {
        try tryOut(input)
        try tryOut(SealedFile(log: input).bytes)
    }

    private func tryOut(_ bytes: [UInt8]) throws {
        let directory = FaultyDirectory()
        directory.setContents(of: name, to: bytes)
        let records: [WriteAheadLog.Record]
        do throws(IndexError) {
            let (log, found) = try open(directory)
            records = found
            hold(log.lastSequence == UInt64(found.count), "the last record is the last read")
            hold(found.map(\.sequence) == (0..<found.count).map { UInt64($0) + 1 }, "no gaps")
            try log.close()
        } catch {
            guard case .corrupt(name, let offset, _) = error else {
                if case .wrongFormatVersion = error { return }
                fatalError("\(error)")
            }
            hold((0...bytes.count).contains(offset), "the place of damage is inside")
            hold(directory.contents(of: name) == bytes, "damage is left as it is")
            return
        }
        let (log, again) = try open(directory)
        hold(again == records && log.tornByteCount == 0, "opened again the same")
        let payload: [UInt8] = [1, 2, 3]
        hold(try log.append(payload.span) == UInt64(records.count) + 1, "the next number")
        try log.close()
        let last = try open(directory).records
        hold(last.dropLast().elementsEqual(records), "a record more")
        hold(last.last?.payload == payload, "what was written last is read last")
    }

    private func open(
        _ directory: FaultyDirectory
    ) throws(IndexError) -> (log: WriteAheadLog, records: [WriteAheadLog.Record]) {
        try WriteAheadLog.open(
            directory: directory, indexUUID: uuid, after: 0,
            options: .init(preallocatedByteCount: 0))
    }
}
