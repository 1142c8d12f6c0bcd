import JSON
import SearchEngine

/// The organizations of the Research Organization Registry: its dump, a part of it, or one record.
///
/// A file is one array of records (the dump has hundreds of megabytes), one record, or a record a
/// line, each of schema version 2 or 1. What a record becomes is told at `RORRecord`.
///
/// - Source: the documentation of the registry's data structure, versions 1 and 2; the data is CC0.
public final class RORDump: DocumentSource {
    private let path: String
    private let options: SourceOptions
    private let records: JSONRecords
    private var number = 0
    private var toldByteCount = 0

    private static let reader = JSONReader()

    /// Opens a file.
    ///
    /// - Throws: `CorpusError.unreadable`.
    public init(path: String, options: SourceOptions) throws(CorpusError) {
        self.path = path
        self.options = options
        records = try JSONRecords(path: path, limit: options.recordByteCount)
    }

    /// Whether the first record of a file is one of the registry.
    static func isDump(_ path: String) -> Bool {
        let limit = SourceOptions().recordByteCount
        do {
            let records = try JSONRecords(path: path, limit: limit)
            guard case .value(let bytes, _)? = records.next() else { return false }
            return RORRecord.key(try reader.read(bytes)) != nil
        } catch {
            return false
        }
    }

    /// The next record, `nil` at the end.
    public func next() -> SourceRecord? {
        guard let record = records.next() else { return nil }
        let byteCount = records.readByteCount - toldByteCount
        toldByteCount = records.readByteCount
        number += 1
        func reject(_ line: Int, _ reason: String) -> SourceRecord {
            .rejected(
                .malformed(
                    record: RecordPlace(path: path, line: line),
                    reason: "record \(number): \(reason)"), byteCount: byteCount)
        }
        switch record {
        case .value(let bytes, let line):
            do {
                var document = try RORRecord.document(try Self.reader.read(bytes))
                if let source = options.source { document.members["source"] = .string(source) }
                return .document(
                    document, RecordPlace(path: path, line: line), byteCount: byteCount)
            } catch let error as JSONError {
                return reject(line, "not JSON: \(error)")
            } catch let error as RORRecord.Malformed {
                return reject(line, error.reason)
            } catch {
                return reject(line, "\(error)")
            }
        case .tooLong(let count, let line):
            return reject(
                line, "\(count) bytes; at most \(options.recordByteCount) are allowed")
        case .broken(let reason, let line): return reject(line, reason)
        case .failed(let reason):
            return .rejected(.unreadable(path: path, reason: reason), byteCount: byteCount)
        }
    }
}
