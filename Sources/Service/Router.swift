import JSON
import SearchEngine
import ServiceAPI
import Synchronization

/// Sends each request to its handler, on the thread where it belongs.
///
/// What only says who we are is answered at once; what reads the index runs on the search threads,
/// never on an event loop nor the cooperative pool; writes await the engine.
final class Router: Sendable {
    let service: any SearchService
    let limits: Limits
    let readiness: Readiness
    private let searches: WorkPool
    /// Threads that read the bodies of writes; the engine does the writing itself.
    let bodies: WorkPool
    private let writeCount = Atomic<Int>(0)
    private let allowedWriteCount: Int

    /// A router with threads of its own, which `stop` ends.
    init(
        service: any SearchService, configuration: ServerConfiguration, readiness: Readiness
    ) {
        self.service = service
        self.limits = configuration.limits
        self.readiness = readiness
        searches = WorkPool(
            threadCount: configuration.searchThreadCount,
            queueCount: configuration.queuedSearchCount)
        bodies = WorkPool(threadCount: 2, queueCount: 0)
        allowedWriteCount = configuration.writeCount
    }

    /// Ends the threads after what runs on them.
    func stop() async {
        await searches.stop()
        await bodies.stop()
    }

    /// Answers a request; `reply` is called once, on any thread.
    func respond(to request: Request, reply: @escaping @Sendable (Response) -> Void) {
        switch request.endpoint {
        case .root: reply(Response(Self.root))
        case .openAPI: reply(Response(OpenAPIDocument.bytes))
        case .health: reply(health(request))
        case .stats: read(request, reply, self.stats)
        case .search, .searchByQueryString: read(request, reply, self.search)
        case .multiSearch: read(request, reply, self.multiSearch)
        case .suggest: read(request, reply, self.suggest)
        case .names, .namesByQueryString: read(request, reply, self.names)
        case .match: read(request, reply, self.match)
        case .analyze: read(request, reply, self.analyze)
        case .explain: read(request, reply, self.explain)
        case .getDocument: read(request, reply, self.document)
        case .listDocuments: read(request, reply, self.documents)
        case .createCollection: write(request, reply, self.createCollection)
        case .dropCollection: write(request, reply, self.dropCollection)
        case .addDocuments: write(request, reply, self.addDocuments)
        case .deleteDocument: write(request, reply, self.deleteDocument)
        case .deleteDocuments: write(request, reply, self.deleteDocuments)
        }
    }

    /// Runs a part of a stream on the search threads, whatever their queue: its request was
    /// admitted before.
    func runAdmitted(_ job: @escaping @Sendable () -> Void) { searches.runAdmitted(job) }

    private typealias Handler = @Sendable (Request) throws(ProblemDetails) -> Response
    private typealias WriteHandler = @Sendable (Request) async throws(ProblemDetails) -> Response

    private func read(
        _ request: Request, _ reply: @escaping @Sendable (Response) -> Void,
        _ handler: @escaping Handler
    ) {
        let isAdmitted = searches.run {
            // Nobody waits any more: the answer would be thrown away.
            if request.cancellation.isCancelled {
                return reply(
                    Response(ProblemDetails(.requestTimeout, "The client left"), id: request.id))
            }
            do throws(ProblemDetails) {
                reply(try handler(request))
            } catch {
                reply(Response(error, id: request.id))
            }
        }
        if !isAdmitted {
            let problem = ProblemDetails(
                .tooManySearches, "All threads are busy and the queue is full; try again shortly")
            reply(Response(problem, id: request.id))
        }
    }

    private func write(
        _ request: Request, _ reply: @escaping @Sendable (Response) -> Void,
        _ handler: @escaping WriteHandler
    ) {
        guard writeCount.add(1, ordering: .relaxed).newValue <= allowedWriteCount else {
            writeCount.subtract(1, ordering: .relaxed)
            let problem = ProblemDetails(
                .tooManyWrites, "More writes are under way than allowed; try again shortly")
            return reply(Response(problem, id: request.id))
        }
        Task {
            let response: Response
            do throws(ProblemDetails) {
                response = try await handler(request)
            } catch {
                response = Response(error, id: request.id)
            }
            self.writeCount.subtract(1, ordering: .relaxed)
            reply(response)
        }
    }

    private static let root: JSONValue = [
        "name": "izde", "version": .string(ProgramVersion.current),
        "links": [
            "openapi": "/openapi.json", "health": "/v1/health", "stats": "/v1/stats",
            "search": "/v1/search", "suggest": "/v1/suggest", "names": "/v1/names",
            "match": "/v1/match",
        ],
    ]

    private func health(_ request: Request) -> Response {
        let state = readiness.state
        return Response(
            status: state == .available ? 200 : 503,
            ["status": .string(state.rawValue), "prepared": .bool(service.isPrepared)])
    }
}

/// What the daemon says of itself, from any thread.
final class Readiness: Sendable {
    /// What it can do.
    enum State: String {
        case available, readOnly, stopping
    }

    private let isReadOnly: Bool
    private let stopping = Atomic<Bool>(false)

    init(isReadOnly: Bool) {
        self.isReadOnly = isReadOnly
    }

    /// What it can do now.
    var state: State {
        stopping.load(ordering: .relaxed) ? .stopping : isReadOnly ? .readOnly : .available
    }

    /// From now on it only ends what it began.
    func stop() { stopping.store(true, ordering: .relaxed) }
}
