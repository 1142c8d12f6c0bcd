import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct ReconfigureTests {
    @Test func `limits and weights hold for the next request`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            var new = fixture.configuration
            new.limits.hitCount = 1
            new.limits.batchDocumentCount = 2
            new.limits.keyByteCount = 3
            #expect(try engine.reconfigure(new) == [])
            #expect(engine.queryError("библиотека") { $0.limit = 2 }?.part == .limit)
            await #expect(throws: EngineError.self) {
                try await engine.add(Sample.news, to: "news", wait: .durable)
            }
            let long = try await engine.add(
                [document(["id": "long", "title": "t"])], to: "news", wait: .durable)
            guard case .failed = long.lines[0].outcome else {
                Issue.record("\(long.lines)")
                return
            }
            let before = try engine.search(SearchRequest("университет") { $0.limit = 1 })
            new.weights.termSaturation = 3
            #expect(try engine.reconfigure(new) == [])
            let after = try engine.search(SearchRequest("университет") { $0.limit = 1 })
            #expect(before.hits.first?.score != after.hits.first?.score)
            #expect(try engine.reconfigure(fixture.configuration) == [])
            #expect(try engine.keys("библиотека") { $0.limit = 2 } == ["ru-2"])
        }
    }

    @Test func `the disk reserve holds for a writer that is open`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            var new = fixture.configuration
            new.limits.diskReserveByteCount = .max
            #expect(try engine.reconfigure(new) == [])
            let error = await #expect(throws: EngineError.self) {
                try await engine.add(Sample.news, to: "news", wait: .durable)
            }
            guard case .noSpaceLeft = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try engine.reconfigure(fixture.configuration) == [])
            try await Sample.fill(engine)
        }
    }

    @Test func `what needs a restart is told and not taken over`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            var new = fixture.configuration
            new.tables.languages[.english]?.stopWords.append("library")
            new.kinds[0].fields.removeLast()
            new.defaultCollections.removeLast()
            new.mergeOrder = .added
            new.limits.segmentCount = 5
            #expect(
                try engine.reconfigure(new) == [
                    "kinds", "collections", "limits.segmentCount", "merge.order", "languages",
                ])
            #expect(engine.collectionsToRebuild == [])
            try await Sample.fill(engine)
            new.kinds[0].fields[0].name = "a b"
            #expect(throws: EngineError.self) { try engine.reconfigure(new) }
        }
    }
}
