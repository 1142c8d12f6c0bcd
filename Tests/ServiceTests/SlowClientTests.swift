import Glibc
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

@testable import Service

/// Clients that are slow, leave, or come in crowds: nothing of them stays.
@Suite(.serialized, .onThreads) struct SlowClientTests {
    /// Sends a text byte by byte until the daemon takes no more; whether it was cut before the end.
    private func trickle(_ text: String, to client: SocketClient) -> Bool {
        for byte in text.utf8 {
            guard client.send([byte]) else { return true }
            usleep(20_000)
        }
        return false
    }

    @Test func `a body that trickles is answered 408, however steadily it comes`() async throws {
        try await withServer({ $0.bodyTimeout = .milliseconds(500) }) { fixture in
            let client = try fixture.client()
            client.send("POST /v1/search HTTP/1.1\r\nContent-Length: 100000\r\n\r\n")
            async let status = client.receive().status
            #expect(trickle(String(repeating: "x", count: 1500), to: client))
            #expect(try await status == 408)
            let timeouts = fixture.server.router.metrics.timeouts.value
            #expect(timeouts == 1)
        }
    }

    @Test func `a header that trickles is cut`() async throws {
        try await withServer({ $0.headerTimeout = .milliseconds(500) }) { fixture in
            let client = try fixture.client()
            let header = String(repeating: "X-A: 1\r\n", count: 200)
            #expect(trickle("GET /v1/health HTTP/1.1\r\n" + header, to: client))
            #expect(eventually { fixture.server.registry.count == 0 })
        }
    }

    private func service(documentCount: Int, byteCount: Int) -> FakeService {
        let service = FakeService()
        service.state.withLock { state in
            for index in 0..<documentCount {
                let key = String(10_000 + index)
                let members = JSONObject([
                    "id": .string(key), "text": .string(String(repeating: "a", count: byteCount)),
                ])
                state.documents["news"]?[key] = Document(key: key, members: members)
            }
        }
        return service
    }

    @Test func `an answer that is taken slowly but steadily comes to its end`() async throws {
        let service = service(documentCount: 100, byteCount: 60_000)
        try await withServer(service: service, { $0.writeTimeout = .seconds(1) }) { fixture in
            let client = try fixture.client()
            client.pause = 25_000
            let start = ContinuousClock.now
            let answer = try client.call("GET", "/v1/collections/news/documents?limit=100")
            #expect(answer.status == 200)
            #expect(answer.body.count > 6_000_000)
            // Longer than a client may take that has stalled.
            #expect(ContinuousClock.now - start > .seconds(1))
        }
    }

    @Test func `an export that nobody reads is cut`() async throws {
        let service = service(documentCount: 1000, byteCount: 10_000)
        try await withServer(service: service, { $0.writeTimeout = .seconds(1) }) { fixture in
            let client = try fixture.client()
            client.send(
                "GET /v1/collections/news/documents HTTP/1.1\r\n"
                    + "Accept: application/x-ndjson\r\n\r\n")
            #expect(eventually { fixture.server.registry.count == 1 })
            #expect(eventually { fixture.server.registry.count == 0 })
            // Far from all of it was sent.
            #expect(try client.isClosedByPeer(leavingLessThan: 5_000_000))
        }
    }

    @Test func `a search ends when its client leaves`() async throws {
        try await withServer({ $0.searchThreadCount = 1 }) { fixture in
            let service = fixture.service
            do {
                let client = try fixture.client()
                client.send("GET /v1/search?q=endless HTTP/1.1\r\n\r\n")
                // One that waits for its thread would not be begun at all.
                #expect(eventually { service.state.withLock { $0.requests.count } == 1 })
            }
            #expect(eventually { service.state.withLock { $0.cancelledCount } == 1 })
            // Its thread is free again.
            #expect(try fixture.client().call("GET", "/v1/search?q=a").status == 200)
        }
    }

    @Test func `connections that are opened and dropped leave nothing`() async throws {
        try await withServer { fixture in
            let before = ProcessFigures().descriptorCount
            for round in 0..<1000 {
                let client = try fixture.client()
                switch round % 4 {
                case 0: break
                case 1: client.send("GET /v1/se")
                case 2: client.send("POST /v1/search HTTP/1.1\r\nContent-Length: 10\r\n\r\n{")
                default: client.send("GET /openapi.json HTTP/1.1\r\n\r\n")
                }
            }
            #expect(eventually { fixture.server.registry.count == 0 })
            #expect(eventually { fixture.server.router.metrics.inFlight.value == 0 })
            // Other tests may hold some.
            #expect(eventually { ProcessFigures().descriptorCount < before + 100 })
            #expect(try fixture.client().call("GET", "/v1/health").status == 200)
        }
    }
}
