import InvertedIndex
import JSON
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What is remembered of words changes no answer.
@Suite struct WordMemoryTests {
    private static let documents: [Engine.Input] = [
        document([
            "id": "kk", "title": "Ұлттық тәрбие қалай беріледі", "lang": "kk",
            "body": "Қазақстан мектептерінде ұлттық тәрбиенің жаңа бағдарламасы басталды.",
        ]),
        document([
            "id": "latin", "title": "Ūlttyq tärbie jolynda", "lang": "kk",
            "body": "Mektepterdıñ ūstazdary Düisenbınov tärbienıñ jolyn talqylady.",
        ]),
        document([
            "id": "ru", "title": "Университет открыл новую библиотеку", "lang": "ru",
            "body": "Дюсембинов поблагодарил строителей, пришли студенты и школьники.",
        ]),
        document([
            "id": "en", "title": "Online lessons about welsh history", "lang": "en",
            "body": "The university invited readers to the library, Dyussembinov too.",
        ]),
    ]

    private static let words = [
        "тәрбие", "tarbie", "тарбие", "тарбиенин", "университет", "унверситет", "university",
        "lbrary", "мектеп", "vtrntg", "ebiversity", "Дюсембинов", "dyussembinov", "школьники",
        "және", "the", "Ұлттық-тәрбие", "library", "зщкшфл",
    ]

    /// Words in a random order, in random ways.
    private func requests(_ seed: UInt64, _ count: Int) -> [SearchRequest] {
        var generator = SeededGenerator(seed: seed)
        return (0..<count).map { _ in
            let words = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                Self.words[Int.random(in: 0..<Self.words.count, using: &generator)]
            }
            return SearchRequest(words.joined(separator: " ")) { request in
                for way in [
                    \SearchRequest.forms, \.scripts, \.layout, \.typos, \.names, \.languages,
                ]
                where Int.random(in: 0..<4, using: &generator) == 0 {
                    request[keyPath: way] = .off
                }
                if Int.random(in: 0..<4, using: &generator) == 0 { request.mode = .query }
                if Int.random(in: 0..<4, using: &generator) == 0 { request.lang = "kk" }
            }
        }
    }

    private func fixture() throws -> EngineFixture {
        let fixture = try EngineFixture.withNames()
        fixture.configuration.lexicon = try TranslationTable(rows: [
            "upbringing\tnoun\tтәрбие\tвоспитание\tupbringing",
            "library\tnoun\tкітапхана\tбиблиотека\tlibrary",
            "school\tnoun\tмектеп\tшкола\tschool",
        ])
        return fixture
    }

    /// All of an answer but how long it took.
    private func told(_ response: SearchResponse) -> String {
        let interpretation = response.interpretation
        return """
            \(interpretation.languages) \(interpretation.terms) \(interpretation.corrections) \
            \(interpretation.entities) \(interpretation.didYouMean ?? "")
            \(response.hits.map { "\($0.document.key) \($0.score)" })
            """
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `a query is understood alike whatever was asked before`(_ seed: UInt64) async throws {
        try await fixture().use { engine in
            engine.warmUp()
            _ = try await engine.add(Self.documents, to: "news", wait: .visible)
            for request in requests(seed, 60) {
                let remembered = told(try engine.search(request))
                // Settings that were read anew come with nothing remembered.
                engine.currentSettings.value = RequestSettings(engine.configuration)
                #expect(told(try engine.search(request)) == remembered, "\(request.q)")
                #expect(told(try engine.search(request)) == remembered, "\(request.q)")
            }
        }
    }

    @Test func `what documents that came later have is found`() async throws {
        try await fixture().use { engine in
            engine.warmUp()
            let query = SearchRequest("tarbie")
            #expect(try engine.search(query).hits.isEmpty)
            _ = try await engine.add(Self.documents, to: "news", wait: .visible)
            #expect(try engine.search(query).hits.contains { $0.document.key == "kk" })
            _ = try await engine.delete(["kk", "latin"], from: "news", wait: .visible)
            #expect(!(try engine.search(query).hits.contains { $0.document.key == "kk" }))
        }
    }

    @Test func `other settings are not answered by what older ones have found`() async throws {
        let fixture = try fixture()
        try await fixture.use { engine in
            _ = try await engine.add(Self.documents, to: "news", wait: .visible)
            let query = SearchRequest("тарбие")
            let before = try #require(try engine.search(query).hits.first?.score)
            var other = fixture.configuration
            other.weights.scripts = 0.1
            _ = try engine.reconfigure(other)
            let after = try #require(try engine.search(query).hits.first?.score)
            #expect(after < before)
        }
    }

    @Test func `no more words are kept than there is room for`() {
        let memory = WordMemory(limit: 10)
        for number in 0..<100 {
            let text = "word\(number)"
            let word = QueryWord(typed: text, position: 0, exact: [Array(text.utf8)], stems: [])
            memory.keep(.init(), of: .init(word, []))
            #expect(memory.meaning(of: .init(word, [])) != nil)
            #expect(memory.meaning(of: .init(word, .forms)) == nil)
            memory.keep(
                true,
                of: .init(text: text[...], language: nil, isTranslated: false, isReading: false))
        }
        #expect(memory.counts.meanings <= 10 && memory.counts.known <= 10)
        let long = String(repeating: "ә", count: 4000)
        memory.keep(
            true, of: .init(text: long[...], language: nil, isTranslated: false, isReading: false))
        #expect(
            memory.isKnown(
                .init(text: long[...], language: nil, isTranslated: false, isReading: false)) == nil
        )
    }

    @Test func `a state has its own memory, and the last few are kept`() async throws {
        let fixture = try fixture()
        try await fixture.use { engine in
            let memories = WordMemories()
            let first = try engine.searched(engine.collections(named: [])).map(\.searcher.snapshot)
            let memory = memories.memory(of: first)
            #expect(memories.memory(of: first) === memory)
            #expect(memories.memory(of: [first[0]]) !== memory)
            #expect(memories.memory(of: first) === memory)
            _ = try await engine.add(Self.documents, to: "news", wait: .visible)
            let second = try engine.searched(engine.collections(named: [])).map(\.searcher.snapshot)
            #expect(memories.memory(of: second) !== memory)
            for snapshot in first { _ = memories.memory(of: [snapshot, first[0]]) }
            #expect(memories.memory(of: second) !== memory)
        }
    }
}
