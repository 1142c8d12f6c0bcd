import Foundation
import TestSupport
import Testing

/// P8: clients that come in crowds, dawdle or send nonsense neither stop the daemon nor make it
/// grow.
@Suite(.serialized) struct HostileClientTests {
    /// A daemon that waits for its clients seconds only, and what it held before they came.
    private struct Target {
        let folder: TemporaryDirectory
        let daemon: RunningDaemon
        let before: ProcessUsage

        init() throws {
            folder = try TemporaryDirectory()
            let place = try RunningDaemon.Place(
                folder: folder.path,
                configuration: PlainSettings.shared.configuration(
                    named: "hostile.yaml", limits: ["connectionCount: 200"],
                    server: [
                        "idleSeconds: 2", "headerSeconds: 1", "bodySeconds: 2", "writeSeconds: 1",
                    ]))
            daemon = try RunningDaemon(place)
            let writer = WriteLoad(writerCount: 1, seed: 3).writers[0]
            let client = try daemon.client()
            for _ in 0..<5 { #expect(writer.write(client)) }
            // All threads and buffers that a few clients need are there.
            for _ in 0..<20 { _ = try daemon.foundCount("құжат") }
            before = daemon.usage
        }

        /// It answers soon, and holds what it held before; gives the time of the answer.
        func expectWell(_ told: String) throws -> Double {
            let watch = Stopwatch()
            #expect(try daemon.isHealthy, "\(told)")
            let answered = watch.seconds
            // A second on a quiet machine; this one may be busy with other tests.
            #expect(answered < 20, "\(told): health took \(answered) s")
            #expect(try daemon.foundCount("құжат") > 0, "\(told)")
            var after = daemon.usage
            let patience = Stopwatch()
            while after.descriptorCount > before.descriptorCount + 4, patience.seconds < 30 {
                usleep(50_000)
                after = daemon.usage
            }
            #expect(after.descriptorCount <= before.descriptorCount + 4, "\(told)")
            let grown = (after.residentByteCount - before.residentByteCount) >> 20
            #expect(grown < 256, "\(told): \(grown) MiB more")
            return answered
        }

        func report(_ name: String, _ count: Int, _ answered: Double, _ watch: Stopwatch) {
            let after = daemon.usage
            Rounds.report(
                name,
                [
                    "clients": count, "health after": "\(Int(answered * 1000)) ms",
                    "descriptors": "\(before.descriptorCount) → \(after.descriptorCount)",
                    "RSS MiB":
                        "\(before.residentByteCount >> 20) → \(after.residentByteCount >> 20)",
                    "time": watch.text,
                ])
        }
    }

    @Test func `connections that are opened and dropped leave nothing behind`() throws {
        let target = try Target()
        let count = Rounds.count(short: 500, long: 10_000)
        let watch = Stopwatch()
        for number in 0..<count {
            let descriptor = try SocketClient.connected(to: target.daemon.place.socket)
            // Some begin a request first.
            if number % 3 == 0 {
                let bytes = Array("GET /v1/search?q=x HTTP/1.1\r\nHo".utf8.prefix(number % 40))
                send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            }
            close(descriptor)
        }
        let answered = try target.expectWell("dropped connections")
        target.report("connections opened and dropped", count, answered, watch)
        #expect(target.daemon.stop() == 0)
    }

    @Test func `bytes of nonsense are answered or dropped`() throws {
        let target = try Target()
        let count = Rounds.count(short: 100, long: 2000)
        var generator = SeededGenerator(seed: Rounds.seed)
        let watch = Stopwatch()
        for _ in 0..<count {
            let descriptor = try SocketClient.connected(to: target.daemon.place.socket)
            var bytes = (0..<Int.random(in: 1...600, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            // Half of them look like HTTP for a while.
            if Bool.random(using: &generator) {
                bytes = Array("POST /v1/search HTTP/1.1\r\nHost: x\r\n".utf8) + bytes
            }
            send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            shutdown(descriptor, Int32(SHUT_WR))
            close(descriptor)
        }
        let answered = try target.expectWell("nonsense, seed \(Rounds.seed)")
        target.report("clients of nonsense", count, answered, watch)
        #expect(target.daemon.stop() == 0)
    }

    @Test(arguments: SlowCrowd.Manner.allCases)
    func `slow clients are dropped in the end`(_ manner: SlowCrowd.Manner) throws {
        let target = try Target()
        let count = Rounds.count(short: 50, long: 1000)
        let watch = Stopwatch()
        var crowd = SlowCrowd(manner, socket: target.daemon.place.socket, count: count)
        let leftCount = crowd.waitUntilDropped(seconds: 240)
        #expect(leftCount == 0, "\(leftCount) of \(count) clients were never dropped")
        let answered = try target.expectWell("\(manner)")
        target.report("slow clients, \(manner)", count, answered, watch)
        #expect(target.daemon.stop() == 0)
    }
}

/// Many clients on one thread that send or read too slowly, until the daemon drops each.
struct SlowCrowd {
    /// How they dawdle.
    enum Manner: CaseIterable {
        case trickledHeader, trickledBody, neverReading
    }

    private let manner: Manner
    private let socket: String
    private var waitingCount: Int
    private var open: [Int32: Int] = [:]

    init(_ manner: Manner, socket: String, count: Int) {
        self.manner = manner
        self.socket = socket
        waitingCount = count
    }

    /// Keeps all of them dawdling; gives the number that is left after a time.
    mutating func waitUntilDropped(seconds: Double) -> Int {
        let watch = Stopwatch()
        while waitingCount + open.count > 0, watch.seconds < seconds {
            connectMore()
            for descriptor in open.keys.sorted() where !dawdle(descriptor) {
                close(descriptor)
                open[descriptor] = nil
            }
            usleep(100_000)
        }
        for descriptor in open.keys { close(descriptor) }
        return waitingCount + open.count
    }

    /// As many as the backlog takes.
    private mutating func connectMore() {
        while waitingCount > 0 {
            let descriptor = Foundation.socket(
                AF_UNIX,
                Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else { return }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) {
                $0.copyBytes(from: Array(socket.utf8))
            }
            let code = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            guard code == 0 else {
                close(descriptor)
                return
            }
            open[descriptor] = 0
            waitingCount -= 1
        }
    }

    /// Sends a little; false once the daemon has dropped the client.
    private mutating func dawdle(_ descriptor: Int32) -> Bool {
        let step = open[descriptor] ?? 0
        open[descriptor] = step + 1
        let bytes: [UInt8]
        switch manner {
        case .trickledHeader:
            let header = Array("GET /v1/health HTTP/1.1\r\nHost: x\r\nX-Slow: ".utf8)
            bytes = step < header.count ? [header[step]] : [0x61]
        case .trickledBody:
            let header = "POST /v1/search HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n{"
            bytes = step == 0 ? Array(header.utf8) : [0x20]
        case .neverReading:
            // Far more answers than any buffer takes.
            let request = "GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
            bytes = Array(String(repeating: request, count: 100).utf8)
        }
        let count = send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
        if count < 0, errno != EAGAIN { return false }
        if manner == .neverReading {
            // Its end shows without reading: the other side hangs up.
            var state = pollfd(fd: descriptor, events: 0, revents: 0)
            return poll(&state, 1, 0) == 0 || state.revents & Int16(POLLHUP) == 0
        }
        // An answer that says why, or the end.
        var block = [UInt8](repeating: 0, count: 4096)
        let received = recv(descriptor, &block, block.count, Int32(MSG_DONTWAIT))
        return received < 0 && errno == EAGAIN
    }
}
