import Glibc
import JSON
import ServiceAPI
import Synchronization
import TestSupport
import Testing

@testable import izde

/// A daemon that answers each connection by a script; ends with the test.
private final class ScriptedDaemon: Sendable {
    /// What happens on one connection, given its descriptor.
    typealias Script = @Sendable (Int32) -> Void

    let path: String
    private let listener: Int32
    private let count = Atomic<Int>(0)

    /// How many connections were taken.
    var connectionCount: Int { count.load(ordering: .relaxed) }

    init(_ scripts: [Script]) throws {
        var template = Array("/tmp/izde-client-XXXXXX".utf8CString)
        let folder = try #require(mkdtemp(&template))
        path = String(cString: folder) + "/s"
        let handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        listener = handle
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(bound == 0 && listen(handle, 8) == 0)
        Threads.start { [weak self] in
            for script in scripts {
                let peer = accept(handle, nil, nil)
                guard peer >= 0 else { return }
                self?.count.add(1, ordering: .relaxed)
                script(peer)
                close(peer)
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
        unlink(path)
        rmdir(String(path.dropLast(2)))
    }
}

/// Threads of the system, since the scripts block.
private enum Threads {
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    static func start(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        pthread_create(
            &thread, nil,
            { pointer in
                guard let pointer else { return nil }
                Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().body()
                return nil
            }, work.toOpaque())
        pthread_detach(thread)
    }
}

/// Reads until the empty line that ends the head of a request.
@Sendable private func readHead(_ peer: Int32) {
    var last: [UInt8] = []
    var byte: UInt8 = 0
    while read(peer, &byte, 1) == 1 {
        last.append(byte)
        if last.suffix(4) == Array("\r\n\r\n".utf8)[...] { return }
    }
}

@Sendable private func say(_ peer: Int32, _ text: String) {
    let bytes = Array(text.utf8)
    _ = send(peer, bytes, bytes.count, Int32(MSG_NOSIGNAL))
}

private let healthy =
    "HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"status\":\"available\"}"

@Suite(.onFewThreads) struct `The connection to the daemon` {
    private func error(_ client: DaemonClient) -> ConnectionError? {
        do throws(ClientError) {
            _ = try client.send(.health)
            return nil
        } catch {
            guard case .connection(let reason, _) = error else { return nil }
            return reason
        }
    }

    @Test func `carries several requests`() throws {
        let daemon = try ScriptedDaemon([
            { peer in
                for _ in 0..<3 {
                    readHead(peer)
                    say(peer, healthy)
                }
            }
        ])
        let client = DaemonClient(path: daemon.path, timeoutMilliseconds: 5000)
        for _ in 0..<3 {
            #expect(try DaemonClient.json(of: client.send(.health)) == ["status": "available"])
        }
        #expect(daemon.connectionCount == 1)
    }

    @Test func `is opened anew, once, when the daemon closed it while it was idle`() throws {
        let once: @Sendable (Int32) -> Void = { peer in
            readHead(peer)
            say(peer, healthy)
        }
        let daemon = try ScriptedDaemon([once, once, { readHead($0) }, { readHead($0) }])
        let client = DaemonClient(path: daemon.path, timeoutMilliseconds: 5000)
        #expect(try client.send(.health).status == 200)
        #expect(try client.send(.health).status == 200)
        #expect(daemon.connectionCount == 2)
        #expect(error(client) == .closed)
    }

    @Test func `fails with a reason where no daemon is`() throws {
        let absent = DaemonClient(path: "/tmp/no/such/socket", timeoutMilliseconds: 1000)
        #expect(error(absent) == .cannotConnect(path: "/tmp/no/such/socket", code: ENOENT))
        let long = String(repeating: "x", count: 200)
        #expect(error(DaemonClient(path: long, timeoutMilliseconds: 1000)) == .badPath(long))
        let path: String
        do {
            let daemon = try ScriptedDaemon([])
            path = daemon.path
        }
        #expect(
            error(DaemonClient(path: path, timeoutMilliseconds: 1000))
                == .cannotConnect(path: path, code: ENOENT))
    }

    @Test func `waits no longer than it was told, be the daemon silent or slow`() throws {
        let silent: @Sendable (Int32) -> Void = { peer in
            readHead(peer)
            // Until the client has left.
            var byte: UInt8 = 0
            while recv(peer, &byte, 1, 0) > 0 {}
        }
        let slow: @Sendable (Int32) -> Void = { peer in
            readHead(peer)
            for character in healthy {
                say(peer, String(character))
                usleep(100_000)
            }
        }
        for script in [silent, slow] {
            let daemon = try ScriptedDaemon([script])
            let start = ContinuousClock.now
            let client = DaemonClient(path: daemon.path, timeoutMilliseconds: 200)
            #expect(error(client) == .timedOut(milliseconds: 200))
            // A whole answer of the slow one would take this long; a busy machine takes less.
            #expect(start.duration(to: .now) < .milliseconds(100) * healthy.count)
        }
    }

    @Test func `tells apart an answer that is cut, foreign or refused`() throws {
        func daemon(_ text: String) throws -> ScriptedDaemon {
            try ScriptedDaemon([
                { peer in
                    readHead(peer)
                    say(peer, text)
                }
            ])
        }
        let cut = try daemon("HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"status\"")
        #expect(error(DaemonClient(path: cut.path, timeoutMilliseconds: 5000)) == .closed)
        let foreign = try daemon("220 mail ready\r\n\r\n")
        #expect(
            error(DaemonClient(path: foreign.path, timeoutMilliseconds: 5000))
                == .malformed("the answer does not begin as HTTP/1.1"))
        let body =
            #"{"code":"stopping","status":503,"title":"x","detail":"The daemon is stopping"}"#
        let refused = try daemon(
            "HTTP/1.1 503 X\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        do throws(ClientError) {
            _ = try DaemonClient(path: refused.path, timeoutMilliseconds: 5000).send(.health)
            Issue.record("an error was taken for an answer")
        } catch {
            #expect(error.status == .tryAgain)
            #expect(error.message == "The daemon is stopping")
        }
    }

    @Test func `reads an answer that comes before the whole request is sent`() throws {
        let daemon = try ScriptedDaemon([
            { peer in
                readHead(peer)
                say(
                    peer,
                    "HTTP/1.1 413 X\r\nConnection: close\r\nContent-Length: 51\r\n\r\n"
                        + #"{"code":"body_too_large","status":413,"detail":"x"}"#)
                usleep(100_000)
            }
        ])
        let client = DaemonClient(path: daemon.path, timeoutMilliseconds: 5000)
        let response = try client.exchange(
            .addDocuments, parameters: ["collection": "news"],
            body: .lines([UInt8](repeating: 0x20, count: 8 << 20)))
        #expect(response.status == 413)
    }

    @Test func `sends requests that the daemon reads as they were meant`() {
        let request = DaemonClient.request(
            method: "POST", target: "/v1/search", body: .json(["q": "сөз"]))
        #expect(
            String(decoding: request, as: UTF8.self) == """
                POST /v1/search HTTP/1.1\r
                Host: izde\r
                User-Agent: izde\r
                Content-Type: application/json\r
                Content-Length: 14\r
                \r
                {"q":"сөз"}
                """)
    }
}
