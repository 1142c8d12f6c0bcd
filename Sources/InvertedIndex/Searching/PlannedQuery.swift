/// A query whose terms were looked up in every segment and whose weights are worked out.
///
/// `boosted` is gone: factors are part of the leaves. What cannot match is `nothing`.
indirect enum PlannedQuery {
    case everything
    case nothing
    case group(PlannedGroup)
    case phrase(PlannedPhrase)
    case terms(PlannedTermSet)
    case range(FieldID, ClosedRange<Int64>)
    case exists(FieldID)
    case keys([[UInt8]])
    case boolean(PlannedBoolean)
}

/// One term of one field in all segments.
///
/// A class, since it is handed on many times and copies of it would count four references each.
final class PlannedTerm: Sendable {
    /// The field.
    let field: FieldID
    /// The bytes of the term.
    let term: [UInt8]
    /// What one occurrence counts, by length; the weight of the alternative is part of it.
    let normalization: LengthNormalization
    /// The weight of the alternative.
    let weight: Float
    /// Where it is, segment by segment.
    let entries: [TermEntry?]
    /// What its impacts are multiplied by, segment by segment; the weight is part of it.
    let impactScales: [Float]
    /// The documents of all segments that hold it, deleted ones included.
    let documentFrequency: UInt64

    /// A term with what was looked up of it.
    init(
        field: FieldID, term: [UInt8], normalization: LengthNormalization, weight: Float,
        entries: [TermEntry?], impactScales: [Float], documentFrequency: UInt64
    ) {
        self.field = field
        self.term = term
        self.normalization = normalization
        self.weight = weight
        self.entries = entries
        self.impactScales = impactScales
        self.documentFrequency = documentFrequency
    }
}

/// A group with at least one alternative that is in the index.
struct PlannedGroup {
    /// The alternatives that are in the index.
    let alternatives: [PlannedTerm]
    /// The idf of the most frequent alternative.
    let inverseDocumentFrequency: Float
    /// `weight · idf · (k1 + 1)`.
    let factor: Float
    /// Saturation.
    let k1: Float
}

/// A phrase in those fields that hold a term of every slot.
struct PlannedPhrase {
    /// The phrase in one field.
    struct Field {
        /// The field.
        let field: FieldID
        /// What one occurrence counts, by length.
        let normalization: LengthNormalization
        /// For each slot the terms that are in the index; none is empty.
        let slots: [[PlannedTerm]]
        /// The sum of the idfs of the slots.
        let inverseDocumentFrequency: Float
        /// `weight · idf · (k1 + 1)`.
        let factor: Float
    }

    /// The fields.
    let fields: [Field]
    /// Where each slot stands relative to the first; may be negative.
    let offsets: [Int64]
    /// How many positions may be too many.
    let slop: Int64
    /// Saturation.
    let k1: Float
}

/// Documents with any of some terms of a field, without a score.
struct PlannedTermSet {
    /// The field.
    let field: FieldID
    /// The terms, segment by segment.
    let entries: [[TermEntry]]
}

/// Parts joined by and, or, not.
struct PlannedBoolean {
    var must: [PlannedQuery] = []
    var should: [PlannedQuery] = []
    var mustNot: [PlannedQuery] = []
    var filter: [PlannedQuery] = []
    /// How many of `should` must match; 0 only beside `must` or `filter`, or without `should`.
    var minimumShould = 0
}
