import Glibc
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

@testable import Service

/// The daemon on a real Unix socket.
@Suite(.serialized, .onThreads) struct SocketTests {
    @Test func `answers on a kept connection, with a number and a length`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            for _ in 0..<3 {
                let answer = try client.call("GET", "/v1/health")
                #expect(answer.status == 200)
                #expect(answer.json == ["status": "available", "prepared": true])
                #expect(answer.headers["izde-request-id"]?.utf8.count == 36)
                #expect(answer.headers["content-length"] == "38")
            }
        }
    }

    @Test func `answers fifty pipelined requests in their order`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            var text = ""
            for index in 0..<50 {
                text += "GET /v1/search?q=\(index % 7 == 0 ? "slow" : "q\(index)") HTTP/1.1\r\n\r\n"
            }
            client.send(text)
            for index in 0..<50 {
                let answer = try client.receive()
                #expect(
                    answer.json?["query"]?.string == (index % 7 == 0 ? "slow" : "q\(index)"))
            }
        }
    }

    @Test func `thousands of pipelined requests need no stack`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            async let isSent = client.send(
                String(repeating: "GET /v1/health HTTP/1.1\r\n\r\n", count: 2000))
            for _ in 0..<2000 {
                let status = try client.receive().status
                if status != 200 { Issue.record("status \(status)") }
            }
            #expect(await isSent)
        }
    }

    @Test func `short searches run on the event loop, and thousands of them need no stack`()
        async throws
    {
        let service = FakeService()
        try await withServer(service: service) { fixture in
            let client = try fixture.client()
            _ = try client.call("POST", "/v1/search", "{\"q\":\"first\"}")
            async let isSent = client.send(
                String(repeating: "GET /v1/search?q=next HTTP/1.1\r\n\r\n", count: 2000))
            for _ in 0..<2000 {
                let status = try client.receive().status
                if status != 200 { Issue.record("status \(status)") }
            }
            #expect(await isSent)
        }
        let patiences = service.state.withLock { $0.requests.map(\.patience) }
        #expect(patiences.first == .some(nil), "of a new connection nothing is known")
        #expect(patiences.contains { $0 != nil })
    }

    @Test func `no search runs on the event loop where that is switched off`() async throws {
        let service = FakeService()
        try await withServer(
            service: service, { $0.longestSearchOnLoopMicroseconds = 0 }
        ) { fixture in
            let client = try fixture.client()
            for _ in 0..<20 { _ = try client.call("POST", "/v1/search", "{\"q\":\"x\"}") }
        }
        #expect(service.state.withLock { $0.requests.allSatisfy { $0.patience == nil } })
    }

    @Test func `letters in a first line may come as they are, in a body they stay so`() async throws
    {
        try await withServer { fixture in
            let client = try fixture.client()
            for _ in 0..<2 {
                let answer = try client.call("GET", "/v1/search?q=қала&limit=3")
                #expect(answer.json?["query"] == "қала")
                let posted = try client.call("POST", "/v1/search", "{\"q\":\"қала\"}")
                #expect(posted.json?["query"] == "қала")
            }
            // A line that comes in pieces, and a body behind a pipelined header.
            for byte in "GET /v1/search?q=әл HTTP/1.1\r\n\r\n".utf8 { client.send([byte]) }
            #expect(try client.receive().json?["query"] == "әл")
            let body = "{\"q\":\"қала\"}"
            client.send(
                "GET /v1/search?q=slow HTTP/1.1\r\n\r\nPOST /v1/search HTTP/1.1\r\n"
                    + "Content-Length: \(body.utf8.count)\r\n\r\n")
            #expect(try client.receive().status == 200)
            client.send(body)
            #expect(try client.receive().json?["query"] == "қала")
        }
    }

    @Test func `a client that does not read cannot pile up answers`() async throws {
        try await withServer({ $0.writeTimeout = .seconds(1) }) { fixture in
            let client = try fixture.client()
            let size = try client.call("GET", "/openapi.json").body.count
            async let isSent = client.send(
                String(repeating: "GET /openapi.json HTTP/1.1\r\n\r\n", count: 5000))
            #expect(eventually { fixture.server.registry.count == 0 })
            // What had gone into the socket can still be read, and it is not much.
            #expect(try client.isClosedByPeer(leavingLessThan: 100 * size))
            _ = await isSent
        }
    }

    @Test func `HEAD has the length of GET and no body`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            let get = try client.call("GET", "/openapi.json")
            let head = try client.call("HEAD", "/openapi.json")
            #expect(head.status == 200)
            #expect(head.headers["content-length"] == get.headers["content-length"])
            #expect(try client.call("GET", "/v1/health").status == 200)
        }
    }

    @Test func `a wrong method is told the right ones, a wrong path that there is nothing`()
        async throws
    {
        try await withServer { fixture in
            let client = try fixture.client()
            let wrongMethod = try client.call("DELETE", "/v1/search", "{\"q\":1}")
            #expect(wrongMethod.status == 405)
            #expect(wrongMethod.headers["allow"] == "GET, HEAD, POST")
            #expect(wrongMethod.code == "method_not_allowed")
            let wrongPath = try client.call("GET", "/v2/search")
            #expect(wrongPath.status == 404)
            #expect(wrongPath.code == "route_not_found")
            #expect(wrongPath.headers["content-type"] == "application/problem+json")
            #expect(try client.call("PATCH", "/v1/nothing", "x").status == 404)
        }
    }

    @Test func `a body at the limit is taken, one byte more is refused`() async throws {
        try await withServer({
            $0.limits.searchBodyByteCount = 1000
            $0.limits.ingestBodyByteCount = 2000
        }) { fixture in
            func body(_ count: Int) -> String {
                "{\"q\":\"" + String(repeating: "a", count: count - 8) + "\"}"
            }
            #expect(try fixture.client().call("POST", "/v1/search", body(1000)).status == 200)
            let answer = try fixture.client().call("POST", "/v1/search", body(1001))
            #expect(answer.status == 413)
            #expect(answer.code == "body_too_large")
            #expect(answer.headers["connection"] == "close")

            // A body of unknown length is counted while it comes.
            for (count, status) in [(2000, 422), (2001, 413)] {
                let client = try fixture.client()
                client.send(
                    "POST /v1/collections/news/documents HTTP/1.1\r\nTransfer-Encoding: chunked"
                        + "\r\n\r\n")
                var left = count
                while left > 0 {
                    let size = min(left, 300)
                    client.send(
                        String(size, radix: 16) + "\r\n" + String(repeating: "x", count: size)
                            + "\r\n")
                    left -= size
                }
                client.send("0\r\n\r\n")
                #expect(try client.receive().status == status)
            }
        }
    }

    @Test func `a large body is refused before it has come, and its answer can be read`()
        async throws
    {
        try await withServer { fixture in
            let client = try fixture.client()
            client.send(
                "POST /v1/search HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n"
                    + String(repeating: "x", count: 1 << 20))
            #expect(try client.receive().status == 413)
        }
    }

    @Test func `a client that expects to continue is asked to, or told not to`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            let head = "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
            client.send("POST /v1/search HTTP/1.1\r\n" + head)
            #expect(try client.receive(hasBody: false).status == 100)
            client.send("{}")
            #expect(try client.receive().status == 200)
            client.send("POST /v1/nothing HTTP/1.1\r\n" + head)
            #expect(try client.receive().status == 404)
        }
    }

    @Test func `header limits are held`() async throws {
        try await withServer { fixture in
            let line = "GET /v1/health HTTP/1.1\r\n"
            func fields(_ count: Int) -> String {
                line + (0..<count).map { "X-\($0): 1\r\n" }.joined()
            }
            func field(_ counts: Int...) -> String {
                line + counts.map { "X-A: \(String(repeating: "a", count: $0))\r\n" }.joined()
            }
            func uri(_ count: Int) -> String {
                "GET /v1/search?q=\(String(repeating: "a", count: count - 13)) HTTP/1.1\r\n"
            }
            let cases = [
                (fields(64), 200), (fields(65), 431), (field(16_000), 200), (field(17_000), 431),
                (field(15_000, 15_000, 3000), 431), (uri(8192), 200), (uri(8193), 414),
            ]
            for (head, status) in cases {
                let client = try fixture.client()
                client.send(head + "\r\n")
                let answer = try client.receive()
                #expect(answer.status == status, "\(head.prefix(40))")
            }
        }
    }

    @Test func `header limits are those of the configuration`() async throws {
        let narrow: (inout ServerConfiguration) -> Void = {
            $0.limits.headerByteCount = 200
            $0.limits.headerFieldByteCount = 100
            $0.limits.headerFieldCount = 4
        }
        try await withServer(narrow) { fixture in
            for (count, length, status) in [
                (4, 1, 200), (5, 1, 431), (1, 90, 200), (1, 110, 431), (3, 80, 431),
            ] {
                let client = try fixture.client()
                let field = "X: \(String(repeating: "a", count: length))\r\n"
                client.send(
                    "GET /v1/health HTTP/1.1\r\n" + String(repeating: field, count: count) + "\r\n")
                #expect(try client.receive().status == status, "\(count) of \(length)")
            }
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET\r\n\r\n", "\u{1}\u{2}\u{3}\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST /v1/search HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "GET /v1/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v1/health HTTP/1.1\r\nbad name: x\r\n\r\n",
    ])
    func `what is not HTTP is answered 400, and the daemon goes on`(text: String) async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            client.send(text)
            let answer = try client.receive()
            #expect(answer.status == 400)
            #expect(answer.code == "invalid_http")
            #expect(try fixture.client().call("GET", "/v1/health").status == 200)
        }
    }

    @Test func `an error behind a good request comes after its answer`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\nrubbish rubbish\r\n\r\n")
            #expect(try client.receive().json?["query"] == "slow")
            #expect(try client.receive().status == 400)
            #expect(try client.isClosedByPeer())
        }
    }

    @Test func `a half-closed client is answered`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n")
            client.closeSending()
            #expect(try client.receive().json?["query"] == "slow")
            #expect(try client.isClosedByPeer())
        }
    }

    @Test func `a header or a body that does not come is not waited for`() async throws {
        try await withServer({
            $0.headerTimeout = .milliseconds(150)
            $0.bodyTimeout = .milliseconds(150)
            $0.idleTimeout = .seconds(2)
        }) { fixture in
            let slowHeader = try fixture.client()
            slowHeader.send("GET /v1/he")
            #expect(try slowHeader.isClosedByPeer())

            let slowBody = try fixture.client()
            slowBody.send("POST /v1/search HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
            #expect(try slowBody.receive().status == 408)
            #expect(try slowBody.isClosedByPeer())

            // Between requests a connection may idle longer than a header may take.
            let idle = try fixture.client()
            #expect(try idle.call("GET", "/v1/health").status == 200)
            usleep(400_000)
            #expect(try idle.call("GET", "/v1/health").status == 200)
            #expect(try idle.isClosedByPeer())
        }
    }

    @Test func `searches past the queue are refused at once, health is not`() async throws {
        try await withServer({
            $0.searchThreadCount = 1
            $0.queuedSearchCount = 1
        }) { fixture in
            let clients = try (0..<4).map { _ in try fixture.client() }
            for client in clients { client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n") }
            let health = try fixture.client().call("GET", "/v1/health")
            #expect(health.status == 200)
            let answers = try clients.map { try $0.receive() }
            #expect(answers.filter { $0.status == 200 }.count == 2)
            let refused = answers.filter { $0.status == 503 }
            #expect(refused.count == 2)
            #expect(refused.allSatisfy { $0.code == "too_many_searches" })
            #expect(refused.allSatisfy { $0.headers["retry-after"] == "1" })
        }
    }

    @Test func `connections past the cap wait for one to end`() async throws {
        try await withServer({ $0.limits.connectionCount = 2 }) { fixture in
            let first = try fixture.client()
            let second = try fixture.client()
            #expect(try first.call("GET", "/v1/health").status == 200)
            #expect(try second.call("GET", "/v1/health").status == 200)
            let third = try fixture.client()
            third.send("GET /v1/health HTTP/1.1\r\n\r\n")
            usleep(100_000)
            #expect(fixture.server.registry.count == 2)
            first.send("GET /v1/health HTTP/1.1\r\nConnection: close\r\n\r\n")
            #expect(try first.receive().headers["connection"] == "close")
            #expect(try third.receive().status == 200)
        }
    }

    @Test func `stopping lets a request under way end, and takes no more`() async throws {
        // Slow enough for the stop to begin before the answer on a busy machine.
        let fixture = try await ServerFixture(service: FakeService(slowness: 2_000_000))
        let client = try fixture.client()
        let idle = try fixture.client()
        #expect(try idle.call("GET", "/v1/health").status == 200)
        client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n")
        usleep(50_000)
        async let stopped: Void = fixture.stop()
        let answer = try client.receive()
        #expect(answer.status == 200)
        #expect(answer.headers["connection"] == "close")
        await stopped
        #expect(try idle.isClosedByPeer())
        #expect(fixture.service.state.withLock { $0.isClosed })
        #expect(access(fixture.socketPath, F_OK) != 0)
        #expect(throws: SocketClient.Failure.self) { try fixture.client() }
    }

    @Test func `what does not end in time is cut`() async throws {
        let fixture = try await ServerFixture(
            service: FakeService(slowness: 1_000_000),
            change: { $0.drainTimeout = .milliseconds(100) })
        let client = try fixture.client()
        client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n")
        usleep(50_000)
        await fixture.stop()
        #expect(throws: SocketClient.Failure.self) { try client.receive() }
    }

    @Test func `an export comes in pieces, all of it`() async throws {
        let service = FakeService()
        service.state.withLock { state in
            for index in 0..<1234 {
                let key = String(10_000 + index)
                state.documents["news"]?[key] = Document(key: key, members: JSONObject())
            }
        }
        try await withServer(service: service) { fixture in
            let client = try fixture.client()
            let path = "/v1/collections/news/documents"
            let accept = ["Accept: application/x-ndjson"]
            let all = try client.call("GET", path, headers: accept)
            #expect(all.headers["transfer-encoding"] == "chunked")
            #expect(all.lines.compactMap { $0["id"]?.string } == (10_000..<11_234).map(String.init))
            #expect(try client.call("GET", path + "?limit=250", headers: accept).lines.count == 250)
            let head = try fixture.client()
            #expect(try head.call("HEAD", path, headers: accept).status == 200)
            #expect(try head.isClosedByPeer(leaving: 0))
            let old = try fixture.client()
            old.send("GET \(path) HTTP/1.0\r\nAccept: application/x-ndjson\r\n\r\n")
            #expect(try old.receive().headers["transfer-encoding"] == nil)
            #expect(try old.isClosedByPeer(leaving: all.body.count))
            #expect(try client.call("GET", path + "?filter=(", headers: accept).status == 400)
            #expect(try client.call("GET", path, headers: ["Accept: text/html"]).status == 406)

            var keys: [String] = []
            var cursor = ""
            repeat {
                let page = try client.call("GET", path + "?limit=100\(cursor)").json
                keys += page?["results"]?.array?.compactMap { $0["id"]?.string } ?? []
                cursor = page?["nextCursor"]?.string.map { "&cursor=\($0)" } ?? ""
            } while !cursor.isEmpty
            #expect(keys == (10_000..<11_234).map(String.init))
        }
    }
}
