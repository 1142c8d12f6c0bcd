import JSON
import SearchEngine
import ServiceAPI
import Synchronization
import TestSupport
import Testing

@testable import Service

/// What those who run the daemon may ask of it.
@Suite(.onThreads) struct AdminTests {
    @Test func `a snapshot says where it is and what is in it`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            let named = try client.call("POST", "/v1/snapshots", "{\"name\":\"before_1\"}")
            #expect(named.status == 201)
            #expect(
                named.json == [
                    "name": "before_1", "path": "/data/snapshots/before_1", "bytes": 1000,
                    "collections": [["name": "news", "generation": 7, "documents": 3]],
                ])
            #expect(try client.call("POST", "/v1/snapshots").status == 201)
            let names = fixture.service.state.withLock { $0.snapshotNames }
            #expect(names == ["before_1", nil])
            let longest = String(repeating: "a", count: 64)
            #expect(
                try client.call("POST", "/v1/snapshots", "{\"name\":\"\(longest)\"}").status == 201)
            for name in ["", "..", "a/b", "a b", "ә", longest + "a"] {
                let answer = try client.call("POST", "/v1/snapshots", "{\"name\":\"\(name)\"}")
                #expect(answer.status == 400, "\(name)")
                #expect(answer.json?["param"] == "name")
            }
        }
    }

    @Test func `verify tells what is damaged, and that is no error of the call`() async throws {
        try await withServer { fixture in
            let client = try fixture.client()
            let sound = try client.call("POST", "/v1/admin/verify")
            #expect(sound.status == 200)
            #expect(sound.json?["sound"] == true)
            fixture.service.state.withLock { $0.verifyErrors = ["seg-1 is damaged at byte 7"] }
            let damaged = try client.call("POST", "/v1/admin/verify", "{\"collection\":\"news\"}")
            #expect(damaged.status == 200)
            #expect(damaged.json?["sound"] == false)
            #expect(
                damaged.json?["collections"]?.array?.first?["errors"]
                    == ["seg-1 is damaged at byte 7"])
            let missing = try client.call("POST", "/v1/admin/verify", "{\"collection\":\"none\"}")
            #expect(missing.status == 404)
            #expect(try client.call("POST", "/v1/admin/compact").json?["collections"] != nil)
            let none = try client.call("POST", "/v1/admin/compact", "{\"collection\":\"none\"}")
            #expect(none.status == 404)
            #expect(try client.call("POST", "/v1/admin/compact", "{\"x\":1}").status == 400)
        }
    }

    @Test func `one call at a time; searches go on meanwhile`() async throws {
        try await withServer(service: FakeService(slowness: 1_000_000)) {
            $0.searchThreadCount = 1
        } _: { fixture in
            let first = try fixture.client()
            let body = "{\"collection\":\"slow\"}"
            first.send(
                "POST /v1/admin/verify HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
            )
            #expect(eventually { fixture.server.router.metrics.inFlight.value == 1 })
            let client = try fixture.client()
            #expect(try client.call("GET", "/v1/search?q=a").status == 200)
            let second = try client.call("POST", "/v1/admin/compact")
            #expect(second.status == 503)
            #expect(second.code == "admin_busy")
            #expect(second.headers["retry-after"] == "5")
            #expect(try first.receive().status == 200)
            #expect(try client.call("POST", "/v1/admin/compact").status == 200)
        }
    }

    /// What the next reload reads.
    private final class Files: Sendable {
        let next = Mutex<Result<ReadConfiguration, ReloadError>?>(nil)

        func read() throws(ReloadError) -> ReadConfiguration {
            guard let result = next.withLock({ $0 }) else { throw ReloadError("no file") }
            return try result.get()
        }
    }

    private func engine(_ weight: Float = 1) -> EngineConfiguration {
        var weights = RankingWeights()
        weights.stem = weight
        return EngineConfiguration(kinds: [], defaultCollections: [], weights: weights)
    }

    @Test func `a new configuration is taken over, and what needs a restart is named`() async throws
    {
        let files = Files()
        let level = Atomic<Int>(0)
        let fixture = try await ServerFixture(read: { () throws(ReloadError) in try files.read() })
        let client = try fixture.client()
        #expect(try client.call("GET", "/v1/search?q=a").status == 200)
        var new = ServerConfiguration(socketPath: "/elsewhere", searchThreadCount: 7)
        new.limits.searchBodyByteCount = 20
        new.limits.batchDocumentCount = 2
        new.limits.connectionCount = 9
        new.adminUserIDs = [5]
        new.writeCount = 3
        let configuration = new
        files.next.withLock {
            $0 = .success(
                ReadConfiguration(
                    server: configuration, engine: engine(0.5), needsRestart: ["data"]
                ) {
                    level.store(1, ordering: .relaxed)
                })
        }
        let answer = try client.call("POST", "/v1/admin/reload")
        #expect(answer.status == 200)
        #expect(
            answer.json == [
                "status": "reloaded",
                "needsRestart": ["data", "server.searchThreadCount", "socket.path"],
            ])
        #expect(level.load(ordering: .relaxed) == 1)
        let weights = fixture.service.state.withLock { $0.configurations.map(\.weights.stem) }
        #expect(weights == [0.5])
        // In force on a connection that was open before.
        #expect(
            try client.call("POST", "/v1/search", "{\"q\":\"aaaaaaaaaaaaaaaaaa\"}").status == 413)
        #expect(fixture.server.router.limits.batchDocumentCount == 2)
        await fixture.stop()
    }

    @Test func `a wrong configuration leaves the old one, and says what is wrong`() async throws {
        let files = Files()
        let fixture = try await ServerFixture(read: { () throws(ReloadError) in try files.read() })
        let client = try fixture.client()
        files.next.withLock { $0 = .failure(ReloadError("izde.yaml:3: unknown key `x`")) }
        let wrong = try client.call("POST", "/v1/admin/reload")
        #expect(wrong.status == 422)
        #expect(wrong.code == "invalid_configuration")
        #expect(wrong.json?["detail"]?.string?.contains("izde.yaml:3: unknown key") == true)

        // One that the engine does not take changes nothing of the server either.
        var new = ServerConfiguration(socketPath: fixture.socketPath, searchThreadCount: 2)
        new.limits.searchBodyByteCount = 1
        let configuration = new
        var bad = engine()
        bad.kinds = [CollectionKind(name: "k", fields: [], titleField: "")]
        let badEngine = bad
        files.next.withLock {
            $0 = .success(
                ReadConfiguration(server: configuration, engine: badEngine, needsRestart: []) {
                    Issue.record("taken over")
                })
        }
        #expect(try client.call("POST", "/v1/admin/reload").status == 422)
        #expect(try client.call("POST", "/v1/search", "{\"q\":\"a\"}").status == 200)
        await fixture.stop()
    }
}
