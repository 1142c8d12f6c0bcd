import InvertedIndex
import JSON
import TextAnalysis

/// Finds the documents that bear a name, however it is written.
///
/// First stage: the dictionary gives the words of the same and of near keys, the index the
/// documents that have them. Second stage: their names are compared word by word.
struct NameSearch {
    let request: NameRequest
    let collections: [OpenCollection]
    let searched: [SearchedCollection]
    let analysis: QueryAnalysis
    let weights: RankingWeights
    let limits: Limits

    /// How many documents are compared for each hit that is asked for, and at least.
    private static let candidatesPerHit = 4
    private static let fewestCandidates = 64

    /// The hits.
    func run() throws(EngineError) -> [NameResponse.Hit] {
        let words = analysis.words(of: request.q, language: nil)
        guard !words.isEmpty else { return [] }
        let comparison = NameComparison(asked: words)
        let vocabulary = SearchedVocabulary(searched)
        var groups: [[TermGroup.Alternative]] = []
        for word in words { groups.append(try alternatives(of: word, vocabulary)) }
        var hits: [NameResponse.Hit] = []
        for (collection, own) in zip(collections, searched) {
            for field in own.layout.textFields where field.isNames {
                let query = Query.boolean(
                    should: groups.map { group in
                        .group(
                            TermGroup(
                                alternatives: group.map {
                                    .init(field: field.exact, term: $0.term, weight: $0.weight)
                                }))
                    }, minimumShould: 1)
                let results = try indexed { () throws(IndexError) in
                    try own.searcher.search(
                        query,
                        SearchOptions(
                            limit: max(
                                Self.fewestCandidates, request.limit * Self.candidatesPerHit),
                            countsAll: false))
                }
                for hit in results.hits {
                    let document = try StoredDocument.read(
                        at: hit.address, in: own.searcher.snapshot)
                    if let hit = compared(document, field, collection, comparison) {
                        hits.append(hit)
                    }
                }
            }
        }
        hits.sort { ($1.score, $0.collection, $0.id) < ($0.score, $1.collection, $1.id) }
        return Array(hits.prefix(request.limit))
    }

    /// The words of a name that a word may stand for; their fields are filled in later.
    private func alternatives(of word: QueryWord, _ vocabulary: SearchedVocabulary)
        throws(EngineError) -> [TermGroup.Alternative]
    {
        let anyField = FieldID(rawValue: 0)
        var alternatives = word.exact.map {
            TermGroup.Alternative(field: anyField, term: $0, weight: 1)
        }
        func add(_ entries: [SearchedVocabulary.Entry], weight: Float) {
            for entry in entries where !alternatives.contains(where: { $0.term == entry.term }) {
                alternatives.append(.init(field: anyField, term: entry.term, weight: weight))
            }
        }
        for form in word.exact {
            let key = ScriptKey.key(of: form)
            guard !key.isEmpty else { continue }
            for key in [key] + ScriptKey.otherKeys(of: form) {
                add(
                    try vocabulary.words(key: key, limit: limits.scriptExpansionCount),
                    weight: weights.scripts)
            }
            guard key.count >= 4 else { continue }
            add(
                try vocabulary.words(
                    near: key, distance: key.count < 8 ? 1 : 2, limit: limits.typoCandidateCount),
                weight: weights.fuzzy * weights.scripts)
        }
        return alternatives
    }

    private func compared(
        _ document: Document, _ field: CollectionLayout.TextField, _ collection: OpenCollection,
        _ comparison: NameComparison
    ) -> NameResponse.Hit? {
        guard let member = document.members[field.name] else { return nil }
        var best: NameResponse.Hit?
        for value in HitFormatter.values(of: member) {
            let words = analysis.words(of: value.text, language: value.language)
            let (score, explanations) = comparison.score(NameComparison.parts(of: words))
            guard score > best?.score ?? 0 else { continue }
            best = NameResponse.Hit(
                collection: collection.name, id: document.key, score: score, name: value.text,
                explanations: explanations)
        }
        return best
    }
}
