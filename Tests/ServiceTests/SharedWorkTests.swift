import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Service

@Suite(.onThreads) struct SharedWorkTests {
    @Test func `every thing is done once, and results are in order, whoever helps`() async {
        for count in [0, 1, 2, 7, 300] {
            let calls = Mutex([Int](repeating: 0, count: count))
            let work = SharedWork<Int>(count: count) { place in
                calls.withLock { $0[place] += 1 }
                if place % 5 == 0 { usleep(200) }
                return place * place
            }
            let pool = WorkPool(threadCount: 3, queueCount: 3)
            for _ in 0..<3 { _ = pool.run { work.takePart() } }
            #expect(work.finish() == (0..<count).map { $0 * $0 })
            #expect(calls.withLock { $0 } == [Int](repeating: 1, count: count))
            await pool.stop()
        }
    }

    @Test func `nobody waits for a thread that never begins`() {
        let work = SharedWork<Int>(count: 20) { $0 }
        #expect(work.finish() == Array(0..<20))
        // Late, and with nothing to do.
        work.takePart()
    }

    @Test func `threads that write give way, those that search do not`() async {
        @Sendable func niceness() -> Int32 {
            getpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0)
        }
        let searches = WorkPool(threadCount: 1, queueCount: 0)
        let writes = WorkPool(threadCount: 1, queueCount: 0, givesWay: true)
        let own = niceness()
        #expect(await searches.value(niceness) == own)
        #expect(await writes.value(niceness) >= max(own, 10))
        await searches.stop()
        await writes.stop()
    }

    @Test func `no more threads are of use than there are processors for`() async {
        let pool = WorkPool(threadCount: 4, queueCount: 0)
        let isEnded = Atomic(false)
        #expect(pool.idleCount == 2)
        for left in [1, 0, 0] {
            #expect(pool.run { while !isEnded.load(ordering: .acquiring) { usleep(1000) } })
            #expect(pool.idleCount == left)
        }
        isEnded.store(true, ordering: .releasing)
        #expect(eventually { pool.idleCount == 2 })
        await pool.stop()
    }
}
