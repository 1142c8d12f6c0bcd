import Glibc
import SearchEngine
import Synchronization
import TestSupport
import Testing

@testable import Service

/// What systemd hears of the daemon.
@Suite(.onThreads) struct SupervisionTests {
    /// A datagram socket as systemd has one.
    final class Listener: Sendable {
        let descriptor: Int32

        /// Listens at a path, or at an abstract name that begins with `@`.
        init(_ name: String) {
            descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let isAbstract = name.hasPrefix("@")
            withUnsafeMutableBytes(of: &address.sun_path) { bytes in
                bytes.copyBytes(from: name.utf8)
                if isAbstract { bytes[0] = 0 }
            }
            let size = 2 + name.utf8.count + (isAbstract ? 0 : 1)
            let answer = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(descriptor, $0, socklen_t(size))
                }
            }
            #expect(answer == 0)
            wait(seconds: 30)
        }

        deinit { close(descriptor) }

        func wait(seconds: Int, microseconds: Int = 0) {
            var timeout = timeval(tv_sec: seconds, tv_usec: microseconds)
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout,
                socklen_t(MemoryLayout<timeval>.size))
        }

        /// The next datagram, `nil` if none comes in time.
        func next() -> String? {
            var bytes = [UInt8](repeating: 0, count: 4096)
            let count = recv(descriptor, &bytes, bytes.count, 0)
            return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
        }
    }

    private func notifySocket(_ name: String, _ more: [String: String] = [:]) -> NotifySocket? {
        NotifySocket(environment: more.merging(["NOTIFY_SOCKET": name]) { $1 })
    }

    @Test(arguments: [false, true])
    func `ready after the socket is bound, then reloading, then stopping`(isAbstract: Bool)
        async throws
    {
        let folder = TemporaryFolder()
        let name =
            isAbstract
            ? "@izde-test-\(getpid())-\(UInt32.random(in: 0 ... .max))" : "\(folder.path)/notify"
        let listener = Listener(name)
        let fixture = try await ServerFixture(
            notifySocket: notifySocket(name), folder: folder,
            read: { () throws(ReloadError) in throw ReloadError("wrong") })
        #expect(listener.next() == "READY=1\nSTATUS=serving")
        #expect(try fixture.client().call("GET", "/v1/health").status == 200)
        fixture.face.reload()
        let reloading = try #require(listener.next()).split(separator: "\n")
        #expect(reloading.first == "RELOADING=1")
        let time = try #require(reloading.first { $0.hasPrefix("MONOTONIC_USEC=") })
        #expect(Int64(time.dropFirst(15)) ?? 0 > 0)
        #expect(listener.next() == "READY=1\nSTATUS=serving")
        await fixture.stop()
        #expect(listener.next()?.hasPrefix("STOPPING=1") == true)
    }

    @Test func `signs of life come while searches are answered, and end when one hangs`()
        async throws
    {
        let folder = TemporaryFolder()
        let name = "\(folder.path)/notify"
        let listener = Listener(name)
        let fixture = try await ServerFixture(
            notifySocket: notifySocket(name, ["WATCHDOG_USEC": "200000"]), folder: folder)
        #expect(listener.next()?.hasPrefix("READY=1") == true)
        for _ in 0..<3 { #expect(listener.next() == "WATCHDOG=1") }
        fixture.service.state.withLock { $0.probe = .hangs }
        // One may have been on its way; after it there is silence, though the loop answers.
        listener.wait(seconds: 1)
        var count = 0
        while listener.next() != nil { count += 1 }
        #expect(count <= 1)
        #expect(try fixture.client().call("GET", "/v1/health/live").status == 200)
        listener.wait(seconds: 30)
        fixture.service.state.withLock { $0.probe = .succeeds }
        #expect(listener.next() == "WATCHDOG=1")
        await fixture.stop()
    }

    @Test func `a probe that fails gives no sign, one that finds damage does`() async throws {
        let folder = TemporaryFolder()
        let name = "\(folder.path)/notify"
        let listener = Listener(name)
        let service = FakeService()
        service.state.withLock { $0.probe = .fails }
        let fixture = try await ServerFixture(
            service: service, notifySocket: notifySocket(name, ["WATCHDOG_USEC": "200000"]),
            folder: folder)
        #expect(listener.next()?.hasPrefix("READY=1") == true)
        listener.wait(seconds: 1)
        #expect(listener.next() == nil)
        service.state.withLock { $0.probe = .findsDamage }
        listener.wait(seconds: 30)
        #expect(listener.next() == "WATCHDOG=1")
        await fixture.stop()
    }

    @Test func `a full queue of searches does not hold the probe up`() async throws {
        let folder = TemporaryFolder()
        let name = "\(folder.path)/notify"
        let listener = Listener(name)
        let fixture = try await ServerFixture(
            service: FakeService(slowness: 200_000),
            notifySocket: notifySocket(name, ["WATCHDOG_USEC": "20000000"]), folder: folder,
            change: { $0.searchThreadCount = 1 })
        #expect(listener.next()?.hasPrefix("READY=1") == true)
        #expect(listener.next() == "WATCHDOG=1")
        let clients = try (0..<20).map { _ in try fixture.client() }
        for client in clients { client.send("GET /v1/search?q=slow HTTP/1.1\r\n\r\n") }
        #expect(eventually { fixture.server.router.metrics.inFlight.value == 20 })
        guard case .success = await fixture.server.router.probe() else {
            Issue.record("the probe failed")
            return
        }
        // It came after the search that ran, before those that waited.
        #expect(fixture.server.router.metrics.inFlight.value > 10)
        for client in clients { #expect(try client.receive().status == 200) }
        await fixture.stop()
    }

    @Test(arguments: [
        [:], ["NOTIFY_SOCKET": ""], ["NOTIFY_SOCKET": "relative"],
        ["NOTIFY_SOCKET": "/" + String(repeating: "a", count: 200)],
    ])
    func `without a socket to notify there is none`(environment: [String: String]) {
        #expect(NotifySocket(environment: environment) == nil)
    }

    @Test func `the watchdog is that of this process alone`() {
        func interval(_ more: [String: String]) -> Duration? {
            notifySocket("/x", more)?.watchdogInterval
        }
        #expect(interval([:]) == nil)
        #expect(interval(["WATCHDOG_USEC": "30000000"]) == .seconds(30))
        #expect(
            interval(["WATCHDOG_USEC": "5", "WATCHDOG_PID": "\(getpid())"]) == .microseconds(5))
        #expect(interval(["WATCHDOG_USEC": "5", "WATCHDOG_PID": "1"]) == nil)
        #expect(interval(["WATCHDOG_USEC": "-5"]) == nil)
    }
}
