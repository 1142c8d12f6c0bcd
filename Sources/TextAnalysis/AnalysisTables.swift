/// The tables of words that the analysis of one language uses.
///
/// Read by the caller, since this module does no input or output. Every list is in folded form, one word an element.
public struct LanguageTables: Sendable, Equatable {
    /// Function words: kept in the index, light in a query.
    public var stopWords: [String] = []
    /// Words that the stemmer leaves alone (their end only looks like a suffix).
    public var unstemmed: [String] = []
    /// Word and stem, where the rules fail: suppletive pairs, exceptions.
    public var stems: [(word: String, stem: String)] = []
    /// Further lists by the name of their file, such as `roots2` and `roots3` for Kazakh.
    public var lists: [String: [String]] = [:]

    /// Words with their forms, from `lexicon.tsv`.
    public var lexicon = Lexicon.empty

    /// Empty tables: analysis by rules alone.
    public init() {}

    /// Whether all lists agree.
    public static func == (left: LanguageTables, right: LanguageTables) -> Bool {
        left.stopWords == right.stopWords && left.unstemmed == right.unstemmed
            && left.lists == right.lists && left.lexicon == right.lexicon
            && left.stems.count == right.stems.count
            && zip(left.stems, right.stems).allSatisfy { $0 == $1 }
    }
}

/// The tables of all languages.
public struct AnalysisTables: Sendable, Equatable {
    /// The tables of each language; one without an entry has empty ones.
    public var languages: [Language: LanguageTables]

    /// Tables for the given languages.
    public init(languages: [Language: LanguageTables] = [:]) {
        self.languages = languages
    }
}
