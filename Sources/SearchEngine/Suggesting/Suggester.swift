import InvertedIndex
import JSON
import TextAnalysis

/// Suggests how a text may go on: words of the dictionary, titles, another keyboard layout.
struct Suggester {
    let request: SuggestRequest
    let collections: [OpenCollection]
    let searched: [SearchedCollection]
    let completer: Completer
    let weights: RankingWeights

    /// Most titles among the suggestions.
    private static let titleCount = 3
    /// Most completions that a title may have in the place of the last word.
    private static let titleExpansionCount = 8
    /// Fewest letters that are typed before titles are named: fewer begin any title.
    private static let titleLetterCount = 3

    /// The suggestions.
    func run() throws(EngineError) -> [SuggestResponse.Suggestion] {
        let text = request.q
        guard text.contains(where: { !$0.isWhitespace }), request.limit > 0 else { return [] }
        var suggestions = try continuations(of: text, kind: .term, via: nil)
        if suggestions.isEmpty { suggestions = try otherLayout(text) }
        return Array(suggestions.prefix(request.limit))
    }

    /// The completions of the last word, and the titles that go on so.
    private func continuations(
        of text: String, kind: SuggestResponse.Suggestion.Kind, via: SearchResponse.Match.Via?
    ) throws(EngineError) -> [SuggestResponse.Suggestion] {
        let beginning = completer.beginning(of: text)
        var completions: [Completer.Completion] = []
        if let last = beginning.last {
            completions = try completer.completions(
                of: last, limit: request.limit)
            if completions.isEmpty { return [] }
        }
        let titles = try titles(beginning, completions)
        let termCount = request.limit - min(titles.count, request.limit / 2)
        var suggestions = completions.prefix(max(1, termCount)).map { completion in
            SuggestResponse.Suggestion(
                text: beginning.before + String(decoding: completion.term, as: UTF8.self),
                kind: kind, via: via ?? completion.via, frequency: completion.frequency)
        }
        // What is finished as it stands need not be suggested, unless it was read otherwise.
        if kind == .term { suggestions.removeAll { $0.text == text && completions.count > 1 } }
        return suggestions + titles
    }

    /// The text by the layout of which its words are known and its last one can be completed.
    private func otherLayout(_ text: String) throws(EngineError) -> [SuggestResponse.Suggestion] {
        for conversion in LayoutConversion.all {
            let pieces = text.split(separator: " ", omittingEmptySubsequences: false).map {
                conversion.readings(of: String($0)).first ?? String($0)
            }
            let converted = pieces.joined(separator: " ")
            guard converted != text else { continue }
            let beginning = completer.beginning(of: converted)
            var isKnown = beginning.last != nil
            for word in beginning.words where isKnown {
                isKnown = try completer.vocabulary.knows(word)
            }
            guard isKnown else { continue }
            let found = try continuations(of: converted, kind: .correction, via: .layout)
            if !found.isEmpty { return found }
        }
        return []
    }

    // MARK: Titles

    /// The titles that have all words and a completion of the last one.
    private func titles(
        _ beginning: Completer.Beginning, _ completions: [Completer.Completion]
    ) throws(EngineError) -> [SuggestResponse.Suggestion] {
        let letterCount = beginning.last?.typed.count ?? 0
        guard !beginning.words.isEmpty || letterCount >= Self.titleLetterCount else { return [] }
        var found: [(score: Float, suggestion: SuggestResponse.Suggestion)] = []
        for (collection, own) in zip(collections, searched) {
            guard let field = own.layout.textField(named: collection.kind.titleField) else {
                continue
            }
            var must: [Query] = []
            for word in beginning.words where !word.isStopWord {
                must.append(
                    .group(
                        TermGroup(
                            alternatives: own.alternatives(
                                of: word, [field], weights: weights, usesForms: true))))
            }
            if !completions.isEmpty {
                must.append(
                    .group(
                        TermGroup(
                            alternatives: completions.prefix(Self.titleExpansionCount).map {
                                .init(field: field.exact, term: $0.term)
                            })))
            }
            guard !must.isEmpty else { continue }
            let results = try indexed { () throws(IndexError) in
                try own.searcher.search(
                    .boolean(must: must),
                    SearchOptions(limit: Self.titleCount, countsAll: false))
            }
            for hit in results.hits {
                guard let suggestion = try title(hit, collection, own, field) else { continue }
                found.append((hit.score, suggestion))
            }
        }
        found.sort { $0.score > $1.score }
        var titles: [SuggestResponse.Suggestion] = []
        for (_, suggestion) in found where titles.count < Self.titleCount {
            if !titles.contains(where: { $0.text == suggestion.text }) { titles.append(suggestion) }
        }
        return titles
    }

    private func title(
        _ hit: ScoredDocument, _ collection: OpenCollection, _ own: SearchedCollection,
        _ field: CollectionLayout.TextField
    ) throws(EngineError) -> SuggestResponse.Suggestion? {
        let document = try StoredDocument.read(at: hit.address, in: own.searcher.snapshot)
        guard let member = document.members[field.name],
            let text = HitFormatter.values(of: member).first?.text, !text.isEmpty
        else { return nil }
        return SuggestResponse.Suggestion(
            text: text, kind: .title, via: .exact, frequency: 1,
            document: (collection.name, document.key))
    }
}
