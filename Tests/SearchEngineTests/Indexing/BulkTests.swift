import InvertedIndex
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

@Suite struct BulkTests {
    /// Gives items one after another, from any thread.
    private final class Source: Sendable {
        private let items: Mutex<[BulkIndexer.Item]>
        let rejections = Mutex<[BulkIndexer.Rejection]>([])

        init(_ items: [BulkIndexer.Item]) {
            self.items = Mutex(items.reversed())
        }

        func next() -> BulkIndexer.Item? { items.withLock { $0.popLast() } }
        func reject(_ rejection: BulkIndexer.Rejection) {
            rejections.withLock { $0.append(rejection) }
        }
    }

    private func items(_ count: Int, word: String) -> [BulkIndexer.Item] {
        (0..<count).map { number in
            .init(
                collection: number % 5 == 0 ? "institutions" : "news",
                input: document([
                    "id": .string("d\(number)"),
                    number % 5 == 0 ? "names" : "title": .string("\(word) нөмір \(number)"),
                ]), byteCount: 10, origin: "line \(number)")
        }
    }

    @Test func `a build on two threads holds all documents once, in one segment each`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            let source = Source(items(500, word: "мақала"))
            // So little memory that many segments are written and merged.
            let progress = try await BulkIndexer(
                engine: engine, threadCount: 2, memoryByteCount: 40_000
            ).run(next: source.next, rejected: source.reject)
            #expect(progress.documentCount == 500)
            #expect(progress.createdCount == 500)
            #expect(progress.byteCount == 5000)
            #expect(source.rejections.withLock(\.count) == 0)
            let found = try engine.search(SearchRequest("мақала") { $0.limit = 1000 })
            #expect(found.totalHits == 500)
            #expect(Set(found.hits.map(\.document.key)).count == 500)
            for name in ["news", "institutions"] {
                let stats = try engine.stats(collection: name)["collections"]?[name]
                #expect(stats?["segments"] == 1)
            }
            #expect(try engine.keys("\"нөмір 123\"") == ["d123"])
        }
    }

    @Test func `a second build replaces equal keys and keeps the others`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Sample.news, to: "news", wait: .visible)
            let first = Source(items(100, word: "ескі"))
            _ = try await BulkIndexer(engine: engine).run(next: first.next)
            let second = Source(items(60, word: "жаңа"))
            let progress = try await BulkIndexer(engine: engine).run(next: second.next)
            #expect(progress.replacedCount == 60)
            #expect(progress.createdCount == 0)
            #expect(
                try engine.search(
                    SearchRequest("ескі нөмір") {
                        $0.matchingStrategy = .all
                    }
                ).totalHits == 40)
            #expect(
                try engine.search(
                    SearchRequest("жаңа нөмір") {
                        $0.matchingStrategy = .all
                    }
                ).totalHits == 60)
            #expect(try engine.keys("библиотека") == ["ru-2"])
        }
    }

    @Test(arguments: FullMergeOrder.allCases)
    func `a large build is ordered by language, if the settings say so`(
        order: FullMergeOrder
    ) async throws {
        let fixture = try EngineFixture()
        fixture.configuration.mergeOrder = order
        let languages = ["kk", "ru", "en"]
        let count = 4200
        try await fixture.use { (engine: Engine) async throws in
            let source = Source(
                (0..<count).map { number in
                    .init(
                        collection: "news",
                        input: document([
                            "id": .string("\(number)"), "title": .string("нөмір \(number % 50)"),
                            "lang": .string(languages[number % 3]),
                        ]))
                })
            _ = try await BulkIndexer(engine: engine, threadCount: 1).run(next: source.next)
            var found: [String] = []
            for offset in stride(from: 0, to: count, by: 1000) {
                // All hits have the same score, so they come in the order of the documents.
                let page = try engine.search(
                    SearchRequest("") {
                        $0.offset = offset
                        $0.limit = 1000
                    })
                found += page.hits.map { $0.document.members["lang"]?.string ?? "" }
            }
            let added = (0..<count).map { languages[$0 % 3] }
            #expect(found == (order == .added ? added : added.sorted()))
            #expect(try engine.search(SearchRequest("\"нөмір 7\"")).totalHits == count / 50)
        }
    }

    @Test func `what cannot be taken in is told with its origin, the rest is there`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            var all = items(10, word: "мақала")
            all[3].input = .invalid(
                key: nil, code: "invalid_json", parameter: nil, message: "cut")
            all[4].input = document(["id": "x", "title": 5])
            all[6].input = document(["id": "d1", "title": "екінші рет"])
            let source = Source(all)
            let progress = try await BulkIndexer(engine: engine).run(
                next: source.next, rejected: source.reject)
            #expect(progress.rejectedCount == 3)
            #expect(progress.createdCount == 7)
            let rejected = source.rejections.withLock { $0 }.sorted { $0.origin < $1.origin }
            #expect(rejected.map(\.origin) == ["line 3", "line 4", "line 6"])
            #expect(
                rejected.map(\.code) == ["invalid_json", "invalid_document", "duplicate_id"])
            #expect(try engine.keys("екінші") == [])
        }
    }

    @Test func `a build that fails leaves everything as it was`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Sample.news, to: "news", wait: .visible)
            var all = items(200, word: "мақала")
            all[150].collection = "nowhere"
            let source = Source(all)
            await #expect(throws: EngineError.self) {
                try await BulkIndexer(engine: engine, memoryByteCount: 10_000)
                    .run(next: source.next)
            }
            #expect(try engine.search(SearchRequest("")).totalHits == Sample.news.count)
            _ = try await engine.add(
                [document(["id": "after", "title": "кейін"])], to: "news", wait: .visible)
            #expect(try engine.keys("кейін") == ["after"])
        }
    }
}
