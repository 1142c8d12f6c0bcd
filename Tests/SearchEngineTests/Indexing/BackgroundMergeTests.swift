import Dispatch
import InvertedIndex
import TestSupport
import Testing

@testable import SearchEngine

extension MergeThread {
    /// Keeps the thread busy until it is told to go on.
    fileprivate func wait(for signal: DispatchSemaphore) { signal.wait() }
}

@Suite struct BackgroundMergeTests {
    @Test(.onThreads) func `writes wait for no merge, and what they delete stays deleted`()
        async throws
    {
        let fixture = IndexerFixture()
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        let isFree = DispatchSemaphore(value: 0)
        let busy = Task { await MergeThread.shared.wait(for: isFree) }
        var content: [String: String] = [:]
        func write(_ key: String, _ title: String?) async throws {
            let change = try title.map { try fixture.add(key, $0) } ?? .delete(key)
            _ = try await indexer.write([change], wait: .visible)
            content[key] = title
        }
        // Each is a segment of its own, so that a merge is due and waits for its thread.
        for number in 0..<20 { try await write("\(number)", "before") }
        for number in stride(from: 0, to: 20, by: 3) { try await write("\(number)", nil) }
        for number in stride(from: 1, to: 20, by: 3) { try await write("\(number)", "changed") }
        #expect(try Snapshot.open(directory: directory).segmentCount > 10)
        isFree.signal()
        await busy.value
        for _ in 0..<6000 where fixture.condition.numbers.mergeCount == 0 {
            try await Task.sleep(for: .milliseconds(10))
        }
        #expect(fixture.condition.numbers.mergeCount > 0)
        #expect(try IndexerFixture.content(of: Snapshot.open(directory: directory)) == content)
        await indexer.close()
        let closed = try Snapshot.open(directory: directory)
        #expect(try IndexerFixture.content(of: closed) == content)
        #expect(closed.segmentCount <= 12)
        #expect(try IndexChecker(directory: directory).check().errors == [])
    }

    @Test(.onThreads) func `closing ends a merge under way, which leaves nothing behind`()
        async throws
    {
        let fixture = IndexerFixture()
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        let isFree = DispatchSemaphore(value: 0)
        let busy = Task { await MergeThread.shared.wait(for: isFree) }
        for number in 0..<14 {
            _ = try await indexer.write([try fixture.add("\(number)", "x")], wait: .visible)
        }
        let closing = Task { await indexer.close() }
        isFree.signal()
        await busy.value
        await closing.value
        let snapshot = try Snapshot.open(directory: directory)
        #expect(try IndexerFixture.content(of: snapshot).count == 14)
        let segments = try directory.fileNames().filter { $0.hasSuffix(".izs") }
        // Those of the last two commits.
        #expect(segments.count <= 15)
        #expect(try IndexChecker(directory: directory).check().errors == [])
    }
}
