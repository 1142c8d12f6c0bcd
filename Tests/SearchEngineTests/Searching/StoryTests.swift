import JSON
import SearchEngine
import TestSupport
import Testing

/// Translations of one story shown as one hit.
@Suite struct StoryTests {
    private func use(
        windowSize: Int = 10_000, _ body: (Engine) async throws -> Void
    ) async throws {
        let fixture = try EngineFixture()
        var news = EngineFixture.news
        news.fields.append(.init(name: "translationOf", role: .keyword))
        fixture.configuration.kinds = [news, EngineFixture.institutions]
        fixture.configuration.defaultCollections = [
            ("institutions", "institutions"), ("news", "news"), ("old", "news"),
        ]
        fixture.configuration.limits.windowSize = windowSize
        fixture.configuration.limits.hitCount = windowSize
        try await fixture.use(body)
    }

    /// A document whose score falls with `rank`: the word stands in ever longer titles.
    private func news(
        _ id: String, rank: Int, of original: JSONValue? = nil,
        _ more: KeyValuePairs<String, JSONValue> = [:]
    ) -> Engine.Input {
        var members = JSONObject([
            "id": .string(id), "lang": "kk",
            "title": .string("сөз" + String(repeating: " бос", count: rank * 3)),
        ])
        members["translationOf"] = original
        for (name, value) in more { members[name] = value }
        return .document(Document(key: id, members: members))
    }

    private func add(
        _ documents: [Engine.Input], to collection: String = "news", _ engine: Engine
    ) async throws {
        for start in stride(from: 0, to: documents.count, by: 1000) {
            let batch = Array(documents[start..<min(start + 1000, documents.count)])
            let added = try await engine.add(batch, to: collection, wait: .visible)
            #expect(added.lines.allSatisfy { $0.outcome == .created })
        }
    }

    private func grouped(
        _ engine: Engine, _ change: (inout SearchRequest) -> Void = { _ in }
    ) throws -> SearchResponse {
        try engine.search(
            SearchRequest("сөз") {
                $0.groupTranslations = true
                change(&$0)
            })
    }

    /// The stories of an answer: the hit and what is listed under it.
    private func stories(_ response: SearchResponse) -> [[String]] {
        response.hits.map { [$0.document.key] + $0.translations.map(\.key) }
    }

    @Test func `translations are one hit, the best of them, the others under it by rank`()
        async throws
    {
        try await use { engine in
            try await add(
                [
                    news(
                        "ru", rank: 1, of: "kk", ["lang": "ru", "url": "https://izde.example/ru"]),
                    news("alone", rank: 2), news("kk", rank: 3),
                    news("en", rank: 4, of: ["kk"], ["lang": "en"]),
                ], engine)
            let answer = try grouped(engine) { $0.facets = ["lang"] }
            #expect(stories(answer) == [["ru", "kk", "en"], ["alone"]])
            #expect(answer.hits[0].translationCount == 2)
            let last = answer.hits[0].translations[1]
            #expect(last.collection == "news")
            #expect(last.lang == "en")
            #expect(last.title?.hasPrefix("сөз бос") == true)
            #expect(last.url == nil)
            // Facets and the number of hits count documents, stories are counted beside them.
            #expect(answer.totalHits == 4)
            #expect(answer.storyCount == 2)
            #expect(answer.storyCountIsExact)
            #expect(answer.facets.first?.values.reduce(0) { $0 + $1.count } == 4)

            let plain = try engine.search(SearchRequest("сөз"))
            #expect(stories(plain) == [["ru"], ["alone"], ["kk"], ["en"]])
            #expect(plain.storyCount == nil)
        }
    }

    @Test func `a story is one without its original among the hits, or anywhere`() async throws {
        try await use { engine in
            try await add(
                [
                    news("a", rank: 1, of: "silent"), news("b", rank: 2, of: "nowhere"),
                    news("c", rank: 3, of: "silent"), news("d", rank: 4, of: "nowhere"),
                    // The original has none of the words, and leads on to another.
                    document(["id": "silent", "title": "басқа", "translationOf": "far"]),
                    document(["id": "far", "title": "басқа"]),
                    news("e", rank: 5, of: "far"),
                ], engine)
            #expect(try stories(grouped(engine)) == [["a", "c", "e"], ["b", "d"]])
        }
    }

    @Test func `circles and documents that translate themselves end`() async throws {
        try await use { engine in
            try await add(
                [
                    news("a", rank: 1, of: "b"), news("b", rank: 2, of: "c"),
                    news("self", rank: 3, of: "self"), news("c", rank: 4, of: "a"),
                    news("empty", rank: 5, of: ""), news("void", rank: 6, of: ""),
                    news("list", rank: 7, of: ["self", "list", "self"]),
                ], engine)
            #expect(
                try stories(grouped(engine))
                    == [["a", "b", "c"], ["self", "list"], ["empty"], ["void"]])
        }
    }

    @Test func `an id means a document of the same collection before one of another`()
        async throws
    {
        try await use { engine in
            try await add([news("x", rank: 1), news("n", rank: 2, of: "x")], engine)
            try await add(
                [
                    news("x", rank: 3), news("o", rank: 4, of: "x"), news("far", rank: 5, of: "n"),
                ], to: "old", engine)
            _ = try await engine.add(
                [document(["id": "x", "names": "сөз"])], to: "institutions", wait: .visible)
            let found = try grouped(engine)
            let named = found.hits.map { hit in
                ["\(hit.collection)/\(hit.document.key)"]
                    + hit.translations.map { "\($0.collection)/\($0.key)" }
            }
            // An institution is no translation of anything.
            #expect(
                Set(named.map(Set.init)) == [
                    ["news/x", "news/n", "old/far"], ["old/x", "old/o"], ["institutions/x"],
                ])
            #expect(found.totalHits == 6)
        }
    }

    @Test func `sorted by a field a story stands where its first document does`() async throws {
        try await use { engine in
            try await add(
                [
                    news("a", rank: 1, ["publishedAt": "2024-01-01"]),
                    news("b", rank: 2, ["publishedAt": "2024-03-01"]),
                ], engine)
            try await add(
                [
                    news("c", rank: 3, of: "a", ["publishedAt": "2024-04-01"]),
                    news("d", rank: 4, ["publishedAt": "2024-02-01"]),
                ], to: "old", engine)
            let falling = try grouped(engine) {
                $0.sort = [.init(field: "publishedAt", descending: true)]
            }
            #expect(stories(falling) == [["c", "a"], ["b"], ["d"]])
            let rising = try grouped(engine) {
                $0.sort = [.init(field: "publishedAt", descending: false)]
            }
            #expect(stories(rising) == [["a", "c"], ["d"], ["b"]])
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `pages hold each story once and lose none`(seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        var links: [String: [String]] = [:]
        var collections: [String: String] = [:]
        let keys = (0..<60).map { "d\($0)" }
        for key in keys {
            collections[key] = Bool.random(using: &random) ? "news" : "old"
            let count = [0, 0, 1, 1, 2].randomElement(using: &random) ?? 0
            links[key] = (0..<count).map { _ in
                "\(["d", "s"].randomElement(using: &random) ?? "d")\(Int.random(in: 0..<70, using: &random))"
            }
        }
        try await use { engine in
            for collection in ["news", "old"] {
                let own = keys.filter { collections[$0] == collection }
                try await add(
                    own.map { key in
                        news(
                            key, rank: Int.random(in: 0..<12, using: &random),
                            of: .array((links[key] ?? []).map { .string($0) }))
                    }, to: collection, engine)
            }
            // The slow way: every name gets the least label of those it is linked with.
            let ranked = try engine.keys("сөз") { $0.limit = 100 }
            #expect(ranked.count == keys.count)
            var label: [String: String] = [:]
            var isChanged = true
            while isChanged {
                isChanged = false
                for (key, values) in links {
                    for value in values {
                        let least = min(label[key] ?? key, label[value] ?? value)
                        for name in [key, value] where (label[name] ?? name) != least {
                            label[name] = least
                            isChanged = true
                        }
                    }
                }
            }
            var expected: [[String]] = []
            for key in ranked {
                let own = expected.firstIndex { (label[$0[0]] ?? $0[0]) == (label[key] ?? key) }
                if let own { expected[own].append(key) } else { expected.append([key]) }
            }
            for size in [1, 4, 7, 100] {
                var found: [[String]] = []
                for offset in stride(from: 0, to: 70, by: size) {
                    let page = try grouped(engine) {
                        $0.limit = size
                        $0.offset = offset
                    }
                    #expect(page.storyCount == expected.count)
                    found += page.hits.map { [$0.document.key] + $0.translations.map(\.key) }
                }
                // Of long lists the first are shown.
                #expect(found == expected.map { Array($0.prefix(21)) }, "pages of \(size)")
            }
        }
    }

    @Test func `where more documents match than are looked through this is said`() async throws {
        try await use(windowSize: 8) { engine in
            try await add(
                (0..<12).map { news("d\($0)", rank: $0, of: $0 % 2 == 0 ? "even" : nil) }, engine)
            let answer = try grouped(engine) { $0.limit = 8 }
            #expect(stories(answer) == [["d0", "d2", "d4", "d6"], ["d1"], ["d3"], ["d5"], ["d7"]])
            #expect(answer.totalHits == 12)
            #expect(answer.storyCount == 5)
            #expect(!answer.storyCountIsExact)
            let error = engine.queryError("сөз") {
                $0.groupTranslations = true
                $0.limit = 1
                $0.offset = 8
            }
            #expect(error?.part == .offset)
            let none = try grouped(engine) { $0.limit = 0 }
            #expect(none.hits.isEmpty)
            #expect(none.storyCount == 5)
        }
    }

    @Test func `where no document is a translation each is a story`() async throws {
        try await use(windowSize: 8) { engine in
            try await add((0..<12).map { news("d\($0)", rank: $0) }, engine)
            let answer = try grouped(engine) { $0.limit = 3 }
            #expect(stories(answer) == [["d0"], ["d1"], ["d2"]])
            #expect(answer.storyCount == 12)
            #expect(answer.storyCountIsExact)
        }
    }

    @Test func `ten thousand documents of one story are one hit with a short list`() async throws {
        try await use { engine in
            try await add(
                (0..<10_000).map {
                    document([
                        "id": .string("d\($0)"), "title": "сөз",
                        "translationOf": .string("d\($0 / 2)"),
                    ])
                } + [news("alone", rank: 1)], engine)
            let answer = try grouped(engine) { $0.filter = "translationOf EXISTS" }
            #expect(answer.hits.count == 1)
            #expect(answer.totalHits == 10_000)
            #expect(answer.storyCount == 1)
            #expect(answer.storyCountIsExact)
            #expect(answer.hits.first?.translationCount == 9_999)
            #expect(answer.hits.first?.translations.count == 20)
            let next = try grouped(engine) {
                $0.filter = "translationOf EXISTS"
                $0.offset = 1
            }
            #expect(next.hits.isEmpty)
        }
    }
}
