import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

/// A search through the lexicon: what is found, in what order, and what is said of it.
@Suite struct TranslatedSearchTests {
    private static let rows = [
        "memorandum\tnoun\tмеморандум\tмеморандум\tmemorandum",
        "science\tnoun\tғылым\tнаука\tscience",
        "school\tnoun\tмектеп\tшкола\tschool",
        "date-day\tnoun\tкүн\tдата\tdate", "deadline\tnoun\tмерзім\tсрок\tdeadline|term",
        "term-word\tnoun\tтермин\tтермин\tterm", "term-school\tnoun\tтоқсан\tчетверть\tterm",
        "country\tnoun\tел\tстрана\tcountry",
        "bow\tnoun\tсадақ\tлук\tbow", "onion\tnoun\tпияз\tлук\tonion",
        "arrow\tnoun\tжебе\tстрела\tarrow", "soup\tnoun\tсорпа\tсуп\tsoup",
    ]

    private func use(
        _ documents: [Engine.Input], _ body: (Engine) async throws -> Void
    ) async throws {
        let fixture = try EngineFixture.withNames()
        fixture.configuration.lexicon = try TranslationTable(rows: Self.rows)
        try await fixture.use { (engine: Engine) async throws in
            engine.warmUp()
            _ = try await engine.add(documents, to: "news", wait: .visible)
            try await body(engine)
        }
    }

    private func news(_ id: String, _ lang: String, _ title: String) -> Engine.Input {
        document(["id": .string(id), "lang": .string(lang), "title": .string(title)])
    }

    private static func onlyNews(_ request: inout SearchRequest) { request.collections = ["news"] }

    @Test func `a word is found in all three languages, first as it was typed`() async throws {
        try await use([
            news("kk", "kk", "Ғылым туралы әңгіме"), news("ru", "ru", "Разговор о науке"),
            news("en", "en", "A talk on science"), news("no", "en", "A talk on schools"),
        ]) { engine in
            for (asked, first) in [("ғылымның", "kk"), ("науку", "ru"), ("sciences", "en")] {
                let found = try engine.keys(asked, Self.onlyNews)
                #expect(found.first == first, "\(asked): \(found)")
                #expect(Set(found) == ["kk", "ru", "en"], "\(asked): \(found)")
                let literal = try engine.keys(asked) {
                    $0.collections = ["news"]
                    $0.languages = .off
                }
                #expect(literal == [first], "\(asked): \(literal)")
            }
        }
    }

    @Test func `a match through a translation says so`() async throws {
        try await use([news("ru", "ru", "Разговор о науке")]) { engine in
            let answer = try engine.search(
                SearchRequest("ғылым") {
                    $0.collections = ["news"]
                    $0.showMatchesPosition = true
                })
            #expect(answer.hits.first?.matches.first?.matches.map(\.via) == [.language])
            #expect(answer.interpretation.terms.first?.via.contains("language") == true)
        }
    }

    @Test func `a frequent translation of a rare word counts little`() async throws {
        // The rare word stands once, its translation everywhere: the second word decides.
        var documents = (0..<40).map { news("f\($0)", "ru", "Дата \($0)") }
        documents += [
            news("rare", "en", "date"), news("both", "ru", "Школа и дата"),
            news("school", "ru", "Школа большая"),
        ]
        try await use(documents) { engine in
            let found = try engine.keys("date school", Self.onlyNews)
            let frequent = try #require(found.firstIndex(of: "f1"))
            #expect(found.firstIndex(of: "both").map { $0 < frequent } == true)
            #expect(found.firstIndex(of: "school").map { $0 < frequent } == true)
        }
    }

    @Test func `a word of one sense outweighs one of several`() async throws {
        try await use([
            news("one", "ru", "Наука"), news("several", "ru", "Четверть"),
            news("en", "en", "A term of science"),
        ]) { engine in
            let scores = try engine.search(SearchRequest("term science", Self.onlyNews)).hits
                .reduce(into: [String: Float]()) { $0[$1.document.key] = $1.score }
            let one = try #require(scores["one"])
            let several = try #require(scores["several"])
            #expect(one > several)
        }
    }

    @Test(arguments: [("суп и лук", "onion", "bow"), ("лук и стрела", "bow", "onion")])
    func `the other words choose among the senses of a word`(
        asked: String, meant: String, other: String
    ) async throws {
        // The company that the senses keep elsewhere; what is compared has neither.
        var documents = (0..<6).flatMap {
            [
                news("b\($0)", "en", "Bow and arrow number \($0)"),
                news("o\($0)", "en", "Onion and soup number \($0)"),
            ]
        }
        documents += [news("bow", "en", "Bow of wood"), news("onion", "en", "Onion of gold")]
        try await use(documents) { engine in
            let scores = try engine.search(
                SearchRequest(asked) {
                    $0.collections = ["news"]
                    $0.limit = 20
                }
            ).hits.reduce(into: [String: Float]()) { $0[$1.document.key] = $1.score }
            let right = try #require(scores[meant])
            let wrong = try #require(scores[other])
            #expect(right > wrong * 1.1, "\(right) \(wrong)")
        }
    }

    @Test func `a short Latin word of an English query is not taken for a Kazakh one`()
        async throws
    {
        try await use([
            news("en", "en", "El Salvador in the news"), news("ru", "ru", "Большая страна"),
            news("kk", "kk", "Ел туралы"),
        ]) { engine in
            let found = try engine.keys("El Salvador", Self.onlyNews)
            #expect(!found.contains("ru"), "\(found)")
        }
    }

    @Test(arguments: [("pinta", "пинты"), ("пинта", "pinta"), ("Trampolin", "Трамполин")])
    func `a word without a translation is found as another script spells it`(
        asked: String, written: String
    ) async throws {
        try await use([
            news("there", "other", "Слово \(written) здесь"), news("no", "ru", "Пиво здесь"),
        ]) { engine in
            let found = try engine.keys(asked, Self.onlyNews)
            #expect(found == ["there"], "\(asked): \(found)")
        }
    }

    @Test func `a phrase that no document has is taken word by word, and this is said`()
        async throws
    {
        try await use([
            news("ru", "ru", "Меморандум о науке"), news("en", "en", "The science of schools"),
        ]) { engine in
            let answer = try engine.search(
                SearchRequest("\"science memorandum\"", Self.onlyNews))
            #expect(answer.hits.first?.document.key == "ru")
            #expect(answer.query == "\"science memorandum\"")
            let correction = try #require(answer.interpretation.corrections.first)
            #expect(correction.via == .words)
            #expect(correction.meant.contains("science memorandum"))
            #expect(!correction.meant.contains("\""))

            // What has the phrase is all that is shown.
            let exact = try engine.search(SearchRequest("\"science of schools\"", Self.onlyNews))
            #expect(exact.hits.map(\.document.key) == ["en"])
            #expect(exact.interpretation.corrections.isEmpty)
            // Who asks for all words, or in query mode, gets nothing else.
            for change: (inout SearchRequest) -> Void in [
                { $0.matchingStrategy = .all }, { $0.mode = .query },
            ] {
                let strict = try engine.search(
                    SearchRequest("\"science memorandum\"") {
                        $0.collections = ["news"]
                        change(&$0)
                    })
                #expect(strict.hits.isEmpty)
                #expect(strict.interpretation.corrections.isEmpty)
            }
        }
    }
}
