/// What kind of entity bears a name.
public enum EntityType: String, Sendable, CaseIterable {
    /// A human being.
    case person
    /// An institution, a company, a body of the state.
    case organization
    /// A place: country, region, city, river.
    case place
}

/// What is asked of names.
public struct NameRequest: Sendable, Equatable {
    /// The name as somebody writes it.
    public var q = ""
    /// The collections; empty for all that have names, and the gazetteer.
    public var collections: [String] = []
    /// Only entities of this type; `nil` for all.
    public var type: EntityType?
    /// The least score of a hit, 0 to 1; hits below it are left out.
    public var threshold: Float = 0
    /// The most hits returned.
    public var limit = 10

    /// A request with all defaults.
    public init() {}
}

/// The answer to what is asked of names.
public struct NameResponse: Sendable {
    /// An entity that bears such a name.
    public struct Hit: Sendable {
        /// The collection it is from, `gazetteer` for a place that the program knows by itself.
        public var collection: String
        /// Its id.
        public var id: DocumentKey
        /// Its type in schema.org's words: `CollegeOrUniversity`, `Person`, `City`.
        public var schema: String
        /// What it is called: the first of its names.
        public var caption: String
        /// How alike the names are, 0 to 1.
        public var score: Float
        /// Its name that is most alike.
        public var name: String
        /// What kind of name that is: `official`, `short`, `acronym`, `alias`, `former`; empty
        /// where its document does not say.
        public var nameKind: String
        /// Which word of the asked name was taken for which of this.
        public var explanations: [Explanation]

        /// Whether the score says that both names are of one entity.
        public var isMatch: Bool { score >= NameResponse.matchThreshold }

        /// A hit.
        public init(
            collection: String, id: DocumentKey, schema: String = "Thing", caption: String = "",
            score: Float, name: String, nameKind: String = "", explanations: [Explanation]
        ) {
            self.collection = collection
            self.id = id
            self.schema = schema
            self.caption = caption
            self.score = score
            self.name = name
            self.nameKind = nameKind
            self.explanations = explanations
        }
    }

    /// Parts of two names that were taken for one, or that speak against it.
    public struct Explanation: Sendable, Equatable {
        /// The words that were asked for; empty for words that only the found name has.
        public var query: String
        /// The words of the name; empty for words that only the asked name has.
        public var result: String
        /// How they are alike: see `NameMatching.Relation`, whose raw values these are.
        public var kind: String
        /// How much, 0 to 1.
        public var score: Float
        /// How much the words count in their name, 0 to 1.
        public var weight: Float

        /// An explanation.
        public init(query: String, result: String, kind: String, score: Float, weight: Float) {
            self.query = query
            self.result = result
            self.kind = kind
            self.score = score
            self.weight = weight
        }
    }

    /// From this score on two names are of one entity.
    public static let matchThreshold: Float = 0.7

    /// What was asked.
    public var query = ""
    /// The most alike first.
    public var hits: [Hit] = []
    /// How long it took.
    public var duration: Duration = .zero

    /// An empty answer.
    public init() {}
}

/// Names by example, in batches.
public struct MatchRequest: Sendable, Equatable {
    /// What is known of one entity that is looked for.
    public struct Example: Sendable, Equatable {
        /// How the sender calls it; the answer bears it.
        public var key: String
        /// Its type; `nil` for any.
        public var type: EntityType?
        /// Its names, at least one; the best counts.
        public var names: [String]
        /// Its countries as ISO 3166 codes of two letters; empty where they are not known.
        ///
        /// What contradicts is less likely.
        public var countries: [String]
        /// Its cities, in any spelling; empty where they are not known.
        public var cities: [String]

        /// An example.
        public init(
            key: String, type: EntityType? = nil, names: [String], countries: [String] = [],
            cities: [String] = []
        ) {
            self.key = key
            self.type = type
            self.names = names
            self.countries = countries
            self.cities = cities
        }
    }

    /// The examples, in the order in which they are answered.
    public var examples: [Example] = []
    /// The collections; empty for all that have names, and the gazetteer.
    public var collections: [String] = []
    /// From this score on a result is a match.
    public var threshold = NameResponse.matchThreshold
    /// The most results of each example.
    public var limit = 5

    /// A request with all defaults.
    public init() {}
}

/// The answer to names by example.
public struct MatchResponse: Sendable {
    /// What was found for one example.
    public struct Answer: Sendable {
        /// The key of the example.
        public var key: String
        /// The most alike first, those below the threshold too, as far as there is room.
        public var results: [NameResponse.Hit]
        /// How many entities reach the threshold.
        public var matchCount: Int

        /// An answer.
        public init(key: String, results: [NameResponse.Hit], matchCount: Int) {
            self.key = key
            self.results = results
            self.matchCount = matchCount
        }
    }

    /// One for each example, in their order.
    public var answers: [Answer] = []
    /// How long it took.
    public var duration: Duration = .zero

    /// An empty answer.
    public init() {}
}
