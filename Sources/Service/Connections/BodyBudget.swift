import Synchronization

/// How many bytes of request bodies may be in memory at once, over all connections.
final class BodyBudget: Sendable {
    private let allowedByteCount: Atomic<Int>
    private let byteCount = Atomic<Int>(0)

    init(byteCount: Int) {
        allowedByteCount = Atomic(byteCount)
    }

    /// How many bytes there may be from now on.
    func allow(_ byteCount: Int) { allowedByteCount.store(byteCount, ordering: .relaxed) }

    /// Bytes in memory now.
    var reservedByteCount: Int { byteCount.load(ordering: .relaxed) }

    /// Takes room for more bytes; false if there is none.
    func reserve(_ count: Int) -> Bool {
        let allowed = allowedByteCount.load(ordering: .relaxed)
        guard byteCount.add(count, ordering: .relaxed).newValue <= allowed else {
            byteCount.subtract(count, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Gives room back.
    func release(_ count: Int) { byteCount.subtract(count, ordering: .relaxed) }
}
