import InvertedIndex

/// What one request wrote, as it stands in one record of the write-ahead log.
///
/// The bytes: a version (1), then for each change its kind (1 add, 2 delete), the number of its
/// bytes as a little-endian `u32`, and the bytes: the JSON of the document, or the key.
struct WriteBatch {
    /// One change.
    enum Change: Equatable {
        case add(json: [UInt8])
        case delete(key: [UInt8])
    }

    private static let version: UInt8 = 1

    /// The record of some changes.
    private(set) var bytes: [UInt8] = [WriteBatch.version]

    /// Whether it holds no change.
    var isEmpty: Bool { bytes.count == 1 }

    /// Adds a change behind the others.
    mutating func append(_ change: Change) {
        switch change {
        case .add(let json): append(kind: 1, json)
        case .delete(let key): append(kind: 2, key)
        }
    }

    private mutating func append(kind: UInt8, _ payload: [UInt8]) {
        bytes.append(kind)
        withUnsafeBytes(of: UInt32(payload.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: payload)
    }

    /// The changes of a record.
    ///
    /// - Throws: `IndexError.corrupt` where the bytes are none; their checksum was right, so
    ///   another program wrote them.
    static func changes(in record: [UInt8]) throws(IndexError) -> [Change] {
        guard let version = record.first else { throw corrupt(0, "an empty record") }
        guard version == Self.version else {
            throw .wrongFormatVersion(
                file: "wal", found: Int(version), supported: Int(Self.version))
        }
        var changes: [Change] = []
        var position = 1
        while position < record.count {
            guard record.count - position >= 5 else { throw corrupt(position, "a cut change") }
            let kind = record[position]
            var count = 0
            for index in (1...4).reversed() { count = count << 8 | Int(record[position + index]) }
            position += 5
            guard count <= record.count - position else {
                throw corrupt(position, "a change past the end of its record")
            }
            let payload = Array(record[position..<position + count])
            position += count
            switch kind {
            case 1: changes.append(.add(json: payload))
            case 2: changes.append(.delete(key: payload))
            default: throw corrupt(position, "an unknown kind of change")
            }
        }
        return changes
    }

    private static func corrupt(_ offset: Int, _ reason: String) -> IndexError {
        .corrupt(file: "wal", byteOffset: offset, reason: "record: \(reason)")
    }
}
