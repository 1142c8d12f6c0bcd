import NIOCore
import Synchronization

/// The open connections: their number holds back the acceptor, and all are told when to end.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
        /// Acceptors that may take the next connection of their socket.
        var armed: Set<ObjectIdentifier> = []
        /// What to call when there is room, in the order in which they came.
        var whenRoom: [@Sendable () -> Void] = []
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
    }

    private let allowedCount: Atomic<Int>
    private let state = Mutex(State())
    private let metrics: Metrics

    /// A registry for at most so many connections.
    init(allowedCount: Int, metrics: Metrics = Metrics()) {
        self.allowedCount = Atomic(allowedCount)
        self.metrics = metrics
    }

    /// How many connections there may be from now on; those that are there stay.
    func allow(_ count: Int) {
        allowedCount.store(count, ordering: .relaxed)
        wakeAcceptors()
    }

    /// Open connections.
    var count: Int { state.withLock { $0.channels.count } }

    /// Takes in a connection of an acceptor until it closes.
    func add(_ channel: any Channel, of acceptor: ObjectIdentifier) {
        metrics.accepted.add()
        let isDraining = state.withLock { state in
            state.armed.remove(acceptor)
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isDraining
        }
        channel.closeFuture.whenComplete { _ in self.remove(channel) }
        if isDraining {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    private func remove(_ channel: any Channel) {
        metrics.closed.add()
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
        state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            if state.channels.isEmpty { swap(&whenEmpty, &state.whenEmpty) }
        }
        wakeAcceptors()
        for continuation in whenEmpty { continuation.resume() }
    }

    private func wakeAcceptors() {
        for wake in state.withLock({ state in
            defer { state.whenRoom = [] }
            return state.whenRoom
        }) { wake() }
    }

    /// Whether an acceptor may take one more; if not, `whenRoom` is called once when to ask again.
    ///
    /// What another acceptor may take already counts, so that all together never take too many.
    func hasRoom(
        for acceptor: ObjectIdentifier, orElse whenRoom: @escaping @Sendable () -> Void
    ) -> Bool {
        let allowed = allowedCount.load(ordering: .relaxed)
        return state.withLock { state in
            if state.armed.contains(acceptor) { return true }
            guard state.channels.count + state.armed.count < allowed else {
                state.whenRoom.append(whenRoom)
                return false
            }
            state.armed.insert(acceptor)
            return true
        }
    }

    /// Tells every connection to end after the request that it is at.
    func drain() {
        let channels = state.withLock { state in
            state.isDraining = true
            return Array(state.channels.values)
        }
        for channel in channels {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    /// Cuts every connection.
    func closeAll() {
        for channel in state.withLock({ Array($0.channels.values) }) { channel.close(promise: nil) }
    }

    /// Returns when no connection is open.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if !state.channels.isEmpty { state.whenEmpty.append(continuation) }
                return state.channels.isEmpty
            }
            if isEmpty { continuation.resume() }
        }
    }
}

/// Holds the listening socket back while all connections are taken: clients wait in the backlog,
/// and no descriptor is spent on them.
final class AcceptGate: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    private let registry: ConnectionRegistry

    init(registry: ConnectionRegistry) {
        self.registry = registry
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        registry.add(unwrapInboundIn(data), of: ObjectIdentifier(self))
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let loop = context.eventLoop
        let me = ObjectIdentifier(self)
        if registry.hasRoom(
            for: me,
            orElse: {
                loop.execute {
                    // Asks again: another acceptor may have been faster.
                    let (gate, context) = bound.value
                    gate.read(context: context)
                }
            })
        {
            context.read()
        }
    }
}
