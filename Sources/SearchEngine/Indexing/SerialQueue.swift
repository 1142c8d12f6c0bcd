import Dispatch
import Glibc
import Synchronization

/// A thread of its own for an actor that writes and waits for disks: an `fsync` on the shared pool
/// of threads would keep searches and health checks waiting.
///
/// The thread gives way to those that search, so that a commit or a merge beside them takes the time
/// that they leave and little of theirs; where nobody searches, it has all of it.
final class SerialQueue: SerialExecutor {
    /// What the queue and its thread share; the thread must not keep the queue alive.
    private final class Backlog: Sendable {
        struct Job {
            var job: UnownedJob
            var executor: UnownedSerialExecutor
        }

        struct State {
            var jobs: [Job] = []
            var isEnded = false
        }

        let state = Mutex(State())
        let arrivals = DispatchSemaphore(value: 0)

        func runJobs() {
            while true {
                arrivals.wait()
                let next = state.withLock { state in
                    let next = state
                    state.jobs = []
                    return next
                }
                for job in next.jobs { job.job.runSynchronously(on: job.executor) }
                // The queue is gone, so nothing can come any more.
                if next.isEnded { return }
            }
        }
    }

    private let backlog = Backlog()

    /// A queue whose thread waits for jobs; where the system has no thread left, one of those that
    /// all queues share does its work.
    init() {
        if !Self.startThread(backlog) {
            let backlog = backlog
            DispatchQueue(label: "izde.writer").async { backlog.runJobs() }
        }
    }

    deinit {
        backlog.state.withLock { $0.isEnded = true }
        backlog.arrivals.signal()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let next = Backlog.Job(job: job, executor: asUnownedSerialExecutor())
        backlog.state.withLock { $0.jobs.append(next) }
        backlog.arrivals.signal()
    }

    private static func startThread(_ backlog: Backlog) -> Bool {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        // As much as the first thread of a program has: stemming and parsing nest deeply.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let owned = Unmanaged.passRetained(backlog)
        var thread = pthread_t()
        guard pthread_create(&thread, &attributes, Self.run, owned.toOpaque()) == 0 else {
            owned.release()
            return false
        }
        return true
    }

    private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
        {
            if let argument = $0 {
                GivingWay.begin()
                Unmanaged<Backlog>.fromOpaque(argument).takeRetainedValue().runJobs()
            }
            return nil
        }
}
