import Synchronization

/// A number that any thread adds to, without waiting.
final class Counter: Sendable {
    private let number = Atomic<Int>(0)

    /// The number now.
    var value: Int { number.load(ordering: .relaxed) }

    /// Adds to it.
    func add(_ count: Int = 1) { number.add(count, ordering: .relaxed) }
}
