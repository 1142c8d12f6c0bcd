import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing

@Suite struct WritingTests {
    @Test func `a document is created, unchanged, replaced, deleted, and not found again`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            func write(_ title: JSONValue) async throws -> Engine.Outcome? {
                try await engine.add(
                    [document(["id": "a", "title": title])], to: "news", wait: .visible
                ).lines.first?.outcome
            }
            #expect(try await write("Бірінші мақала") == .created)
            #expect(try await write("Бірінші мақала") == .unchanged)
            #expect(try await write("Екінші мақала") == .replaced)
            #expect(try engine.keys("бірінші") == [])
            #expect(try engine.keys("екінші") == ["a"])
            func delete() async throws -> Engine.Outcome? {
                try await engine.delete(["a"], from: "news", wait: .visible).lines.first?.outcome
            }
            #expect(try await delete() == .deleted)
            #expect(try await delete() == .notFound)
            #expect(try engine.keys("екінші") == [])
            #expect(try await write("Екінші мақала") == .created)
            #expect(try engine.search(SearchRequest("")).totalHits == 1)
        }
    }

    @Test func `outcomes count what is written and not yet visible`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            let one = document(["id": "a", "title": "one"])
            let two = document(["id": "a", "title": "two"])
            let first = try await engine.add([one, one, two], to: "news", wait: .none)
            #expect(first.lines.map(\.outcome) == [.created, .unchanged, .replaced])
            let second = try await engine.add([two, one], to: "news", wait: .durable)
            #expect(second.lines.map(\.outcome) == [.unchanged, .replaced])
            let third = try await engine.delete(["a", "a"], from: "news", wait: .durable)
            #expect(third.lines.map(\.outcome) == [.deleted, .notFound])
            let last = try await engine.add([two], to: "news", wait: .visible)
            #expect(last.lines.map(\.outcome) == [.created])
            #expect(try engine.keys("two") == ["a"])
        }
    }

    @Test func `what is durable comes back from the log without a commit`() async throws {
        let fixture = try EngineFixture()
        // Not closed: nothing is committed, the lock goes with the process or the last reference.
        var engine: Engine? = try fixture.open()
        _ = try await engine?.add(Sample.news, to: "news", wait: .durable)
        _ = try await engine?.delete(["en-2"], from: "news", wait: .durable)
        let copy = try TemporaryDirectory()
        try copyTree(fixture.folder.path, copy.path)
        await engine?.close()
        engine = nil

        let recovered = try Engine(
            dataDirectory: copy.path, configuration: fixture.configuration, access: .readWrite)
        #expect(try recovered.search(SearchRequest("")).totalHits == Sample.news.count - 1)
        #expect(try recovered.keys("кітап") == ["kk-2"])
        #expect(throws: EngineError.self) { try recovered.document("en-2", in: "news") }
        // Once more: replay does nothing twice.
        await recovered.close()
        let again = try Engine(
            dataDirectory: copy.path, configuration: fixture.configuration, access: .readWrite)
        #expect(try again.search(SearchRequest("")).totalHits == Sample.news.count - 1)
        await again.close()
    }

    @Test func `a background commit makes writes visible within about a second`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.commitMilliseconds = Limits().commitMilliseconds
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Sample.news, to: "news", wait: .durable)
            for _ in 0..<1200 {
                if try engine.search(SearchRequest("")).totalHits > 0 { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try engine.search(SearchRequest("")).totalHits == Sample.news.count)
        }
    }

    @Test func `many writers at once lose nothing`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        for number in 0..<10 {
                            let wait = Engine.Wait.allCases[number % 3]
                            _ = try await engine.add(
                                [
                                    document([
                                        "id": .string("\(writer)-\(number)"),
                                        "title": .string("мақала \(number)"),
                                    ])
                                ], to: "news", wait: wait)
                        }
                    }
                }
                try await group.waitForAll()
            }
            _ = try await engine.add(
                [document(["id": "last", "title": "соңғы"])], to: "news", wait: .visible)
            #expect(try engine.search(SearchRequest("")).totalHits == 81)
        }
    }

    @Test func `what is wrong with a document is told with its member`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            let cases: [(KeyValuePairs<String, JSONValue>, String, String?)] = [
                (["title": "x"], "missing_field", "id"),
                (["id": "a\u{7}", "title": "x"], "invalid_document_id", "id"),
                (["id": "a"], "missing_field", "title"),
                (["id": "a", "title": .null], "missing_field", "title"),
                (["id": "a", "title": 5], "invalid_document", "title"),
                (["id": "a", "title": ["x", 5]], "invalid_document", "title"),
                (["id": "a", "title": ["value": "x"]], "invalid_document", "title"),
                (["id": "a", "title": "x", "lang": 1], "invalid_document", "lang"),
                (["id": "a", "title": "x", "topics": ["y", .null]], "invalid_document", "topics"),
                (
                    ["id": "a", "title": "x", "publishedAt": "12.09.2024"], "invalid_document",
                    "publishedAt"
                ),
                (
                    ["id": "a", "title": "x", "publishedAt": 2024], "invalid_document",
                    "publishedAt"
                ),
                (["id": "a", "title": "x", "shares": "7"], "invalid_document", "shares"),
                (["id": "a", "title": "x", "shares": 7.5], "invalid_document", "shares"),
            ]
            for (members, code, parameter) in cases {
                let result = try await engine.add([document(members)], to: "news", wait: .none)
                guard case .failed(code, parameter, _) = result.lines[0].outcome else {
                    Issue.record("\(members): \(result.lines[0].outcome)")
                    continue
                }
            }
            // One bad document does not keep the others out.
            let mixed = try await engine.add(
                [document(["id": "b", "title": 1]), document(["id": "c", "title": "c"])],
                to: "news", wait: .visible)
            #expect(mixed.lines[1].outcome == .created)
            #expect(try engine.search(SearchRequest("")).totalHits == 1)
        }
    }

    @Test func `limits hold exactly`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.batchDocumentCount = 3
        fixture.configuration.limits.documentByteCount = 100
        fixture.configuration.limits.documentFieldCount = 4
        fixture.configuration.limits.keyByteCount = 10
        try await fixture.use { (engine: Engine) async throws in
            func add(_ members: KeyValuePairs<String, JSONValue>) async throws -> Engine.Outcome {
                try await engine.add([document(members)], to: "news", wait: .none).lines[0].outcome
            }
            func code(_ outcome: Engine.Outcome) -> String? {
                if case .failed(let code, _, _) = outcome { code } else { nil }
            }
            // {"id":"a","title":""} has 21 bytes.
            let room = String(repeating: "x", count: 100 - 21)
            #expect(try await add(["id": "a", "title": .string(room)]) == .created)
            #expect(
                try await code(add(["id": "a", "title": .string(room + "x")]))
                    == "document_too_large")
            #expect(try await add(["id": "b", "title": "", "x": 1, "y": 2]) == .created)
            #expect(
                try await code(add(["id": "b", "title": "", "x": 1, "y": 2, "z": 3]))
                    == "invalid_document")
            #expect(try await add(["id": "0123456789", "title": "t"]) == .created)
            #expect(
                try await code(add(["id": "0123456789a", "title": "t"])) == "invalid_document_id")
            let four = (0..<4).map { document(["id": .string("\($0)"), "title": "t"]) }
            _ = try await engine.add(Array(four.dropLast()), to: "news", wait: .none)
            do {
                _ = try await engine.add(four, to: "news", wait: .none)
                Issue.record("four documents were taken")
            } catch EngineError.batchTooLarge(_, 4, 3) {}
        }
    }

    @Test func `a full disk refuses writes and keeps reads`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        fixture.configuration.limits.diskReserveByteCount = .max
        let engine = try fixture.open()
        do {
            _ = try await engine.add(Sample.news, to: "news", wait: .none)
            Issue.record("the documents were taken")
        } catch EngineError.noSpaceLeft {}
        #expect(try engine.keys("библиотека") == ["ru-2"])
        await engine.close()
    }

    @Test func `documents are deleted by a filter, those not yet visible too`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Sample.news, to: "news", wait: .durable)
            let count = try await engine.delete(
                filter: "source = tengri.kz OR publishedAt < 2022", from: "news", wait: .visible)
            #expect(count == 3)
            #expect(
                try engine.documents(in: "news", filter: nil, after: nil, limit: 10).map(\.key)
                    == ["en-2", "kk-1", "kk-2"])
        }
    }

    @Test func `a closed engine takes no writes`() async throws {
        let fixture = try EngineFixture()
        let engine = try fixture.open()
        await engine.close()
        do {
            _ = try await engine.add(Sample.news, to: "news", wait: .none)
            Issue.record("the documents were taken")
        } catch EngineError.stopping {}
        do {
            _ = try await engine.createCollection("x", kind: "news")
            Issue.record("the collection was made")
        } catch EngineError.stopping {}
    }
}
