import InvertedIndex

/// Says to a search that nobody waits for its answer any more; it ends soon after, with an error.
public final class Cancellation: Sendable, Equatable {
    /// The same, for the index.
    let ofSearch = SearchCancellation()

    /// A search that somebody waits for.
    public init() {}

    /// Whether nobody waits.
    public var isCancelled: Bool { ofSearch.isCancelled }

    /// Nobody waits from now on; from any thread.
    public func cancel() { ofSearch.cancel() }

    /// Whether both are of one search.
    public static func == (left: Cancellation, right: Cancellation) -> Bool { left === right }
}
