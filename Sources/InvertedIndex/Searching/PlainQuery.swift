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
            let planned = group.alternatives[0]
            if !target.ranks, !isAnyDeleted {
                collector.totalHits += Int(planned.entries[ordinal]?.documentFrequency ?? 0)
                return true
            }
            guard let terms = try PlainQuery.terms([group], segment, ordinal) else { return false }
            if terms.count == 0 { return true }
            try TermSearch.run(terms, target, &collector)
        case .conjunction(let groups):
            let sorted = sortedByFrequency(groups, ordinal)
            if frequency(sorted[0].alternatives[0], ordinal) == 0 { return true }
            guard let terms = try PlainQuery.terms(sorted, segment, ordinal) else { return false }
            try ConjunctionSearch.run(
                terms, target, documentCount: segment.documentCount, &collector)
        case .disjunction(let groups):
            let sorted = sortedByFrequency(groups, ordinal)
            guard let terms = try PlainQuery.terms(sorted, segment, ordinal) else { return false }
            if terms.count == 0 { return true }
            if terms.count == 1 {
                try TermSearch.run(terms, target, &collector)
            } else {
                try DisjunctionSearch.run(
                    terms, target, documentCount: segment.documentCount, &collector)
            }
        case .phrase(let field, let offsets, let k1):
            let order = offsets.indices.sorted {
                frequency(field.slots[$0][0], ordinal) < frequency(field.slots[$1][0], ordinal)
            }
            if frequency(field.slots[order[0]][0], ordinal) == 0 { return true }
            let terms = PlainTerms(capacity: order.count)
            for slot in order {
                guard
                    let term = try PlainTerm(
                        field.slots[slot][0], factor: field.factor, k1: k1, segment, ordinal)
                else { return false }
                terms.append(term)
            }
            try PhraseSearch.run(
                terms, offsets: order.map { offsets[$0] }, factor: field.factor, k1: k1, target,
                &collector)
        }
        return true
    }

    /// Rarest first, equals as they came.
    private func sortedByFrequency(_ groups: [PlannedGroup], _ ordinal: Int) -> [PlannedGroup] {
        groups.sorted {
            frequency($0.alternatives[0], ordinal) < frequency($1.alternatives[0], ordinal)
        }
    }

    private func frequency(_ term: PlannedTerm, _ ordinal: Int) -> UInt32 {
        term.entries[ordinal]?.documentFrequency ?? 0
    }

    /// The terms that are in the segment; nil where the field of one has no lengths.
    private static func terms(
        _ groups: [PlannedGroup], _ segment: Segment, _ ordinal: Int
    ) throws(IndexError) -> PlainTerms? {
        let terms = PlainTerms(capacity: groups.count)
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
