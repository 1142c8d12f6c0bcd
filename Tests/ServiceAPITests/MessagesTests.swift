import JSON
import ServiceAPI
import Testing

@Suite struct MessagesTests {
    private func problem(_ text: String) -> ProblemDetails? {
        do {
            _ = try SearchMessage(json: try JSONReader().read(text))
            return nil
        } catch {
            return error as? ProblemDetails
        }
    }

    @Test func `a search goes over the wire and back, every field of it`() throws {
        let text = """
            {"q":"қазақ","collections":["news"],"lang":"kk","mode":"query","limit":5,"offset":10,\
            "cursor":"c","filter":"lang = kk","facets":["lang"],"sort":["publishedAt:desc"],\
            "attributesToRetrieve":["id"],"attributesToHighlight":["title"],\
            "attributesToCrop":["body:30"],"highlightPreTag":"<b>","highlightPostTag":"</b>",\
            "cropMarker":"...","showMatchesPosition":true,"showRankingScore":true,\
            "showRankingScoreDetails":false,"showPerformanceDetails":true,\
            "matchingStrategy":"all","expand":{"forms":"off",\
            "scripts":"on","layout":"auto","typos":"on","synonyms":"off","languages":"on"},\
            "groupDuplicates":true,"groupTranslations":true,"timeoutMs":500}
            """
        let value = try JSONReader().read(text)
        #expect(
            value.object?.members.map(\.key) == SearchMessage.schema.fields.map(\.name),
            "the test shows every field")
        let message = try SearchMessage(json: value)
        #expect(message.json == value)
        #expect(message.limit == 5)
        #expect(message.expand?.languages == "on")
        #expect(SearchMessage().json == [:])
    }

    @Test func `a query string says the same as a body`() throws {
        let query = try QueryString(
            parsing: "q=a+b&collections=news,institutions&limit=3&showRankingScore=true"
                + "&facets=lang,publishedAt:month&expand.forms=off")
        let body: JSONValue = [
            "q": "a b", "collections": ["news", "institutions"], "limit": 3,
            "showRankingScore": true, "facets": ["lang", "publishedAt:month"],
            "expand": ["forms": "off"],
        ]
        #expect(try SearchMessage(query: query) == SearchMessage(json: body))
    }

    @Test(arguments: [
        ("{\"limt\":1}", "unknown_field", "limt", "limit"),
        ("{\"groupTranslation\":true}", "unknown_field", "groupTranslation", "groupTranslations"),
        ("{\"expand\":{\"form\":\"on\"}}", "unknown_field", "expand.form", "expand.forms"),
        ("{\"lang\":\"kz\"}", "invalid_lang", "lang", "kk"),
        ("{\"mode\":\"qeury\"}", "invalid_value", "mode", "query"),
    ])
    func `what is not known is named with the nearest that is`(
        text: String, code: String, param: String, suggestion: String
    ) {
        let found = problem(text)
        #expect(found?.code == code)
        #expect(found?.param == param)
        #expect(found?.suggestion == suggestion)
    }

    @Test(arguments: [
        ("{\"q\":5}", "invalid_q", "q"), ("{\"limit\":\"5\"}", "invalid_limit", "limit"),
        ("{\"limit\":-1}", "invalid_limit", "limit"),
        ("{\"limit\":1.5}", "invalid_limit", "limit"),
        ("{\"facets\":\"lang\"}", "invalid_facet", "facets"),
        ("{\"facets\":[1]}", "invalid_facet", "facets"),
        ("{\"timeoutMs\":0}", "invalid_value", "timeoutMs"),
        ("{\"expand\":\"on\"}", "invalid_value", "expand"),
        ("{\"expand\":{\"forms\":true}}", "invalid_value", "expand.forms"),
        ("{\"showRankingScore\":1}", "invalid_value", "showRankingScore"),
        ("{\"groupTranslations\":\"yes\"}", "invalid_value", "groupTranslations"),
        ("{\"groupTranslations\":1}", "invalid_value", "groupTranslations"),
    ])
    func `a value of another kind names the field`(text: String, code: String, param: String) {
        #expect(problem(text)?.code == code)
        #expect(problem(text)?.param == param)
        #expect(problem(text)?.status == 400)
    }

    @Test func `null is as good as absent, and a body is an object`() {
        #expect(problem("{\"filter\":null,\"limit\":null}") == nil)
        #expect(problem("[]")?.code == "invalid_value")
    }

    @Test func `a strange name is not repeated at length`() {
        let name = String(repeating: "ә", count: 100_000)
        let found = problem("{\"\(name)\":1}")
        #expect(found?.param?.count == 65)
        #expect((found?.detail.utf8.count ?? 0) < 1000)
    }

    @Test func `fifty searches are taken at once, not one more`() throws {
        func body(_ count: Int) -> JSONValue {
            ["queries": .array([JSONValue](repeating: ["q": "a"], count: count))]
        }
        #expect(try MultiSearchMessage(json: body(50)).queries.count == 50)
        #expect(throws: ProblemDetails.self) { try MultiSearchMessage(json: body(51)) }
        #expect {
            try MultiSearchMessage(json: ["queries": [["q": "a"], ["lmit": 1]]])
        } throws: { ($0 as? ProblemDetails)?.param == "queries[1].lmit" }
    }

    @Test func `what is needed is asked for`() {
        for (body, param): (JSONValue, String) in [([:], "text"), (["text": .null], "text")] {
            #expect {
                try AnalyzeMessage(json: body)
            } throws: {
                ($0 as? ProblemDetails)?.code == "missing_field"
                    && ($0 as? ProblemDetails)?.param == param
            }
        }
        #expect(throws: ProblemDetails.self) { try DeletionMessage(json: [:]) }
        #expect(throws: ProblemDetails.self) {
            try DeletionMessage(json: ["ids": ["a"], "filter": "b"])
        }
        #expect(throws: ProblemDetails.self) { try CollectionMessage(json: [:]) }
        #expect(throws: ProblemDetails.self) { try ExplainMessage(json: ["q": "a"]) }
    }

    @Test func `messages of clients are read by the daemon`() throws {
        let explain = ExplainMessage(search: SearchMessage(), id: "a", collection: "news")
        #expect(try ExplainMessage(json: explain.json) == explain)
        let analyze = AnalyzeMessage(text: "қ", lang: "kk", steps: true)
        #expect(try AnalyzeMessage(json: analyze.json) == analyze)
        for deletion in [DeletionMessage.ids(["a", "b"]), .filter("lang = kk")] {
            #expect(try DeletionMessage(json: deletion.json) == deletion)
        }
        #expect(try CollectionMessage(json: CollectionMessage(kind: "x").json).kind == "x")
    }
}
