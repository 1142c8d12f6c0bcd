/// What is asked while somebody types.
public struct SuggestRequest: Sendable, Equatable {
    /// The text so far; its last word may be unfinished.
    public var q = ""
    /// The collections; empty for all.
    public var collections: [String] = []
    /// The most suggestions returned.
    public var limit = 10

    /// A request with all defaults.
    public init() {}
}

/// The answer to what is asked while somebody types.
public struct SuggestResponse: Sendable, Equatable {
    /// One way in which the text may go on.
    public struct Suggestion: Sendable, Equatable {
        /// What it is.
        public enum Kind: String, Sendable {
            /// The text with its last word completed.
            case term
            /// The title of a document.
            case title
            /// The text with a word corrected.
            case correction
        }

        /// The text.
        public var text: String
        /// What it is.
        public var kind: Kind
        /// How it follows from what was typed.
        public var via: SearchResponse.Match.Via
        /// In how many documents the completed word stands; 1 for a title.
        public var frequency: Int
        /// The collection and the id of the document of a title.
        public var document: (collection: String, id: DocumentKey)?

        /// A suggestion.
        public init(
            text: String, kind: Kind, via: SearchResponse.Match.Via, frequency: Int,
            document: (collection: String, id: DocumentKey)? = nil
        ) {
            self.text = text
            self.kind = kind
            self.via = via
            self.frequency = frequency
            self.document = document
        }

        /// Whether all parts agree.
        public static func == (left: Suggestion, right: Suggestion) -> Bool {
            left.text == right.text && left.kind == right.kind && left.via == right.via
                && left.frequency == right.frequency
                && left.document?.collection == right.document?.collection
                && left.document?.id == right.document?.id
        }
    }

    /// What was typed.
    public var query = ""
    /// The best first: completions, then titles.
    public var suggestions: [Suggestion] = []
    /// How long it took.
    public var duration: Duration = .zero

    /// An empty answer.
    public init() {}
}
