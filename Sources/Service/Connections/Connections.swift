import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import SearchEngine
import ServiceAPI

/// What the connections of one socket have in common.
struct Connections: Sendable {
    let router: Router
    let registry: ConnectionRegistry
    let budget: BodyBudget
    let logger: Logger
    /// Whether the socket is for reading only.
    let isReadOnly: Bool

    /// What accepts and sets up connections.
    func bootstrap(_ group: MultiThreadedEventLoopGroup) -> ServerBootstrap {
        ServerBootstrap(group: group)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(AcceptGate(registry: registry))
                }
            }
            // One at a time, so that the gate can close before the next.
            .serverChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try configure(channel) }
            }
    }

    /// The handlers of a connection: deadline, HTTP/1.1 with pipelining, requests.
    private func configure(_ channel: any Channel) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        let configuration = router.live.current
        limits.maxHeaderFieldSize = configuration.limits.headerFieldByteCount
        limits.maxHeaderListSize = configuration.limits.headerByteCount
        limits.maxHeaderFieldCount = configuration.limits.headerFieldCount
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
                router: router, budget: budget, logger: logger, deadline: deadline,
                isReadOnlySocket: isReadOnly))
    }
}
