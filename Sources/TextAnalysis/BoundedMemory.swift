import Synchronization

/// What was found out of words and does not change, so that it is found out once: queries differ,
/// their words come again.
///
/// Bounded, and shared by all threads. What is not in it is found out as if there were no memory.
public final class BoundedMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let limit: Int
    private let kept = Mutex<[Key: Value]>([:])

    /// Nothing found out yet; so much is kept.
    public init(limit: Int = 1 << 12) { self.limit = limit }

    /// What was found out of a key, if it was.
    public subscript(key: Key) -> Value? { kept.withLock { $0[key] } }

    /// Keeps what was found out of a key.
    public func keep(_ value: Value, of key: Key) {
        kept.withLock {
            // Beginning anew costs less than to know what is asked for seldom.
            if $0.count >= limit { $0 = [:] }
            $0[key] = value
        }
    }

    /// How much is kept.
    public var count: Int { kept.withLock { $0.count } }
}
