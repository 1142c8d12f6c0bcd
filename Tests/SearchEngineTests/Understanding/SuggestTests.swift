import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct SuggestTests {
    private func withSample(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            try await body(engine)
        }
    }

    private func suggest(_ engine: Engine, _ text: String, limit: Int = 10) throws
        -> [SuggestResponse.Suggestion]
    {
        var request = SuggestRequest()
        request.q = text
        request.limit = limit
        return try engine.suggest(request).suggestions
    }

    @Test(arguments: [
        ("кітапх", "кітапханада", "exact"), ("унив", "университет", "exact"),
        ("libr", "library", "exact"), ("kitap", "кітап", "scripts"), ("китап", "кітап", "scripts"),
        ("қазақ", "қазақ", "exact"),
    ])
    func `a word is completed in any script`(typed: String, word: String, via: String)
        async throws
    {
        try await withSample { (engine: Engine) async throws in
            let found = try suggest(engine, typed)
            let match = found.first { $0.kind == .term && $0.text.hasPrefix(word.prefix(5)) }
            #expect(match?.via.rawValue == via, "\(typed): \(found.map(\.text))")
        }
    }

    @Test func `what stands before the last word stays`() async throws {
        try await withSample { (engine: Engine) async throws in
            let texts = try suggest(engine, "Singapore Pol").map(\.text)
            #expect(texts.first == "Singapore polytechnic")
        }
    }

    @Test func `titles that go on so are named with their documents`() async throws {
        try await withSample { (engine: Engine) async throws in
            let titles = try suggest(engine, "новая биб").filter { $0.kind == .title }
            #expect(titles.map(\.text) == ["Открылась новая библиотека"])
            #expect(titles.first?.document?.id == "ru-2")
            #expect(titles.first?.document?.collection == "news")
        }
    }

    @Test func `keys of another layout are completed as they were meant`() async throws {
        try await withSample { (engine: Engine) async throws in
            // униве on a US keyboard
            let found = try suggest(engine, "eybdt")
            #expect(found.first?.kind == .correction)
            #expect(found.first?.via == .layout)
            #expect(found.first?.text.hasPrefix("универ") == true)
        }
    }

    @Test func `nothing is suggested for nothing, and limits hold`() async throws {
        try await withSample { (engine: Engine) async throws in
            for text in ["", "  ", "zzzzqq", "???"] { #expect(try suggest(engine, text) == []) }
            #expect(try suggest(engine, "у", limit: 2).count <= 2)
            #expect(try suggest(engine, "у", limit: 0) == [])
            #expect(throws: EngineError.self) { try suggest(engine, "у", limit: 101) }
            #expect(throws: EngineError.self) {
                try suggest(engine, String(repeating: "а", count: 513))
            }
            #expect(throws: EngineError.self) {
                var request = SuggestRequest()
                request.q = "у"
                request.collections = ["nowhere"]
                _ = try engine.suggest(request)
            }
        }
    }
}

@Suite struct NameSearchTests {
    private static let people: [Engine.Input] = [
        document(["id": "t", "names": ["Қасым-Жомарт Тоқаев"]]),
        document(["id": "n", "names": ["Нұрсұлтан Назарбаев", "Nursultan Nazarbayev"]]),
        document(["id": "s", "names": ["Қаныш Сәтбаев"]]),
        document(["id": "a", "names": ["Әлихан Бөкейхан"]]),
    ]

    private func names(_ engine: Engine, _ text: String) throws -> [NameResponse.Hit] {
        var request = NameRequest()
        request.q = text
        request.collections = ["institutions"]
        return try engine.names(request).hits
    }

    @Test(arguments: [
        ("Касым-Жомарт Токаев", "t"), ("Kassym-Jomart Tokayev", "t"), ("Toqaev", "t"),
        ("توقايەۆ", "t"), ("Назарбаев", "n"), ("nazarbayev nursultan", "n"),
        ("Каныш Сатбаев", "s"), ("Алихан Бокейхан", "a"),
    ])
    func `a name is found in another script and order`(query: String, id: String) async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Self.people, to: "institutions", wait: .visible)
            let hits = try names(engine, query)
            #expect(hits.first?.id == id, "\(hits.map(\.id))")
            #expect((hits.first?.score ?? 0) <= 1)
            #expect(hits.first?.explanations.isEmpty == false)
        }
    }

    @Test func `a whole name scores above a part of it`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            _ = try await engine.add(Self.people, to: "institutions", wait: .visible)
            let whole = try names(engine, "Қаныш Сәтбаев").first?.score ?? 0
            let part = try names(engine, "Сәтбаев").first?.score ?? 0
            #expect(whole == 1)
            #expect(part < whole && part > 0.5)
            #expect(try names(engine, "").isEmpty)
            #expect(try names(engine, "Шекспир").isEmpty)
        }
    }
}
