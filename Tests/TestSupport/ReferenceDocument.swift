public import InvertedIndex

/// A document as the reference index sees it: lists of what was added.
public struct ReferenceDocument: Sendable {
    /// One occurrence of a term.
    public struct Occurrence: Sendable {
        /// The bytes of the term.
        public var term: [UInt8]
        /// Where it stands in its field.
        public var position: UInt32

        /// An occurrence.
        public init(term: [UInt8], position: UInt32) {
            self.term = term
            self.position = position
        }
    }

    /// The key.
    public var key: [UInt8]
    /// The occurrences of each text field, positions ascending.
    public var tokens: [FieldID: [Occurrence]] = [:]
    /// The values of each keyword field.
    public var keywords: [FieldID: [[UInt8]]] = [:]
    /// The numbers.
    public var numbers: [FieldID: Int64] = [:]

    /// A document without fields.
    public init(key: [UInt8]) { self.key = key }
}

/// What is counted in a document, once.
struct ReferenceCounts: Sendable {
    /// How often each term occurs, by field.
    var frequencies: [FieldID: [[UInt8]: Int]] = [:]
    /// The number of distinct positions, by field.
    var lengths: [FieldID: Int] = [:]

    init(_ document: ReferenceDocument) {
        for (field, occurrences) in document.tokens {
            lengths[field] = Set(occurrences.map(\.position)).count
            for occurrence in occurrences {
                frequencies[field, default: [:]][occurrence.term, default: 0] += 1
            }
        }
    }
}
