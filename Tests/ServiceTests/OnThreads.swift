import Dispatch
import Testing

/// Runs tests on threads that may wait.
///
/// Tests here wait in `recv`. On the cooperative threads, of which there is one a processor, two
/// such tests would keep the daemon itself from going on.
struct OnThreads: SuiteTrait, TestTrait, TestScoping {
    final class Threads: TaskExecutor {
        private let queue = DispatchQueue(label: "izde.tests", attributes: .concurrent)

        func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
        }
    }

    static let threads = Threads()

    var isRecursive: Bool { true }

    func provideScope(
        for test: Test, testCase: Test.Case?,
        performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        try await withTaskExecutorPreference(Self.threads) { try await function() }
    }
}

extension Trait where Self == OnThreads {
    /// On threads that may wait.
    static var onThreads: Self { OnThreads() }
}
