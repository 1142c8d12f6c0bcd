import Synchronization

/// Says to a search that nobody waits for its answer any more.
///
/// A search that is told so ends as if its time were over, at the next window or block at which it
/// looks at the clock.
public final class SearchCancellation: Sendable, Equatable {
    private let flag = Atomic<Bool>(false)

    /// A search that goes on.
    public init() {}

    /// Whether nobody waits.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Nobody waits from now on; from any thread.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    /// Whether both are of one search.
    public static func == (left: SearchCancellation, right: SearchCancellation) -> Bool {
        left === right
    }
}
