/// What to search: a small tree over a closed set of operators.
///
/// Documents either match or not; `group` and `phrase` also add to the score.
public indirect enum Query: Sendable, Equatable {
    /// Every live document, score 0.
    case everything
    /// No document.
    case nothing
    /// Documents with at least one alternative of the group; scored as *one* term (BM25F).
    case group(TermGroup)
    /// Documents in which the terms stand in order; scored by the frequency of the phrase.
    case phrase(Phrase)
    /// Documents with a term of a text field that begins with these bytes; score 0.
    case prefix(FieldID, [UInt8])
    /// Documents with a term of a text field within an edit distance; score 0.
    ///
    /// Insertion, deletion, substitution of a Unicode scalar and the exchange of two neighbours
    /// cost 1 each, a scalar being exchanged at most once. Distances beyond 8 count as 8; terms
    /// that are not UTF-8 are near nothing.
    case fuzzy(FieldID, [UInt8], distance: Int)
    /// Documents whose keyword field has at least one of the values; score 0.
    case keyword(FieldID, anyOf: [[UInt8]])
    /// Documents whose number lies in the range; score 0.
    case range(FieldID, ClosedRange<Int64>)
    /// Documents that have a field at all; score 0. A text field that takes its lengths from
    /// another one is had by none.
    case exists(FieldID)
    /// The documents with these keys; score 0.
    case keys([[UInt8]])
    /// `must`, `filter` and not `mustNot`, and at least `minimumShould` of `should`; the score is
    /// the sum over the matching `must` and `should`.
    ///
    /// Without `must` and `filter` at least one of `should` has to match, if there are any, also
    /// where `minimumShould` is 0. With `mustNot` alone, or nothing at all, every other document
    /// matches.
    case boolean(
        must: [Query] = [], should: [Query] = [], mustNot: [Query] = [], filter: [Query] = [],
        minimumShould: Int = 0)
    /// The documents of a query with its score multiplied.
    case boosted(Query, by: Float)
}

/// One typed word and all it may stand for, counted as one term.
///
/// For a document, `T` is the sum over fields `f` of
/// `boost(f) · tf(f) / (1 − b(f) + b(f) · length(f) / averageLength(f))`, where `tf(f)` is the sum
/// of `weight · tf` over the alternatives in `f`; the score is
/// `weight · idf · (k1 + 1) · T / (k1 + T)`. `idf` is `ln(1 + (N − df + 0.5) / (df + 0.5))`, where
/// `df` is the largest document frequency of an alternative and `N` the number of documents, over
/// all segments, or what the group says. Both count deleted documents until a merge removes them. Lengths are rounded down
/// to what one byte holds; the average is the exact number of tokens by the number of documents
/// that have the field. For one alternative of weight 1 in a field of boost 1 this is BM25 as
/// tantivy and Lucene have it, but for the average where a field is absent from some documents.
public struct TermGroup: Sendable, Equatable {
    /// A term of a text field that the word may stand for.
    public struct Alternative: Sendable, Equatable {
        /// The text field.
        public var field: FieldID
        /// The bytes of the term.
        public var term: [UInt8]
        /// How much one occurrence counts; greater than 0.
        public var weight: Float

        /// A term in a field.
        public init(field: FieldID, term: [UInt8], weight: Float = 1) {
            self.field = field
            self.term = term
            self.weight = weight
        }
    }

    /// The alternatives; may be empty, then nothing matches.
    public var alternatives: [Alternative]
    /// How much the word counts in the query.
    public var weight: Float
    /// The `N` of the idf, raised to `df` where it is less; `nil` for all documents.
    ///
    /// For a word that only some of the documents can be expected to hold.
    public var documentCount: Int?

    /// A group.
    public init(alternatives: [Alternative], weight: Float = 1, documentCount: Int? = nil) {
        self.alternatives = alternatives
        self.weight = weight
        self.documentCount = documentCount
    }
}

/// Terms that stand in order in one field.
///
/// The frequency of a phrase is the number of positions of the first slot from which the others
/// follow in order, none nearer to the one before than their offsets say and all together at most
/// `slop` positions further away. In each field it is scored like a term that occurs that often,
/// with the sum of the idfs of the slots; the idf of a slot is that of its most frequent term. The
/// score is the sum over the fields.
public struct Phrase: Sendable, Equatable {
    /// The fields in which it may stand, each with positions; each counts on its own.
    public var fields: [FieldID]
    /// One slot a word: where it stands relative to the first slot, and the terms that may stand
    /// there.
    public var slots: [(offset: UInt32, terms: [[UInt8]])]
    /// How many positions the words may be further apart, all together; 0 is an exact phrase.
    public var slop: Int
    /// How much the phrase counts in the query.
    public var weight: Float

    /// A phrase.
    public init(
        fields: [FieldID], slots: [(offset: UInt32, terms: [[UInt8]])], slop: Int = 0,
        weight: Float = 1
    ) {
        self.fields = fields
        self.slots = slots
        self.slop = slop
        self.weight = weight
    }

    /// Whether all parts agree.
    public static func == (left: Phrase, right: Phrase) -> Bool {
        left.fields == right.fields && left.slop == right.slop && left.weight == right.weight
            && left.slots.count == right.slots.count
            && zip(left.slots, right.slots).allSatisfy {
                $0.offset == $1.offset && $0.terms == $1.terms
            }
    }
}

/// How text fields are weighed.
public struct Scoring: Sendable, Equatable {
    /// The weight and length normalisation of one text field.
    public struct FieldWeight: Sendable, Equatable {
        /// How much an occurrence in the field counts.
        public var boost: Float
        /// How much length counts, 0 to 1.
        public var b: Float

        /// A weight.
        public init(boost: Float = 1, b: Float = 0.75) {
            self.boost = boost
            self.b = b
        }
    }

    /// Saturation of the term frequency.
    public var k1: Float
    /// The weights by field; a text field without an entry has boost 1 and b 0.75.
    public var fields: [FieldID: FieldWeight]

    /// Weights.
    public init(k1: Float = 1.2, fields: [FieldID: FieldWeight] = [:]) {
        self.k1 = k1
        self.fields = fields
    }
}

/// What to collect of the matching documents.
public struct SearchOptions: Sendable {
    /// In which order hits come.
    public enum Order: Sendable, Equatable {
        /// Best score first; ties by segment, then document.
        case score
        /// By a number field; documents without it last; ties by score.
        case number(FieldID, descending: Bool)
    }

    /// How many hits to keep.
    public var limit: Int
    /// How they are ordered.
    public var order: Order
    /// Whether `totalHits` must be exact; without it, pruning may leave documents uncounted.
    public var countsAll: Bool
    /// Keyword fields whose values are counted over all matching documents.
    public var facets: [FieldID]
    /// Number fields whose least and greatest value are wanted over all matching documents.
    public var numberRanges: [FieldID]
    /// When the search has to be over.
    public var deadline: ContinuousClock.Instant?
    /// Whether what was found before the deadline is kept, in place of an error.
    public var keepsPartial: Bool
    /// Ends the search before its deadline.
    public var cancellation: SearchCancellation?

    /// Options.
    public init(
        limit: Int = 20, order: Order = .score, countsAll: Bool = true, facets: [FieldID] = [],
        numberRanges: [FieldID] = [], deadline: ContinuousClock.Instant? = nil,
        keepsPartial: Bool = false, cancellation: SearchCancellation? = nil
    ) {
        self.limit = limit
        self.order = order
        self.countsAll = countsAll
        self.facets = facets
        self.numberRanges = numberRanges
        self.deadline = deadline
        self.keepsPartial = keepsPartial
        self.cancellation = cancellation
    }
}

/// Where a document stands in one snapshot; of no meaning in another.
public struct DocumentAddress: Sendable, Hashable {
    /// The place of the segment in the snapshot.
    public var segment: Int
    /// The number of the document in the segment.
    public var document: UInt32

    /// An address.
    public init(segment: Int, document: UInt32) {
        self.segment = segment
        self.document = document
    }
}

/// One document that was found.
public struct ScoredDocument: Sendable, Equatable {
    /// Where it stands in the snapshot.
    public var address: DocumentAddress
    /// Its score.
    public var score: Float
    /// The number it was sorted by, if any.
    public var sortValue: Int64?

    /// A hit.
    public init(address: DocumentAddress, score: Float, sortValue: Int64? = nil) {
        self.address = address
        self.score = score
        self.sortValue = sortValue
    }
}

/// What a search found.
public struct SearchResults: Sendable {
    /// The hits in the order asked for.
    public var hits: [ScoredDocument]
    /// How many live documents match; a lower bound if `countsAll` was off.
    public var totalHits: Int
    /// For each facet field the values and how many matching documents have them, most first, ties
    /// by value.
    public var facets: [FieldID: [(value: [UInt8], count: Int)]]
    /// For each field of `numberRanges` the least and greatest value; none where no document has one.
    public var numberRanges: [FieldID: ClosedRange<Int64>]
    /// Whether the deadline cut the search; then there may be better hits, and all counts are
    /// lower bounds.
    public var isPartial = false

    /// Results.
    public init(
        hits: [ScoredDocument] = [], totalHits: Int = 0,
        facets: [FieldID: [(value: [UInt8], count: Int)]] = [:],
        numberRanges: [FieldID: ClosedRange<Int64>] = [:]
    ) {
        self.hits = hits
        self.totalHits = totalHits
        self.facets = facets
        self.numberRanges = numberRanges
    }
}
