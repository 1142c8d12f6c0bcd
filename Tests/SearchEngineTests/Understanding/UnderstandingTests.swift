import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

/// What is found though it was typed in another way, and what the answer says of it.
@Suite struct UnderstandingTests {
    private static let documents: [Engine.Input] = [
        document([
            "id": "kk", "title": "Ұлттық тәрбие қалай беріледі", "lang": "kk",
            "body": "Қазақстан мектептерінде ұлттық тәрбиенің жаңа бағдарламасы басталды.",
        ]),
        document([
            "id": "latin", "title": "Ūlttyq tärbie jolynda aita beru", "lang": "kk",
            "body": "Mektepterdıñ ūstazdary tärbienıñ ūlttyq jolyn būl künı ärı talqylady.",
        ]),
        document([
            "id": "ascii", "title": "Ulttyk tarbie at the centre of a conference", "lang": "en",
            "body": "Teachers of the region discussed textbooks and lessons.",
        ]),
        document([
            "id": "tote", "title": "ۇلتتىق تاربيە", "lang": "kk",
            "body": "مۇعالىمدەر جينالدى.",
        ]),
        document([
            "id": "ru", "title": "Университет открыл новую библиотеку", "lang": "ru",
            "body": "Ректор поблагодарил строителей и читателей, пришли студенты и школьники.",
        ]),
        document([
            "id": "en", "title": "Online lessons about welsh history", "lang": "en",
            "body": "The university invited readers to the library.",
        ]),
    ]

    private func withDocuments(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Self.documents, to: "news", wait: .visible)
            try await body(engine)
        }
    }

    private func vias(_ response: SearchResponse, _ id: String) -> Set<SearchResponse.Match.Via> {
        let hit = response.hits.first { $0.document.key == id }
        return Set((hit?.matches ?? []).flatMap { $0.matches.map(\.via) })
    }

    // MARK: Scripts

    @Test(arguments: [
        "Ұлттық тәрбие", "ұлттық тәрбиенің", "Ulttyk tarbie", "Ūlttyq tärbie", "улттык тарбие",
        "ۇلتتىق تاربيە",
    ])
    func `one word finds every script`(query: String) async throws {
        try await withDocuments { (engine: Engine) async throws in
            let found = try engine.keys(query) { $0.matchingStrategy = .all }
            #expect(Set(found) == ["kk", "latin", "ascii", "tote"], "\(query): \(found)")
        }
    }

    @Test func `the way is said, and can be switched off`() async throws {
        try await withDocuments { (engine: Engine) async throws in
            let answer = try engine.search(
                SearchRequest("тәрбие") { $0.showMatchesPosition = true })
            #expect(answer.interpretation.terms.first?.via.contains("scripts") == true)
            #expect(answer.interpretation.terms.first?.used.contains("tarbie") == true)
            #expect(vias(answer, "ascii") == [.scripts])
            #expect(vias(answer, "kk").contains(.exact))
            #expect(!vias(answer, "kk").contains(.scripts))
            let off = try engine.keys("тәрбие") {
                $0.scripts = .off
                $0.typos = .off
            }
            #expect(!off.contains("ascii") && off.contains("kk"))
        }
    }

    @Test func `what was typed ranks above other spellings of it`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(
                [
                    document(["id": "latin", "title": "Ūlttyq kıtap qory", "lang": "kk"]),
                    document(["id": "ascii", "title": "Ulttyk kitap fund", "lang": "en"]),
                    document(["id": "kk", "title": "Ұлттық кітап қоры", "lang": "kk"]),
                    document(["id": "plain", "title": "Улттык китап коры", "lang": "kk"]),
                ], to: "news", wait: .visible)
            for (query, id) in [
                ("ulttyk", "ascii"), ("ұлттық", "kk"), ("улттык", "plain"), ("ūlttyq", "latin"),
            ] {
                let found = try engine.keys(query)
                #expect(found.first == id, "\(query): \(found)")
                #expect(found.count == 4, "\(query): \(found)")
            }
        }
    }

    // MARK: Layout

    @Test(arguments: [
        ("eybdthcbntn", "университет", "ru"), (",b,kbjntre", "библиотеку", "ru"),
        ("щтдшту дуыыщты", "online lessons", "en"), ("9knns0 n2h,bt", "ұлттық тәрбие", "kk"),
        ("9knns- n2h,bt", "ұлттық тәрбие", "kk"), ("9лтты0 т2рбие", "ұлттық тәрбие", "kk"),
    ])
    func `another layout is understood and said`(typed: String, meant: String, id: String)
        async throws
    {
        try await withDocuments { (engine: Engine) async throws in
            let answer = try engine.search(
                SearchRequest(typed) { $0.showMatchesPosition = true })
            #expect(answer.hits.first?.document.key == id)
            #expect(
                answer.interpretation.corrections
                    == [.init(typed: typed, meant: meant, via: .layout)])
            #expect(!vias(answer, id).isDisjoint(with: [.layout, .forms]))
            let off = try engine.search(SearchRequest(typed) { $0.layout = .off })
            #expect(!off.interpretation.corrections.contains { $0.via == .layout })
        }
    }

    @Test func `what is known in a mixed query stays as it is typed`() async throws {
        try await withDocuments { (engine: Engine) async throws in
            let answer = try engine.search(SearchRequest("welsh ,b,kbjntre"))
            #expect(answer.interpretation.corrections.map(\.meant) == ["welsh библиотеку"])
        }
    }

    @Test(arguments: ["C++", "LG", "QARMET", "5G", "university", "ректор", "жаңа", "qqq", "2024"])
    func `names, abbreviations and known words are never read by another layout`(query: String)
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            // Each abbreviation has a word where its keys lie on another layout.
            _ = try await engine.add(
                Self.documents + [
                    document(["id": "trap", "title": "дп сг 5п йфкьуе ыы ффф"])
                ], to: "news", wait: .visible)
            let answer = try engine.search(SearchRequest(query) { $0.typos = .off })
            #expect(answer.interpretation.corrections == [])
        }
    }

    // MARK: Typos

    @Test(arguments: [
        ("униврситет", "университет", "ru"), ("библеотеку", "библиотеку", "ru"),
        ("libarry", "library", "en"), ("histroy", "history", "en"),
    ])
    func `a misspelt word is understood and said`(typed: String, meant: String, id: String)
        async throws
    {
        try await withDocuments { (engine: Engine) async throws in
            let answer = try engine.search(
                SearchRequest(typed) { $0.showMatchesPosition = true })
            let correction = answer.interpretation.corrections.first
            #expect(correction?.via == .typo)
            #expect(correction?.meant.hasPrefix(String(meant.dropLast(2))) == true)
            #expect(answer.hits.first?.document.key == id)
            #expect(vias(answer, id) == [.typo])
            let off = try engine.search(SearchRequest(typed) { $0.typos = .off })
            #expect(off.hits.isEmpty)
            #expect(off.interpretation.corrections == [])
            #expect(off.interpretation.didYouMean == nil)
        }
    }

    @Test func `a known word is never taken for another`() async throws {
        try await withDocuments { (engine: Engine) async throws in
            for word in ["lessons", "строителей", "жаңа", "новая", "readers"] {
                #expect(try engine.search(SearchRequest(word)).interpretation.corrections == [])
            }
        }
    }

    @Test func `documents with the typed words come before those with corrected ones`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(
                [
                    document(["id": "typed", "title": "memorandun of understanding"]),
                    document(["id": "right", "title": "memorandum memorandum memorandum"]),
                ], to: "news", wait: .visible)
            #expect(try engine.keys("memorandun") == ["typed"])
        }
    }
}
