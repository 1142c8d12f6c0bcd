import Glibc

/// One file of the write-ahead log: a header, then records to the end.
///
/// ```
/// record  length u32 | crc32c of what follows u32 | type u8 | sequence u64 | payload
/// ```
///
/// The length counts type, sequence and payload, so it is never zero: space that was reserved and
/// not written ends the log. The sequence grows by exactly one from record to record.
///
/// The type tells whether all records before were durable when this one was written. A crash may
/// damage any of the records after the last sync, not only the last: a damaged record is harmless
/// as long as no later one vouches that it was durable.
enum LogFile {
    /// The bytes before the payload.
    static let recordHeaderByteCount = 17
    /// The largest payload; more is not a request but a mistake.
    static let maximumPayloadByteCount = 64 << 20

    /// Whether the records before were durable; stored in the log, never renumber.
    enum RecordType: UInt8, Sendable {
        /// All records before this one were synced.
        case first = 1
        /// Records before this one may share its sync.
        case following = 2
    }

    /// How the records of a file end.
    enum Ending: Sendable, Equatable {
        /// With the file, or with zeros to the end of the file.
        case clean
        /// With what a crash left of records that were never synced.
        case torn
        /// With a record that was durable once and is damaged now.
        case damaged(reason: String)
    }

    /// What a file holds.
    struct Content: Sendable {
        /// The sequence that a record after the last sound one would have.
        var nextSequence: UInt64
        /// Where the sound records end, as a byte offset.
        var byteCount: Int
        /// What stands there.
        var ending: Ending
    }

    /// The bytes of a record before its payload.
    static func recordHeader(
        type: RecordType, sequence: UInt64, payload: RawSpan
    ) -> [UInt8] {
        var tail = ByteWriter(capacity: 9)
        tail.u8(type.rawValue)
        tail.u64(sequence)
        let checksum = payload.withUnsafeBytes {
            CRC32C.checksum($0, continuing: CRC32C.checksum(tail.bytes))
        }
        var header = ByteWriter(capacity: recordHeaderByteCount)
        header.u32(UInt32(9 + payload.byteCount))
        header.u32(checksum)
        header.append(tail.bytes)
        return header.bytes
    }

    /// Reads all sound records in order.
    ///
    /// - Throws: what `body` throws; `IndexError.corrupt` or `wrongFormatVersion` for the header,
    ///   which is durable before the file gets its name.
    static func read(
        _ file: MappedFile, indexUUID: [UInt8]?, firstSequence: UInt64,
        _ body: (UInt64, UnsafeRawBufferPointer) throws(IndexError) -> Void
    ) throws(IndexError) -> Content {
        try FileEnvelope.checkHeader(of: file, kind: .writeAheadLog, indexUUID: indexUUID)
        var offset = FileEnvelope.headerByteCount
        var sequence = firstSequence
        while let record = record(in: file, at: offset), record.sequence == sequence {
            try body(sequence, record.payload)
            offset += recordHeaderByteCount + record.payload.count
            sequence += 1
        }
        return Content(
            nextSequence: sequence, byteCount: offset,
            ending: ending(of: file, at: offset, expecting: sequence))
    }

    /// The record that starts at an offset, if one that is whole and sound does.
    private static func record(
        in file: MappedFile, at offset: Int
    ) -> (type: RecordType, sequence: UInt64, payload: UnsafeRawBufferPointer)? {
        guard let frame = frame(in: file, at: offset) else { return nil }
        let covered = UnsafeRawBufferPointer(
            rebasing: file.bytes[offset + 8..<offset + 8 + frame.length])
        guard CRC32C.checksum(covered) == frame.checksum else { return nil }
        return (frame.type, frame.sequence, UnsafeRawBufferPointer(rebasing: covered[9...]))
    }

    /// The head of a record, as far as it can be judged without its payload.
    private static func frame(
        in file: MappedFile, at offset: Int
    ) -> (length: Int, checksum: UInt32, type: RecordType, sequence: UInt64)? {
        guard file.count - offset >= recordHeaderByteCount else { return nil }
        let bytes = file.bytes
        let length = Int(
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        guard length >= 9, length - 9 <= maximumPayloadByteCount,
            length <= file.count - offset - 8, let type = RecordType(rawValue: bytes[offset + 8])
        else { return nil }
        let checksum = UInt32(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self))
        let sequence = UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: offset + 9, as: UInt64.self))
        // Far beyond any log, and far below where adding one would overflow.
        guard sequence < 1 << 62 else { return nil }
        return (length, checksum, type, sequence)
    }

    /// Judges what follows the last sound record.
    ///
    /// A later record that vouches for those before it is looked for at every byte, since damaged
    /// lengths lead nowhere. Only what has the shape of such a record is checksummed, and no more
    /// than a few times the file; a file made to exhaust that is called damaged.
    private static func ending(
        of file: MappedFile, at start: Int, expecting sequence: UInt64
    ) -> Ending {
        let end = endOfContent(of: file, from: start)
        guard end > start else { return .clean }
        var budget = file.count.multipliedReportingOverflow(by: 16).partialValue
        var offset = start + 1
        while offset < end, file.count - offset >= recordHeaderByteCount {
            defer { offset += 1 }
            guard let frame = frame(in: file, at: offset), frame.type == .first,
                frame.sequence > sequence, frame.sequence - sequence < 1 << 32
            else { continue }
            budget -= frame.length
            guard budget > 0 else { return .damaged(reason: "is not a log") }
            if record(in: file, at: offset) != nil {
                return .damaged(reason: "record \(sequence), which was durable, is damaged")
            }
        }
        return .torn
    }

    /// Where the zeros begin that go on to the end of the file; not before `start`.
    ///
    /// They are mostly reserved space, megabytes of it, read at each start: so page by page.
    private static func endOfContent(of file: MappedFile, from start: Int) -> Int {
        var end = file.count
        while end > start {
            let first = max(start, end - 4096)
            let page = UnsafeRawBufferPointer(rebasing: file.bytes[first..<end])
            guard let base = page.baseAddress else { return start }
            if page[0] == 0, memcmp(base, base + 1, page.count - 1) == 0 {
                end = first
                continue
            }
            while file.bytes[end - 1] == 0 { end -= 1 }
            return end
        }
        return start
    }
}
