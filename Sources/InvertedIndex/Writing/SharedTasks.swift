import Dispatch
import Synchronization

/// Tasks with numbers, each done by one of several threads.
final class SharedTasks: Sendable {
    private let count: Int
    private let next = Atomic(0)
    private let helpers = Mutex((began: 0, mayBegin: true))
    private let ended = DispatchSemaphore(value: 0)

    /// So many tasks.
    init(_ count: Int) { self.count = count }

    /// Does tasks as long as there are any; nothing if all were done before it was called.
    func help(_ task: (Int) -> Void) {
        let begins = helpers.withLock { helpers in
            if helpers.mayBegin { helpers.began += 1 }
            return helpers.mayBegin
        }
        guard begins else { return }
        work(task)
        ended.signal()
    }

    /// Does what is left, and waits for helpers that have begun.
    ///
    /// It does not wait for others: a thread for them might never come free.
    func finish(_ task: (Int) -> Void) {
        work(task)
        let began = helpers.withLock { helpers in
            helpers.mayBegin = false
            return helpers.began
        }
        for _ in 0..<began { ended.wait() }
    }

    private func work(_ task: (Int) -> Void) {
        while true {
            let number = next.add(1, ordering: .relaxed).oldValue
            if number >= count { return }
            task(number)
        }
    }
}
