import NIOCore

/// The one timer of a connection, and the watch on the first line of each request.
///
/// People type `curl 'http://izde/v1/search?q=қала'`, and curl sends the letters as they are, which
/// the decoder refuses. So bytes above ASCII in a first line are percent-encoded here. Only a line
/// that begins while nothing else is under way is looked at: never a body, nor a pipelined request.
///
/// A moved deadline costs an assignment: the timer looks at it when it fires and goes on sleeping.
/// Stands before the HTTP decoder, since only there is it seen when a header begins.
final class ConnectionDeadline: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    /// The event that says that the deadline has passed.
    struct Passed: Sendable {}

    private var headerTimeout: TimeAmount
    private var context: ChannelHandlerContext?
    private var deadline: NIODeadline?
    private var timer: Scheduled<Void>?
    private var timerDeadline = NIODeadline.distantFuture
    private var isIdle = true
    private var isInFirstLine = false

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
            isInFirstLine = true
            set(.now() + headerTimeout)
        }
        guard isInFirstLine else { return context.fireChannelRead(data) }
        let bytes = unwrapInboundIn(data)
        context.fireChannelRead(wrapInboundOut(encoded(bytes, context.channel.allocator)))
    }

    /// The bytes with those above ASCII encoded up to the end of the line.
    private func encoded(_ bytes: ByteBuffer, _ allocator: ByteBufferAllocator) -> ByteBuffer {
        let view = bytes.readableBytesView
        let end = view.firstIndex(of: UInt8(ascii: "\n")) ?? view.endIndex
        isInFirstLine = end == view.endIndex
        guard view[..<end].contains(where: { $0 >= 0x80 }) else { return bytes }
        var result = allocator.buffer(capacity: view.count + 256)
        for byte in view[..<end] {
            if byte < 0x80 {
                result.writeInteger(byte)
            } else {
                result.writeString("%\(String(byte, radix: 16))")
            }
        }
        result.writeBytes(view[end...])
        return result
    }

    /// A header has been read: what follows is its body.
    func headEnded(_ configuration: ServerConfiguration) {
        isIdle = false
        isInFirstLine = false
        set(after: configuration.bodyTimeout)
    }

    /// The deadline from now on.
    func set(after duration: Duration) { set(.now() + TimeAmount(duration)) }

    /// The deadline between requests, until the first byte of the next.
    func setIdle(_ configuration: ServerConfiguration) {
        isIdle = true
        headerTimeout = TimeAmount(configuration.headerTimeout)
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
