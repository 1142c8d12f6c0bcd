import InvertedIndex
import TextAnalysis

/// What words of other languages add to a query.
extension QueryPlanner {
    /// The query of words that have translations: a lone word and its translations are one group.
    func query(
        of parts: [QueryUnit], _ translations: [Translation],
        _ fields: [CollectionLayout.TextField], weight: Float
    ) throws(EngineError) -> Query {
        if parts.count == 1, case .word(var word) = parts[0] {
            let own = try frequency(ofTyped: word)
            for translation in translations where translation.stems.count == 1 {
                let rarity = try rarity(of: translation.stems[0], beside: own)
                word.addRelated(
                    RelatedTerm(
                        term: translation.stems[0], isStem: true,
                        weight: weights.translation * translation.weight * rarity,
                        via: .language))
            }
            let group = try query(of: .word(word), fields, weight: weight)
            let others = try self.translations(
                translations.filter { $0.stems.count > 1 }, fields, of: parts, weight: weight)
            return others.isEmpty
                ? group : .boolean(should: [group] + others, minimumShould: 1)
        }
        let must = try required(of: parts, fields, weight: weight)
        let words = must.count == 1 ? must[0] : Query.boolean(must: must)
        return .boolean(
            should: [words]
                + (try self.translations(translations, fields, of: parts, weight: weight)),
            minimumShould: 1)
    }

    /// The queries of translations: those of one word as one group, those of several word by word.
    ///
    /// `n` words for `m` count as the geometric mean of both: words of one lemma mostly come
    /// together, so that each tells little beside the others.
    func translations(
        _ translations: [Translation], _ fields: [CollectionLayout.TextField],
        of parts: [QueryUnit], weight: Float
    ) throws(EngineError) -> [Query] {
        let count = Float(max(1, parts.flatMap(\.words).count { !$0.isStopWord }))
        var queries: [Query] = []
        let single = translations.filter { $0.stems.count == 1 }
        if !single.isEmpty {
            queries.append(
                .group(
                    TermGroup(
                        alternatives: single.flatMap {
                            fields.alternatives(ofStem: $0.stems[0], weight: $0.weight)
                        }, weight: weight * weights.translation * count.squareRoot(),
                        documentCount: documentCount)))
        }
        for translation in translations where translation.stems.count > 1 {
            let each =
                weight * weights.translation * translation.weight
                * (count / Float(translation.stems.count)).squareRoot()
            queries.append(
                .boolean(
                    must: translation.stems.map { stem in
                        .group(
                            TermGroup(
                                alternatives: fields.alternatives(ofStem: stem), weight: each,
                                documentCount: documentCount))
                    }))
        }
        return queries
    }

    /// How rare a translation is beside a typed word that stands in some documents, above 0 to 1.
    ///
    /// A group is as rare as what was typed. Without this a frequent word of another language would
    /// count as much as the rare one that it may stand for.
    private func rarity(of stem: [UInt8], beside typed: Int) throws(EngineError) -> Float {
        let frequency = try understanding.vocabulary.frequency(ofStem: stem)
        guard typed > 0, frequency > typed else { return 1 }
        return SearchedCollection.inverseDocumentFrequency(frequency, of: totalCount)
            / SearchedCollection.inverseDocumentFrequency(typed, of: totalCount)
    }
}
