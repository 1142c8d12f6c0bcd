import Logging
import NIOCore
import NIOHTTP1
import SearchEngine
import ServiceAPI

/// One connection: reads requests to their end within limits and deadlines, hands them to the
/// router, writes the answers.
///
/// Stands behind NIO's pipelining handler, so that a second request comes only after the answer to
/// the first. Runs on the event loop of its channel alone.
///
/// - Two `Host` fields, or other than HTTP/1.x, are refused; no `Host` at all is fine: a Unix socket
///   has none.
/// - A request that is refused by its header is read to its end first, so that the connection can
///   go on; where its body is too large, the answer goes out at once and the connection ends.
final class HTTPResponder: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    /// Where the connection stands.
    private enum Phase {
        /// Between requests.
        case waiting
        /// A request is being read.
        case reading
        /// The answer went out before the request ended; what still comes is thrown away.
        case discarding
        /// The router has the request.
        case working
        /// An answer is being sent.
        case answering
        /// Nothing more is done.
        case closed
    }

    private let router: Router
    private var live: LiveConfiguration.Copy
    private let budget: BodyBudget
    private let logger: Logger
    private let isReadOnlySocket: Bool
    let deadline: ConnectionDeadline

    private var phase = Phase.waiting
    private var request = Request(endpoint: .root, parameters: [:], id: RequestID())
    private var account: RequestAccount
    private var version = HTTPVersion.http1_1
    /// The answer that the header alone called for.
    private var refusal: ProblemDetails?
    private var allowed: [String] = []
    private var bodyLimit = 0
    private var isKeptAlive = true
    private var peer: Peer?
    private var pace = SearchPace()
    /// Whether an answer is being written, which may bring the next request of the row.
    private var isDelivering = false
    private var untaken = UntakenAnswer()
    /// Whether what has been read is being handled, so that more requests of a row may follow.
    private var isReading = false
    /// Answers that are written and wait for those behind them, to go out in one piece.
    private var row = AnswerRow()
    /// Answers that have been written to their end and not gone out.
    private var unsentCount = 0
    /// Whether the connection ends when none of them is left.
    private var closesWhenSent = false

    private var configuration: ServerConfiguration { live.configuration }

    init(
        router: Router, budget: BodyBudget, logger: Logger, deadline: ConnectionDeadline,
        isReadOnlySocket: Bool
    ) {
        self.router = router
        self.budget = budget
        self.logger = logger
        self.deadline = deadline
        self.isReadOnlySocket = isReadOnlySocket
        live = router.live.copy()
        account = RequestAccount(counters: router.metrics.unmatched)
    }

    // MARK: Events

    func channelActive(context: ChannelHandlerContext) {
        deadline.set(after: configuration.idleTimeout)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        phase = .closed
        request.cancellation.cancel()
        releaseBody()
        deadline.stop()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        isReading = true
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context)
        case .body(let part): take(part, context)
        case .end: end(context)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        sendRow(context)
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ConnectionDeadline.Passed: deadlinePassed(context)
        case ChannelEvent.inputClosed:
            // A client that only closed its half still wants the answer.
            isKeptAlive = false
            sendRow(context)
            if (phase == .waiting || phase == .reading) && unsentCount > 0 {
                closesWhenSent = true
            } else if phase == .waiting || phase == .reading || phase == .discarding {
                close(context)
            }
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, phase == .waiting || phase == .reading else {
            return close(context)
        }
        isKeptAlive = false
        releaseBody()
        if phase == .waiting { beginRequest() }
        switch error {
        // The client left in the middle of a request: nobody is there to be told.
        case .invalidEOFState, .closedConnection: close(context)
        case .headerOverflow:
            let limits = configuration.limits
            answer(
                ProblemDetails(
                    .headersTooLarge,
                    "A header has at most \(limits.headerByteCount) bytes in "
                        + "\(limits.headerFieldCount) fields of at most "
                        + "\(limits.headerFieldByteCount)"), context)
        default: answer(ProblemDetails(.invalidHTTP, "\(error)"), context)
        }
    }

    // MARK: Reading

    private func beginRequest() {
        request = Request(endpoint: .root, parameters: [:], id: RequestID())
        router.live.refresh(&live)
        account = RequestAccount(counters: router.metrics.unmatched)
        refusal = nil
        allowed = []
        phase = .reading
    }

    private func begin(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        beginRequest()
        account.method = head.method
        version = head.version
        isKeptAlive = head.isKeepAlive
        deadline.headEnded(configuration)
        var examination = HeadExamination(
            of: request, configuration, isReadOnlySocket: isReadOnlySocket)
        do throws(ProblemDetails) {
            try examination.examine(head) { findPeer(context) }
        } catch {
            refusal = error
        }
        request = examination.request
        bodyLimit = examination.bodyLimit
        allowed = examination.allowed
        if let route = examination.route { account.counters = router.metrics[route] }
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        if length > bodyLimit, refusal == nil || length > WireLimits.bodyByteCount {
            answerEarly(refusal ?? tooLarge, context)
        } else if head.headers.contains(name: "expect") {
            guard refusal == nil else {
                // The client waits to hear whether its body is wanted: it is not.
                if let refusal { answerEarly(refusal, context) }
                return
            }
            let interim = HTTPResponseHead(version: .http1_1, status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(interim)), promise: nil)
        }
    }

    private var tooLarge: ProblemDetails {
        ProblemDetails(
            .bodyTooLarge, "The body has at most \(bodyLimit) bytes; send several requests")
    }

    private func take(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
        guard phase == .reading else {
            // A body without end is not read for ever.
            account.bodyByteCount += part.readableBytes
            if account.bodyByteCount > 4 * configuration.limits.ingestBodyByteCount {
                close(context)
            }
            return
        }
        account.bodyByteCount += part.readableBytes
        guard account.bodyByteCount <= bodyLimit else {
            return answerEarly(refusal ?? tooLarge, context)
        }
        guard refusal == nil else { return }
        guard budget.reserve(part.readableBytes) else {
            router.metrics.shed(.bodies)
            return answerEarly(
                ProblemDetails(
                    .tooManyWrites, "Too many bodies are being read; try again shortly"), context)
        }
        request.body.append(contentsOf: part.readableBytesView)
    }

    private func end(_ context: ChannelHandlerContext) {
        switch phase {
        case .reading:
            if let refusal { return answer(refusal, context) }
            phase = .working
            deadline.clear()
            let loop = context.eventLoop
            let bound = NIOLoopBound((self, context, request.id), eventLoop: loop)
            let metrics = router.metrics
            metrics.inFlight.add()
            router.respond(to: request, patience: patience) { response in
                metrics.inFlight.add(-1)
                let deliver: @Sendable () -> Void = {
                    let (responder, context, id) = bound.value
                    responder.take(response, of: id, context)
                }
                // An answer within an answer goes by way of the loop: a long row of pipelined
                // requests would pile up on the stack.
                if loop.inEventLoop, !bound.value.0.isDelivering {
                    deliver()
                } else {
                    loop.execute(deliver)
                }
            }
        case .discarding:
            // The answer is out; what was left of the request has been read.
            close(context)
        case .waiting, .working, .answering, .closed: break
        }
    }

    /// Takes the answer of the router to a request.
    private func take(_ response: Response, of id: RequestID, _ context: ChannelHandlerContext) {
        guard phase == .working, request.id == id else { return }
        if let duration = response.searchDuration { pace.note(duration) }
        isDelivering = true
        defer { isDelivering = false }
        answer(response, context)
    }

    /// How long a search may take on the event loop; `nil` if it is not to begin there.
    private var patience: Duration? {
        let longest = Duration.microseconds(configuration.longestSearchOnLoopMicroseconds)
        // With many connections, even short searches would keep each other waiting, unseen by the
        // queue that has a bound.
        guard longest > .zero, router.metrics.openConnectionCount <= Self.mostSharing,
            pace.isExpected(within: longest)
        else { return nil }
        return longest
    }

    /// With more connections than that, all searches go through the bounded queue.
    private static let mostSharing = 64

    // MARK: Answering

    private func answer(_ problem: ProblemDetails, _ context: ChannelHandlerContext) {
        var response = Response(problem, id: request.id)
        if !allowed.isEmpty {
            response.headers.append(("Allow", allowed.joined(separator: ", ")))
        }
        answer(response, context)
    }

    /// Answers before the request has ended; the connection ends with it, or, where it `lingers`,
    /// when the rest of the request has come: a client that is cut while it sends may never look
    /// at the answer.
    private func answerEarly(
        _ problem: ProblemDetails, _ context: ChannelHandlerContext, lingers: Bool = true
    ) {
        isKeptAlive = false
        releaseBody()
        phase = .discarding
        deadline.set(after: configuration.writeTimeout)
        account.close(status: problem.status, of: request, in: logger)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        write(Response(problem, id: request.id), context).whenComplete { _ in
            let (responder, context) = bound.value
            guard responder.phase == .discarding else { return }
            context.writeAndFlush(responder.wrapOutboundOut(.end(nil)), promise: nil)
            if !lingers { responder.close(context) }
        }
    }

    private func answer(_ response: Response, _ context: ChannelHandlerContext) {
        releaseBody()
        account.close(status: response.status, of: request, in: logger)
        if isReading, isKeptAlive, account.method != .HEAD, case .bytes(let bytes) = response.body,
            bytes.count <= AnswerRow.greatestAnswer, context.channel.isWritable,
            router.readiness.phase != .stopping
        {
            return appendToRow(response, bytes, context)
        }
        phase = .answering
        // What waits goes out before it, in the same call.
        row = AnswerRow()
        deadline.set(after: configuration.writeTimeout)
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let isStream = if case .stream = response.body { account.method != .HEAD } else { false }
        defer { untaken.note(context.channel) }
        // The end is only written when the rest has gone out: before that no further request is
        // taken, so that a client that does not read cannot pile up answers beyond those of a row.
        write(response, context).whenComplete { result in
            let (responder, context) = bound.value
            guard responder.phase == .answering else { return }
            if case .failure = result { return responder.close(context) }
            if isStream, case .stream(let stream) = response.body {
                responder.sendNext(of: stream, context)
            } else {
                responder.finish(context)
            }
        }
    }

    /// Writes a whole answer, which goes out with those of the requests that were read with its own.
    ///
    /// A client that does not read ends this soon: then its channel is not writable.
    private func appendToRow(
        _ response: Response, _ bytes: [UInt8], _ context: ChannelHandlerContext
    ) {
        phase = .answering
        context.write(wrapOutboundOut(.head(head(of: response))), promise: nil)
        if !bytes.isEmpty {
            let buffer = context.channel.allocator.buffer(bytes: bytes)
            context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
        }
        row.add(byteCount: bytes.count)
        finish(context, flushes: false)
        if row.isDue { sendRow(context) }
    }

    /// Sends the answers that wait for it.
    private func sendRow(_ context: ChannelHandlerContext) {
        guard !row.isEmpty else { return }
        row = AnswerRow()
        context.flush()
        untaken.note(context.channel)
        // Between requests only what is not taken has a deadline of its own.
        if phase == .waiting, !untaken.isEmpty {
            deadline.set(after: configuration.writeTimeout)
        }
    }

    /// The head of an answer.
    private func head(of response: Response) -> HTTPResponseHead {
        var head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status))
        head.headers.reserveCapacity(6)
        head.headers.add(name: "Content-Type", value: response.contentType)
        head.headers.add(name: "Izde-Request-Id", value: request.id.text)
        for (name, value) in response.headers { head.headers.add(name: name, value: value) }
        if router.readiness.phase == .stopping { isKeptAlive = false }
        if case .stream = response.body, account.method == .HEAD || version == .http1_0 {
            // Without pieces of known length, only the end of the connection ends the answer.
            head.version = .http1_0
            isKeptAlive = false
        }
        if !isKeptAlive { head.headers.add(name: "Connection", value: "close") }
        if case .bytes(let bytes) = response.body {
            head.headers.add(name: "Content-Length", value: String(bytes.count))
        }
        return head
    }

    /// Writes the head, and the body if there is one already; done when they have gone out.
    private func write(_ response: Response, _ context: ChannelHandlerContext)
        -> EventLoopFuture<Void>
    {
        let head = head(of: response)
        guard case .bytes(let bytes) = response.body, account.method != .HEAD, !bytes.isEmpty else {
            return context.writeAndFlush(wrapOutboundOut(.head(head)))
        }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        let buffer = context.channel.allocator.buffer(bytes: bytes)
        return context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))))
    }

    private func sendNext(of stream: any BodyStream, _ context: ChannelHandlerContext) {
        let loop = context.eventLoop
        let bound = NIOLoopBound((self, context), eventLoop: loop)
        stream.next { result in
            loop.execute {
                let (responder, context) = bound.value
                guard responder.phase == .answering else { return }
                switch result {
                // The status has gone out: only a cut tells that this is not all.
                case .failure: responder.close(context)
                case .success(nil): responder.finish(context)
                case .success(let piece?):
                    responder.deadline.set(after: responder.configuration.writeTimeout)
                    let buffer = context.channel.allocator.buffer(bytes: piece)
                    let sent = context.writeAndFlush(
                        responder.wrapOutboundOut(.body(.byteBuffer(buffer))))
                    responder.untaken.note(context.channel)
                    sent.whenSuccess {
                        let (responder, context) = bound.value
                        responder.sendNext(of: stream, context)
                    }
                }
            }
        }
    }

    private func finish(_ context: ChannelHandlerContext, flushes: Bool = true) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let sent = context.eventLoop.makePromise(of: Void.self)
        let isKeptAlive = isKeptAlive
        sent.futureResult.whenComplete { result in
            let (responder, context) = bound.value
            if case .failure = result { return responder.close(context) }
            responder.unsentCount -= 1
            if !isKeptAlive || responder.closesWhenSent && responder.unsentCount == 0 {
                responder.close(context)
            }
        }
        unsentCount += 1
        untaken = UntakenAnswer()
        // The next request may be delivered before `write` returns.
        phase = isKeptAlive ? .waiting : .answering
        if isKeptAlive { deadline.setIdle(configuration) }
        context.write(wrapOutboundOut(.end(nil)), promise: sent)
        if flushes { context.flush() }
    }

    private func close(_ context: ChannelHandlerContext) {
        guard phase != .closed else { return }
        phase = .closed
        sendRow(context)
        releaseBody()
        context.close(promise: nil)
    }

    private func releaseBody() {
        guard !request.body.isEmpty else { return }
        budget.release(request.body.count)
        request.body = []
    }

    private func deadlinePassed(_ context: ChannelHandlerContext) {
        if phase == .answering, untaken.isShrinking(context.channel) {
            return deadline.set(after: configuration.writeTimeout)
        }
        if phase == .waiting, !untaken.isEmpty {
            untaken.note(context.channel)
            // All of the row was taken in time, so the connection is just idle.
            if untaken.isEmpty { return deadline.setIdle(configuration) }
        }
        if phase != .working, phase != .closed { router.metrics.timeouts.add() }
        switch phase {
        case .reading:
            answerEarly(
                ProblemDetails(
                    .requestTimeout,
                    "The body did not arrive within \(configuration.bodyTimeout)"), context,
                lingers: false)
        case .waiting, .discarding, .answering: close(context)
        case .working, .closed: break
        }
    }

    /// Who is at the other end; asked for once, and only by who needs it.
    private func findPeer(_ context: ChannelHandlerContext) -> Peer? {
        if peer == nil { peer = Peer(of: context.channel) }
        return peer
    }
}
