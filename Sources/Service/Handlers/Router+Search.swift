import JSON
import Logging
import SearchEngine
import ServiceAPI
import Synchronization

/// Handlers that read the index; they run on the search threads.
extension Router {
    func search(_ request: Request) throws(ProblemDetails) -> Response {
        try search(request, patience: nil)
    }

    /// The answer to a search on the thread of the caller; `nil` if it takes longer than allowed.
    func shortSearch(_ request: Request, patience: Duration) -> Response? {
        do throws(ProblemDetails) {
            return try search(request, patience: patience)
        } catch {
            return error.knownCode == .deadlineExceeded ? nil : Response(error, id: request.id)
        }
    }

    private func search(_ request: Request, patience: Duration?) throws(ProblemDetails) -> Response
    {
        let start = ContinuousClock.now
        let message: SearchMessage
        if request.endpoint == .searchByQueryString {
            message = try SearchMessage(query: try request.query())
        } else {
            message = try SearchMessage(json: try request.json())
        }
        var writer = JSONWriter(capacity: 16 << 10)
        try answer(message, of: request, patience: patience, to: &writer)
        var response = Response(writer.bytes)
        response.searchDuration = ContinuousClock.now - start
        return response
    }

    private func answer(
        _ message: SearchMessage, of request: Request, patience: Duration? = nil,
        to writer: inout JSONWriter
    ) throws(ProblemDetails) {
        var search = try SearchRequest(message)
        search.cancellation = request.cancellation
        search.patience = patience
        log(query: search.q, of: request)
        let response = try engine { () throws(EngineError) in try service.search(search) }
        response.write(to: &writer, request: search, id: request.id)
    }

    /// Each search stands for itself: one that fails is answered by its error in its place.
    func multiSearch(_ request: Request) throws(ProblemDetails) -> Response {
        let message = try MultiSearchMessage(json: try request.json())
        var writer = JSONWriter(capacity: 64 << 10)
        writer.beginObject()
        writer.key("results")
        writer.beginArray()
        for query in message.queries {
            guard !request.cancellation.isCancelled else { break }
            do throws(ProblemDetails) {
                try answer(query, of: request, to: &writer)
            } catch {
                writer.value(error.json)
            }
        }
        writer.endArray()
        writer.endObject()
        return Response(writer.bytes)
    }

    func analyze(_ request: Request) throws(ProblemDetails) -> Response {
        let message = try AnalyzeMessage(json: try request.json())
        return Response(
            try engine { () throws(EngineError) in
                try service.analyze(message.text, lang: message.lang, steps: message.steps)
            })
    }

    func explain(_ request: Request) throws(ProblemDetails) -> Response {
        let message = try ExplainMessage(json: try request.json())
        let search = try SearchRequest(message.search)
        return Response(
            try engine { () throws(EngineError) in
                try service.explain(search, key: message.id, in: message.collection)
            })
    }

    func stats(_ request: Request) throws(ProblemDetails) -> Response {
        let parameters = try StatsParameters.schema.check(try request.query())
        let collection = parameters["collection"]?.string
        return Response(
            try engine { () throws(EngineError) in try service.stats(collection: collection) })
    }

    /// Writes the text of a query to the log, if that was asked for.
    func log(query: String, of request: Request) {
        guard logsQueries.load(ordering: .relaxed) else { return }
        logger.info(
            "query",
            metadata: [
                "endpoint": "\(request.endpoint.rawValue)", "q": "\(query)",
                "request": "\(request.id.text)",
            ])
    }

    /// What the engine gives, or its error as a problem.
    func engine<Value>(_ body: () throws(EngineError) -> Value) throws(ProblemDetails) -> Value {
        do throws(EngineError) {
            return try body()
        } catch {
            throw ProblemDetails(error)
        }
    }
}

extension Request {
    /// The body as JSON; an empty one stands for an empty object, so that what is missing is named.
    func json() throws(ProblemDetails) -> JSONValue {
        if let contentType, contentType != "application/json",
            // What curl says unless told otherwise.
            contentType != "application/x-www-form-urlencoded"
        {
            throw ProblemDetails(
                .unsupportedMediaType, "The body has to be application/json", param: "Content-Type")
        }
        if body.isEmpty { return .object(JSONObject()) }
        do throws(JSONError) {
            return try JSONReader().read(body)
        } catch {
            throw ProblemDetails(error)
        }
    }
}
