import JSON
import SearchEngine
import ServiceAPI
import Synchronization
import Testing

@testable import Service

/// The handlers of names, without a socket.
@Suite struct NameHandlerTests {
    let service = FakeService(slowness: 30_000)

    private func call(
        _ endpoint: Endpoint, _ body: String = "", query: String = "",
        _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) async throws -> (status: Int, json: JSONValue) {
        var configuration = ServerConfiguration(socketPath: "", searchThreadCount: 1)
        change(&configuration)
        let router = Router(
            service: service, live: LiveConfiguration(configuration))
        var request = Request(endpoint: endpoint, parameters: [:], id: RequestID())
        request.queryText = query
        request.body = Array(body.utf8)
        let response = await withCheckedContinuation { continuation in
            router.respond(to: request) { continuation.resume(returning: $0) }
        }
        await router.stop()
        return (response.status, try JSONReader().read(response.bytes))
    }

    // MARK: names

    @Test func `names are looked up by body and by query string alike`() async throws {
        let posted = try await call(
            .names,
            #"{"q":"n","collections":["x"],"type":"person","threshold":0.25,"limit":3}"#)
        let asked = try await call(
            .namesByQueryString, query: "q=n&collections=x&type=person&threshold=0.25&limit=3")
        #expect(posted.status == 200)
        #expect(posted.json["hits"] == asked.json["hits"])
        var expected = NameRequest()
        expected.q = "n"
        expected.collections = ["x"]
        expected.type = .person
        expected.threshold = 0.25
        expected.limit = 3
        #expect(service.state.withLock(\.nameRequests) == [expected, expected])
    }

    @Test func `a hit says what it is, how alike, and whether that is a match`() async throws {
        let hits = try await call(.names, #"{"q":"n"}"#).json["hits"]?.array ?? []
        #expect(
            hits.first == [
                "_collection": "all", "id": "p", "schema": "Person", "caption": "The caption",
                "score": 0.8, "match": true, "name": "n", "nameKind": "official",
                "explanations": [
                    [
                        "query": "a", "result": "b", "kind": "spelling", "score": 0.9,
                        "weight": 1.0,
                    ]
                ],
            ])
        #expect(hits.last?["match"] == false)
        #expect(hits.last?["nameKind"] == nil, "an unknown kind is left out")
    }

    @Test func `any type is no type`() async throws {
        _ = try await call(.namesByQueryString, query: "q=n&type=any")
        #expect(service.state.withLock(\.nameRequests).first?.type == nil)
    }

    @Test(arguments: [
        ("{}", 422, "missing_field", "q"),
        (#"{"q":"n","limt":1}"#, 400, "unknown_field", "limt"),
        (#"{"q":"n","limit":1001}"#, 400, "invalid_limit", "limit"),
        (#"{"q":"n","threshold":1.01}"#, 400, "invalid_value", "threshold"),
        (#"{"q":"n","type":"persn"}"#, 400, "invalid_value", "type"),
        (#"{"q":"n","collections":["none"]}"#, 404, "collection_not_found", "collection"),
    ])
    func `a lookup that cannot be done names its field`(
        body: String, status: Int, code: String, param: String
    ) async throws {
        let answer = try await call(.names, body)
        #expect(answer.status == status)
        #expect(answer.json["code"]?.string == code)
        #expect(answer.json["param"]?.string == param)
    }

    // MARK: match

    @Test func `examples are answered under their keys, in their order`() async throws {
        let answer = try await call(
            .match,
            """
            {"queries":{"b":{"schema":"Person","properties":{"name":["n"],"country":["kz"],\
            "born":5}},"a":{"properties":{"alias":"m"}}},"threshold":0.5,"limit":7}
            """)
        #expect(answer.status == 200)
        #expect(
            answer.json.object?.members.map(\.key) == ["responses", "limit", "processingTimeMs"])
        #expect(answer.json["limit"] == 7)
        let responses = answer.json["responses"]?.object?.members ?? []
        #expect(responses.map(\.key) == ["b", "a"])
        let first = responses.first?.value
        #expect(first?.object?.members.map(\.key) == ["status", "query", "results", "total"])
        #expect(first?["status"] == 200)
        #expect(
            first?["query"] == [
                "schema": "Person",
                "properties": ["name": ["n"], "country": ["kz"], "born": 5],
            ], "the query comes back as it came")
        #expect(first?["total"] == ["value": 2, "relation": "eq"])
        #expect(
            first?["results"]?.array?.first == [
                "id": "p", "caption": "The caption", "schema": "Person", "collection": "all",
                "score": 0.8, "match": true, "name": "n",
                "explanations": [
                    [
                        "query": "a", "result": "b", "kind": "spelling", "score": 0.9,
                        "weight": 1.0,
                    ]
                ],
            ])
        let asked = service.state.withLock(\.matchRequests).flatMap(\.examples)
        #expect(asked.map(\.key) == ["b", "a"])
        #expect(asked.map(\.type) == [.person, nil])
        #expect(asked.first?.countries == ["KZ"])
    }

    @Test func `the threshold of the request says what a match is`() async throws {
        let body = #"{"queries":{"a":{"properties":{"name":"n"}}},"threshold":0.81}"#
        let answer = try await call(.match, body).json["responses"]?["a"]
        #expect(answer?["total"]?["value"] == 0)
        #expect(answer?["results"]?.array?.map { $0["match"] } == [false, false])
    }

    @Test func `a name of the longest length is taken, a longer one named by its path`()
        async throws
    {
        func body(_ count: Int) -> String {
            let name = String(repeating: "ә", count: count)
            return #"{"queries":{"a":{"properties":{"name":["x","\#(name)"]}}}}"#
        }
        let limit = Limits().queryScalarCount
        #expect(limit == WireLimits.nameScalarCount, "clients rely upon it")
        #expect(try await call(.match, body(limit)).status == 200)
        let longer = try await call(.match, body(limit + 1))
        #expect(longer.status == 400)
        #expect(longer.json["code"] == "invalid_q")
        #expect(longer.json["param"] == "queries.a.properties.name")
    }

    @Test func `a batch that takes too long is stopped between two examples`() async throws {
        let body =
            #"{"queries":{"a":{"properties":{"name":"slow"}},"b":{"properties":{"name":"n"}}}}"#
        let answer = try await call(.match, body) { $0.limits.longestSearchMilliseconds = 5 }
        #expect(answer.status == 503)
        #expect(answer.json["code"] == "deadline_exceeded")
        #expect(service.state.withLock(\.matchRequests).count == 1)
    }

    @Test func `a collection that is not there fails the whole request`() async throws {
        let body = #"{"queries":{"a":{"properties":{"name":"n"}}},"collections":["none"]}"#
        #expect(try await call(.match, body).status == 404)
        #expect(try await call(.match, #"{"queries":{}}"#).json["responses"] == [:])
    }

    // MARK: Around them

    @Test func `both are found from the root and in the document of the interface`() async throws {
        let root = try await call(.root).json
        #expect(root["links"]?["names"] == "/v1/names")
        #expect(root["links"]?["match"] == "/v1/match")
        let paths = try await call(.openAPI).json["paths"]
        let parameters = paths?["/v1/names"]?["get"]?["parameters"]?.array ?? []
        #expect(
            parameters.compactMap { $0["name"]?.string }
                == ["q", "collections", "type", "threshold", "limit"])
        #expect(
            parameters.first { $0["name"] == "threshold" }?["schema"]?["maximum"] == 1.0)
        let schema = paths?["/v1/match"]?["post"]?["requestBody"]?["content"]?["application/json"]?[
            "schema"]
        #expect(schema?["required"] == ["queries"])
        #expect(schema?["properties"]?["queries"]?["maxProperties"] == 100)
        #expect(Routes[.names].isReadOnly && Routes[.match].isReadOnly)
    }

    @Test func `both answer over a socket that only reads`() async throws {
        try await withServer(service: service) {
            $0.isReadOnly = true
        } _: { fixture in
            let client = try fixture.client()
            let names = try client.call("GET", "/v1/names?q=n")
            #expect(names.status == 200)
            let body = #"{"queries":{"a":{"properties":{"name":"n"}}}}"#
            #expect(try client.call("POST", "/v1/match", body).status == 200)
        }
    }
}
