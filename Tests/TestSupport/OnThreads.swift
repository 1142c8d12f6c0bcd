import Foundation
public import Testing

/// Runs tests on threads of their own, which may wait.
///
/// On the cooperative threads, of which there is one a processor, two tests that wait for an answer
/// or a process would keep all others from going on, and what they wait for with them.
public struct OnThreads: SuiteTrait, TestTrait, TestScoping {
    private static let many = WaitingThreads(count: 32)
    private static let few = WaitingThreads(count: 3)

    let threads: WaitingThreads

    /// Whether the tests of a suite get it from the suite.
    public var isRecursive: Bool { true }

    /// Runs a test.
    public func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(threads) { try await function() }
    }

    fileprivate static func on(_ isFew: Bool) -> OnThreads {
        OnThreads(threads: isFew ? few : many)
    }
}

extension Trait where Self == OnThreads {
    /// On threads that may wait; many of such tests run at once.
    public static var onThreads: Self { .on(false) }

    /// On threads that may wait; a few of such tests run at once, since each starts programs.
    public static var onFewThreads: Self { .on(true) }
}

/// Threads that run pieces of tasks in their order.
///
/// `@unchecked Sendable`: every access to the jobs holds the lock of the condition.
final class WaitingThreads: TaskExecutor, @unchecked Sendable {
    private let condition = NSCondition()
    private var jobs: [UnownedJob] = []

    init(count: Int) {
        for _ in 0..<count { Thread { self.run() }.start() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        condition.withLock {
            jobs.append(job)
            condition.signal()
        }
    }

    private func run() -> Never {
        while true {
            condition.lock()
            while jobs.isEmpty { condition.wait() }
            let job = jobs.removeFirst()
            condition.unlock()
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
    }
}
