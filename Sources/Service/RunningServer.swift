import Logging
import NIOCore
import NIOPosix
import SearchEngine
import ServiceAPI
import Synchronization

/// A server that serves.
final class RunningServer: Sendable {
    private let sockets: [UnixSocket]
    private let channels: [any Channel]
    private let group: MultiThreadedEventLoopGroup
    let router: Router
    let registry: ConnectionRegistry
    private let service: any SearchService
    private let logger: Logger
    private let notifySocket: NotifySocket?
    private let watching = Mutex<Task<Void, Never>?>(nil)

    init(
        sockets: [UnixSocket], channels: [any Channel], group: MultiThreadedEventLoopGroup,
        router: Router, registry: ConnectionRegistry, service: any SearchService, logger: Logger,
        notifySocket: NotifySocket?
    ) {
        self.sockets = sockets
        self.channels = channels
        self.group = group
        self.router = router
        self.registry = registry
        self.service = service
        self.logger = logger
        self.notifySocket = notifySocket
    }

    /// Gives signs of life if somebody waits for them.
    func watch() {
        guard let notifySocket, let interval = notifySocket.watchdogInterval else { return }
        let (router, group, logger) = (router, group, logger)
        let watchdog = Watchdog(
            interval: interval,
            probe: {
                // The loops answer,
                for loop in group.makeIterator() {
                    await withCheckedContinuation { continuation in
                        loop.execute { continuation.resume() }
                    }
                }
                // and the search threads do.
                switch await router.probe() {
                case .success: return true
                case .failure(let error):
                    logger.error(
                        "a search to see whether searches work failed",
                        metadata: ["reason": "\(ProblemDetails(error).detail)"])
                    return error.isDamage
                }
            },
            sign: { notifySocket.isAlive() })
        watching.withLock {
            $0 = Task(executorPreference: router.bodies) {
                await watchdog.run()
            }
        }
    }

    /// Accepts nothing more, lets what is under way end, cuts what does not, closes the engine,
    /// removes the socket.
    func stop() async {
        logger.info("stopping", metadata: ["connections": "\(registry.count)"])
        notifySocket?.stopping()
        router.readiness.stop()
        for channel in channels { await Self.close(channel) }
        registry.drain()
        let timeout = router.live.current.drainTimeout
        let registry = registry
        let timer = Task {
            try await Task.sleep(for: timeout)
            registry.closeAll()
        }
        await registry.waitUntilEmpty()
        timer.cancel()
        await router.stop()
        await service.close()
        watching.withLock { $0?.cancel() }
        await Self.end(group)
        for socket in sockets { socket.remove() }
        logger.info("stopped")
    }

    /// Ends the event loops; what they could complain about is over.
    static func end(_ group: MultiThreadedEventLoopGroup) async {
        await withCheckedContinuation { continuation in
            group.shutdownGracefully { _ in continuation.resume() }
        }
    }

    /// Closes; a channel that is closed already is as good.
    static func close(_ channel: any Channel) async {
        await withCheckedContinuation { continuation in
            channel.close().whenComplete { _ in continuation.resume() }
        }
    }
}

extension EngineError {
    /// Whether files are damaged: a restart would not heal them, and what is sound is served.
    fileprivate var isDamage: Bool {
        if case .index(let error) = self { IndexFailure(error).kind == .storage } else { false }
    }
}
