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
            var response = try search(request, patience: patience)
            // It gave up nowhere, so what is beyond the patience is time in which others had the
            // processor, and says nothing about the next search.
            response.searchDuration = response.searchDuration.map { min($0, patience) }
            return response
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
    ///
    /// Threads that have nothing else to do take part.
    func multiSearch(_ request: Request) throws(ProblemDetails) -> Response {
        let queries = try MultiSearchMessage(json: try request.json()).queries
        let shared = SharedWork<[UInt8]>(count: queries.count) { place in
            guard !request.cancellation.isCancelled else { return [] }
            var writer = JSONWriter(capacity: 4 << 10)
            do throws(ProblemDetails) {
                try self.answer(queries[place], of: request, to: &writer)
            } catch {
                return error.json.bytes
            }
            return writer.bytes
        }
        // To wake a thread costs as much as a short search or two.
        let helperCount = min(searches.idleCount, queries.count / 4)
        for _ in 0..<helperCount {
            guard searches.run({ shared.takePart() }) else { break }
        }
        var writer = JSONWriter(capacity: 64 << 10)
        writer.beginObject()
        writer.key("results")
        writer.beginArray()
        for result in shared.finish() where !result.isEmpty { writer.raw(result) }
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
