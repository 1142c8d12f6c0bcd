import TextAnalysis

extension Engine {
    /// How a text may go on, while it is typed.
    ///
    /// - Throws: as `search`.
    /// - Cost: well under a millisecond: some lookups in the dictionary and one small search.
    public func suggest(_ request: SuggestRequest) throws(EngineError) -> SuggestResponse {
        try damage.noticing { () throws(EngineError) in try suggestions(request) }
    }

    private func suggestions(_ request: SuggestRequest) throws(EngineError) -> SuggestResponse {
        let start = ContinuousClock.now
        let limits = settings.limits
        guard request.limit >= 0, request.limit <= limits.suggestionCount else {
            throw .query(
                QueryError(
                    .limit, "`limit` is expected between 0 and \(limits.suggestionCount)."))
        }
        guard request.q.unicodeScalars.count <= limits.suggestedScalarCount else {
            throw .query(
                QueryError(
                    .q,
                    "The text has more than \(limits.suggestedScalarCount) characters. Send the "
                        + "end of it."))
        }
        let collections = try collections(named: request.collections)
        var response = SuggestResponse()
        response.query = request.q
        response.suggestions = try analyzers.withAnalyzer { analyzer throws(EngineError) in
            let searched = searched(collections)
            let suggester = Suggester(
                request: request, collections: collections, searched: searched,
                completer: Completer(
                    vocabulary: SearchedVocabulary(searched),
                    analysis: QueryAnalysis(analyzer: analyzer, stopWords: analyzers.stopWords),
                    limits: limits),
                weights: settings.weights)
            return try suggester.run()
        }
        response.duration = ContinuousClock.now - start
        return response
    }
}
