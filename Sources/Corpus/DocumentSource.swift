public import SearchEngine

/// Why a record of a source is not a document; the rest of the source is read all the same.
public enum CorpusError: Error, Sendable, Equatable {
    /// The bytes of a record are not what its format says.
    case malformed(record: RecordPlace, reason: String)
    /// A file or folder cannot be read; `reason` is the system's word for it.
    case unreadable(path: String, reason: String)

    /// What happened, where, in one line; holds no text of the document.
    public var message: String {
        switch self {
        case .malformed(let record, let reason): "\(record): \(reason)"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        }
    }
}

/// Where a record stands.
public struct RecordPlace: Sendable, Equatable, CustomStringConvertible {
    /// The file.
    public var path: String
    /// The line, from 1; 0 where the file is one record.
    public var line: Int

    /// A place.
    public init(path: String, line: Int) {
        self.path = path
        self.line = line
    }

    /// `file:line`, or the file alone.
    public var description: String { line > 0 ? "\(path):\(line)" : path }
}

/// One thing read from a source.
public enum SourceRecord: Sendable {
    /// A document, where it stood, and how many bytes were read for it.
    case document(Document, RecordPlace, byteCount: Int)
    /// A record that is none, and the bytes that were passed over.
    case rejected(CorpusError, byteCount: Int)
}

/// Something that yields documents one after the other: a file in one of the known formats.
///
/// Nothing in a file makes a source trap or stop early: what cannot be read comes as `rejected`.
public protocol DocumentSource: AnyObject {
    /// The next record, `nil` at the end.
    func next() -> SourceRecord?
}

/// What a source needs to know beside the bytes.
public struct SourceOptions: Sendable {
    /// The longest record, in bytes; a longer one is passed over without being held in memory.
    public var recordByteCount: Int
    /// The language of documents that do not name one; `nil` lets analysis find it.
    public var language: String?
    /// The host or name of the source of documents that do not name one.
    public var source: String?

    /// Options with the engine's limit for a document.
    public init(
        recordByteCount: Int = Limits().documentByteCount, language: String? = nil,
        source: String? = nil
    ) {
        self.recordByteCount = recordByteCount
        self.language = language
        self.source = source
    }
}
