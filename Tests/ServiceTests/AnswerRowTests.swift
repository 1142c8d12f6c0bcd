import Glibc
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

@testable import Service

/// Answers of requests that came together go out together; nobody may see that but by the time.
@Suite(.serialized, .onThreads) struct AnswerRowTests {
    @Test func `a row is due by its bytes or its age`() {
        var row = AnswerRow()
        #expect(row.isEmpty)
        #expect(!row.isDue)
        row.add(byteCount: 64 << 10)
        #expect(!row.isEmpty)
        #expect(row.isDue, "it is great enough")
        row = AnswerRow()
        row.add(byteCount: 1)
        usleep(2000)
        #expect(row.isDue, "it is old enough")
    }

    /// A service whose documents make answers of very different sizes.
    private func service() -> FakeService {
        let service = FakeService()
        service.state.withLock { state in
            for (key, byteCount) in [("small", 10), ("middle", 20_000), ("great", 300_000)] {
                let members = JSONObject([
                    "id": .string(key), "text": .string(String(repeating: "a", count: byteCount)),
                ])
                state.documents["news"]?[key] = Document(key: key, members: members)
            }
        }
        return service
    }

    @Test func `small, great, late, refused and empty answers of a row keep their order`()
        async throws
    {
        let kinds: [(request: String, status: Int, leastByteCount: Int)] = [
            ("GET /v1/health", 200, 10),
            ("GET /v1/collections/news/documents/small", 200, 10),
            ("GET /v1/collections/news/documents/middle", 200, 20_000),
            ("GET /v1/collections/news/documents/great", 200, 300_000),
            ("GET /v1/search?q=slow", 200, 10),
            ("GET /v1/search?q=syntax", 400, 10),
            ("GET /v1/nowhere", 404, 10),
            ("HEAD /v1/health", 200, 0),
        ]
        var random = SeededGenerator(seed: 5)
        try await withServer(service: service()) { fixture in
            for _ in 0..<10 {
                let client = try fixture.client()
                let row = (0..<60).map { _ in kinds[Int(random.next() % UInt64(kinds.count))] }
                // All in one piece, or in pieces that end anywhere.
                let bytes = Array(
                    row.map { "\($0.request) HTTP/1.1\r\n\r\n" }.joined().utf8)
                let pieceByteCount = 1 + Int(random.next() % UInt64(bytes.count))
                async let isSent = Self.send(bytes, pieceByteCount, to: client)
                for kind in row {
                    let isHead = kind.request.hasPrefix("HEAD")
                    let answer = try client.receive(hasBody: !isHead)
                    #expect(answer.status == kind.status, "\(kind.request)")
                    if !isHead { #expect(answer.body.count >= kind.leastByteCount) }
                }
                #expect(await isSent)
            }
        }
    }

    private static func send(
        _ bytes: [UInt8], _ pieceByteCount: Int, to client: SocketClient
    ) async -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard client.send(rest.prefix(pieceByteCount)) else { return false }
            rest = rest.dropFirst(pieceByteCount)
        }
        return true
    }

    @Test func `a client that has sent its row and closed its half gets every answer`() async throws
    {
        try await withServer(service: service()) { fixture in
            for count in [1, 2, 40, 400] {
                let client = try fixture.client()
                let path = "/v1/collections/news/documents/middle"
                async let isSent = Self.send(
                    Array(String(repeating: "GET \(path) HTTP/1.1\r\n\r\n", count: count).utf8),
                    1 << 20, to: client)
                // What is read late fills the socket, so that a part is left when the half closes.
                usleep(20_000)
                var taken = 0
                if count > 1 {
                    for _ in 0..<count / 2 {
                        #expect(try client.receive().body.count > 20_000)
                        taken += 1
                    }
                }
                #expect(await isSent)
                client.closeSending()
                while taken < count {
                    #expect(try client.receive().body.count > 20_000)
                    taken += 1
                }
                #expect(eventually { fixture.server.registry.count == 0 })
            }
        }
    }

    @Test func `a client that takes no answer of its row is cut`() async throws {
        try await withServer(service: service(), { $0.writeTimeout = .milliseconds(300) }) {
            fixture in
            let client = try fixture.client()
            let path = "/v1/collections/news/documents/middle"
            // Ends when the daemon takes no more, at the latest when it has cut the connection.
            async let isSent = Self.send(
                Array(String(repeating: "GET \(path) HTTP/1.1\r\n\r\n", count: 5000).utf8),
                1 << 20, to: client)
            #expect(eventually { fixture.server.registry.count == 1 })
            #expect(eventually { fixture.server.registry.count == 0 })
            _ = await isSent
            #expect(fixture.server.router.metrics.timeouts.value == 1)
        }
    }

    @Test func `a connection whose row was taken late may go on being idle`() async throws {
        try await withServer(service: service(), { $0.writeTimeout = .milliseconds(300) }) {
            fixture in
            let client = try fixture.client()
            let path = "/v1/collections/news/documents/middle"
            let count = 14
            client.send(String(repeating: "GET \(path) HTTP/1.1\r\n\r\n", count: count))
            usleep(100_000)
            for _ in 0..<count { #expect(try client.receive().status == 200) }
            // Longer than a stalled client may take.
            usleep(900_000)
            #expect(try client.call("GET", "/v1/health").status == 200)
        }
    }
}
