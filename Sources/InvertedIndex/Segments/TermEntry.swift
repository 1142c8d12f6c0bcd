/// What the dictionary of a segment tells of one term, and where its postings are.
struct TermEntry: Sendable, Equatable {
    /// The documents that hold the term, deleted ones included; at least 1.
    var documentFrequency: UInt32 = 0
    /// How often it occurs in them, together.
    var totalFrequency: UInt64 = 0
    /// The place of the term in the dictionary of the segment, from 0.
    var ordinal: UInt64 = 0
    /// Where its postings begin in their section; none for a single document.
    var postingsOffset: UInt64 = 0
    /// The length of its postings; 0 for a single document.
    var postingsByteCount: UInt64 = 0
    /// Where its positions begin in their section.
    var positionsOffset: UInt64 = 0
    /// The length of its positions; 0 where the only one is `position`.
    var positionsByteCount: UInt64 = 0
    /// The document, if there is only one.
    var document: UInt32 = 0
    /// The position, if there is only one and the field has positions.
    var position: UInt32 = 0
}
