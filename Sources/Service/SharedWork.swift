import Dispatch
import Synchronization

/// Work on a row of things, which several threads may share: each takes the next that nobody has
/// taken.
///
/// Whoever needs the results works until nothing is left, so it never waits for a thread that has
/// not begun; a thread that comes too late finds nothing to do.
final class SharedWork<Result: Sendable>: Sendable {
    private struct State {
        var results: [Result?]
        var openCount: Int
    }

    private let count: Int
    private let work: @Sendable (Int) -> Result
    private let next = Atomic<Int>(0)
    private let state: Mutex<State>
    private let ended = DispatchSemaphore(value: 0)

    /// Work on the things 0 to `count`.
    init(count: Int, _ work: @escaping @Sendable (Int) -> Result) {
        self.count = count
        self.work = work
        state = Mutex(State(results: Array(repeating: nil, count: count), openCount: count))
    }

    /// Works until everything is taken.
    func takePart() {
        while true {
            let place = next.add(1, ordering: .relaxed).oldValue
            guard place < count else { return }
            let result = work(place)
            let isLast = state.withLock { state in
                state.results[place] = result
                state.openCount -= 1
                return state.openCount == 0
            }
            if isLast { ended.signal() }
        }
    }

    /// Works until everything is done; the results, in order.
    ///
    /// To be called once.
    func finish() -> [Result] {
        guard count > 0 else { return [] }
        takePart()
        ended.wait()
        return state.withLock { $0.results.compactMap(\.self) }
    }
}
