import Synchronization

/// Says to a search that nobody waits for its answer any more; it then ends at its next check.
public final class SearchCancellation: Sendable, Equatable {
    private let flag = Atomic<Bool>(false)

    /// A search that is wanted.
    public init() {}

    /// Whether nobody waits any more.
    public var isCancelled: Bool { flag.load(ordering: .relaxed) }

    /// Nobody waits any more.
    public func cancel() { flag.store(true, ordering: .relaxed) }

    /// Whether both are of the same search.
    public static func == (left: SearchCancellation, right: SearchCancellation) -> Bool {
        left === right
    }
}
