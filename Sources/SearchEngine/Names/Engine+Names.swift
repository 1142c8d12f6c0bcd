import TextAnalysis

extension Engine {
    /// The documents that bear a name, however it is written.
    ///
    /// - Throws: as `search`.
    public func names(_ request: NameRequest) throws(EngineError) -> NameResponse {
        let start = ContinuousClock.now
        let limits = configuration.limits
        guard request.limit >= 0, request.limit <= limits.hitCount else {
            throw .query(
                QueryError(.limit, "`limit` is expected between 0 and \(limits.hitCount)."))
        }
        guard request.q.unicodeScalars.count <= limits.queryScalarCount else {
            throw .query(
                QueryError(
                    .q, "The name has more than \(limits.queryScalarCount) characters."))
        }
        let collections = try collections(named: request.collections)
        var response = NameResponse()
        response.query = request.q
        response.hits = try analyzers.withAnalyzer { analyzer throws(EngineError) in
            try NameSearch(
                request: request, collections: collections, searched: searched(collections),
                analysis: QueryAnalysis(analyzer: analyzer, stopWords: analyzers.stopWords),
                weights: configuration.weights, limits: limits
            ).run()
        }
        response.duration = ContinuousClock.now - start
        return response
    }
}
