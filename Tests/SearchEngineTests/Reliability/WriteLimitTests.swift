import Glibc
import InvertedIndex
import JSON
import TestSupport
import Testing

@testable import SearchEngine

/// The limits of writing: each at the limit and one past it.
@Suite struct WriteLimitTests {
    private func isFull(_ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            return false
        } catch EngineError.noSpaceLeft {
            return true
        } catch {
            Issue.record("\(error)")
            return false
        }
    }

    @Test func `free space at the reserve is enough, one byte less is not`() async throws {
        var fixture = IndexerFixture()
        fixture.limits.diskReserveByteCount = 1_000_000
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        directory.setFreeByteCount(1_000_000)
        _ = try await indexer.write([fixture.add("a", "at the limit")], wait: .durable)
        directory.setFreeByteCount(999_999)
        #expect(
            await isFull {
                _ = try await indexer.write([fixture.add("b", "past it")], wait: .durable)
            })
        // What was acknowledged may take of the reserve.
        #expect(try await indexer.commitAll() > 1)
        directory.setFreeByteCount(1_000_000)
        _ = try await indexer.write([fixture.add("c", "again")], wait: .visible)
        await indexer.close()
        #expect(
            try IndexerFixture.content(of: Snapshot.open(directory: directory)).keys.sorted()
                == ["a", "c"])
    }

    @Test func `the reserve is a share of a large disk`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.diskReservePercent = 100
        try await fixture.use { (engine: Engine) async throws in
            #expect(
                await isFull { _ = try await engine.add(Sample.news, to: "news", wait: .durable) })
            // No disk that a test writes to is so full or so empty.
            #expect(try engine.reconfigure(EngineFixture().configuration) == [])
            try await Sample.fill(engine)
        }
    }

    @Test func `at most so many segments stay, and a writer merges before it answers`()
        async throws
    {
        var fixture = IndexerFixture()
        fixture.limits.segmentCount = 3
        let indexer = try fixture.open(FaultyDirectory())
        for number in 1...8 {
            let answer = try await indexer.write(
                [fixture.add("k\(number)", "text")], wait: .visible)
            let copy = try await indexer.copy(into: FaultyDirectory())
            #expect(copy.documentCount == number)
            #expect(copy.segmentCount <= 3)
            if number <= 3 { #expect(copy.segmentCount == number) }
            #expect(copy.generation >= answer.generation)
        }
        await indexer.close()
    }

    @Test func `merges wait for space first, then writers do, until there is space again`()
        async throws
    {
        var fixture = IndexerFixture()
        fixture.limits.segmentCount = 3
        fixture.limits.diskReserveByteCount = 1000
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        // Enough to write, not enough to merge.
        directory.setFreeByteCount(1000)
        for number in 1...4 {
            _ = try await indexer.write([fixture.add("k\(number)", "text")], wait: .visible)
        }
        #expect(try await indexer.copy(into: FaultyDirectory()).segmentCount == 4)
        #expect(fixture.condition.numbers.mergeCount == 0)
        #expect(
            await isFull {
                _ = try await indexer.write([fixture.add("k5", "text")], wait: .visible)
            })
        #expect(fixture.condition.numbers.failure == nil)
        directory.setFreeByteCount(.max)
        _ = try await indexer.write([fixture.add("k5", "text")], wait: .visible)
        let copy = try await indexer.copy(into: FaultyDirectory())
        #expect(copy.segmentCount <= 3)
        #expect(copy.documentCount == 5)
        await indexer.close()
    }

    @Test func `a log at its limit waits for the commit, one byte more does not`() async throws {
        /// The generations before and after one write to a log that may have so many bytes.
        func generations(_ limit: Int) async throws -> (before: UInt64, after: UInt64, bytes: Int) {
            var fixture = IndexerFixture()
            fixture.limits.logByteCount = limit
            let indexer = try fixture.open(FaultyDirectory())
            let before = try await indexer.commitAll()
            // The answer is of the same turn as the sync; no commit by the clock comes between.
            let answer = try await indexer.write([fixture.add("a", "text")], wait: .durable)
            let bytes = fixture.condition.numbers.logByteCount
            await indexer.close()
            return (before, answer.generation, bytes)
        }
        let bytes = try await generations(.max).bytes
        let atLimit = try await generations(bytes)
        #expect(atLimit.after == atLimit.before)
        let past = try await generations(bytes - 1)
        #expect(past.after == past.before + 1)
    }

    @Test func `what waits for a writer is bounded`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.ingestBufferByteCount = 1000
        try await fixture.use { (engine: Engine) async throws in
            let one = [document(["id": "a", "title": "x"])]
            let byteCount = #"{"id":"a","title":"x"}"#.utf8.count
            let waiting = try engine.collection("news").waitingBytes
            try waiting.add(1000 - byteCount, allowed: 1000)
            _ = try await engine.add(one, to: "news", wait: .durable)
            try waiting.add(1, allowed: 1000)
            let error = await #expect(throws: EngineError.self) {
                try await engine.add(one, to: "news", wait: .durable)
            }
            guard case .overloaded(_, 1001, 1000) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            waiting.remove(1001 - byteCount)
            _ = try await engine.add(one, to: "news", wait: .durable)
            // One alone may always come, however large.
            let large = [
                document(["id": "b", "title": .string(String(repeating: "x", count: 2000))])
            ]
            _ = try await engine.add(large, to: "news", wait: .visible)
            #expect(try engine.search(SearchRequest("")).totalHits == 2)
        }
    }

    @Test func `a full disk ends a record and nothing else`() async throws {
        let fixture = IndexerFixture()
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        _ = try await indexer.write([fixture.add("a", "before")], wait: .durable)
        let used = try directory.fileNames().reduce(0) {
            $0 + (directory.contents(of: $1)?.count ?? 0)
        }
        for room in [0, 5, 17, 30] {
            directory.setCapacity(used + room)
            #expect(
                await isFull {
                    _ = try await indexer.write([fixture.add("b", "too much")], wait: .durable)
                })
        }
        directory.setCapacity(nil)
        #expect(fixture.condition.numbers.failure == nil)
        _ = try await indexer.write([fixture.add("c", "after")], wait: .durable)
        // A crash now: what was acknowledged is in the log, what was refused is not.
        let again = directory.restarted(.dropped)
        let reopened = try fixture.open(again)
        await reopened.close()
        #expect(
            try IndexerFixture.content(of: Snapshot.open(directory: again)).keys.sorted()
                == ["a", "c"])
        await indexer.close()
    }

    @Test func `documents that fill the memory are written, and wait there on a full disk`()
        async throws
    {
        var fixture = IndexerFixture()
        fixture.limits.ingestBufferByteCount = 1
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        _ = try await indexer.write([fixture.add("a", "one")], wait: .durable)
        #expect(directory.operations.contains { $0.contains(".izs") })
        let used = try directory.fileNames().reduce(0) {
            $0 + (directory.contents(of: $1)?.count ?? 0)
        }
        // Room for the record, not for the segment: acknowledged, since it is in the log.
        directory.setCapacity(used + 200)
        _ = try await indexer.write([fixture.add("b", "two")], wait: .durable)
        #expect(
            await isFull {
                _ = try await indexer.write([fixture.add("c", "three")], wait: .durable)
            })
        directory.setCapacity(nil)
        _ = try await indexer.write([fixture.add("c", "three")], wait: .visible)
        await indexer.close()
        #expect(
            try IndexerFixture.content(of: Snapshot.open(directory: directory.restarted(.dropped)))
                .keys.sorted() == ["a", "b", "c"])
    }
}
