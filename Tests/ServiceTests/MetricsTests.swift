import JSON
import ServiceAPI
import Synchronization
import TestSupport
import Testing

@testable import Service

/// `GET /metrics`, read by a reader that refuses what is malformed.
@Suite(.onThreads) struct MetricsTests {
    private func metrics(_ client: SocketClient) throws -> Exposition {
        let answer = try client.call("GET", "/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        return try Exposition(answer.body)
    }

    @Test func `requests are counted by route and status, whatever the client writes`() async throws
    {
        try await withServer { fixture in
            let client = try fixture.client()
            for _ in 0..<3 { #expect(try client.call("GET", "/v1/search?q=a").status == 200) }
            #expect(try client.call("GET", "/v1/search?nope=1").status == 400)
            for index in 0..<5 {
                #expect(try client.call("GET", "/v1/nothing-\(index)\"x").status == 404)
                #expect(
                    try client.call("GET", "/v1/collections/c\(index)/documents/d").status == 404)
            }
            let text = try metrics(client)
            let name = "izde_requests_total"
            func count(_ route: String, _ method: String, _ status: String) -> Double? {
                text.value(name, ["route": route, "method": method, "status": status])
            }
            #expect(count("/v1/search", "GET", "200") == 3)
            #expect(count("/v1/search", "GET", "400") == 1)
            #expect(count("none", "none", "404") == 5)
            #expect(count("/v1/collections/{collection}/documents/{id}", "GET", "404") == 5)
            let labels = ["route": "/v1/search", "method": "GET"]
            #expect(text.value("izde_request_duration_seconds_count", labels) == 4)
            // Nothing else became a label.
            let known = Set(Routes.all.map(\.template) + ["none"])
            for sample in text.samples {
                if let route = sample.labels["route"] { #expect(known.contains(route)) }
            }
        }
    }

    @Test func `every metric of the list is there, and the whole is well-formed`() async throws {
        try await withServer { fixture in
            fixture.service.state.withLock { state in
                state.damageCount = 2
                state.writeFailures = ["news": "gone"]
            }
            let client = try fixture.client()
            let text = try metrics(client)
            for name in [
                "izde_requests_in_flight", "izde_connections", "izde_connections_accepted_total",
                "izde_connections_timed_out_total", "izde_searches_abandoned_total",
                "process_resident_memory_bytes", "process_open_fds", "process_max_fds",
                "process_cpu_seconds_total",
            ] {
                #expect(text.value(name) != nil, "\(name)")
            }
            for name in [
                "documents", "deleted_documents", "generation", "segments", "bytes", "wal_bytes",
                "last_fsync_seconds", "commits_total", "merges_total", "merge_seconds_total",
                "reindex_required",
            ] {
                #expect(
                    text.value("izde_collection_\(name)", ["collection": "news"]) != nil, "\(name)")
            }
            #expect(text.value("izde_collection_write_failed", ["collection": "news"]) == 1)
            #expect(text.value("izde_corrupt_detected_total") == 2)
            #expect(text.value("izde_ready") == 0)
            #expect(text.value("izde_connections") == 1)
            let descriptors = try #require(text.value("process_open_fds"))
            #expect(descriptors > 3)
            let memory = try #require(text.value("process_resident_memory_bytes"))
            #expect(memory > 1_000_000)
            #expect(text.value("izde_requests_shed_total", ["reason": "searches"]) == 0)
        }
    }

    @Test func `what is refused for want of room is counted by its reason`() async throws {
        try await withServer(service: FakeService(slowness: 500_000)) {
            $0.searchThreadCount = 1
            $0.queuedSearchCount = 0
            $0.writeCount = 0
            $0.bufferedBodyByteCount = 10
        } _: { fixture in
            let slow = try fixture.client()
            slow.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n")
            #expect(eventually { fixture.server.router.metrics.inFlight.value == 1 })
            let client = try fixture.client()
            let search = try client.call("GET", "/v1/search?q=a")
            #expect(search.code == "too_many_searches")
            #expect(search.headers["retry-after"] == "1")
            let write = try client.call("DELETE", "/v1/collections/news/documents/a")
            #expect(write.status == 503)
            #expect(write.code == "too_many_writes")
            #expect(write.headers["retry-after"] == "1")
            let body = try fixture.client().call("POST", "/v1/search", "{\"q\":\"long enough\"}")
            #expect(body.status == 503)
            #expect(body.headers["retry-after"] == "1")
            let text = try metrics(client)
            for reason in ["searches", "writes", "bodies"] {
                #expect(
                    text.value("izde_requests_shed_total", ["reason": reason]) == 1, "\(reason)")
            }
            #expect(text.value("izde_requests_in_flight") == 2)
            #expect(try slow.receive().status == 200)
        }
    }

    @Test func `a label with every special character is read back as it was`() throws {
        var text = PrometheusText()
        let label = "a\\b\"c\nд"
        text.add("m", .gauge, "help \\ with\nlines", [([("l", label)], 0.5)])
        let read = try Exposition(text.bytes)
        #expect(read.value("m", ["l": label]) == 0.5)
    }

    @Test func `an answer falls into the bucket of its time`() {
        let counters = RouteCounters(nil)
        for elapsed in [0, 500, 501, 10_000_000, 10_000_001] {
            counters.count(status: 200, microseconds: elapsed)
        }
        counters.count(status: 299, microseconds: 0)
        let counts = counters.bucketCounts
        #expect(counts.first == 3)
        #expect(counts[1] == 1)
        #expect(counts[RouteCounters.bounds.count - 1] == 1)
        #expect(counts.last == 1)
        #expect(counters.statusCounts.map(\.count) == [5, 1])
        #expect(counters.statusCounts.last?.status == nil)
    }
}
