import NIOCore

/// The one timer of a connection, and the watch on the first byte of each request.
///
/// A moved deadline costs an assignment: the timer looks at it when it fires and goes on sleeping.
/// Stands before the HTTP decoder, since only there is it seen when a header begins.
final class ConnectionDeadline: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// The event that says that the deadline has passed.
    struct Passed: Sendable {}

    private let headerTimeout: TimeAmount
    private var context: ChannelHandlerContext?
    private var deadline: NIODeadline?
    private var timer: Scheduled<Void>?
    private var timerDeadline = NIODeadline.distantFuture
    private var isIdle = true

    init(headerTimeout: Duration) {
        self.headerTimeout = TimeAmount(headerTimeout)
    }

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func handlerRemoved(context: ChannelHandlerContext) {
        stop()
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if isIdle {
            isIdle = false
            set(.now() + headerTimeout)
        }
        context.fireChannelRead(data)
    }

    /// The deadline from now on.
    func set(after duration: Duration) { set(.now() + TimeAmount(duration)) }

    /// The deadline between requests, until the first byte of the next.
    func setIdle(_ configuration: ServerConfiguration) {
        isIdle = true
        set(after: configuration.idleTimeout)
    }

    /// No deadline until the next is set.
    func clear() { deadline = nil }

    /// No deadline any more.
    func stop() {
        deadline = nil
        timer?.cancel()
        timer = nil
    }

    private func set(_ deadline: NIODeadline) {
        self.deadline = deadline
        if timer == nil || timerDeadline > deadline { schedule(deadline) }
    }

    private func schedule(_ deadline: NIODeadline) {
        guard let context else { return }
        timer?.cancel()
        timerDeadline = deadline
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(deadline: deadline) { bound.value.fire() }
    }

    private func fire() {
        timer = nil
        guard let deadline, let context else { return }
        guard deadline <= .now() else { return schedule(deadline) }
        self.deadline = nil
        context.fireUserInboundEventTriggered(Passed())
    }
}
