public import Synchronization

/// What was found out of words and does not change, so that it is found out once: queries differ,
/// their words come again.
///
/// Bounded, and shared by all threads. What is not in it is found out as if there were no memory.
/// Inlinable, so that each user has code for its own keys: the common code asks for their types at
/// every step.
public final class BoundedMemory<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    @usableFromInline let limit: Int
    @usableFromInline let kept = Mutex<[Key: Value]>([:])

    /// Nothing found out yet; so much is kept.
    @inlinable
    public init(limit: Int = 1 << 12) { self.limit = limit }

    /// What was found out of a key, if it was.
    @inlinable
    public subscript(key: Key) -> Value? { kept.withLock { $0[key] } }

    /// Keeps what was found out of a key.
    @inlinable
    public func keep(_ value: Value, of key: Key) {
        kept.withLock {
            // Beginning anew costs less than to know what is asked for seldom.
            if $0.count >= limit { $0.removeAll(keepingCapacity: true) }
            if $0.count == $0.capacity {
                // Each time that it grows all keys are hashed again.
                $0.reserveCapacity(min(limit, max(256, 8 * $0.capacity)))
            }
            $0[key] = value
        }
    }

    /// How much is kept.
    public var count: Int { kept.withLock { $0.count } }
}
