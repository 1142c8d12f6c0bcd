import Glibc
public import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import SearchEngine
import ServiceAPI
public import ServiceLifecycle

/// The daemon's face to the world: HTTP/1.1 on a Unix socket, until it is told to stop.
public final class Server: ServiceLifecycle.Service {
    private let service: any SearchService
    private let configuration: ServerConfiguration
    private let logger: Logger

    /// A server for an engine that is open; without a logger it is silent.
    ///
    /// The lock of the data is taken before that of the socket.
    public init(
        service: any SearchService, configuration: ServerConfiguration,
        logger: Logger = Logger(label: "izded") { _ in SwiftLogNoOpLogHandler() }
    ) {
        self.service = service
        self.configuration = configuration
        self.logger = logger
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

    /// Binds the socket and serves in the background.
    ///
    /// - Throws: `SocketError` if the socket cannot be offered.
    func start() async throws -> RunningServer {
        // A client that goes away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        let socket = try UnixSocket(
            path: configuration.socketPath, mode: configuration.socketMode,
            group: configuration.socketGroup)
        let readiness = Readiness(isReadOnly: configuration.isReadOnly)
        let router = Router(
            service: service, configuration: configuration, readiness: readiness)
        let registry = ConnectionRegistry(allowedCount: allowedConnectionCount())
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoopCount)
        let channel: any Channel
        do {
            channel = try await bootstrap(group, router, registry)
                .withBoundSocket(socket.descriptor).get()
        } catch {
            socket.remove()
            await router.stop()
            await RunningServer.end(group)
            throw error
        }
        logger.info(
            "serving",
            metadata: [
                "socket": "\(configuration.socketPath)",
                "searchThreads": "\(configuration.searchThreadCount)",
                "collections": "\(service.collections.count)",
            ])
        return RunningServer(
            socket: socket, channel: channel, group: group, router: router, registry: registry,
            service: service, configuration: configuration, logger: logger)
    }

    private func bootstrap(
        _ group: MultiThreadedEventLoopGroup, _ router: Router, _ registry: ConnectionRegistry
    ) -> ServerBootstrap {
        let configuration = configuration
        let logger = logger
        let budget = BodyBudget(byteCount: configuration.bufferedBodyByteCount)
        return ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(registry: registry))
                }
            }
            // One at a time, so that the gate can close before the next.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try Self.configure(channel, configuration, router, budget, logger)
                }
            }
    }

    /// The handlers of a connection: deadline, HTTP/1.1 with pipelining, requests.
    static func configure(
        _ channel: any Channel, _ configuration: ServerConfiguration, _ router: Router,
        _ budget: BodyBudget, _ logger: Logger
    ) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = WireLimits.headerFieldByteCount
        limits.maxHeaderListSize = WireLimits.headerByteCount
        limits.maxHeaderFieldCount = WireLimits.headerFieldCount
        let deadline = ConnectionDeadline(headerTimeout: configuration.headerTimeout)
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(deadline)
        try pipeline.addHandler(HTTPResponseEncoder())
        try pipeline.addHandler(
            ByteToMessageHandler(
                HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits)))
        try pipeline.addHandler(HTTPServerPipelineHandler())
        try pipeline.addHandler(
            HTTPResponder(
                router: router, configuration: configuration, budget: budget, logger: logger,
                deadline: deadline))
    }

    /// Connections within the number of descriptors: half of them are left to the index.
    private func allowedConnectionCount() -> Int {
        let wanted = configuration.limits.connectionCount
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return wanted
        }
        // Raising our own soft limit is always allowed.
        if limit.rlim_cur < limit.rlim_max {
            limit.rlim_cur = min(limit.rlim_max, 65_536)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        }
        let allowed = max(1, Int(clamping: limit.rlim_cur) / 2 - 64)
        if wanted > allowed {
            logger.warning(
                "fewer connections than configured: too few file descriptors",
                metadata: ["configured": "\(wanted)", "allowed": "\(allowed)"])
        }
        return min(wanted, allowed)
    }
}

/// A server that serves.
final class RunningServer: Sendable {
    private let socket: UnixSocket
    private let channel: any Channel
    private let group: MultiThreadedEventLoopGroup
    private let router: Router
    let registry: ConnectionRegistry
    private let service: any SearchService
    private let configuration: ServerConfiguration
    private let logger: Logger

    init(
        socket: UnixSocket, channel: any Channel, group: MultiThreadedEventLoopGroup,
        router: Router, registry: ConnectionRegistry, service: any SearchService,
        configuration: ServerConfiguration, logger: Logger
    ) {
        self.socket = socket
        self.channel = channel
        self.group = group
        self.router = router
        self.registry = registry
        self.service = service
        self.configuration = configuration
        self.logger = logger
    }

    /// Accepts nothing more, lets what is under way end, cuts what does not, closes the engine,
    /// removes the socket.
    func stop() async {
        logger.info("stopping", metadata: ["connections": "\(registry.count)"])
        router.readiness.stop()
        await close(channel)
        registry.drain()
        let timeout = configuration.drainTimeout
        let registry = registry
        let timer = Task {
            try await Task.sleep(for: timeout)
            registry.closeAll()
        }
        await registry.waitUntilEmpty()
        timer.cancel()
        await router.stop()
        await service.close()
        await Self.end(group)
        socket.remove()
        logger.info("stopped")
    }

    /// Ends the event loops; what they could complain about is over.
    static func end(_ group: MultiThreadedEventLoopGroup) async {
        await withCheckedContinuation { continuation in
            group.shutdownGracefully { _ in continuation.resume() }
        }
    }

    /// Closes; a channel that is closed already is as good.
    private func close(_ channel: any Channel) async {
        await withCheckedContinuation { continuation in
            channel.close().whenComplete { _ in continuation.resume() }
        }
    }
}
