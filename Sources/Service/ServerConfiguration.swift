public import SearchEngine
import ServiceAPI

/// How the daemon is reached and what it allows.
public struct ServerConfiguration: Sendable, Equatable {
    /// The path of the Unix socket.
    public var socketPath: String
    /// The mode of the socket file; who may write to it may search and change the index.
    public var socketMode: UInt32 = 0o660
    /// The group of the socket file; `nil` leaves the daemon's.
    public var socketGroup: String?
    /// The path of a second socket, for reading only; `nil` for none.
    public var readOnlySocketPath: String?
    /// The mode of the second socket; who may write to it may search, not change the index.
    public var readOnlySocketMode: UInt32 = 0o666
    /// The group of the second socket; `nil` leaves the daemon's.
    public var readOnlySocketGroup: String?
    /// Users, beside root and the daemon's own, that may drop collections, take snapshots, compact,
    /// verify and reload.
    public var adminUserIDs: [UInt32] = []
    /// Whether the texts of queries are written to the log.
    public var logsQueries = false
    /// Whether the daemon refuses writes; said by `/v1/health`.
    public var isReadOnly = false
    /// Limits of requests and documents.
    public var limits: Limits
    /// Event loops, which also run short searches.
    public var eventLoopCount = 1
    /// How long a search may take on an event loop; 0 for never.
    ///
    /// After that it is given up there and begun anew on the search threads. A connection whose
    /// last searches took longer has none begun there.
    public var longestSearchOnLoopMicroseconds = 1000
    /// Threads for searches.
    public var searchThreadCount: Int
    /// Searches that may wait for a thread; more are answered 503.
    public var queuedSearchCount = 64
    /// Writes that may be under way; more are answered 503.
    public var writeCount = 64
    /// Bytes of request bodies that may be in memory at once, over all connections; a large body
    /// beyond is answered 503.
    public var bufferedBodyByteCount = 64 << 20
    /// How long a connection may be idle between requests.
    public var idleTimeout: Duration = .seconds(75)
    /// How long a header may take from its first byte.
    public var headerTimeout: Duration = .seconds(10)
    /// How long a body may take; then the answer is 408.
    public var bodyTimeout: Duration = .seconds(30)
    /// How long the peer may take to read a piece of an answer.
    public var writeTimeout: Duration = .seconds(10)
    /// How long requests under way may take when the daemon is told to stop.
    public var drainTimeout: Duration = .seconds(20)

    /// A configuration with the built-in values.
    public init(socketPath: String, limits: Limits = Limits(), searchThreadCount: Int) {
        self.socketPath = socketPath
        self.limits = limits
        self.searchThreadCount = searchThreadCount
    }
}
