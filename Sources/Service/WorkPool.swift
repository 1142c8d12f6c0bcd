import NIOPosix
import Synchronization

/// A few threads with a bounded queue: what comes beyond is refused at once, so that the queue
/// never outgrows the patience of its clients.
final class WorkPool: Sendable {
    private let threads: NIOThreadPool
    private let allowedCount: Int
    private let count = Atomic<Int>(0)

    /// A pool of threads, started; `queueCount` jobs may wait.
    init(threadCount: Int, queueCount: Int) {
        precondition(threadCount > 0 && queueCount >= 0, "a pool has threads")
        threads = NIOThreadPool(numberOfThreads: threadCount)
        allowedCount = threadCount + queueCount
        threads.start()
    }

    /// Jobs that run or wait.
    var jobCount: Int { count.load(ordering: .relaxed) }

    /// Runs a job; false if too many wait or the pool has stopped, and the job never runs.
    func run(_ job: @escaping @Sendable () -> Void) -> Bool {
        guard count.add(1, ordering: .relaxed).newValue <= allowedCount else {
            count.subtract(1, ordering: .relaxed)
            return false
        }
        // A job runs even if the pool is stopping: it is the only one that can answer its client.
        threads.submit { [self] _ in
            job()
            count.subtract(1, ordering: .relaxed)
        }
        return true
    }

    /// Runs a part of something that was admitted before, whatever the queue; for streams.
    func runAdmitted(_ job: @escaping @Sendable () -> Void) {
        threads.submit { _ in job() }
    }

    /// The value of a job that runs on a thread of the pool, whatever the queue.
    func value<Value: Sendable>(_ job: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            threads.submit { _ in continuation.resume(returning: job()) }
        }
    }

    /// Ends the threads after the jobs that run.
    func stop() async {
        await withCheckedContinuation { continuation in
            threads.shutdownGracefully { _ in continuation.resume() }
        }
    }
}
