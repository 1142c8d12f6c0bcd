import Glibc
public import Logging
import NIOCore
import NIOPosix
import SearchEngine
public import ServiceLifecycle

/// The daemon's face to the world: HTTP/1.1 on a Unix socket, until it is told to stop.
public final class Server: ServiceLifecycle.Service {
    private let service: any SearchService
    private let live: LiveConfiguration
    private let logger: Logger
    private let notifySocket: NotifySocket?
    private let reloader: Reloader?

    /// A server for an engine that is open; without a logger it is silent.
    ///
    /// The lock of the data is taken before that of the socket.
    ///
    /// - Parameters:
    ///   - service: The engine, or what stands for it.
    ///   - configuration: How the daemon is reached and what it allows.
    ///   - logger: Where it is told what happens.
    ///   - notifySocket: Where systemd hears how the daemon is.
    ///   - read: Reads the configuration again, for `reload`.
    public init(
        service: any SearchService, configuration: ServerConfiguration,
        logger: Logger = Logger(label: "izded") { _ in SwiftLogNoOpLogHandler() },
        notifySocket: NotifySocket? = nil,
        read: (@Sendable () throws(ReloadError) -> ReadConfiguration)? = nil
    ) {
        let live = LiveConfiguration(configuration)
        self.service = service
        self.live = live
        self.logger = logger
        self.notifySocket = notifySocket
        reloader = read.map { read in
            Reloader(
                live: live, service: service, notifySocket: notifySocket, logger: logger,
                read: read)
        }
    }

    /// Serves until the group is told to stop, then ends what is under way, closes the engine and
    /// removes the socket.
    ///
    /// - Throws: `SocketError` if the socket cannot be offered.
    public func run() async throws {
        let running: RunningServer
        do {
            running = try await start()
        } catch {
            await service.close()
            throw error
        }
        do {
            try await gracefulShutdown()
        } catch {
            // Cancelled instead of asked: what is under way ends all the same.
        }
        await running.stop()
    }

    /// Reads the configuration again and takes over what can change; the log says how it went.
    ///
    /// Blocks its thread while files are read.
    public func reload() {
        do throws(ReloadError) {
            _ = try reloader?.reload()
        } catch {
            // The log has it, and the old configuration stays.
        }
    }

    /// Binds the sockets and serves in the background.
    ///
    /// - Throws: `SocketError` if a socket cannot be offered.
    func start() async throws -> RunningServer {
        // A client that goes away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        let configuration = live.current
        let sockets = try bind(configuration)
        let metrics = Metrics()
        let router = Router(
            service: service, live: live, readiness: Readiness(), metrics: metrics,
            reloader: reloader, logger: logger)
        let registry = ConnectionRegistry(
            allowedCount: Descriptors.allowedConnectionCount(configuration, logger),
            metrics: metrics)
        let budget = BodyBudget(byteCount: configuration.bufferedBodyByteCount)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
        var channels: [any Channel] = []
        do {
            for (socket, isReadOnly) in sockets {
                let connections = Connections(
                    router: router, registry: registry, budget: budget, logger: logger,
                    isReadOnly: isReadOnly)
                channels.append(
                    try await connections.bootstrap(group).withBoundSocket(socket.descriptor).get())
            }
        } catch {
            for channel in channels { await RunningServer.close(channel) }
            for (socket, _) in sockets { socket.remove() }
            await router.stop()
            await RunningServer.end(group)
            throw error
        }
        let logger = logger
        live.observe { configuration in
            if configuration.logsQueries {
                logger.warning("the texts of queries are written to this log (log.queries)")
            }
            router.take(configuration)
            budget.allow(configuration.bufferedBodyByteCount)
            registry.allow(Descriptors.allowedConnectionCount(configuration, logger))
        }
        let running = RunningServer(
            sockets: sockets.map(\.socket), channels: channels, group: group, router: router,
            registry: registry, service: service, logger: logger, notifySocket: notifySocket)
        router.readiness.serve()
        logger.info(
            "serving",
            metadata: [
                "socket": "\(configuration.socketPath)",
                "readOnlySocket": "\(configuration.readOnlySocketPath ?? "none")",
                "searchThreads": "\(configuration.searchThreadCount)",
                "collections": "\(service.collections.count)",
            ])
        notifySocket?.ready(status: "serving")
        running.watch()
        return running
    }

    /// The sockets, bound and listening, each with whether it is for reading only.
    private func bind(_ configuration: ServerConfiguration) throws(SocketError)
        -> [(socket: UnixSocket, isReadOnly: Bool)]
    {
        let first = try UnixSocket(
            path: configuration.socketPath, mode: configuration.socketMode,
            group: configuration.socketGroup)
        guard let path = configuration.readOnlySocketPath else { return [(first, false)] }
        do throws(SocketError) {
            let second = try UnixSocket(
                path: path, mode: configuration.readOnlySocketMode,
                group: configuration.readOnlySocketGroup)
            return [(first, false), (second, true)]
        } catch {
            first.discard()
            throw error
        }
    }
}
