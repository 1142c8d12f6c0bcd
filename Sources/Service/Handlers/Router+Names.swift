import JSON
import SearchEngine
import ServiceAPI

/// Handlers that find entities by their names.
extension Router {
    func names(_ request: Request) throws(ProblemDetails) -> Response {
        let message =
            request.endpoint == .namesByQueryString
            ? try NamesMessage(query: try request.query())
            : try NamesMessage(json: try request.json())
        var names = NameRequest()
        names.q = message.q
        names.collections = message.collections ?? []
        names.type = message.type.flatMap { EntityType($0) }
        names.threshold = message.threshold.map { Float($0) } ?? names.threshold
        names.limit = message.limit ?? names.limit
        log(query: names.q, of: request)
        let answer = try engine { () throws(EngineError) in try service.names(names) }
        var writer = JSONWriter(capacity: 16 << 10)
        writer.beginObject()
        writer.key("query")
        writer.value(answer.query)
        writer.key("hits")
        writer.beginArray()
        for hit in answer.hits { hit.writeAsHit(to: &writer) }
        writer.endArray()
        writer.key("processingTimeMs")
        writer.value(answer.duration.milliseconds)
        writer.endObject()
        return Response(writer.bytes)
    }

    /// Each example is asked by itself, so that a client who leaves, or the end of the time, stops
    /// a large batch.
    func match(_ request: Request) throws(ProblemDetails) -> Response {
        let message = try MatchMessage(json: try request.json())
        let start = ContinuousClock.now
        let deadline = start + .milliseconds(limits.longestSearchMilliseconds)
        var one = MatchRequest()
        one.collections = message.collections ?? []
        one.threshold = message.threshold.map { Float($0) } ?? one.threshold
        one.limit = message.limit ?? one.limit
        for query in message.queries { try check(query) }

        var writer = JSONWriter(capacity: 64 << 10)
        writer.beginObject()
        writer.key("responses")
        writer.beginObject()
        for query in message.queries {
            guard !request.cancellation.isCancelled else { break }
            guard ContinuousClock.now < deadline else {
                throw ProblemDetails(
                    .deadlineExceeded,
                    "The examples took longer than \(limits.longestSearchMilliseconds) ms; send "
                        + "fewer in one request", param: "queries")
            }
            one.examples = [
                .init(
                    key: query.key, type: EntityType(query.type), names: query.names,
                    countries: query.countries, cities: query.cities)
            ]
            log(query: query.names.joined(separator: "; "), of: request)
            let answer = try engine { () throws(EngineError) in try service.match(one) }
            writer.key(query.key)
            Self.write(answer.answers.first, to: query, threshold: one.threshold, &writer)
        }
        writer.endObject()
        writer.key("limit")
        writer.value(one.limit)
        writer.key("processingTimeMs")
        writer.value((ContinuousClock.now - start).milliseconds)
        writer.endObject()
        return Response(writer.bytes)
    }

    /// The engine would refuse a long name as its `q`; here the path of the name is known.
    private func check(_ query: MatchMessage.Query) throws(ProblemDetails) {
        guard
            query.names.allSatisfy({ $0.unicodeScalars.count <= limits.queryScalarCount })
        else {
            throw ProblemDetails(
                .invalidQ, "A name has more than \(limits.queryScalarCount) characters.",
                param: MatchMessage.path(query.key, "properties.name"))
        }
    }

    private static func write(
        _ answer: MatchResponse.Answer?, to query: MatchMessage.Query, threshold: Float,
        _ writer: inout JSONWriter
    ) {
        writer.beginObject()
        writer.key("status")
        writer.value(200)
        writer.key("query")
        writer.value(query.json)
        writer.key("results")
        writer.beginArray()
        for hit in answer?.results ?? [] { hit.writeAsResult(to: &writer, threshold: threshold) }
        writer.endArray()
        writer.key("total")
        writer.value(["value": .integer(Int64(answer?.matchCount ?? 0)), "relation": "eq"])
        writer.endObject()
    }
}

extension EntityType {
    /// The engine's type; `nil` stands for any.
    fileprivate init?(_ type: NamedType) {
        switch type {
        case .person: self = .person
        case .organization: self = .organization
        case .place: self = .place
        case .any: return nil
        }
    }
}

extension NameResponse.Hit {
    /// Writes the hit in the shape of `names`.
    fileprivate func writeAsHit(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("_collection")
        writer.value(collection)
        writer.key("id")
        writer.value(id)
        writer.key("schema")
        writer.value(schema)
        writer.key("caption")
        writer.value(caption)
        writer.key("score")
        writer.value(score)
        writer.key("match")
        writer.value(isMatch)
        writer.key("name")
        writer.value(name)
        if !nameKind.isEmpty {
            writer.key("nameKind")
            writer.value(nameKind)
        }
        writeExplanations(to: &writer)
        writer.endObject()
    }

    /// Writes the hit in the shape of `match`, which is yente's.
    fileprivate func writeAsResult(to writer: inout JSONWriter, threshold: Float) {
        writer.beginObject()
        writer.key("id")
        writer.value(id)
        writer.key("caption")
        writer.value(caption)
        writer.key("schema")
        writer.value(schema)
        writer.key("collection")
        writer.value(collection)
        writer.key("score")
        writer.value(score)
        writer.key("match")
        writer.value(score >= threshold)
        writer.key("name")
        writer.value(name)
        writeExplanations(to: &writer)
        writer.endObject()
    }

    private func writeExplanations(to writer: inout JSONWriter) {
        writer.key("explanations")
        writer.beginArray()
        for explanation in explanations {
            writer.beginObject()
            writer.key("query")
            writer.value(explanation.query)
            writer.key("result")
            writer.value(explanation.result)
            writer.key("kind")
            writer.value(explanation.kind)
            writer.key("score")
            writer.value(explanation.score)
            writer.key("weight")
            writer.value(explanation.weight)
            writer.endObject()
        }
        writer.endArray()
    }
}
