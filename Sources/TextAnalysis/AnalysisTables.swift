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

    /// Counts of n-grams by the name of their file: `ngrams`, for Kazakh also `ngrams-latin`.
    public var ngrams: [String: NgramCounts] = [:]

    /// Empty tables: analysis by rules alone.
    public init() {}

    /// Whether all lists agree.
    public static func == (left: LanguageTables, right: LanguageTables) -> Bool {
        left.stopWords == right.stopWords && left.unstemmed == right.unstemmed
            && left.lists == right.lists && left.ngrams == right.ngrams
            && left.lexicon == right.lexicon && left.stems.count == right.stems.count
            && zip(left.stems, right.stems).allSatisfy { $0 == $1 }
    }
}

/// The tables of all languages.
public struct AnalysisTables: Sendable, Equatable {
    /// The tables of each language; one without an entry has empty ones.
    public var languages: [Language: LanguageTables] {
        didSet {
            languageModel = LanguageModel(languages)
            vocabulary = WordVocabulary(languages)
        }
    }
    /// What letters say about the language of a word; made once, for all analyzers.
    public private(set) var languageModel: LanguageModel
    /// What is known of single words.
    private(set) var vocabulary: WordVocabulary

    /// Tables for the given languages.
    ///
    /// - Cost: some milliseconds and about 2 MB where there are tables of n-grams; keep them.
    public init(languages: [Language: LanguageTables] = [:]) {
        self.languages = languages
        languageModel = LanguageModel(languages)
        vocabulary = WordVocabulary(languages)
    }

    /// Whether the tables of all languages agree.
    public static func == (left: AnalysisTables, right: AnalysisTables) -> Bool {
        left.languages == right.languages
    }
}
