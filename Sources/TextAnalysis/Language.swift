/// The languages that izde analyses; stored in segment files by raw value, never renumber.
public enum Language: UInt8, BitwiseCopyable, Sendable, CaseIterable, Hashable {
    /// A text in none of the three languages, or one too short to tell.
    case other = 0
    case kazakh = 1
    case russian = 2
    case english = 3

    /// The ISO 639-1 code, `other` for `.other`.
    public var code: String {
        switch self {
        case .kazakh: "kk"
        case .russian: "ru"
        case .english: "en"
        case .other: "other"
        }
    }

    /// The language with a code, `nil` for one that izde does not analyse.
    public init?(code: String) {
        guard let language = Language.allCases.first(where: { $0.code == code }) else { return nil }
        self = language
    }
}
