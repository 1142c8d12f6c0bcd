import Foundation
import Synchronization

/// Threads that do the same until they are told to stop.
final class Crew: Sendable {
    /// Tells the threads to end.
    final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .relaxed) }
        func set() { value.store(true, ordering: .relaxed) }
    }

    let flag = Flag()
    private let group = DispatchGroup()

    /// Starts the threads; each gets its number.
    init(_ count: Int, _ body: @escaping @Sendable (Int, Flag) -> Void) {
        for number in 0..<count {
            group.enter()
            let thread = Thread { [flag, group] in
                body(number, flag)
                group.leave()
            }
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    /// Waits for the end of all threads.
    func wait() { group.wait() }

    /// Tells them to end, and waits.
    func stop() {
        flag.set()
        group.wait()
    }
}
