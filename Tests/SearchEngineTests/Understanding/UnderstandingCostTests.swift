import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

/// What the ways of understanding a query cost beside a plain search, as a ratio.
///
/// It hardly depends on the machine. `izde-bench expansion` measures it on a large corpus.
@Suite(.serialized) struct UnderstandingCostTests {
    private static var ways: [WritableKeyPath<SearchRequest, SearchRequest.Expansion?>] {
        [\.scripts, \.layout, \.typos, \.names, \.languages]
    }
    /// A few times what it is: a way that is taken twice, or that walks the dictionary for words
    /// that are known, is beyond it, a busy machine is not.
    private static let mostRatio = 30.0

    /// Lone lemmas of the first concepts of the shipped lexicon, by language.
    private static let lemmas: [[String]] = (2...4).map { column in
        ShippedLexicon.rows.prefix(1500).compactMap { row in
            row.cells[column].split(separator: "|").first.map(String.init)
        }.filter { !$0.contains(" ") }
    }

    private func use(_ body: (Engine) throws -> Void) async throws {
        let fixture = try EngineFixture.withNames()
        fixture.configuration.lexicon = try TranslationTable(
            rows: ShippedLexicon.rows.prefix(1500).map { $0.cells.joined(separator: "\t") })
        var random = SeededGenerator(seed: 1)
        let documents = (0..<900).map { number in
            let own = Self.lemmas[number % 3]
            let words = (0..<20).map { _ in own[Int.random(in: 0..<own.count, using: &random)] }
            return document([
                "id": .string("\(number)"), "lang": .string(["kk", "ru", "en"][number % 3]),
                "body": .string(words.joined(separator: " ")),
            ])
        }
        try await fixture.use { engine in
            engine.warmUp()
            _ = try await engine.add(documents, to: "news", wait: .visible)
            try body(engine)
        }
    }

    /// Queries of three words of one language.
    private func queries(_ count: Int) -> [String] {
        var random = SeededGenerator(seed: 2)
        return (0..<count).map { number in
            let own = Self.lemmas[number % 3]
            return (0..<3).map { _ in own[Int.random(in: 0..<own.count, using: &random)] }
                .joined(separator: " ")
        }
    }

    private func request(_ query: String, expanded: Bool) -> SearchRequest {
        SearchRequest(query) { request in
            for way in Self.ways { request[keyPath: way] = expanded ? .on : .off }
        }
    }

    @Test func `all ways take some times a plain search, not many`() async throws {
        try await use { engine in
            var (plain, all) = (Duration.zero, Duration.zero)
            let clock = ContinuousClock()
            for query in queries(30) {
                var least: [Bool: Duration] = [:]
                for _ in 0..<5 {
                    for expanded in [false, true] {
                        let asked = request(query, expanded: expanded)
                        let time = try clock.measure { _ = try engine.search(asked) }
                        least[expanded] = min(least[expanded] ?? time, time)
                    }
                }
                plain += least[false] ?? .zero
                all += least[true] ?? .zero
            }
            let ratio = all / plain
            #expect(ratio < Self.mostRatio, "\(ratio)")
            // Else nothing was understood that a plain search does not.
            #expect(ratio > 1, "\(ratio)")
        }
    }

    @Test func `a search says where its time went, if it is asked`() async throws {
        try await use { engine in
            // Words that were asked for before take no time in some parts.
            let queries = queries(2)
            #expect(try engine.search(request(queries[0], expanded: true)).performance.isEmpty)
            var asked = request(queries[1], expanded: true)
            asked.showPerformanceDetails = true
            let answer = try engine.search(asked)
            let names = [
                "analysis", "layout", "scripts", "typos", "names", "languages", "senses", "plan",
                "search", "hits",
            ]
            #expect(answer.performance.map(\.name) == names)
            for part in answer.performance where !["typos", "senses"].contains(part.name) {
                #expect(part.duration > .zero, "\(part.name)")
            }
            let whole = answer.performance.reduce(Duration.zero) { $0 + $1.duration }
            #expect(whole <= answer.duration)
        }
    }
}
