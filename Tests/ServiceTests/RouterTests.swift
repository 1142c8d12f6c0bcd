import JSON
import SearchEngine
import ServiceAPI
import Synchronization
import Testing

@testable import Service

/// Handlers without a socket.
@Suite struct RouterTests {
    let service = FakeService()
    let router: Router

    init() {
        router = Router(
            service: service,
            live: LiveConfiguration(ServerConfiguration(socketPath: "", searchThreadCount: 1)))
    }

    private func call(
        _ endpoint: Endpoint, _ parameters: [String: String] = [:], query: String = "",
        body: [UInt8] = [], contentType: String? = nil
    ) async -> (status: Int, json: JSONValue, lines: [JSONValue]) {
        var request = Request(endpoint: endpoint, parameters: parameters, id: RequestID())
        request.queryText = query
        request.body = body
        request.contentType = contentType
        let response = await withCheckedContinuation { continuation in
            router.respond(to: request) { continuation.resume(returning: $0) }
        }
        let lines = response.bytes.split(separator: 10).map { line in
            (try? JSONReader().read(Array(line))) ?? .null
        }
        return (response.status, lines.first ?? .null, lines)
    }

    private func call(
        _ endpoint: Endpoint, _ parameters: [String: String] = [:], query: String = "",
        _ body: String, contentType: String? = nil
    ) async -> (status: Int, json: JSONValue, lines: [JSONValue]) {
        await call(
            endpoint, parameters, query: query, body: Array(body.utf8), contentType: contentType)
    }

    private func call(_ endpoint: Endpoint, _ body: String, contentType: String? = nil) async -> (
        status: Int, json: JSONValue, lines: [JSONValue]
    ) {
        await call(endpoint, [:], body, contentType: contentType)
    }

    private let news = ["collection": "news"]

    // MARK: Search

    @Test func `a search answers in the shape of the interface`() async {
        _ = await call(.addDocuments, news, "{\"id\":\"a\",\"title\":\"қала x\",\"_formatted\":1}")
        let answer = await call(
            .search,
            """
            {"q":"қала","showMatchesPosition":true,"showRankingScore":true,"facets":["lang"]}
            """)
        #expect(answer.status == 200)
        let hit = answer.json["hits"]?.array?.first
        #expect(
            hit?.object?.members.map(\.key) == [
                "_collection", "id", "title", "_formatted", "_matchesPosition", "_rankingScore",
            ])
        #expect(
            hit?["_matchesPosition"]?["title"]?.array?.first == [
                "start": 0, "length": 2, "startUtf16": 0, "lengthUtf16": 1, "via": "exact",
            ])
        #expect(
            answer.json.object?.members.map(\.key) == [
                "hits", "query", "interpretation", "limit", "offset", "totalHits",
                "totalHitsRelation", "facetDistribution", "facetStats", "processingTimeMs",
                "timedOut", "indexGeneration", "requestUid",
            ])
        #expect(answer.json["interpretation"]?["corrections"] == [])
        #expect(answer.json["facetDistribution"]?["lang"]?["kk"] == 2)
    }

    @Test func `translations of a hit, and by which word it was found, stand at the hit`() async {
        _ = await call(
            .addDocuments, news,
            "{\"id\":\"a\",\"title\":\"ғылым\",\"_translations\":1,\"_matchedThrough\":2}")
        let answer = await call(.search, "{\"q\":\"ғылым\",\"groupTranslations\":true}")
        let hit = answer.json["hits"]?.array?.first
        #expect(
            hit?.object?.members.map(\.key) == [
                "_collection", "id", "title", "_formatted", "_matchedThrough", "_translations",
                "_translationCount",
            ])
        #expect(
            hit?["_matchedThrough"] == [
                ["typed": "ғылым", "typedLang": "kk", "word": "науке", "lang": "ru"]
            ])
        #expect(
            hit?["_translations"] == [
                [
                    "_collection": "news", "id": "b", "lang": "ru", "title": "Наука",
                    "url": "https://izde.example/b",
                ],
                ["_collection": "old", "id": "c"],
            ])
        #expect(hit?["_translationCount"] == 7)
        #expect(answer.json["totalStories"] == 1)
        #expect(answer.json["totalStoriesRelation"] == "gte")

        // Without the member nothing of it is in the answer.
        let plain = await call(.search, "{\"q\":\"ғылым\"}")
        #expect(plain.json["totalStories"] == nil)
        #expect(plain.json["hits"]?.array?.first?["_translations"] == nil)
        let wrong = await call(.search, "{\"q\":\"ғылым\",\"groupTranslations\":\"yes\"}")
        #expect(wrong.status == 400)
        #expect(wrong.json["param"] == "groupTranslations")
    }

    @Test func `only the members that are wanted are shown, the id always`() async {
        _ = await call(.addDocuments, news, "{\"id\":\"a\",\"title\":\"t\",\"body\":\"b\"}")
        let answer = await call(.search, "{\"q\":\"t\",\"attributesToRetrieve\":[\"body\"]}")
        #expect(
            answer.json["hits"]?.array?.first?.object?.members.map(\.key)
                == ["_collection", "id", "body", "_formatted"])
    }

    @Test func `all that a search says reaches the engine`() async {
        let answer = await call(
            .search,
            """
            {"q":"a","collections":["news"],"lang":"kk","mode":"query","limit":7,"offset":3,\
            "filter":"lang = kk","facets":["lang"],"sort":["publishedAt:desc","_score","title"],\
            "matchingStrategy":"last","expand":{"forms":"off","typos":"auto"},"timeoutMs":99,\
            "groupTranslations":true}
            """)
        #expect(answer.status == 200)
        let request = service.state.withLock { $0.requests.last }
        #expect(request?.lang == "kk")
        #expect(request?.mode == .query)
        #expect(request?.limit == 7)
        #expect(request?.offset == 3)
        #expect(request?.matchingStrategy == .last)
        #expect(request?.forms == .off)
        #expect(request?.timeoutMs == 99)
        #expect(request?.groupTranslations == true)
        #expect(
            request?.sort == [
                .init(field: "publishedAt", descending: true),
                .init(field: "_score", descending: true),
                .init(field: "title", descending: false),
            ])
    }

    @Test(arguments: [
        ("{", 400, "invalid_json"), ("{\"q\":\"\\ud800\"}", 400, "invalid_json"),
        ("{\"q\":\"a\",\"q\":\"b\"}", 400, "invalid_json"), ("[1]", 400, "invalid_value"),
        ("{\"limt\":1}", 400, "unknown_field"), ("{\"q\":\"syntax\"}", 400, "invalid_query_syntax"),
        ("{\"limit\":5000}", 400, "invalid_limit"), ("{\"q\":\"full\"}", 507, "no_space_left"),
        ("{\"sort\":[\"a:up\"]}", 400, "invalid_sort"),
        ("{\"cursor\":\"c\"}", 400, "invalid_cursor"),
        ("{\"expand\":{\"synonyms\":\"on\"}}", 400, "invalid_value"),
        ("{\"expand\":{\"typo\":\"on\"}}", 400, "unknown_field"),
    ])
    func `what is wrong with a search has a code`(body: String, status: Int, code: String) async {
        let answer = await call(.search, body)
        #expect(answer.status == status)
        #expect(answer.json["code"]?.string == code)
        #expect(answer.json["instance"]?.string?.hasPrefix("/requests/") == true)
    }

    @Test func `ill-formed UTF-8 is an error with its place`() async {
        let answer = await call(
            .search, body: Array("{\"q\":\"a".utf8) + [0xFF] + Array("\"}".utf8))
        #expect(answer.status == 400)
        #expect(answer.json["position"]?["start"] == 6)
    }

    @Test func `a syntax error tells its place in the query`() async {
        let answer = await call(.search, "{\"q\":\"syntax\"}")
        #expect(answer.json["param"] == "q")
        #expect(answer.json["position"] == ["start": 3, "length": 1])
    }

    @Test func `another media type is refused, what curl says is not`() async {
        #expect(await call(.search, "{}", contentType: "text/xml").status == 415)
        let curl = "application/x-www-form-urlencoded"
        #expect(await call(.search, "{}", contentType: curl).status == 200)
        #expect(await call(.addDocuments, news, "{}", contentType: "text/csv").status == 415)
    }

    @Test func `searches of one request stand for themselves`() async {
        let answer = await call(
            .multiSearch, "{\"queries\":[{\"q\":\"a\"},{\"q\":\"syntax\"},{\"q\":\"b\"}]}")
        let results = answer.json["results"]?.array ?? []
        #expect(results.map { $0["query"]?.string } == ["a", nil, "b"])
        #expect(results.map { $0["code"]?.string } == [nil, "invalid_query_syntax", nil])
    }

    @Test func `many searches of one request are shared by threads and answered in order`() async {
        let router = Router(
            service: service,
            live: LiveConfiguration(ServerConfiguration(socketPath: "", searchThreadCount: 8)))
        var request = Request(endpoint: .multiSearch, parameters: [:], id: RequestID())
        let texts = (0..<WireLimits.multiSearchCount).map {
            $0 % 9 == 0 ? "slow" : $0 % 11 == 0 ? "syntax" : "q\($0)"
        }
        let queries = texts.map { "{\"q\":\"\($0)\"}" }.joined(separator: ",")
        request.body = Array("{\"queries\":[\(queries)]}".utf8)
        let response = await withCheckedContinuation { continuation in
            router.respond(to: request) { continuation.resume(returning: $0) }
        }
        let results = (try? JSONReader().read(response.bytes))?["results"]?.array ?? []
        #expect(
            results.map { $0["query"]?.string ?? $0["code"]?.string }
                == texts.map { $0 == "syntax" ? "invalid_query_syntax" : $0 })
        await router.stop()
    }

    @Test func `nobody's search is not run`() async {
        let cancellation = Cancellation()
        cancellation.cancel()
        var request = Request(endpoint: .search, parameters: [:], id: RequestID())
        request.cancellation = cancellation
        let status = await withCheckedContinuation { continuation in
            router.respond(to: request) { continuation.resume(returning: $0.status) }
        }
        #expect(status == 408)
        #expect(service.state.withLock { $0.requests.isEmpty })
    }

    @Test func `a short search is answered before the call returns, where that is allowed`() async {
        let early = await firstAnswer(to: "short", patience: .milliseconds(50))
        #expect(early.status == 200)
        #expect(early.isEarly)
        #expect(service.state.withLock { $0.requests.map(\.patience) } == [.milliseconds(50)])
        #expect(await firstAnswer(to: "syntax", patience: .milliseconds(50)).status == 400)
    }

    @Test func `a search that loses its patience is begun anew on the search threads`() async {
        let late = await firstAnswer(to: "slow", patience: .milliseconds(50))
        #expect(late.status == 200)
        #expect(!late.isEarly)
        #expect(service.state.withLock { $0.requests.map(\.patience) } == [.milliseconds(50), nil])
    }

    /// The answer to a search, and whether it was there before `respond` returned.
    private func firstAnswer(to query: String, patience: Duration?) async -> (
        status: Int, isEarly: Bool
    ) {
        var request = Request(endpoint: .search, parameters: [:], id: RequestID())
        request.body = Array("{\"q\":\"\(query)\"}".utf8)
        let hasReturned = Atomic(false)
        return await withCheckedContinuation { continuation in
            router.respond(to: request, patience: patience) { response in
                continuation.resume(
                    returning: (
                        response.status, !hasReturned.load(ordering: .sequentiallyConsistent)
                    ))
            }
            hasReturned.store(true, ordering: .sequentiallyConsistent)
        }
    }

    @Test func `what was read otherwise is said`() async {
        let understood = await call(.search, "{\"q\":\"ghbdtn\"}").json["interpretation"]
        #expect(
            understood?["corrections"]
                == [["from": "ghbdtn", "to": "привет", "via": "layout"]])
        #expect(understood?["didYouMean"] == "приветы")
        let plain = await call(.search, "{\"q\":\"x\"}").json["interpretation"]
        #expect(plain?["corrections"] == [])
        #expect(plain?["didYouMean"] == nil)
        _ = await call(
            .search,
            "{\"expand\":{\"scripts\":\"off\",\"layout\":\"on\",\"typos\":\"auto\"}}")
        let request = service.state.withLock { $0.requests.last }
        #expect(request?.scripts == .off)
        #expect(request?.layout == .on)
        #expect(request?.typos == .auto)
        #expect(request?.forms == nil)
    }

    @Test func `suggestions are answered with their kinds and documents`() async {
        let answer = await call(.suggest, query: "q=%D2%9B&limit=5")
        #expect(answer.status == 200)
        #expect(
            answer.json["suggestions"] == [
                ["text": "қa", "kind": "term", "via": "scripts", "frequency": 3],
                [
                    "text": "T", "kind": "title", "via": "exact", "frequency": 1,
                    "_collection": "news", "id": "d",
                ],
            ])
        #expect(await call(.suggest).json["code"] == "missing_field")
        #expect(await call(.suggest, query: "q=a&limit=60").json["code"] == "invalid_limit")
        #expect(await call(.suggest, query: "q=a&limit=101").json["code"] == "invalid_limit")
        #expect(await call(.suggest, query: "q=a&colections=b").json["suggestion"] == "collections")
    }

    @Test func `analyze, explain, stats and the root answer`() async {
        #expect(await call(.analyze, "{\"text\":\"a\",\"lang\":\"kk\"}").json["lang"] == "kk")
        #expect(await call(.analyze, "{\"lang\":\"kk\"}").status == 422)
        let explain = await call(.explain, "{\"q\":\"x\",\"id\":\"a\",\"collection\":\"news\"}")
        #expect(explain.json["key"] == "a")
        #expect(await call(.stats).status == 200)
        #expect(await call(.stats, query: "colection=x").json["suggestion"] == "collection")
        #expect(await call(.root).json["name"] == "izde")
    }

    // MARK: Collections

    @Test func `a collection is made once, and dropped once`() async {
        let body = "{\"kind\":\"news\"}"
        let name = ["collection": "fresh"]
        #expect(await call(.createCollection, name, body).status == 201)
        #expect(await call(.createCollection, name, body).status == 200)
        #expect(await call(.createCollection, name, "{\"kind\":\"institutions\"}").status == 409)
        let unknown = await call(.createCollection, name, "{\"kind\":\"nwes\"}")
        #expect(unknown.status == 400)
        #expect(unknown.json["suggestion"] == "news")
        #expect(await call(.createCollection, ["collection": "!"], body).status == 400)
        #expect(await call(.createCollection, name, "{}").status == 422)
        #expect(await call(.dropCollection, name).status == 200)
        #expect(await call(.dropCollection, name).json["code"] == "collection_not_found")
    }

    // MARK: Documents

    @Test func `each line is answered, then the sums`() async {
        let body = """
            {"id":"a","title":"1"}

            {"id":"b"
            {"title":"no id"}
            {"id":7}
            [1]
            {"id":"a","title":"2"}\r
            {"id":"a","title":"2"}
            """
        let answer = await call(.addDocuments, news, query: "wait=visible", body)
        #expect(answer.status == 200)
        #expect(answer.lines.dropLast().map { $0["line"]?.integer } == [1, 3, 4, 5, 6, 7, 8])
        #expect(
            answer.lines.dropLast().map { $0["status"]?.string } == [
                "created", "error", "error", "error", "error", "replaced", "unchanged",
            ])
        #expect(
            answer.lines.compactMap { $0["error"]?["code"]?.string } == [
                "invalid_json", "missing_field", "invalid_document_id", "invalid_document",
            ])
        #expect(
            answer.lines.last?["summary"] == [
                "received": 7, "created": 1, "replaced": 1, "unchanged": 1, "failed": 4,
                "generation": 2,
            ])
    }

    @Test func `an array and a single object are taken as well`() async {
        let array = await call(
            .addDocuments, news, " [{\"id\":\"a\"},{\"id\":\"b\"},3]\n")
        #expect(array.lines.last?["summary"]?["created"] == 2)
        #expect(array.lines.last?["summary"]?["failed"] == 1)
        let object = await call(
            .addDocuments, news, "{\n\"id\":\n\"c\"}", contentType: "application/json")
        #expect(object.lines.last?["summary"]?["created"] == 1)
        let broken = await call(.addDocuments, news, "[{\"id\":\"a\"}", contentType: nil)
        #expect(broken.json["code"] == "invalid_json")
        #expect(broken.status == 400)
    }

    @Test func `a byte order mark and an empty body do no harm`() async {
        let marked = await call(
            .addDocuments, news, body: [0xEF, 0xBB, 0xBF] + Array("{\"id\":\"a\"}".utf8))
        #expect(marked.lines.last?["summary"]?["created"] == 1)
        for body: [UInt8] in [[], [10, 10], [0xEF, 0xBB, 0xBF], [0xEF]] {
            let answer = await call(.addDocuments, news, body: body)
            #expect(answer.status == (body == [0xEF] ? 422 : 200))
        }
    }

    @Test func `when no line goes in, the request fails and says why`() async {
        let answer = await call(.addDocuments, news, "{\"x\":1}\n\n{\"id\":\"\"}")
        #expect(answer.status == 422)
        #expect(answer.json["code"] == "all_lines_failed")
        #expect(answer.json["errors"]?.array?.map { $0["line"]?.integer } == [1, 3])
        #expect(answer.json["summary"]?["failed"] == 2)
    }

    @Test func `a large request goes in batch by batch, the last waits for all`() async {
        let body = (0..<2500).map { "{\"id\":\"\($0)\"}\n" }.joined()
        let answer = await call(.addDocuments, news, query: "wait=visible", body)
        #expect(answer.lines.count == 2501)
        #expect(answer.lines.last?["summary"]?["created"] == 2500)
        #expect(service.state.withLock { $0.batches } == [1000, 1000, 500])
        #expect(service.state.withLock { $0.waits } == [.durable, .durable, .visible])
    }

    @Test func `when a batch fails, what went in before is told`() async {
        service.state.withLock { $0.failsAfterBatches = 1 }
        let body = (0..<1500).map { "{\"id\":\"\($0)\"}\n" }.joined()
        let answer = await call(.addDocuments, news, body)
        #expect(answer.status == 507)
        #expect(answer.json["summary"]?["created"] == 1000)
    }

    @Test func `limits of documents are held at the limit and past it`() async {
        func status(_ document: String) async -> String? {
            await call(.addDocuments, news, document + "\n{\"id\":\"other\"}").lines.first?[
                "status"]?
                .string
        }
        let key = String(repeating: "k", count: 512)
        #expect(await status("{\"id\":\"\(key)\"}") == "created")
        #expect(await status("{\"id\":\"\(key)k\"}") == "error")
        #expect(await status("{\"id\":\"a\\u0001\"}") == "error")
        let members = (1..<256).map { ",\"m\($0)\":1" }.joined()
        #expect(await status("{\"id\":\"a\"\(members)}") == "created")
        #expect(await status("{\"id\":\"a\"\(members),\"x\":1}") == "error")
        let text = String(repeating: "t", count: (4 << 20) - 17)
        #expect(await status("{\"id\":\"b\",\"t\":\"\(text)\"}") == "created")
        #expect(await status("{\"id\":\"b\",\"t\":\"\(text)t\"}") == "error")
        let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        #expect(await status("{\"id\":\"a\",\"t\":\(deep)}") == "error")
    }

    @Test func `too many lines are refused before any goes in`() async {
        let line = Array("{}\n".utf8)
        var body: [UInt8] = []
        for _ in 0...WireLimits.ingestLineCount { body += line }
        #expect(await call(.addDocuments, news, body: body).status == 413)
        #expect(service.state.withLock { $0.batches.isEmpty })
    }

    @Test func `waiting for nothing is accepted, a strange wait is not`() async {
        let early = await call(.addDocuments, news, query: "wait=none", "{\"id\":\"a\"}")
        #expect(early.status == 202)
        #expect(early.lines.last?["summary"]?["durable"] == false)
        let strange = await call(.addDocuments, news, query: "wait=visibel", "{\"id\":\"a\"}")
        #expect(strange.status == 400)
        #expect(strange.json["suggestion"] == "visible")
        #expect(
            await call(.addDocuments, ["collection": "no"], "{\"id\":\"a\"}").json["code"]
                == "collection_not_found")
    }

    @Test func `documents are shown and deleted`() async {
        _ = await call(.addDocuments, news, "{\"id\":\"a/b ә\",\"title\":\"t\"}")
        let path = ["collection": "news", "id": "a/b ә"]
        #expect(await call(.getDocument, path).json["title"] == "t")
        #expect(
            await call(.getDocument, path, query: "highlight=t&highlightPreTag=%5B").json[
                "_formatted"]?["title"] == "[x")
        #expect(await call(.deleteDocument, path).status == 200)
        #expect(await call(.deleteDocument, path).json["code"] == "document_not_found")
        #expect(await call(.getDocument, path).status == 404)
        _ = await call(.addDocuments, news, "{\"id\":\"a\"}\n{\"id\":\"b\"}")
        let many = await call(.deleteDocuments, news, "{\"ids\":[\"a\",\"b\",\"c\"]}")
        #expect(many.json["deleted"] == 2)
        #expect(many.json["notFound"] == 1)
        #expect(await call(.deleteDocuments, news, "{\"filter\":\"x\"}").json["deleted"] == 3)
        #expect(await call(.deleteDocuments, news, "{}").status == 422)
    }

    @Test func `a cursor is read back, a strange one is an error`() throws {
        for key in ["a", "ror:0", "қ/ \u{1F600}"] {
            #expect(try DocumentCursor.key(DocumentCursor.cursor(after: key)) == key)
        }
        for cursor in ["", "k", "x61", "k6", "kzz", "kff", "k61zz", "k+1"] {
            #expect(throws: ProblemDetails.self) { try DocumentCursor.key(cursor) }
        }
    }

    // MARK: The document about it all

    @Test func `the OpenAPI document has every route and no other`() async {
        let document = await call(.openAPI).json
        var found: Set<String> = []
        for (path, operations) in document["paths"]?.object?.members ?? [] {
            for (method, operation) in operations.object?.members ?? [] {
                found.insert(
                    "\(method.uppercased()) \(path) \(operation["operationId"]?.string ?? "")")
                // Every parameter of the path is declared, and none else.
                let declared = (operation["parameters"]?.array ?? [])
                    .filter { $0["in"] == "path" }.compactMap { $0["name"]?.string }
                let route = Routes.all.first { $0.template == path }
                #expect(declared == route?.parameterNames)
                #expect(operation["responses"]?["default"] != nil)
            }
        }
        #expect(
            found
                == Set(
                    Routes.all.map {
                        "\($0.method.rawValue) \($0.template) \($0.endpoint.rawValue)"
                    }))
        let search = document["paths"]?["/v1/search"]?["post"]?["requestBody"]?["content"]?[
            "application/json"]?["schema"]?["properties"]
        #expect(
            search?.object?.members.map(\.key) == SearchMessage.schema.fields.map(\.name))
    }

    @Test func `numbers of requests ascend and differ`() {
        let numbers = (0..<1000).map { _ in RequestID().text }
        #expect(Set(numbers).count == 1000)
        #expect(
            numbers.allSatisfy { $0.utf8.count == 36 && Array($0.utf8)[14] == UInt8(ascii: "7") })
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0.prefix(13) <= $1.prefix(13) })
    }
}
