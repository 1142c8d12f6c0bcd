import NIOCore
import Synchronization

/// The open connections: their number holds back the acceptor, and all are told when to end.
final class ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
        var whenRoom: (@Sendable () -> Void)?
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
    }

    private let allowedCount: Int
    private let state = Mutex(State())

    /// A registry for at most so many connections.
    init(allowedCount: Int) {
        self.allowedCount = allowedCount
    }

    /// Open connections.
    var count: Int { state.withLock { $0.channels.count } }

    /// Takes in a connection until it closes.
    func add(_ channel: any Channel) {
        let isDraining = state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isDraining
        }
        channel.closeFuture.whenComplete { _ in self.remove(channel) }
        if isDraining {
            channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        }
    }

    private func remove(_ channel: any Channel) {
        var whenRoom: (@Sendable () -> Void)?
        var whenEmpty: [CheckedContinuation<Void, Never>] = []
        state.withLock { state in
            state.channels[ObjectIdentifier(channel)] = nil
            swap(&whenRoom, &state.whenRoom)
            if state.channels.isEmpty { swap(&whenEmpty, &state.whenEmpty) }
        }
        whenRoom?()
        for continuation in whenEmpty { continuation.resume() }
    }

    /// Whether one more may be accepted; if not, `whenRoom` is called once when one may.
    func hasRoom(orElse whenRoom: @escaping @Sendable () -> Void) -> Bool {
        state.withLock { state in
            guard state.channels.count >= allowedCount else { return true }
            state.whenRoom = whenRoom
            return false
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
        registry.add(unwrapInboundIn(data))
        context.fireChannelRead(data)
    }

    func read(context: ChannelHandlerContext) {
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let loop = context.eventLoop
        if registry.hasRoom(orElse: { loop.execute { bound.value.read() } }) { context.read() }
    }
}
