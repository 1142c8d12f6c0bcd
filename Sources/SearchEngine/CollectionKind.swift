public import NameMatching
public import TextAnalysis

/// A kind of collection: which members of its documents are searched and how; declared in
/// `config/izde.yaml`.
public struct CollectionKind: Sendable, Equatable {
    /// One field of a kind.
    public struct Field: Sendable, Equatable {
        /// How a member is used.
        public enum Role: Sendable, Equatable {
            /// Analysed and searched.
            case text
            /// Names: text, whose acronyms and exact forms count more; the member is a string, an
            /// array of strings, or an array of objects with `value` (and `lang`, `kind`).
            case names
            /// Compared as a whole, filtered and counted; a string or an array of strings (or of
            /// objects with `id`).
            case keyword
            /// A whole number: ranges and sorting.
            case number
            /// A date or a date with time in ISO 8601, `2024`, `2024-09` and `2024-09-12` alike:
            /// ranges and sorting, kept as seconds since 1970.
            case date
        }

        /// The name of the member, in schema.org's words; also the name in filters and facets.
        public var name: String
        /// How it is used.
        public var role: Role
        /// For text and names: how much an occurrence counts against one in a field of weight 1.
        public var weight: Float
        /// For text and names: how much length counts, 0 to 1.
        public var lengthNormalization: Float

        /// A field.
        public init(
            name: String, role: Role, weight: Float = 1, lengthNormalization: Float = 0.35
        ) {
            self.name = name
            self.role = role
            self.weight = weight
            self.lengthNormalization = lengthNormalization
        }
    }

    /// The name: `news`, `institutions`.
    public var name: String
    /// The searched, filtered and counted members; all others are only kept.
    public var fields: [Field]
    /// The text or names field whose first value is the title of a hit.
    public var titleField: String
    /// The values of the member `type` by which a document is known to belong here; empty where
    /// the type does not tell.
    public var types: [String]

    /// A kind.
    public init(name: String, fields: [Field], titleField: String, types: [String] = []) {
        self.name = name
        self.fields = fields
        self.titleField = titleField
        self.types = types
    }
}

/// The weights of query understanding; all named in `config/izde.yaml`, shown by `explain`.
public struct RankingWeights: Sendable, Equatable {
    /// Saturation of term frequencies (BM25's k1).
    public var termSaturation: Float = 1.2
    /// What an occurrence of the typed form counts beside its stem's 1.
    public var exactForm: Float = 0.1
    /// What an occurrence of another form of the word counts (the stem matched).
    public var stem: Float = 1
    /// The weight of a stop word against another word.
    public var stopWord: Float = 0.3
    /// What is added for documents in which the neighbours of a query are neighbours too, if all
    /// of them are.
    public var phraseBonus: Float = 0.25
    /// If fewer documents than this hold all words, fewer words suffice (strategy `frequency`).
    public var fewestFullMatches: Int = 10
    /// The weight of a word completed from its prefix (`бала*`).
    public var prefix: Float = 0.8
    /// What an occurrence of the word in another script or spelling counts, where both agree
    /// letter by letter; less where letters are doubtful.
    public var scripts: Float = 0.6
    /// What a mention of an entity counts that the query names, beside 1 for a word of the name.
    public var mention: Float = 0.6
    /// What an occurrence of a word of another language counts that means the typed one.
    public var translation: Float = 0.6
    /// What an occurrence of a word of another script counts that sounds like the typed one, where
    /// the typed one has no translation.
    public var cognate: Float = 0.4
    /// What an occurrence of a word counts that was taken for a misspelt one.
    public var typo: Float = 0.8
    /// The weight of a word one edit away (`бала~1`).
    public var fuzzy: Float = 0.5

    /// The built-in weights.
    public init() {}
}

/// Which ways of understanding a query are taken; named in `config/izde.yaml`.
public struct QueryWays: Sendable, Equatable {
    /// Other forms of the words.
    public var forms = SearchRequest.Expansion.auto
    /// The words in other scripts and spellings.
    public var scripts = SearchRequest.Expansion.auto
    /// The keys of another keyboard layout.
    public var layout = SearchRequest.Expansion.auto
    /// Words near to those that no document knows.
    public var typos = SearchRequest.Expansion.auto
    /// Names of listed people, institutions and places, under any of their names.
    public var names = SearchRequest.Expansion.auto
    /// The words in the other languages, by the lexicon.
    public var languages = SearchRequest.Expansion.auto

    /// All ways, as far as they do not outrank what was typed.
    public init() {}
}

/// Everything that the engine is told from outside; read from files by the programs.
public struct EngineConfiguration: Sendable, Equatable {
    /// The kinds of collections.
    public var kinds: [CollectionKind]
    /// Collections that exist from the first start, by name and kind.
    public var defaultCollections: [(name: String, kind: String)]
    /// The weights.
    public var weights: RankingWeights
    /// Which ways of understanding a query are taken where it does not say.
    public var ways: QueryWays
    /// The limits.
    public var limits: Limits
    /// The order of the documents of a collection that a build has merged.
    public var mergeOrder: FullMergeOrder
    /// The tables of the languages.
    public var tables: AnalysisTables
    /// The tables of names.
    public var names: NameTables
    /// The lexicon of the three languages.
    public var lexicon: TranslationTable
    /// Translations that were learnt from texts, for words that the lexicon lacks.
    public var learnt: LearntTable
    /// Groups of letters by which the languages write words that they share, for what is in none
    /// of them.
    public var letters: LearntTable

    /// A configuration.
    public init(
        kinds: [CollectionKind], defaultCollections: [(name: String, kind: String)],
        weights: RankingWeights = RankingWeights(), ways: QueryWays = QueryWays(),
        limits: Limits = Limits(), mergeOrder: FullMergeOrder = .bisected,
        tables: AnalysisTables = AnalysisTables(),
        names: NameTables = NameTables(), lexicon: TranslationTable = TranslationTable(),
        learnt: LearntTable = LearntTable(), letters: LearntTable = LearntTable()
    ) {
        self.kinds = kinds
        self.defaultCollections = defaultCollections
        self.weights = weights
        self.ways = ways
        self.limits = limits
        self.mergeOrder = mergeOrder
        self.tables = tables
        self.names = names
        self.lexicon = lexicon
        self.learnt = learnt
        self.letters = letters
    }

    /// Whether all parts agree.
    public static func == (left: EngineConfiguration, right: EngineConfiguration) -> Bool {
        left.kinds == right.kinds && left.weights == right.weights && left.ways == right.ways
            && left.limits == right.limits && left.mergeOrder == right.mergeOrder
            && left.tables == right.tables
            && left.names == right.names && left.lexicon == right.lexicon
            && left.learnt == right.learnt && left.letters == right.letters
            && left.defaultCollections.elementsEqual(right.defaultCollections) { $0 == $1 }
    }
}
