import InvertedIndex
public import JSON
import Synchronization
import TextAnalysis

extension Engine {
    /// Searches.
    ///
    /// - Throws: `EngineError.query` for what is wrong with the request, `collectionNotFound`,
    ///   `index` where the index is found damaged.
    public func search(_ request: SearchRequest) throws(EngineError) -> SearchResponse {
        try damage.noticing { () throws(EngineError) in try answer(request) }
    }

    private func answer(_ request: SearchRequest) throws(EngineError) -> SearchResponse {
        let collections = try collections(named: request.collections)
        return try analyzers.withAnalyzer { analyzer throws(EngineError) in
            let response = try MultiSearch(
                engine: self, request: request, collections: collections, analyzer: analyzer
            ).run()
            guard response.totalHits == 0, !response.timedOut, let loose = request.withoutQuotes
            else { return response }
            var relaxed = try MultiSearch(
                engine: self, request: loose, collections: collections, analyzer: analyzer
            ).run()
            guard relaxed.totalHits > 0 else { return response }
            relaxed.query = request.q
            relaxed.duration += response.duration
            relaxed.interpretation.corrections.insert(
                .init(typed: request.q, meant: loose.q, via: .words), at: 0)
            return relaxed
        }
    }

    /// The collections of some names, each once; all for none.
    func collections(named given: [String]) throws(EngineError) -> [OpenCollection] {
        guard !given.isEmpty else {
            return state.withLock { Array($0.collections.values) }.sorted { $0.name < $1.name }
        }
        var result: [OpenCollection] = []
        for name in given where !result.contains(where: { $0.name == name }) {
            result.append(try collection(name))
        }
        return result
    }

    /// The collections as one request sees them: each on the snapshot of now.
    func searched(_ collections: [OpenCollection]) -> [SearchedCollection] {
        collections.map { collection in
            SearchedCollection(
                layout: collection.layout,
                searcher: Searcher(
                    snapshot: collection.snapshot,
                    scoring: collection.layout.scoring(settings.weights),
                    remembersTerms: true))
        }
    }

    /// How the query was understood and how one document came to its score.
    ///
    /// - Throws: as `search`, and `documentNotFound`.
    public func explain(_ request: SearchRequest, key: DocumentKey, in collection: String)
        throws(EngineError) -> JSONValue
    {
        try damage.noticing { () throws(EngineError) in
            try explanation(request, key, collection)
        }
    }

    private func explanation(_ request: SearchRequest, _ key: DocumentKey, _ collection: String)
        throws(EngineError) -> JSONValue
    {
        let collection = try self.collection(collection)
        // The same collections as in the search, since a word is as rare as it is in all of them.
        let others = try collections(named: request.collections).filter {
            $0.name != collection.name
        }
        return try analyzers.withAnalyzer { analyzer throws(EngineError) in
            let search = try MultiSearch(
                engine: self, request: request, collections: [collection] + others,
                analyzer: analyzer)
            let target = search.targets[0]
            let address = try indexed { () throws(IndexError) in
                try target.snapshot.address(ofKey: Array(key.utf8).span)
            }
            guard let address else { throw .documentNotFound(key: key) }
            // The loosest query holds whatever a stricter one does.
            let query = target.query(level: target.plan.queries.count - 1)
            let explanation = try indexed { () throws(IndexError) in
                try target.searcher.explain(query, address)
            }
            var answer = JSONObject([
                "collection": .string(collection.name), "id": .string(key),
                "query": .string(request.q), "matched": .bool(explanation != nil),
                "score": .double(Double(explanation?.value ?? 0)),
                "interpretation": Self.json(search.interpretation),
            ])
            answer["explanation"] = explanation.map { Explanation($0).json } ?? .null
            answer["indexGeneration"] = .integer(Int64(clamping: target.snapshot.generation))
            return .object(answer)
        }
    }

    private static func json(_ interpretation: SearchResponse.Interpretation) -> JSONValue {
        [
            "language": .array(
                interpretation.languages.map {
                    ["lang": .string($0.code), "score": .double($0.score)]
                }),
            "terms": .array(
                interpretation.terms.map { term in
                    [
                        "typed": .string(term.typed),
                        "used": .array(term.used.map { .string($0) }),
                        "via": .array(term.via.map { .string($0) }),
                    ]
                }),
            "corrections": .array(interpretation.corrections.map(\.json)),
        ]
    }

    /// What analysis makes of a text (api.md, Analyze); with `steps`, stage by stage.
    ///
    /// - Throws: `query` for a language that is not known.
    public func analyze(_ text: String, lang: String, steps: Bool) throws(EngineError) -> JSONValue
    {
        let language = Language(code: lang)
        guard lang == "auto" || language != nil && language != .other else {
            throw .query(
                QueryError(
                    .lang, "Unknown language `\(lang)`; known are auto, kk, ru and en.",
                    suggestion: NearestName.nearest(to: lang, in: ["auto", "kk", "ru", "en"])))
        }
        return try analyzers.withAnalyzer { analyzer throws(EngineError) in
            let bytes = Array(text.utf8)
            var stream = TokenStream()
            analyzer.analyze(bytes.span, language: language, into: &stream)
            var answer = JSONObject()
            let found = stream.language
            answer["lang"] = .string(
                language?.code ?? found.map { $0 == .other ? "other" : $0.code } ?? "mixed")
            answer["tokens"] = .array(stream.tokens.map { Self.json($0, stream, bytes) })
            answer["analysisVersion"] = .integer(Int64(Analyzer.version))
            if steps { answer["steps"] = Self.json(analyzer.trace(text, language: language)) }
            return .object(answer)
        }
    }

    private static func json(_ token: Token, _ stream: TokenStream, _ text: [UInt8]) -> JSONValue {
        var stems: [JSONValue] = [.string(stream.string(token.stem))]
        if !token.otherStem.isEmpty { stems.append(.string(stream.string(token.otherStem))) }
        return [
            "text": .string(String(decoding: text[token.source.range], as: UTF8.self)),
            "start": .integer(Int64(token.source.start)),
            "length": .integer(Int64(token.source.count)),
            "position": .integer(Int64(token.position)),
            "exact": .string(stream.string(token.exact)), "stems": .array(stems),
            "lang": .string(token.language.code), "kind": .string("\(token.kind)"),
        ]
    }

    private static func json(_ trace: AnalysisTrace) -> JSONValue {
        .array(
            trace.stages.map { stage in
                [
                    "name": .string(stage.name),
                    "items": .array(
                        stage.items.map { item in
                            [
                                "text": .string(item.text),
                                "start": .integer(Int64(item.source.lowerBound)),
                                "length": .integer(Int64(item.source.count)),
                                "note": .string(item.note),
                            ]
                        }),
                ]
            })
    }
}

extension Explanation {
    /// The tree as JSON.
    var json: JSONValue {
        [
            "value": .double(Double(value)), "description": .string(description),
            "parts": .array(parts.map(\.json)),
        ]
    }
}

extension SearchResponse.Correction {
    /// The correction as the API has it.
    public var json: JSONValue {
        ["from": .string(typed), "to": .string(meant), "via": .string(via.rawValue)]
    }
}
