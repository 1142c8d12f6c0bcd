/// The limits of what goes over the socket; the daemon's are configurable, these are the built-in
/// ones, which a client may rely upon.
public enum WireLimits {
    /// Longest path with its query, in bytes; longer ones are answered 414.
    public static let uriByteCount = 8 << 10
    /// Largest body of a request that is not an ingest, in bytes; larger ones are answered 413.
    public static let bodyByteCount = 256 << 10
    /// Largest body of an ingest, in bytes; larger ones are answered 413.
    public static let ingestBodyByteCount = 16 << 20
    /// Most lines of one ingest, which bounds the answer; more are answered 413.
    public static let ingestLineCount = 100_000
    /// Most searches of one `multi-search`.
    public static let multiSearchCount = 50
    /// Most examples of one `match`.
    public static let matchQueryCount = 100
    /// Most names of one example.
    public static let matchNameCount = 100
    /// Most results of one example; with all examples they make an answer of some MiB.
    public static let matchResultCount = 100
    /// Longest name, in Unicode scalars.
    public static let nameScalarCount = 4096
    /// Largest page of `GET …/documents`.
    public static let documentPageSize = 1000
    /// Most ids of one `documents/delete`.
    public static let deletionCount = 1000
    /// Longest path of a Unix socket, in bytes: `sun_path` has 108 and the last is NUL.
    public static let socketPathByteCount = 107
}
