import JSON
import Logging
import SearchEngine
import ServiceAPI
import Synchronization

/// Sends each request to its handler, on the thread where it belongs.
///
/// What only says who we are is answered at once; what reads the index runs on the search threads,
/// never on an event loop nor the cooperative pool; writes await the engine.
final class Router: Sendable {
    let service: any SearchService
    let live: LiveConfiguration
    let readiness: Readiness
    let metrics: Metrics
    let reloader: Reloader?
    let logger: Logger
    let searches: WorkPool
    /// Threads that read the bodies of writes; the engine does the writing itself.
    ///
    /// They give way as the engine's writers do: to read a hundred documents takes milliseconds.
    let bodies = WorkPool(threadCount: 2, queueCount: 0, givesWay: true)
    /// The thread of what may take minutes.
    let maintenance = WorkPool(threadCount: 1, queueCount: 0, givesWay: true)
    private let writeCount = Atomic<Int>(0)
    private let allowedWriteCount: Atomic<Int>
    private let adminCount = Atomic<Int>(0)
    /// Whether the texts of queries are written to the log.
    let logsQueries: Atomic<Bool>

    /// The limits now.
    var limits: Limits { live.current.limits }

    /// A router with threads of its own, which `stop` ends.
    init(
        service: any SearchService, live: LiveConfiguration,
        readiness: Readiness = Readiness(.serving), metrics: Metrics = Metrics(),
        reloader: Reloader? = nil, logger: Logger = .silent
    ) {
        self.service = service
        self.live = live
        self.readiness = readiness
        self.metrics = metrics
        self.reloader = reloader
        self.logger = logger
        let configuration = live.current
        searches = WorkPool(
            threadCount: configuration.searchThreadCount,
            queueCount: configuration.queuedSearchCount)
        allowedWriteCount = Atomic(configuration.writeCount)
        logsQueries = Atomic(configuration.logsQueries)
    }

    /// Takes over how much may wait, and what is logged.
    func take(_ configuration: ServerConfiguration) {
        searches.allow(queueCount: configuration.queuedSearchCount)
        allowedWriteCount.store(configuration.writeCount, ordering: .relaxed)
        logsQueries.store(configuration.logsQueries, ordering: .relaxed)
    }

    /// Ends the threads after what runs on them.
    func stop() async {
        await searches.stop()
        await bodies.stop()
        // Whoever waited for what runs there has been cut by now; it only reads.
        maintenance.abandon()
    }

    /// Answers a request; `reply` is called once, on any thread.
    ///
    /// A search that takes no longer than `patience` may be run before this returns.
    func respond(
        to request: Request, patience: Duration? = nil,
        reply: @escaping @Sendable (Response) -> Void
    ) {
        switch request.endpoint {
        case .root: reply(Response(Self.root))
        case .openAPI: reply(Response(OpenAPIDocument.bytes))
        case .metrics: reply(Response(contentType: PrometheusText.mediaType, exposition()))
        case .live: reply(Response(["status": "live"]))
        case .health: reply(health())
        case .stats: read(request, reply, self.stats)
        case .search, .searchByQueryString:
            if let patience, let response = shortSearch(request, patience: patience) {
                return reply(response)
            }
            read(request, reply, self.search)
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
        case .takeSnapshot: administer(request, reply, self.takeSnapshot)
        case .reload: administer(request, reply, self.reload)
        case .compact: administer(request, reply, self.compact)
        case .verify: administer(request, reply, self.verify)
        }
    }

    /// Whether a search is answered: goes before those that wait, on the same threads.
    func probe() async -> Result<Void, EngineError> {
        let service = service
        return await withCheckedContinuation { continuation in
            searches.runUrgently {
                do throws(EngineError) {
                    try service.probe()
                    continuation.resume(returning: .success(()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
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
                self.metrics.abandoned.add()
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
            metrics.shed(.searches)
            let problem = ProblemDetails(
                .tooManySearches, "All threads are busy and the queue is full; try again shortly")
            reply(Response(problem, id: request.id))
        }
    }

    private func write(
        _ request: Request, _ reply: @escaping @Sendable (Response) -> Void,
        _ handler: @escaping WriteHandler
    ) {
        let allowed = allowedWriteCount.load(ordering: .relaxed)
        guard writeCount.add(1, ordering: .relaxed).newValue <= allowed else {
            writeCount.subtract(1, ordering: .relaxed)
            metrics.shed(.writes)
            let problem = ProblemDetails(
                .tooManyWrites, "More writes are under way than allowed; try again shortly")
            return reply(Response(problem, id: request.id))
        }
        perform(request, reply, handler) { self.writeCount.subtract(1, ordering: .relaxed) }
    }

    /// What is for those who run the daemon goes one after the other.
    private func administer(
        _ request: Request, _ reply: @escaping @Sendable (Response) -> Void,
        _ handler: @escaping WriteHandler
    ) {
        guard adminCount.add(1, ordering: .relaxed).newValue == 1 else {
            adminCount.subtract(1, ordering: .relaxed)
            metrics.shed(.admin)
            let problem = ProblemDetails(
                .adminBusy, "Another admin call is under way; try again when it has ended")
            return reply(Response(problem, id: request.id))
        }
        perform(request, reply, handler) { self.adminCount.subtract(1, ordering: .relaxed) }
    }

    /// Awaits a handler; the place of the request is given back before its answer goes out.
    private func perform(
        _ request: Request, _ reply: @escaping @Sendable (Response) -> Void,
        _ handler: @escaping WriteHandler, giveBack: @escaping @Sendable () -> Void
    ) {
        Task(executorPreference: bodies) {
            let response: Response
            do throws(ProblemDetails) {
                response = try await handler(request)
            } catch {
                response = Response(error, id: request.id)
            }
            giveBack()
            reply(response)
        }
    }

    private static let root: JSONValue = [
        "name": "izde", "version": .string(ProgramVersion.current),
        "links": [
            "openapi": "/openapi.json", "metrics": "/metrics", "health": "/v1/health",
            "stats": "/v1/stats",
            "search": "/v1/search", "suggest": "/v1/suggest", "names": "/v1/names",
            "match": "/v1/match",
        ],
    ]

    /// Whether the daemon can do its work.
    ///
    /// Called on an event loop: nothing here waits.
    private func health() -> Response {
        let conditions = service.isWhole ? [] : service.conditions
        let failures = conditions.filter { $0.writeFailure != nil && $0.damage == nil }
        let status: String
        switch readiness.phase {
        case .starting: status = "starting"
        case .stopping: status = "stopping"
        case .serving: status = failures.isEmpty ? "available" : "readOnly"
        }
        var object = JSONObject([
            "status": .string(status), "prepared": .bool(service.isPrepared),
        ])
        // Where it is meant to be so, a daemon that only reads can do its work.
        if live.current.isReadOnly { object["readOnly"] = true }
        if !failures.isEmpty {
            object["reason"] = .string(
                failures.map { "\($0.name): \($0.writeFailure ?? "")" }.joined(separator: "; "))
            object["failedCollections"] = JSONValue(strings: failures.map(\.name))
        }
        // The others are served, so that the daemon can do its work as far as it can be done.
        let damaged = conditions.filter { $0.damage != nil }.map(\.name)
        if !damaged.isEmpty { object["damagedCollections"] = JSONValue(strings: damaged) }
        let outdated = conditions.filter(\.isReindexRequired).map(\.name)
        if !outdated.isEmpty { object["reindexRequired"] = JSONValue(strings: outdated) }
        return Response(status: status == "available" ? 200 : 503, .object(object))
    }
}

extension Logger {
    /// Writes nothing.
    static let silent = Logger(label: "izded") { _ in SwiftLogNoOpLogHandler() }
}
