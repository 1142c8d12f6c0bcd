import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing

/// The limits of a search, each at its value and one past it.
///
/// Those of pages are in `SearchTests`, of the syntax of queries in `QueryParserTests`, of documents
/// in `WritingTests`, of the socket in `ServiceTests`.
struct SearchLimitTests {
    /// An engine with one document for each title, under changed limits.
    private func use(
        titles: [String], limits change: (inout Limits) -> Void,
        _ body: (Engine) throws -> Void
    ) async throws {
        let fixture = try EngineFixture()
        change(&fixture.configuration.limits)
        try await fixture.use { engine in
            let documents = titles.enumerated().map { number, title in
                document([
                    "id": .string("\(number)"), "title": .string(title), "lang": "en",
                    "source": .string("s\(number).kz"),
                ])
            }
            _ = try await engine.add(documents, to: "news", wait: .visible)
            try body(engine)
        }
    }

    private func error(of filter: String, _ engine: Engine) -> QueryError? {
        engine.queryError("") { $0.filter = filter }
    }

    @Test func `a filter has so many characters, conditions, brackets and values`() async throws {
        try await use(
            titles: ["a"],
            limits: {
                $0.queryScalarCount = 60
                $0.clauseCount = 3
                $0.nesting = 4
                $0.facetValueCount = 2
            }
        ) { (engine: Engine) throws in
            let longest = "source = '" + String(repeating: "қ", count: 49) + "'"
            #expect(longest.unicodeScalars.count == 60)
            #expect(error(of: longest, engine) == nil)
            #expect(error(of: longest + " ", engine)?.part == .filter)
            let three = "source = a OR source = b OR source = c"
            #expect(error(of: three, engine) == nil)
            #expect(error(of: three + " OR source = d", engine)?.part == .filter)
            // The condition itself is one level.
            #expect(error(of: "(((source = a)))", engine) == nil)
            #expect(error(of: "((((source = a))))", engine)?.part == .filter)
            #expect(error(of: "NOT NOT NOT source = a", engine) == nil)
            #expect(error(of: "NOT NOT NOT NOT source = a", engine)?.part == .filter)
            #expect(error(of: "source IN [a, b]", engine) == nil)
            #expect(error(of: "source IN [a, b, c]", engine)?.part == .filter)
        }
    }

    @Test func `a prefix has so many letters and stands for so many terms, the most frequent`()
        async throws
    {
        // Of each word one document more than of the one before.
        let titles = (1...4).flatMap { count in
            Array(repeating: "stem" + String(repeating: "x", count: count), count: count)
        }
        for (limit, documentCount, isTruncated) in [(4, 10, false), (3, 9, true), (1, 4, true)] {
            try await use(
                titles: titles,
                limits: {
                    $0.prefixScalarCount = 3
                    $0.prefixExpansionCount = limit
                }
            ) { (engine: Engine) throws in
                #expect(engine.queryError("st*") { $0.mode = .query }?.part == .q)
                let response = try engine.search(SearchRequest("ste*") { $0.mode = .query })
                #expect(response.totalHits == documentCount)
                #expect(response.interpretation.isTruncated == isTruncated)
            }
        }
    }

    @Test func `a fuzzy word stands for so many terms, and has two edits at most`() async throws {
        let titles = ["mountain", "mountaix", "mountxxn", "mounxxxn"]
        let request = SearchRequest("mountain~9") { $0.mode = .query }
        for (limit, documentCount) in [(128, 3), (3, 3), (2, 2), (1, 1)] {
            try await use(titles: titles, limits: { $0.fuzzyExpansionCount = limit }) {
                (engine: Engine) throws in
                #expect(try engine.search(request).totalHits == documentCount, "\(limit)")
            }
        }
    }

    @Test func `a short word has fewer edits than are asked for`() async throws {
        // Of each word a neighbour of one and one of two edits.
        let titles = [
            "cax", "boax", "boxx", "rivexx", "fountax", "fountxx", "mountaix", "mountxxn",
        ]
        try await use(titles: titles, limits: { _ in }) { (engine: Engine) throws in
            for (word, edits) in [("cat", 0), ("boat", 1), ("fountai", 1), ("mountain", 2)] {
                let request = SearchRequest("\(word)~2") { $0.mode = .query }
                #expect(try engine.search(request).totalHits == edits, "\(word)")
            }
        }
    }

    @Test func `a slop beyond the limit counts as the limit`() async throws {
        // Three words stand between.
        try await use(titles: ["north one two three south"], limits: { $0.phraseSlop = 3 }) {
            (engine: Engine) throws in
            for (slop, count) in [(2, 0), (3, 1), (1000, 1)] {
                let request = SearchRequest("\"north south\"~\(slop)") { $0.mode = .query }
                #expect(try engine.search(request).totalHits == count, "~\(slop)")
            }
        }
        try await use(titles: ["north one two three south"], limits: { $0.phraseSlop = 2 }) {
            (engine: Engine) throws in
            let request = SearchRequest("\"north south\"~1000") { $0.mode = .query }
            #expect(try engine.search(request).totalHits == 0)
        }
    }

    @Test func `a crop has so many words, a facet so many values`() async throws {
        try await use(
            titles: ["a", "b", "c"],
            limits: {
                $0.cropWordCount = 5
                $0.facetValueCount = 3
            }
        ) { (engine: Engine) throws in
            #expect(engine.queryError("a") { $0.attributesToCrop = ["body:5"] } == nil)
            #expect(
                engine.queryError("a") { $0.attributesToCrop = ["body:6"] }?.part
                    == .attributesToCrop)
            let facets = try engine.search(SearchRequest("") { $0.facets = ["source"] }).facets
            #expect(facets.first?.values.count == 3)
        }
        try await use(titles: ["a", "b", "c"], limits: { $0.facetValueCount = 2 }) {
            (engine: Engine) throws in
            let facets = try engine.search(SearchRequest("") { $0.facets = ["source"] }).facets
            #expect(facets.first?.values.count == 2)
        }
    }

    @Test func `a search ends at its deadline, and no client may ask for a later one`()
        async throws
    {
        let titles = (0..<1000).map { "word\($0 % 7) word\($0 % 11) common" }
        let query = "common word1 word2 word3"
        func answer(_ engine: Engine, asked: Int?) throws -> SearchResponse {
            try engine.search(SearchRequest(query) { $0.timeoutMs = asked })
        }
        try await use(titles: titles, limits: { _ in }) { (engine: Engine) throws in
            let whole = try answer(engine, asked: nil)
            #expect(!whole.timedOut && whole.totalIsExact && whole.hits.count == 20)
        }
        // A deadline of nothing is over before the search has begun.
        try await use(titles: titles, limits: { $0.longestSearchMilliseconds = 0 }) {
            (engine: Engine) throws in
            // Who gave a time gets what was found in it, who gave none must not take it for all.
            let part = try answer(engine, asked: 10_000)
            #expect(part.timedOut && !part.totalIsExact && part.hits.isEmpty)
            #expect {
                try answer(engine, asked: nil)
            } throws: { error in
                if case .index(.deadlineExceeded)? = error as? EngineError { true } else { false }
            }
        }
    }

    @Test func `a search that loses its patience has no answer, whatever its time`() async throws {
        try await use(titles: ["word one", "word two"], limits: { _ in }) {
            (engine: Engine) throws in
            func answer(patience: Duration?) throws -> SearchResponse {
                try engine.search(
                    SearchRequest("word") {
                        $0.patience = patience
                        $0.timeoutMs = 10_000
                    })
            }
            let patient = try answer(patience: .seconds(600))
            #expect(try answer(patience: nil).hits.map(\.document) == patient.hits.map(\.document))
            #expect(patient.hits.count == 2)
            #expect {
                try answer(patience: .zero)
            } throws: { error in
                if case .index(.deadlineExceeded)? = error as? EngineError { true } else { false }
            }
        }
    }

    @Test func `a search ends when nobody waits for it, whatever its time`() async throws {
        try await use(titles: ["word"], limits: { _ in }) { (engine: Engine) throws in
            var request = SearchRequest("word") { $0.timeoutMs = 10_000 }
            let cancellation = Cancellation()
            request.cancellation = cancellation
            #expect(try engine.search(request).totalHits == 1)
            cancellation.cancel()
            #expect(throws: EngineError.self) { try engine.search(request) }
        }
    }
}
