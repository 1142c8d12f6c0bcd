import Dispatch
import Synchronization

/// Lets tasks that run at once hand over what they made in the order of their numbers.
///
/// A task asks for its turn and ends it; the turn of the next has come then. Once given up, no task
/// gets a turn.
final class TaskTurns: Sendable {
    private struct State {
        var next = 0
        var isGivenUp = false
        /// The tasks that wait.
        var waiting: [Int: DispatchSemaphore] = [:]
    }

    private let state = Mutex(State())

    /// Whether it is the turn of a task.
    func hasCome(for task: Int) -> Bool {
        state.withLock { !$0.isGivenUp && $0.next == task }
    }

    /// Whether no task gets a turn any more.
    var isGivenUp: Bool { state.withLock { $0.isGivenUp } }

    /// Waits for the turn of a task.
    ///
    /// - Returns: false where all was given up.
    func wait(for task: Int) -> Bool {
        let semaphore = state.withLock { state -> DispatchSemaphore? in
            if state.isGivenUp || state.next == task { return nil }
            let semaphore = DispatchSemaphore(value: 0)
            state.waiting[task] = semaphore
            return semaphore
        }
        semaphore?.wait()
        return state.withLock { !$0.isGivenUp }
    }

    /// Ends the turn of a task.
    func end(_ task: Int) {
        state.withLock { state in
            state.next = task + 1
            state.waiting.removeValue(forKey: state.next)?.signal()
        }
    }

    /// Lets no task have a turn any more; those that wait go on.
    func giveUp() {
        state.withLock { state in
            state.isGivenUp = true
            for semaphore in state.waiting.values { semaphore.signal() }
            state.waiting = [:]
        }
    }
}
