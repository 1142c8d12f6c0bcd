/// What is asked of names.
public struct NameRequest: Sendable, Equatable {
    /// The name as somebody writes it.
    public var q = ""
    /// The collections; empty for all that have names.
    public var collections: [String] = []
    /// The most hits returned.
    public var limit = 10

    /// A request with all defaults.
    public init() {}
}

/// The answer to what is asked of names.
public struct NameResponse: Sendable {
    /// A document that bears such a name.
    public struct Hit: Sendable {
        /// The collection it is from.
        public var collection: String
        /// Its id.
        public var id: DocumentKey
        /// How alike the names are, 0 to 1.
        public var score: Float
        /// Its name that is most alike.
        public var name: String
        /// Which word of the asked name was taken for which of this.
        public var explanations: [Explanation]

        /// A hit.
        public init(
            collection: String, id: DocumentKey, score: Float, name: String,
            explanations: [Explanation]
        ) {
            self.collection = collection
            self.id = id
            self.score = score
            self.name = name
            self.explanations = explanations
        }
    }

    /// Two words that were taken for one.
    public struct Explanation: Sendable, Equatable {
        /// How two words are alike.
        public enum Kind: String, Sendable {
            /// Letter by letter.
            case exact
            /// The same word in another script or spelling.
            case scripts
            /// Nearly the same word.
            case typo
        }

        /// The word that was asked for.
        public var query: String
        /// The word of the name.
        public var result: String
        /// How they are alike.
        public var kind: Kind
        /// How much, 0 to 1.
        public var score: Float
        /// How much the word counts in its name, 0 to 1.
        public var weight: Float

        /// An explanation.
        public init(query: String, result: String, kind: Kind, score: Float, weight: Float) {
            self.query = query
            self.result = result
            self.kind = kind
            self.score = score
            self.weight = weight
        }
    }

    /// What was asked.
    public var query = ""
    /// The most alike first.
    public var hits: [Hit] = []
    /// How long it took.
    public var duration: Duration = .zero

    /// An empty answer.
    public init() {}
}
