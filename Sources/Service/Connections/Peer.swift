import Glibc
import NIOCore
import ServiceAPI

/// Who is at the other end of a connection, as the system says it.
struct Peer: Sendable, Equatable {
    var userID: UInt32
    var processID: Int32

    init(userID: UInt32, processID: Int32) {
        self.userID = userID
        self.processID = processID
    }

    /// The peer of a Unix socket; to be called on its event loop.
    init?(of channel: any Channel) {
        guard let socket = channel as? any SocketOptionProvider else { return nil }
        // `struct ucred`: process, user, group, each of 32 bits. Glibc shows it to C alone.
        typealias Credentials = (process: UInt32, user: UInt32, group: UInt32)
        let answer: EventLoopFuture<Credentials> = socket.unsafeGetSocketOption(
            level: .socket, name: .init(rawValue: SO_PEERCRED))
        // On the loop of the channel the answer is there at once.
        let found = NIOLoopBoundBox<Credentials?>(nil, eventLoop: channel.eventLoop)
        answer.whenSuccess { found.value = $0 }
        guard let credentials = found.value else { return nil }
        userID = credentials.user
        processID = Int32(bitPattern: credentials.process)
    }
}

/// Who may do what, by the peer and the socket on which it came.
struct Permissions: Sendable {
    /// Users that may call what is for those who run the daemon, beside root and the daemon's own.
    var adminUserIDs: [UInt32]
    /// The user of the daemon.
    var ownUserID = Self.processUserID

    /// The daemon's own, which does not change.
    private static let processUserID = geteuid()

    /// What forbids a request, `nil` if nothing does.
    func problem(with route: Route, from peer: Peer?, isReadOnlySocket: Bool) -> ProblemDetails? {
        if isReadOnlySocket, !route.isReadOnly {
            return ProblemDetails(
                .readOnlySocket, "This socket is for reading; writes go to the daemon's other one")
        }
        guard route.isAdmin else { return nil }
        guard let peer else {
            return ProblemDetails(.peerNotAllowed, "The system does not say who you are")
        }
        guard
            peer.userID == 0 || peer.userID == ownUserID || adminUserIDs.contains(peer.userID)
        else {
            return ProblemDetails(
                .peerNotAllowed,
                "The user \(peer.userID) may not do this; root, the user of the daemon and those "
                    + "of socket.adminUsers may")
        }
        return nil
    }
}
