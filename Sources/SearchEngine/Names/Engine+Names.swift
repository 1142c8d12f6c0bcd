import NameMatching
import TextAnalysis

extension Engine {
    /// The entities that bear a name, however it is written.
    ///
    /// - Throws: `EngineError.query` for a limit or a name out of range, `collectionNotFound`,
    ///   `index` where a stored document is found damaged.
    public func names(_ request: NameRequest) throws(EngineError) -> NameResponse {
        let start = ContinuousClock.now
        let limits = settings.limits
        guard request.limit >= 0, request.limit <= limits.hitCount else {
            throw .query(
                QueryError(.limit, "`limit` is expected between 0 and \(limits.hitCount)."))
        }
        try check(name: request.q)
        var response = NameResponse()
        response.query = request.q
        response.hits = try damage.noticing { () throws(EngineError) in try hits(request) }
        response.duration = ContinuousClock.now - start
        return response
    }

    private func hits(_ request: NameRequest) throws(EngineError) -> [NameResponse.Hit] {
        try withNameSearch(request.collections) { search throws(EngineError) in
            let candidates = search.candidates(
                search.lookup.read(request.q), type: request.type, limit: request.limit,
                threshold: request.threshold)
            var hits: [NameResponse.Hit] = []
            for candidate in candidates {
                hits.append(try search.hit(candidate, asked: request.q))
            }
            return hits
        }
    }

    /// The entities that examples stand for, each example looked up by its names.
    ///
    /// - Throws: as `names`.
    public func match(_ request: MatchRequest) throws(EngineError) -> MatchResponse {
        let start = ContinuousClock.now
        var response = MatchResponse()
        for example in request.examples { for name in example.names { try check(name: name) } }
        response.answers = try damage.noticing { () throws(EngineError) in try answers(request) }
        response.duration = ContinuousClock.now - start
        return response
    }

    private func answers(_ request: MatchRequest) throws(EngineError) -> [MatchResponse.Answer] {
        try withNameSearch(request.collections) { search throws(EngineError) in
            var answers: [MatchResponse.Answer] = []
            for example in request.examples {
                answers.append(
                    try NameMatch(search: search, request: request).answer(example))
            }
            return answers
        }
    }

    /// What a search is told of names.
    func queryNames(_ request: SearchRequest) -> QueryNameSource {
        QueryNameSource(
            // In the first moments of a daemon a search does not wait for the tables of names.
            isReady: nameKnowledge.isReady || request.names == .on,
            links: { (text) throws(EngineError) in
                try self.withNameSearch([]) { search throws(EngineError) in
                    try QueryNames(search: search).links(in: text)
                }
            },
            likeness: { (left, right) throws(EngineError) in
                try self.nameKnowledge.withLookup { $0.likeness(left, right) }
            })
    }

    private func check(name: String) throws(EngineError) {
        let most = settings.limits.queryScalarCount
        guard name.unicodeScalars.count <= most else {
            throw .query(QueryError(.q, "The name has more than \(most) characters."))
        }
    }

    /// Calls with a search over the names of some collections; over all, and the gazetteer, for
    /// none.
    func withNameSearch<Result>(
        _ names: [String], _ body: (NameSearch) throws(EngineError) -> Result
    ) throws(EngineError) -> Result {
        let asksGazetteer = names.isEmpty || names.contains(Gazetteer.collectionName)
        let others = names.filter { $0 != Gazetteer.collectionName }
        var sources: [NameCatalog.Source] = []
        if names.isEmpty || !others.isEmpty {
            for collection in try collections(named: others) {
                guard let own = collection.names else { continue }
                let snapshot = collection.snapshot
                sources.append(
                    .init(
                        collection: collection.name, kind: collection.kind, snapshot: snapshot,
                        segments: try own.segments(of: snapshot)))
            }
        }
        let gazetteer = asksGazetteer ? try nameKnowledge.tables().gazetteer : nil
        return try nameKnowledge.withLookup { lookup throws(EngineError) in
            try body(NameSearch(sources: sources, gazetteer: gazetteer, lookup: lookup))
        }
    }
}
