/// Sentences that are translations of each other, as a table: tab-separated, the first line names
/// the columns, of which two or three are the languages `kk`, `ru`, `en`; a line is one sentence.
///
/// Other columns are passed over. A cell may be empty where a sentence is not in a language.
public final class SentencePairs {
    /// One thing read from the table.
    public enum Record: Sendable, Equatable {
        /// A sentence by the code of its language, and how many bytes were read for it.
        case sentence([String: String], byteCount: Int)
        /// A line that is none, and the bytes that were passed over.
        case rejected(CorpusError, byteCount: Int)
    }

    /// The codes of languages that a column may be named by.
    public static let languages = ["kk", "ru", "en"]

    private let path: String
    private let lines: LineReader
    private let limit: Int
    private let columns: [String]
    /// Bytes that were passed over, until a record takes them along.
    private var passedByteCount: Int

    /// Opens a table and reads the names of its columns.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - limit: The longest line, in bytes; longer ones are passed over, not held in memory.
    /// - Throws: `CorpusError.unreadable`; `malformed` where the first line names no two languages.
    public init(path: String, limit: Int) throws(CorpusError) {
        self.path = path
        self.limit = limit
        lines = try LineReader(path: path, limit: limit)
        let place = RecordPlace(path: path, line: 1)
        let expected = "a line of column names is expected, two of them kk, ru, en"
        guard let first = lines.next() else {
            throw .malformed(record: place, reason: "the file is empty; \(expected)")
        }
        switch first {
        case .failed(let reason): throw .unreadable(path: path, reason: reason)
        case .tooLong: throw .malformed(record: place, reason: expected)
        case .text(var bytes):
            passedByteCount = bytes.count + 1
            if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .malformed(record: place, reason: "ill-formed UTF-8; \(expected)")
            }
            columns = text.split(separator: "\t", omittingEmptySubsequences: false)
                .map(String.init)
        }
        let named = columns.filter(Self.languages.contains)
        guard named.count >= 2, Set(named).count == named.count else {
            throw .malformed(
                record: place, reason: "\(expected), each once; found \(named.count) of them")
        }
    }

    /// The next line, `nil` at the end; empty lines are passed over.
    public func next() -> Record? {
        while let line = lines.next() {
            let before = passedByteCount
            passedByteCount = 0
            let place = RecordPlace(path: path, line: lines.lineNumber)
            switch line {
            case .failed(let reason):
                return .rejected(.unreadable(path: path, reason: reason), byteCount: before)
            case .tooLong(let byteCount):
                return .rejected(
                    .malformed(
                        record: place,
                        reason: "the line has \(byteCount) bytes; at most \(limit) are allowed"),
                    byteCount: before + byteCount)
            case .text(let bytes):
                if bytes.isEmpty {
                    passedByteCount = before + 1
                    continue
                }
                return record(bytes, place, byteCount: before + bytes.count + 1)
            }
        }
        return nil
    }

    private func record(_ bytes: [UInt8], _ place: RecordPlace, byteCount: Int) -> Record {
        func reject(_ reason: String) -> Record {
            .rejected(.malformed(record: place, reason: reason), byteCount: byteCount)
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return reject("ill-formed UTF-8")
        }
        let cells = text.split(separator: "\t", omittingEmptySubsequences: false)
        guard cells.count == columns.count else {
            return reject("\(columns.count) columns are expected, not \(cells.count)")
        }
        var sentence: [String: String] = [:]
        for (column, cell) in zip(columns, cells) where Self.languages.contains(column) {
            if !cell.allSatisfy(\.isWhitespace) { sentence[column] = String(cell) }
        }
        guard sentence.count >= 2 else { return reject("there are words in one language only") }
        return .sentence(sentence, byteCount: byteCount)
    }
}
