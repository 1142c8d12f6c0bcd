import Foundation
import InvertedIndex

extension ReferenceIndex {
    /// The score of a document, nil if it does not match.
    func score(_ query: Query, _ entry: Entry) -> Double? {
        switch query {
        case .everything: return 0
        case .nothing: return nil
        case .group(let group): return score(group, entry)
        case .phrase(let phrase): return score(phrase, entry)
        case .prefix(let field, let prefix):
            return anyToken(entry, field) { $0.starts(with: prefix) } ? 0 : nil
        case .fuzzy: return score(resolved(query), entry)
        case .keyword(let field, let values):
            return (entry.document.keywords[field] ?? []).contains { values.contains($0) } ? 0 : nil
        case .range(let field, let range):
            return entry.document.numbers[field].map { range.contains($0) } ?? false ? 0 : nil
        case .exists(let field): return exists(field, entry) ? 0 : nil
        case .keys(let keys): return keys.contains(entry.document.key) ? 0 : nil
        case .boosted(let inner, let factor):
            return score(inner, entry).map { $0 * Double(factor) }
        case .boolean(let must, let should, let mustNot, let filter, let minimumShould):
            return boolean(must, should, mustNot, filter, minimumShould, entry)
        }
    }

    /// A query with the terms near a word in place of it; each word is compared once.
    func resolved(_ query: Query) -> Query {
        switch query {
        case .fuzzy(let field, let word, let distance):
            let near = terms(field).keys.filter { term in
                ReferenceEditDistance.between(term, word).map { $0 <= distance } ?? false
            }
            let group = TermGroup(alternatives: near.map { .init(field: field, term: $0) })
            return .boolean(filter: [.group(group)])
        case .boosted(let inner, let factor): return .boosted(resolved(inner), by: factor)
        case .boolean(let must, let should, let mustNot, let filter, let minimumShould):
            return .boolean(
                must: must.map(resolved), should: should.map(resolved),
                mustNot: mustNot.map(resolved), filter: filter.map(resolved),
                minimumShould: minimumShould)
        default: return query
        }
    }

    private func boolean(
        _ must: [Query], _ should: [Query], _ mustNot: [Query], _ filter: [Query],
        _ minimumShould: Int, _ entry: Entry
    ) -> Double? {
        var sum = 0.0
        for query in must {
            guard let part = score(query, entry) else { return nil }
            sum += part
        }
        for query in filter where score(query, entry) == nil { return nil }
        for query in mustNot where score(query, entry) != nil { return nil }
        let parts = should.compactMap { score($0, entry) }
        let isShouldAlone = must.isEmpty && filter.isEmpty && !should.isEmpty
        guard parts.count >= max(minimumShould, isShouldAlone ? 1 : 0) else { return nil }
        return parts.reduce(sum, +)
    }

    private func exists(_ field: FieldID, _ entry: Entry) -> Bool {
        switch schema[field].kind {
        case .number: entry.document.numbers[field] != nil
        case .keyword: !(entry.document.keywords[field] ?? []).isEmpty
        case .text(_, lengthOf: nil): !(entry.document.tokens[field] ?? []).isEmpty
        case .text, .termKeys: false
        }
    }

    private func anyToken(
        _ entry: Entry, _ field: FieldID, _ isWanted: ([UInt8]) -> Bool
    ) -> Bool {
        (entry.counts.frequencies[field] ?? [:]).keys.contains(where: isWanted)
    }

    // MARK: - BM25

    /// `boost / (1 − b + b · length / average)`.
    private func occurrence(_ field: FieldID, _ entry: Entry) -> Double {
        let weight = scoring.fields[field] ?? Scoring.FieldWeight()
        var source = field
        if case .text(_, let lengthOf?) = schema[field].kind { source = lengthOf }
        let count = statistics.fieldCounts[source] ?? 0
        let average =
            count == 0 ? 1 : Double(statistics.totalLengths[source] ?? 0) / Double(count)
        let length = Double(ReferenceLength.rounded(entry.counts.lengths[source] ?? 0))
        let b = Double(weight.b)
        return Double(weight.boost) / max(1 - b + b * length / average, 1e-3)
    }

    private func saturated(_ total: Double) -> Double {
        (Double(scoring.k1) + 1) * total / (Double(scoring.k1) + total)
    }

    private func score(_ group: TermGroup, _ entry: Entry) -> Double? {
        var total = 0.0
        var isFound = false
        var frequency = 0
        for alternative in group.alternatives {
            let field = alternative.field
            frequency = max(frequency, documentFrequency(field, alternative.term))
            let count = entry.counts.frequencies[field]?[alternative.term] ?? 0
            if count == 0 { continue }
            isFound = true
            total += Double(alternative.weight) * Double(count) * occurrence(field, entry)
        }
        guard isFound else { return nil }
        return Double(group.weight) * statistics.inverseDocumentFrequency(frequency)
            * saturated(total)
    }

    private func score(_ phrase: Phrase, _ entry: Entry) -> Double? {
        var sum = 0.0
        var isFound = false
        for field in phrase.fields {
            let count = phraseFrequency(phrase, field, entry)
            if count == 0 { continue }
            isFound = true
            var weight = 0.0
            for slot in phrase.slots {
                let frequency = slot.terms.map { documentFrequency(field, $0) }.max() ?? 0
                weight += statistics.inverseDocumentFrequency(frequency)
            }
            sum +=
                Double(phrase.weight) * weight
                * saturated(Double(count) * occurrence(field, entry))
        }
        return isFound ? sum : nil
    }

    /// From how many positions of the first word the others follow in order and near enough.
    ///
    /// Every choice of positions is tried.
    func phraseFrequency(
        _ phrase: Phrase, _ field: FieldID, _ entry: Entry
    ) -> Int {
        let places = phrase.slots.map { slot in
            Set(
                (entry.document.tokens[field] ?? []).filter { slot.terms.contains($0.term) }
                    .map { Int($0.position) })
        }
        guard let first = places.first else { return 0 }
        func follows(_ slot: Int, _ position: Int, _ slop: Int) -> Bool {
            if slot == places.count { return true }
            let gap = Int(phrase.slots[slot].offset) - Int(phrase.slots[slot - 1].offset)
            return places[slot].contains { next in
                let extra = next - position - gap
                return extra >= 0 && extra <= slop && follows(slot + 1, next, slop - extra)
            }
        }
        return first.count { follows(1, $0, max(0, phrase.slop)) }
    }
}
