/// What can go wrong when an analyzer is opened; analysis itself never fails, whatever the bytes.
public enum AnalysisError: Error, Equatable, CustomStringConvertible {
    /// ICU or the stemmer library could not be opened; `code` is ICU's error code, 0 if it has none.
    case unavailable(part: String, code: Int32)

    /// The error with what to do about it.
    public var description: String {
        switch self {
        case .unavailable(let part, let code):
            "cannot open \(part) (code \(code)); install libicu and libstemmer with their data"
        }
    }
}
