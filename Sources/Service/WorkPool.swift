import NIOPosix
import SearchEngine
import Synchronization

/// A few threads with a bounded queue: what comes beyond is refused at once, so that the queue
/// never outgrows the patience of its clients.
final class WorkPool: TaskExecutor {
    private let threads: NIOThreadPool
    private let threadCount: Int
    /// Whether its threads give way to those that search.
    private let givesWay: Bool
    private let allowedCount: Atomic<Int>
    private let count = Atomic<Int>(0)
    /// Jobs that go before all others.
    private let urgent = Mutex<[@Sendable () -> Void]>([])
    private let hasUrgent = Atomic<Bool>(false)

    /// A pool of threads, started; `queueCount` jobs may wait.
    init(threadCount: Int, queueCount: Int, givesWay: Bool = false) {
        precondition(threadCount > 0 && queueCount >= 0, "a pool has threads")
        threads = NIOThreadPool(numberOfThreads: threadCount)
        self.threadCount = threadCount
        self.givesWay = givesWay
        allowedCount = Atomic(threadCount + queueCount)
        threads.start()
    }

    /// How many more threads would be of use now: half of them at the most are to be at work, since
    /// there are two for each processor, beside the event loops.
    var idleCount: Int { max(0, threadCount / 2 - jobCount) }

    /// Jobs that run or wait.
    var jobCount: Int { count.load(ordering: .relaxed) }

    /// Runs a job; false if too many wait or the pool has stopped, and the job never runs.
    func run(_ job: @escaping @Sendable () -> Void) -> Bool {
        let allowed = allowedCount.load(ordering: .relaxed)
        guard count.add(1, ordering: .relaxed).newValue <= allowed else {
            count.subtract(1, ordering: .relaxed)
            return false
        }
        // A job runs even if the pool is stopping: it is the only one that can answer its client.
        submit { [self] in
            runUrgent()
            job()
            count.subtract(1, ordering: .relaxed)
        }
        return true
    }

    /// How many jobs may wait from now on.
    func allow(queueCount: Int) {
        allowedCount.store(threadCount + queueCount, ordering: .relaxed)
    }

    /// Runs a job before all that wait, as soon as a thread has ended what it runs.
    func runUrgently(_ job: @escaping @Sendable () -> Void) {
        urgent.withLock { $0.append(job) }
        hasUrgent.store(true, ordering: .releasing)
        submit { [self] in runUrgent() }
    }

    private func runUrgent() {
        guard hasUrgent.load(ordering: .acquiring) else { return }
        let jobs = urgent.withLock { jobs in
            defer { jobs = [] }
            hasUrgent.store(false, ordering: .relaxed)
            return jobs
        }
        for job in jobs { job() }
    }

    /// Runs a part of something that was admitted before, whatever the queue; for streams.
    func runAdmitted(_ job: @escaping @Sendable () -> Void) {
        submit { [self] in
            runUrgent()
            job()
        }
    }

    /// The value of a job that runs on a thread of the pool, whatever the queue.
    func value<Value: Sendable>(_ job: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            submit { continuation.resume(returning: job()) }
        }
    }

    /// Runs a piece of a task that prefers these threads, so that it waits for nobody who holds the
    /// few threads that all other tasks share.
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        submit { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        guard givesWay else { return threads.submit { _ in job() } }
        // Which thread runs a job is not known before, so each job says it anew.
        threads.submit { _ in
            GivingWay.begin()
            job()
        }
    }

    /// Ends the threads after the jobs that run, without waiting for them.
    func abandon() { threads.shutdownGracefully { _ in } }

    /// Ends the threads after the jobs that run.
    func stop() async {
        await withCheckedContinuation { continuation in
            threads.shutdownGracefully { _ in continuation.resume() }
        }
    }
}
