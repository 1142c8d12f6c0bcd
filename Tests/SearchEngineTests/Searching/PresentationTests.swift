import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing

@Suite struct PresentationTests {
    private func withSample(_ body: (Engine) async throws -> Void) async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            try await body(engine)
        }
    }

    @Test func `the language is found where none was given, and kept where one was`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            _ = try await engine.add(
                [
                    document(["id": "given", "title": "Library", "lang": "kk"]),
                    document(["id": "numbers", "title": "12 13"]),
                    document([
                        "id": "both",
                        "title": "Университетте жаңа кітапхана ашылды, студенттер қуанды.",
                        "body": "The new library of the university was opened by the rector.",
                    ]),
                ], to: "news", wait: .visible)
            func lang(_ key: String) throws -> String? {
                try engine.document(key, in: "news").document.members["lang"]?.string
            }
            #expect(try lang("kk-1") == "kk")
            #expect(try lang("ru-1") == "ru")
            #expect(try lang("en-1") == "en")
            #expect(try lang("given") == "kk")
            #expect(try lang("numbers") == nil)
            #expect(try lang("both") == "mixed")
        }
    }

    @Test func `highlights stand around the matches, and taking them out gives the text back`()
        async throws
    {
        try await withSample { (engine: Engine) async throws in
            let response = try engine.search(
                SearchRequest("университет меморандум") {
                    $0.attributesToHighlight = ["*"]
                    $0.attributesToCrop = ["body:4"]
                    $0.showMatchesPosition = true
                    $0.highlightPreTag = "["
                    $0.highlightPostTag = "]"
                })
            let hit = try #require(response.hits.first { $0.document.key == "ru-1" })
            let title = try #require(hit.formatted.first { $0.name == "title" }?.text)
            #expect(title == "[Университет] Сатпаева подписал [меморандум]")
            let matches = try #require(hit.matches.first { $0.name == "title" }?.matches)
            #expect(matches.map(\.via) == [.exact, .exact])
            #expect(matches.map(\.startUtf16) == [0, 30])
            let body = try #require(hit.matches.first { $0.name == "body" }?.matches)
            #expect(body.map(\.via) == [.forms])
            let cropped = try #require(hit.formatted.first { $0.name == "body" }?.text)
            #expect(cropped.contains("[университетах]"))
            #expect(cropped.hasSuffix("…"))
        }
    }

    @Test func `of several names the one that matches is shown`() async throws {
        try await withSample { (engine: Engine) async throws in
            let response = try engine.search(
                SearchRequest("satbayev") { $0.attributesToHighlight = ["names"] })
            #expect(
                response.hits.first?.formatted.first?.text == "<mark>Satbayev</mark> University")
        }
    }

    @Test func `only the members asked for are returned, and always the id`() async throws {
        try await withSample { (engine: Engine) async throws in
            let response = try engine.search(
                SearchRequest("polytechnic") {
                    $0.attributesToRetrieve = ["lang", "title", "no"]
                    $0.attributesToHighlight = ["body"]
                })
            let hit = try #require(response.hits.first)
            #expect(Set(hit.document.members.members.map(\.key)) == ["id", "title", "lang"])
            #expect(hit.formatted.map(\.name) == ["body"])
        }
    }

    @Test(arguments: [["id"], []])
    func `the id alone is that of the whole document`(names: [String]) async throws {
        try await withSample { (engine: Engine) async throws in
            for query in ["polytechnic", "университет", "library"] {
                let whole = try engine.search(SearchRequest(query))
                let short = try engine.search(
                    SearchRequest(query) { $0.attributesToRetrieve = names })
                #expect(!whole.hits.isEmpty)
                #expect(short.hits.map(\.document.key) == whole.hits.map(\.document.key))
                for hit in short.hits {
                    #expect(hit.document.members["id"]?.string == hit.document.key)
                    #expect(hit.document.members.members.count == 1)
                }
            }
        }
    }

    @Test func `one document is shown with the words of a query`() async throws {
        try await withSample { (engine: Engine) async throws in
            let hit = try engine.document(
                "en-2", in: "news",
                highlight: SearchRequest("libraries") { $0.attributesToHighlight = ["title"] })
            #expect(hit.formatted.map(\.text) == ["<mark>Library</mark> of the year"])
            #expect(try engine.document("en-2", in: "news").formatted.isEmpty)
        }
    }

    @Test func `documents are listed by key, page after page`() async throws {
        try await withSample { (engine: Engine) async throws in
            func page(_ after: String?, _ filter: String? = nil) throws -> [String] {
                try engine.documents(in: "news", filter: filter, after: after, limit: 4)
                    .map(\.key)
            }
            #expect(try page(nil) == ["en-1", "en-2", "kk-1", "kk-2"])
            #expect(try page("kk-2") == ["ru-1", "ru-2"])
            #expect(try page("ru-2") == [])
            #expect(try page("en-1", "lang IN [en, ru]") == ["en-2", "ru-1", "ru-2"])
        }
    }

    @Test func `the interpretation names language, terms and why`() async throws {
        try await withSample { (engine: Engine) async throws in
            let found = try engine.search(SearchRequest("жаңа студенттерді")).interpretation
            #expect(found.languages.first?.code == "kk")
            #expect(found.terms.map(\.typed) == ["жаңа", "студенттерді"])
            let word = try #require(found.terms.last)
            #expect(word.used.contains("студенттерді"))
            #expect(word.used.contains("студент"))
            #expect(word.via == ["exact", "forms"])
        }
    }

    @Test func `an explanation adds up to the score of the search`() async throws {
        try await withSample { (engine: Engine) async throws in
            let request = SearchRequest("library books") {
                $0.matchingStrategy = .all
                $0.showRankingScoreDetails = true
            }
            let hit = try #require(try engine.search(request).hits.first)
            let json = try engine.explain(request, key: hit.document.key, in: "news")
            #expect(json["matched"] == true)
            let score = try #require(json["score"]?.number)
            #expect(abs(score - Double(hit.score)) < 1e-4)
            #expect(json["explanation"]?["parts"]?.array?.isEmpty == false)
            let details = try #require(hit.scoreDetails)
            #expect(abs(details.value - hit.score) < 1e-4)
            let other = try engine.explain(request, key: "kk-1", in: "news")
            #expect(other["matched"] == false)
        }
    }

    @Test func `analysis is told token by token, and stage by stage`() async throws {
        try await withSample { (engine: Engine) async throws in
            let json = try engine.analyze("студенттерді оқыды", lang: "kk", steps: true)
            let token = try #require(json["tokens"]?.array?.first)
            #expect(token["text"] == "студенттерді")
            #expect(token["start"] == 0)
            #expect(token["length"] == 24)
            #expect(token["stems"]?.array?.first == "студент")
            #expect(json["steps"]?.array?.isEmpty == false)
            #expect(throws: EngineError.self) { try engine.analyze("x", lang: "xx", steps: false) }
        }
    }

    @Test func `stats count documents, languages and what is behind them`() async throws {
        try await withSample { (engine: Engine) async throws in
            let stats = try engine.stats()
            let news = try #require(stats["collections"]?["news"])
            #expect(news["documents"] == 6)
            #expect(news["kind"] == "news")
            #expect(news["languages"]?["kk"] == 2)
            #expect(news["reindexRequired"] == false)
            #expect(stats["versions"]?["icu"]?.string != nil)
            #expect(try engine.stats(collection: "news")["collections"]?.object?.members.count == 1)
        }
    }
}
