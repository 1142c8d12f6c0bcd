import JSON
import SearchEngine
import ServiceAPI

/// The handler that answers from the dictionary.
extension Router {
    func suggest(_ request: Request) throws(ProblemDetails) -> Response {
        let message = try SuggestMessage(query: try request.query())
        var suggest = SuggestRequest()
        suggest.q = message.q
        suggest.collections = message.collections ?? []
        suggest.limit = message.limit ?? suggest.limit
        log(query: suggest.q, of: request)
        let answer = try engine { () throws(EngineError) in try service.suggest(suggest) }
        return Response(answer.json)
    }
}

extension SuggestResponse {
    /// The answer in the shape of the API.
    fileprivate var json: JSONValue {
        [
            "query": .string(query),
            "suggestions": .array(
                suggestions.map { suggestion in
                    var object = JSONObject([
                        "text": .string(suggestion.text),
                        "kind": .string(suggestion.kind.rawValue),
                        "via": .string(suggestion.via.rawValue),
                        "frequency": .integer(Int64(suggestion.frequency)),
                    ])
                    if let document = suggestion.document {
                        object["_collection"] = .string(document.collection)
                        object["id"] = .string(document.id)
                    }
                    return .object(object)
                }),
            "processingTimeMs": .double(duration.milliseconds),
        ]
    }
}

extension Duration {
    /// In milliseconds, to a microsecond.
    var milliseconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) * 1000 + Double(attoseconds / 1_000_000_000_000) / 1000
    }
}
