/// What can go wrong when an analyzer is opened; analysis itself never fails, whatever the bytes.
public enum AnalysisError: Error, Equatable, CustomStringConvertible {
    /// ICU or the stemmer library could not be opened; `code` is ICU's error code, 0 if it has none.
    case unavailable(part: String, code: Int32)
    /// A row of a lexicon cannot be read; `number` counts the rows handed in from 0.
    case malformedRow(number: Int, row: String, reason: String)

    /// The error with what to do about it.
    public var description: String {
        switch self {
        case .unavailable(let part, let code):
            "cannot open \(part) (code \(code)); install libicu and libstemmer with their data"
        case .malformedRow(_, let row, let reason):
            "cannot read the row `\(row)` of a lexicon: \(reason); correct the table"
        }
    }
}
