import Dispatch

/// A thread of its own for an actor that waits for disks: an `fsync` on the shared pool of threads
/// would keep searches and health checks waiting.
final class SerialQueue: SerialExecutor {
    private let queue: DispatchQueue

    /// A queue with a name for debuggers.
    init(name: String) {
        queue = DispatchQueue(label: name)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
