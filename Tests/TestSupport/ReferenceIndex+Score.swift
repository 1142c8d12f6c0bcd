import Foundation
import InvertedIndex

extension ReferenceIndex {
    /// The score of a document, nil if it does not match.
    func score(_ query: Query, _ document: ReferenceDocument) -> Double? {
        switch query {
        case .everything: return 0
        case .nothing: return nil
        case .group(let group): return score(group, document)
        case .phrase(let phrase): return score(phrase, document)
        case .prefix(let field, let prefix):
            return anyToken(document, field) { $0.starts(with: prefix) } ? 0 : nil
        case .fuzzy(let field, let word, let distance):
            return anyToken(document, field) { term in
                ReferenceEditDistance.between(term, word).map { $0 <= distance } ?? false
            } ? 0 : nil
        case .keyword(let field, let values):
            return (document.keywords[field] ?? []).contains { values.contains($0) } ? 0 : nil
        case .range(let field, let range):
            return document.numbers[field].map { range.contains($0) } ?? false ? 0 : nil
        case .exists(let field): return exists(field, document) ? 0 : nil
        case .keys(let keys): return keys.contains(document.key) ? 0 : nil
        case .boosted(let inner, let factor):
            return score(inner, document).map { $0 * Double(factor) }
        case .boolean(let must, let should, let mustNot, let filter, let minimumShould):
            return boolean(must, should, mustNot, filter, minimumShould, document)
        }
    }

    private func boolean(
        _ must: [Query], _ should: [Query], _ mustNot: [Query], _ filter: [Query],
        _ minimumShould: Int, _ document: ReferenceDocument
    ) -> Double? {
        var sum = 0.0
        for query in must {
            guard let part = score(query, document) else { return nil }
            sum += part
        }
        for query in filter where score(query, document) == nil { return nil }
        for query in mustNot where score(query, document) != nil { return nil }
        let parts = should.compactMap { score($0, document) }
        let isShouldAlone = must.isEmpty && filter.isEmpty && !should.isEmpty
        guard parts.count >= max(minimumShould, isShouldAlone ? 1 : 0) else { return nil }
        return parts.reduce(sum, +)
    }

    private func exists(_ field: FieldID, _ document: ReferenceDocument) -> Bool {
        switch schema[field].kind {
        case .number: document.numbers[field] != nil
        case .keyword: !(document.keywords[field] ?? []).isEmpty
        case .text(_, lengthOf: nil): !(document.tokens[field] ?? []).isEmpty
        case .text: false
        }
    }

    private func anyToken(
        _ document: ReferenceDocument, _ field: FieldID, _ isWanted: ([UInt8]) -> Bool
    ) -> Bool {
        (document.tokens[field] ?? []).contains { isWanted($0.term) }
    }

    // MARK: - BM25

    /// `boost / (1 − b + b · length / average)`.
    private func occurrence(_ field: FieldID, _ document: ReferenceDocument) -> Double {
        let weight = scoring.fields[field] ?? Scoring.FieldWeight()
        var source = field
        if case .text(_, let lengthOf?) = schema[field].kind { source = lengthOf }
        let count = statistics.fieldCounts[source] ?? 0
        let average =
            count == 0 ? 1 : Double(statistics.totalLengths[source] ?? 0) / Double(count)
        let length = Double(ReferenceLength.rounded(document.length(of: source)))
        let b = Double(weight.b)
        return Double(weight.boost) / max(1 - b + b * length / average, 1e-3)
    }

    private func saturated(_ total: Double) -> Double {
        (Double(scoring.k1) + 1) * total / (Double(scoring.k1) + total)
    }

    private func score(_ group: TermGroup, _ document: ReferenceDocument) -> Double? {
        var total = 0.0
        var isFound = false
        var frequency = 0
        for alternative in group.alternatives {
            let field = alternative.field
            frequency = max(frequency, documentFrequency(field, alternative.term))
            let count = document.frequency(alternative.term, in: field)
            if count == 0 { continue }
            isFound = true
            total += Double(alternative.weight) * Double(count) * occurrence(field, document)
        }
        guard isFound else { return nil }
        return Double(group.weight) * statistics.inverseDocumentFrequency(frequency)
            * saturated(total)
    }

    private func score(_ phrase: Phrase, _ document: ReferenceDocument) -> Double? {
        var sum = 0.0
        var isFound = false
        for field in phrase.fields {
            let count = phraseFrequency(phrase, field, document)
            if count == 0 { continue }
            isFound = true
            var weight = 0.0
            for slot in phrase.slots {
                let frequency = slot.terms.map { documentFrequency(field, $0) }.max() ?? 0
                weight += statistics.inverseDocumentFrequency(frequency)
            }
            sum +=
                Double(phrase.weight) * weight
                * saturated(Double(count) * occurrence(field, document))
        }
        return isFound ? sum : nil
    }

    /// From how many positions of the first word the others follow in order and near enough.
    ///
    /// Every choice of positions is tried.
    func phraseFrequency(
        _ phrase: Phrase, _ field: FieldID, _ document: ReferenceDocument
    ) -> Int {
        let places = phrase.slots.map { slot in
            Set(
                (document.tokens[field] ?? []).filter { slot.terms.contains($0.term) }
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
