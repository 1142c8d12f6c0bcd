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

    /// The entities that examples stand for, each example looked up by its names.
    ///
    /// - Throws: as `names`.
    public func match(_ request: MatchRequest) throws(EngineError) -> MatchResponse {
        let start = ContinuousClock.now
        var response = MatchResponse()
        for example in request.examples {
            var best: [String: NameResponse.Hit] = [:]
            for name in example.names {
                var names = NameRequest()
                names.q = name
                names.collections = request.collections
                names.type = example.type
                names.limit = request.limit
                for hit in try self.names(names).hits {
                    let key = "\(hit.collection)/\(hit.id)"
                    if hit.score > best[key]?.score ?? 0 { best[key] = hit }
                }
            }
            let results = best.values.sorted {
                ($1.score, $0.collection, $0.id) < ($0.score, $1.collection, $1.id)
            }
            response.answers.append(
                .init(
                    key: example.key, results: Array(results.prefix(request.limit)),
                    matchCount: results.count { $0.score >= request.threshold }))
        }
        response.duration = ContinuousClock.now - start
        return response
    }
}
