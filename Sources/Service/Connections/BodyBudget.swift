import Synchronization

/// How many bytes of request bodies may be in memory at once, over all connections.
final class BodyBudget: Sendable {
    private let allowedByteCount: Int
    private let byteCount = Atomic<Int>(0)

    init(byteCount: Int) {
        allowedByteCount = byteCount
    }

    /// Bytes in memory now.
    var reservedByteCount: Int { byteCount.load(ordering: .relaxed) }

    /// Takes room for more bytes; false if there is none.
    func reserve(_ count: Int) -> Bool {
        guard byteCount.add(count, ordering: .relaxed).newValue <= allowedByteCount else {
            byteCount.subtract(count, ordering: .relaxed)
            return false
        }
        return true
    }

    /// Gives room back.
    func release(_ count: Int) { byteCount.subtract(count, ordering: .relaxed) }
}
