import JSON
import SearchEngine

/// Documents as JSON objects, one a line.
///
/// Member `id` is the key; empty lines are passed over.
public final class JSONLines: DocumentSource {
    private let path: String
    private let options: SourceOptions
    private let lines: LineReader
    private let reader: JSONReader

    /// Opens a file.
    ///
    /// - Throws: `CorpusError.unreadable`.
    public init(path: String, options: SourceOptions) throws(CorpusError) {
        self.path = path
        self.options = options
        lines = try LineReader(path: path, limit: options.recordByteCount)
        reader = JSONReader(limits: .init(nesting: 64, membersPerObject: 1024))
    }

    /// The next record, `nil` at the end.
    public func next() -> SourceRecord? {
        while let line = lines.next() {
            let place = RecordPlace(path: path, line: lines.lineNumber)
            switch line {
            case .text(let bytes):
                if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
                return record(bytes, place)
            case .tooLong(let byteCount):
                return .rejected(
                    .malformed(
                        record: place,
                        reason: "the line has \(byteCount) bytes; at most "
                            + "\(options.recordByteCount) are allowed"),
                    byteCount: byteCount)
            case .failed(let reason):
                return .rejected(.unreadable(path: path, reason: reason), byteCount: 0)
            }
        }
        return nil
    }

    private func record(_ bytes: [UInt8], _ place: RecordPlace) -> SourceRecord {
        func reject(_ reason: String) -> SourceRecord {
            .rejected(.malformed(record: place, reason: reason), byteCount: bytes.count)
        }
        let value: JSONValue
        do throws(JSONError) {
            value = try reader.read(bytes)
        } catch {
            return reject("not JSON: \(error)")
        }
        guard case .object(var members) = value else {
            return reject("expected an object, found \(value.kindName)")
        }
        let key: String
        switch members["id"] {
        case .string(let text) where !text.isEmpty: key = text
        case .integer(let number): key = String(number)
        case nil: return reject("member `id` is missing")
        case let other?: return reject("member `id` must be text, found \(other.kindName)")
        }
        if let language = options.language, members["lang"] == nil {
            members["lang"] = .string(language)
        }
        if let source = options.source, members["source"] == nil {
            members["source"] = .string(source)
        }
        return .document(Document(key: key, members: members), place, byteCount: bytes.count + 1)
    }
}
