import Dispatch
import Foundation
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

/// P3: reads see one committed generation, whatever writers do.
@Suite struct IsolationTests {
    private func batch(_ version: Int) -> [Engine.Input] {
        (0..<6).map {
            document([
                "id": .string("k\($0)"), "title": "нұсқа", "shares": .integer(Int64(version)),
            ])
        }
    }

    @Test func `a search never mixes generations while writes and merges go on`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.segmentCount = 3
        let engine = try fixture.open()
        _ = try await engine.add(batch(0), to: "news", wait: .visible)
        let isOver = Atomic(false)
        let searches = Atomic(0)
        let mixed = Mutex<[[Int64]]>([])
        let failures = Mutex<[String]>([])
        // Threads of their own, as the daemon has them: those of tasks are for the writers.
        let group = DispatchGroup()
        for _ in 0..<4 {
            group.enter()
            Thread.detachNewThread {
                defer { group.leave() }
                var last: (generation: UInt64, version: Int64) = (0, -1)
                while !isOver.load(ordering: .relaxed) {
                    do {
                        let response = try engine.search(
                            SearchRequest("нұсқа") { $0.collections = ["news"] })
                        let versions = response.hits.compactMap {
                            $0.document.members["shares"]?.integer
                        }
                        let first = versions.first ?? -1
                        if versions.count != 6 || Set(versions).count != 1
                            || first < last.version
                        {
                            mixed.withLock { $0.append(versions) }
                        }
                        last = (response.generation, first)
                        searches.add(1, ordering: .relaxed)
                    } catch {
                        failures.withLock { $0.append("\(error)") }
                        return
                    }
                }
            }
        }
        var version = 0
        while version < 60 || searches.load(ordering: .relaxed) < 40 {
            version += 1
            _ = try await engine.add(batch(version), to: "news", wait: .visible)
            if version % 20 == 0 { _ = try await engine.compact(collection: "news") }
            if failures.withLock({ !$0.isEmpty }) { break }
        }
        isOver.store(true, ordering: .relaxed)
        await withCheckedContinuation { done in
            group.notify(queue: .global()) { done.resume() }
        }
        #expect(mixed.withLock { $0 } == [])
        #expect(failures.withLock { $0 } == [])
        let condition = try #require(engine.conditions.first { $0.name == "news" })
        #expect(condition.commitCount >= 60)
        #expect(condition.mergeCount > 0)
        #expect(condition.segments <= 3)
        #expect(try engine.verify(collection: "news").first?.errors == [])
        await engine.close()
    }

    @Test func `a proof beside a writer finds nothing wrong`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.segmentCount = 3
        let engine = try fixture.open()
        _ = try await engine.add(batch(0), to: "news", wait: .visible)
        let writer = Task {
            var version = 0
            while !Task.isCancelled {
                version += 1
                _ = try await engine.add(
                    batch(version), to: "news", wait: version % 4 == 0 ? .visible : .durable)
            }
        }
        for _ in 0..<30 {
            let reports = try engine.verify(collection: nil)
            #expect(reports.flatMap(\.errors) == [])
            #expect(reports.first { $0.collection == "news" }?.documents == 6)
        }
        writer.cancel()
        try await writer.value
        #expect(engine.damageCount == 0)
        await engine.close()
    }
}
