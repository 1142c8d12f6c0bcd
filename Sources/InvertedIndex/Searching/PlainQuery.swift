/// A plan of a form that has a loop of its own.
///
/// - Requires: factors are positive, so that bounds are bounds.
enum PlainQuery {
    case term(PlannedGroup)
    case conjunction([PlannedGroup])
    case disjunction([PlannedGroup])
    case phrase(PlannedPhrase.Field, offsets: [Int64], k1: Float)

    /// The most terms in a loop; beyond, the work for a window is more than the loops spare.
    private static let greatestTermCount = 64

    /// The form of a plan; nil where it is none of these.
    init?(_ plan: PlannedQuery) {
        switch plan {
        case .group(let group):
            guard PlainQuery.isPlain(group) else { return nil }
            self = .term(group)
        case .boolean(let boolean):
            guard boolean.filter.isEmpty, boolean.mustNot.isEmpty,
                boolean.must.isEmpty || boolean.should.isEmpty
            else { return nil }
            guard let groups = PlainQuery.groups(boolean.must + boolean.should) else { return nil }
            if boolean.should.isEmpty {
                self = .conjunction(groups)
            } else if boolean.minimumShould == 1 {
                self = .disjunction(groups)
            } else {
                return nil
            }
        case .phrase(let phrase):
            guard phrase.fields.count == 1, phrase.slop == 0, phrase.offsets.count > 1,
                phrase.fields[0].slots.allSatisfy({ $0.count == 1 }),
                PlainQuery.isPositive(phrase.fields[0].factor),
                phrase.fields[0].slots.count <= PlainQuery.greatestTermCount
            else { return nil }
            self = .phrase(phrase.fields[0], offsets: phrase.offsets, k1: phrase.k1)
        default: return nil
        }
    }

    private static func isPositive(_ factor: Float) -> Bool { factor > 0 && factor.isFinite }

    private static func isPlain(_ group: PlannedGroup) -> Bool {
        group.alternatives.count == 1 && isPositive(group.factor)
    }

    private static func groups(_ plans: [PlannedQuery]) -> [PlannedGroup]? {
        guard plans.count <= greatestTermCount else { return nil }
        var groups: [PlannedGroup] = []
        groups.reserveCapacity(plans.count)
        for plan in plans {
            guard case .group(let group) = plan, isPlain(group) else { return nil }
            groups.append(group)
        }
        return groups
    }

    /// Gathers what matches in one segment; false where the segment needs the general search.
    func run(
        _ segment: Segment, _ ordinal: Int, base: UInt32, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let isAnyDeleted = segment.liveCount < segment.documentCount
        let target = PlainTarget(
            base: base, deletions: isAnyDeleted ? segment.deletions : nil,
            ranks: collector.options.limit > 0, counts: collector.countsAll)
        switch self {
        case .term(let group):
            guard let terms = try PlainQuery.terms([group], segment, ordinal) else { return false }
            if terms.isEmpty { return true }
            try TermSearch.run(PlainTerms(terms), target, &collector)
        case .conjunction(let groups):
            guard var terms = try PlainQuery.terms(groups, segment, ordinal) else { return false }
            if terms.count < groups.count { return true }
            terms.sort { $0.documentFrequency < $1.documentFrequency }
            try ConjunctionSearch.run(
                PlainTerms(terms), target, documentCount: segment.documentCount, &collector)
        case .disjunction(let groups):
            guard let terms = try PlainQuery.terms(groups, segment, ordinal) else { return false }
            if terms.isEmpty { return true }
            let owner = PlainTerms(terms)
            if terms.count == 1 {
                try TermSearch.run(owner, target, &collector)
            } else {
                try DisjunctionSearch.run(
                    owner, target, documentCount: segment.documentCount, &collector)
            }
        case .phrase(let field, let offsets, let k1):
            return try PlainQuery.run(
                field, offsets, k1, segment, ordinal, target, &collector)
        }
        return true
    }

    private static func run(
        _ field: PlannedPhrase.Field, _ offsets: [Int64], _ k1: Float, _ segment: Segment,
        _ ordinal: Int, _ target: PlainTarget, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        var terms: [PlainTerm] = []
        for slot in field.slots {
            guard slot[0].entries[ordinal] != nil else { return true }
            guard
                let term = try PlainTerm(
                    slot[0], factor: field.factor, k1: k1, segment, ordinal)
            else { return false }
            terms.append(term)
        }
        let order = terms.indices.sorted {
            terms[$0].documentFrequency < terms[$1].documentFrequency
        }
        try PhraseSearch.run(
            PlainTerms(order.map { terms[$0] }), offsets: order.map { offsets[$0] },
            factor: field.factor, k1: k1, target, &collector)
        return true
    }

    /// The terms that are in the segment; nil where the field of one has no lengths.
    private static func terms(
        _ groups: [PlannedGroup], _ segment: Segment, _ ordinal: Int
    ) throws(IndexError) -> [PlainTerm]? {
        var terms: [PlainTerm] = []
        terms.reserveCapacity(groups.count)
        for group in groups {
            let planned = group.alternatives[0]
            guard planned.entries[ordinal] != nil else { continue }
            guard
                let term = try PlainTerm(
                    planned, factor: group.factor, k1: group.k1, segment, ordinal)
            else { return nil }
            terms.append(term)
        }
        return terms
    }
}
