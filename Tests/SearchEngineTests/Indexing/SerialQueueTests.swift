import Glibc
import Synchronization
import Testing

@testable import SearchEngine

@Suite struct SerialQueueTests {
    private actor Row {
        nonisolated let queue = SerialQueue()
        nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
        private(set) var numbers: [Int] = []

        func add(_ number: Int) { numbers.append(number) }

        /// The thread that runs this, and how much it gives way.
        func thread() -> (folder: String, niceness: Int32, policy: Int32) {
            var bytes = [UInt8](repeating: 0, count: 64)
            let count = readlink("/proc/thread-self", &bytes, bytes.count)
            return (
                String(decoding: bytes.prefix(max(0, count)), as: UTF8.self),
                getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0), sched_getscheduler(0)
            )
        }
    }

    @Test func `jobs run one after another on one thread that gives way to others`() async {
        let row = Row()
        let first = await row.thread()
        await withTaskGroup { group in
            for number in 0..<1000 { group.addTask { await row.add(number) } }
        }
        #expect(await row.numbers.sorted() == Array(0..<1000))
        let last = await row.thread()
        #expect(last.folder == first.folder)
        // A program that already gives way more than that is left so.
        #expect(first.niceness >= GivingWay.niceness)
        let own = getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        let batchPolicy: Int32 = 3
        if own < GivingWay.niceness { #expect(first.policy == batchPolicy) }
    }

    @Test func `a thread ends with its queue`() async {
        let folders = await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { await Row().thread().folder } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        // The queue is let go when its actor is; the thread sees that a little later.
        for _ in 0..<2000 where folders.contains(where: Self.isRunning) { usleep(5000) }
        #expect(folders.count > 1)
        #expect(!folders.contains(where: Self.isRunning))
    }

    private static func isRunning(_ folder: String) -> Bool { access("/proc/\(folder)", F_OK) == 0 }
}
