/// Kinds of names, as documents say them; kept with names, never renumber.
public enum NameKind: UInt8, CaseIterable, Sendable {
    /// No kind that is known.
    case unknown = 0
    /// The full name of the present.
    case official
    /// A shorter one.
    case short
    /// Letters that stand for words.
    case acronym
    /// Another name.
    case alias
    /// A name of the past.
    case former

    /// The kind of a word of a document.
    public init(word: String?) {
        self = Self.allCases.first { $0.word == word } ?? .unknown
    }

    /// The word in documents; empty for an unknown kind.
    public var word: String {
        switch self {
        case .unknown: ""
        case .official: "official"
        case .short: "short"
        case .acronym: "acronym"
        case .alias: "alias"
        case .former: "former"
        }
    }
}
