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
        "higher-education-institution\tnoun\tжоғары оқу орны\tвуз\tuniversity",
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

    @Test func `the translations of a word are said as people write them, not as stems`()
        async throws
    {
        try await use([news("ru", "ru", "Разговор о науке")]) { engine in
            for (asked, expected) in [
                ("мектептерге", ["школа", "school"]), ("вузы", ["жоғары оқу орны", "university"]),
                ("deadlines", ["мерзім", "срок"]),
            ] {
                let answer = try engine.search(
                    SearchRequest(asked) { $0.collections = ["news"] })
                let used = try #require(answer.interpretation.terms.first?.used)
                #expect(used.suffix(2) == expected, "\(asked): \(used)")
            }
        }
    }

    @Test(arguments: [
        ["мектептегі ғылым мерзімі", "срок науки в школе", "deadline of school science"],
        [
            "ғылым туралы меморандум елде", "меморандум о науке в стране",
            "country science memorandum",
        ],
        [
            "мектептер мерзімінің меморандумы", "меморандум школ о сроках",
            "school deadline memorandum",
        ],
    ])
    func `of one story in three languages the text in that of the query comes first`(
        titles: [String]
    ) async throws {
        let languages = ["kk", "ru", "en"]
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            try await use(order.map { news(languages[$0], languages[$0], titles[$0]) }) { engine in
                for (lang, title) in zip(languages, titles) {
                    let found = try engine.keys(title, Self.onlyNews)
                    #expect(found.first == lang, "\(title): \(found)")
                    #expect(found.count == 3, "\(title): \(found)")
                }
            }
        }
    }

    @Test func `a hit says which word of it stands for which of the query, if none is literal`()
        async throws
    {
        try await use([
            news("ru", "ru", "Разговор о науке в школах"), news("kk", "kk", "Ғылым туралы"),
            news("both", "ru", "Наука и ғылым"),
            document([
                "id": "body", "lang": "en", "title": "School",
                "body": "Much is said here. A term of Sciences.",
            ]), news("none", "ru", "Ничего"),
        ]) { engine in
            for shows in [false, true] {
                let answer = try engine.search(
                    SearchRequest("ғылымның мектеп") {
                        $0.collections = ["news"]
                        $0.attributesToHighlight = shows ? ["*"] : []
                        $0.attributesToRetrieve = ["title"]
                    })
                let found = answer.hits.reduce(into: [String: [String]]()) {
                    $0[$1.document.key] = $1.translatedMatches.map {
                        "\($0.typedLang)→\($0.lang) \($0.typed) = \($0.word)"
                    }
                }
                #expect(
                    found == [
                        "ru": ["kk→ru ғылымның = науке", "kk→ru мектеп = школах"], "kk": [],
                        "both": [],
                        "body": ["kk→en ғылымның = Sciences", "kk→en мектеп = School"],
                    ], "highlighted: \(shows)")
            }
            // Who wants no other language is told nothing of it.
            let off = try engine.search(
                SearchRequest("наука школа") {
                    $0.collections = ["news"]
                    $0.languages = .off
                })
            #expect(!off.hits.isEmpty)
            #expect(off.hits.allSatisfy { $0.translatedMatches.isEmpty })
        }
    }

    @Test func `a lemma of several words is found and said as one`() async throws {
        try await use([
            news("ru", "ru", "Новый вуз"), news("kk", "kk", "Жоғары оқу орны"),
            news("part", "kk", "Жоғары мектеп"),
        ]) { engine in
            let answer = try engine.search(
                SearchRequest("жоғары оқу орнының", Self.onlyNews))
            let found = answer.hits.reduce(into: [String: [SearchResponse.TranslatedMatch]]()) {
                $0[$1.document.key] = $1.translatedMatches
            }
            #expect(
                found["ru"] == [
                    .init(typed: "жоғары оқу орнының", typedLang: "kk", word: "вуз", lang: "ru")
                ])
            #expect(found["kk"] == [])
            #expect(answer.hits.first?.document.key == "kk")

            // And the other way, where the words of the text are several.
            let back = try engine.search(SearchRequest("вузы", Self.onlyNews))
            let kazakh = back.hits.first { $0.document.key == "kk" }
            #expect(
                kazakh?.translatedMatches == [
                    .init(typed: "вузы", typedLang: "ru", word: "Жоғары оқу орны", lang: "kk")
                ])
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
