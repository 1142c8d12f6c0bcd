import JSON
import ServiceAPI
import Synchronization
import TestSupport
import Testing

@testable import Service

/// What the daemon says of itself to whoever watches it.
@Suite(.onThreads) struct HealthTests {
    @Test func `a writer that failed makes the daemon unready, with the reason, and alive`()
        async throws
    {
        try await withServer { fixture in
            let client = try fixture.client()
            #expect(try client.call("GET", "/v1/health").status == 200)
            fixture.service.state.withLock { $0.writeFailures = ["news": "the sync failed"] }
            let ready = try client.call("GET", "/v1/health")
            #expect(ready.status == 503)
            #expect(ready.json?["status"] == "readOnly")
            #expect(ready.json?["reason"] == "news: the sync failed")
            #expect(ready.json?["failedCollections"] == ["news"])
            let live = try client.call("GET", "/v1/health/live")
            #expect(live.status == 200)
            #expect(live.json == ["status": "live"])
            // Reads go on.
            #expect(try client.call("GET", "/v1/search?q=a").status == 200)
        }
    }

    @Test func `a daemon that is meant to read only is ready`() async throws {
        try await withServer({ $0.isReadOnly = true }) { fixture in
            let answer = try fixture.client().call("GET", "/v1/health")
            #expect(answer.status == 200)
            #expect(answer.json == ["status": "available", "prepared": true, "readOnly": true])
        }
    }

    @Test func `collections of another analysis are named, and the daemon is ready`() async throws {
        try await withServer { fixture in
            fixture.service.state.withLock { $0.outdated = ["news"] }
            let answer = try fixture.client().call("GET", "/v1/health")
            #expect(answer.status == 200)
            #expect(answer.json?["reindexRequired"] == ["news"])
        }
    }

    @Test func `a damaged collection is named, and the others are served`() async throws {
        try await withServer { fixture in
            fixture.service.state.withLock { $0.damage = ["news": "a wrong checksum"] }
            let answer = try fixture.client().call("GET", "/v1/health")
            #expect(answer.status == 200)
            #expect(answer.json?["damagedCollections"] == ["news"])
        }
    }

    @Test(arguments: [(Readiness.Phase.starting, "starting"), (.stopping, "stopping")])
    func `a daemon that starts or stops is alive and not ready`(
        phase: Readiness.Phase, status: String
    ) async {
        let router = Router(
            service: FakeService(),
            live: LiveConfiguration(ServerConfiguration(socketPath: "", searchThreadCount: 1)),
            readiness: Readiness(phase))
        func answer(_ endpoint: Endpoint) async -> Response {
            await withCheckedContinuation { continuation in
                router.respond(
                    to: Request(endpoint: endpoint, parameters: [:], id: RequestID())
                ) { continuation.resume(returning: $0) }
            }
        }
        let ready = await answer(.health)
        #expect(ready.status == 503)
        #expect((try? JSONReader().read(ready.bytes))?["status"] == .string(status))
        #expect(await answer(.live).status == 200)
        await router.stop()
    }

    @Test func `health does not wait for searches`() async throws {
        try await withServer(service: FakeService(slowness: 1_000_000)) {
            $0.searchThreadCount = 1
            $0.queuedSearchCount = 8
        } _: { fixture in
            let clients = try (0..<4).map { _ in try fixture.client() }
            for client in clients { client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n") }
            let client = try fixture.client()
            for path in ["/v1/health", "/v1/health/live", "/metrics"] {
                #expect(try client.call("GET", path).status == 200)
            }
            // All that while no search has been answered but, at the most, the first.
            #expect(fixture.server.router.metrics.inFlight.value >= 3)
            for client in clients { #expect(try client.receive().status == 200) }
        }
    }
}
