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

    /// How often a term occurs in a field.
    func frequency(_ term: [UInt8], in field: FieldID) -> Int {
        (tokens[field] ?? []).count { $0.term == term }
    }

    /// The number of distinct positions of a field.
    func length(of field: FieldID) -> Int {
        Set((tokens[field] ?? []).map(\.position)).count
    }
}
