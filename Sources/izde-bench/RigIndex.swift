import Glibc
import InvertedIndex
import JSON

/// The index of the rig: one text field, the id as the key, nothing stored.
enum RigIndex {
    static let version = "0.1"
    static let text = FieldID(rawValue: 0)
    static let stem = FieldID(rawValue: 1)

    /// The fields; izde's own analysis adds the stems.
    static func schema(raw: Bool) -> IndexSchema {
        var fields = [
            IndexField(name: "text", kind: .text(hasPositions: true, lengthOf: nil))
        ]
        if raw {
            fields.append(
                IndexField(name: "text.stem", kind: .text(hasPositions: false, lengthOf: text)))
        }
        return IndexSchema(fields: fields)
    }

    /// The folder, made if it is not there, without the files of an earlier index.
    static func emptyDirectory(at path: String) throws -> FileSystemDirectory {
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw BenchCorpus.Failure(description: "\(path): \(String(cString: strerror(errno)))")
        }
        let directory = try FileSystemDirectory(path: path)
        for name in try directory.fileNames()
        where ["MANIFEST-", "seg-", "del-", "wal-"].contains(where: { name.hasPrefix($0) }) {
            try directory.remove(name)
        }
        return directory
    }
}

/// Lines of the contract on standard output, flushed one by one.
enum RigLine {
    static func print(_ value: JSONValue) {
        let line = value.bytes + [UInt8(ascii: "\n")]
        var written = 0
        while written < line.count {
            let count = line.withUnsafeBytes {
                write(STDOUT_FILENO, $0.baseAddress.map { $0 + written }, line.count - written)
            }
            if count <= 0 { exit(1) }
            written += count
        }
    }

    static func seconds(_ start: ContinuousClock.Instant, _ end: ContinuousClock.Instant) -> Double
    {
        microseconds(end - start) / 1e6
    }

    /// What it takes to do something once.
    static func microseconds<Answer>(_ body: () throws -> Answer) throws -> Double {
        let start = ContinuousClock.now
        _ = try body()
        return microseconds(.now - start)
    }

    static func microseconds(_ duration: Duration) -> Double {
        let parts = duration.components
        return Double(parts.seconds) * 1e6 + Double(parts.attoseconds) / 1e12
    }
}
