import Foundation
import JSON
import TestSupport
import Testing

/// The daemon as those see it who run it.
@Suite(.onFewThreads) struct DaemonFaceTests {
    private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
        let url = folder.appendingPathComponent(name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url.path
    }

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-face-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    private func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
        for _ in 0..<600 {
            if try condition() { return true }
            usleep(50_000)
        }
        return false
    }

    /// A connection that stays open.
    private final class Connection {
        private let descriptor: Int32

        init(_ path: String) throws {
            descriptor = try SocketClient.connected(to: path)
            var timeout = timeval(tv_sec: 60, tv_usec: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout,
                socklen_t(MemoryLayout<timeval>.size))
        }

        deinit { close(descriptor) }

        func send(_ text: String) {
            let bytes = Array(text.utf8)
            #expect(
                Foundation.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count)
        }

        /// All that comes until the daemon closes.
        func rest() -> [UInt8] {
            var answer: [UInt8] = []
            var chunk = [UInt8](repeating: 0, count: 65536)
            while true {
                let count = recv(descriptor, &chunk, chunk.count, 0)
                if count <= 0 { return answer }
                answer += chunk[..<count]
            }
        }
    }

    @Test func `P10: SIGTERM lets a write under way end, exits with 0, and the write is kept`()
        throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let data = folder.appendingPathComponent("data").path
        let daemon = try Daemon(data: data)
        let body = "{\"id\":\"late\",\"title\":\"соңғы құжат\"}\n"
        let connection = try Connection(daemon.socket)
        connection.send(
            "POST /v1/collections/news/documents HTTP/1.1\r\nHost: izde\r\n"
                + "Content-Type: application/x-ndjson\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
                + body.prefix(10))
        let idle = try Connection(daemon.socket)
        usleep(200_000)
        kill(daemon.processIdentifier, SIGTERM)
        // It accepts nothing more and waits for the rest of the body.
        #expect(eventually { (try? daemon.send("GET", "/v1/health")) == nil })
        #expect(idle.rest().isEmpty)
        usleep(500_000)
        #expect(daemon.isRunning)
        connection.send(String(body.dropFirst(10)))
        let answer = try Daemon.parse(connection.rest())
        #expect(answer.status == 200)
        #expect(answer.headers["connection"] == "close")
        #expect(daemon.stop() == 0)
        #expect(!FileManager.default.fileExists(atPath: daemon.socket))
        let again = try Daemon(data: data)
        #expect(try again.send("GET", "/v1/collections/news/documents/late").status == 200)
    }

    @Test func `P10: what does not end within the time for draining is cut, and the exit is 0`()
        throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write("server: { drainSeconds: 1 }\n", "izde.yaml", in: folder)
        let daemon = try Daemon(arguments: ["--config", file])
        let connection = try Connection(daemon.socket)
        connection.send("POST /v1/search HTTP/1.1\r\nContent-Length: 100\r\n\r\n{")
        usleep(200_000)
        let start = ContinuousClock.now
        #expect(daemon.stop() == 0)
        #expect(ContinuousClock.now - start < .seconds(20))
        #expect(connection.rest().isEmpty)
    }

    @Test(arguments: ["text", "json"])
    func `P12: the log holds no text of a query nor of a document, at any level`(format: String)
        throws
    {
        let daemon = try Daemon(arguments: ["--log-level", "trace", "--log-format", format])
        let query = "құпиясұрау"
        let document = "құпияқұжат"
        let lines = [
            "{\"id\":\"a\",\"title\":\"\(document)\",\"lang\":\"kk\"}", "{\"id\":\"\(document)",
            "{\"id\":\"b\",\"publishedAt\":\"\(document)\"}",
        ].joined(separator: "\n")
        _ = try daemon.send(
            "POST", "/v1/collections/news/documents?wait=visible", Array(lines.utf8),
            type: "application/x-ndjson")
        let encoded = query.utf8.map { "%" + String($0, radix: 16) }.joined()
        for path in [
            "/v1/search?q=\(encoded)", "/v1/suggest?q=\(encoded)", "/v1/names?q=\(encoded)",
            "/v1/search?q=a&filter=\(encoded)", "/\(encoded)", "/v1/search?\(encoded)=1",
            "/v1/collections/news/documents/\(encoded)", "/v1/search?q=\(query)",
        ] {
            _ = try daemon.send("GET", path)
        }
        _ = try daemon.send(
            "POST", "/v1/search", Array("{\"q\":\"\(query)\",\"mode\":\"query\"".utf8))
        _ = try daemon.search(["q": .string("(\(query)"), "mode": "query"])
        _ = try daemon.search(["q": .string(query), "filter": .string(document)])
        _ = try daemon.send("POST", "/v1/analyze", Array("{\"text\":\"\(document)\"}".utf8))
        _ = try daemon.exchange(Array("\(query) \(document)\r\n\r\n".utf8))
        _ = try daemon.send("GET", "/v1/health", headers: ["X-Text: \(query)"])
        #expect(try daemon.search(document).ids == ["a"])
        #expect(daemon.stop() == 0)
        let log = daemon.log
        #expect(log.contains("answered") && log.contains("uid"))
        for secret in [query, document, encoded, encoded.uppercased(), "құпия", "%D2%9B"] {
            #expect(!log.localizedCaseInsensitiveContains(secret), "\(secret)")
        }
    }

    @Test func `queries are in the log only when asked for, with a warning`() throws {
        let daemon = try Daemon(arguments: ["--log-queries"])
        _ = try daemon.search("сұрақ\u{1B}[31m")
        #expect(daemon.stop() == 0)
        let lines = daemon.log.split(separator: "\n")
        #expect(lines.contains { $0.contains(" warning ") && $0.contains("log.queries") })
        #expect(lines.contains { $0.contains(" info query ") && $0.contains("q=сұрақ\\u{1b}[31m") })
    }

    @Test func `P9: a second daemon on the same data leaves no socket and the first as it is`()
        throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try Daemon()
        let socket = folder.appendingPathComponent("second.sock").path
        let second = try Programs.run("izded", ["serve", "--socket", socket, "--data", first.data])
        #expect(second.status == 75, "\(second.errors)")
        #expect(!FileManager.default.fileExists(atPath: socket))
        #expect(try first.send("GET", "/v1/health").status == 200)
    }

    @Test func `P11: the socket and its folder are for user and group, whatever the umask`() throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let socket = folder.appendingPathComponent("run/izded.sock").path
        let file = try write("socket: { path: \(socket) }\n", "izde.yaml", in: folder)
        let old = umask(0o077)
        defer { umask(old) }
        let process = try ChildProcess(
            Programs.folder.appendingPathComponent("izded").path,
            ["serve", "--config", file, "--data", "\(folder.path)/data"],
            environment: Programs.environment, folder: Programs.project.path)
        defer {
            process.signal(SIGTERM)
            process.wait()
        }
        func mode(_ path: String) -> UInt32? {
            var status = stat()
            return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
        }
        #expect(eventually { mode(socket) == 0o660 })
        #expect(mode("\(folder.path)/run") == 0o750)
        #expect(mode("\(folder.path)/data").map { $0 & 0o077 } == 0)
    }

    @Test func `with few descriptors fewer connections are taken, and all have their turn`() throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let socket = folder.appendingPathComponent("d.sock").path
        let log = folder.appendingPathComponent("log")
        // Half of 160 without 64: 16 connections.
        let process = try ChildProcess(
            "/bin/sh",
            [
                "-c", "ulimit -n 160; exec \"$0\" serve --socket \"$1\" --data \"$2\"",
                Programs.folder.appendingPathComponent("izded").path, socket,
                "\(folder.path)/data",
            ], environment: Programs.environment, folder: Programs.project.path,
            errors: log.path)
        defer {
            process.signal(SIGTERM)
            process.wait()
        }
        #expect(eventually { access(socket, F_OK) == 0 })
        var clients: [Connection] = []
        for _ in 0..<60 {
            clients.append(try Connection(socket))
            clients.last?.send("GET /v1/health HTTP/1.1\r\nConnection: close\r\n\r\n")
        }
        for client in clients { #expect(try Daemon.parse(client.rest()).status == 200) }
        let text = try String(contentsOf: log, encoding: .utf8)
        #expect(text.contains("allowed=16"), "\(text)")
    }

    @Test func `SIGHUP and the client read the configuration again; a wrong one changes nothing`()
        throws
    {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write("limits: { hitCount: 5 }\n", "izde.yaml", in: folder)
        let daemon = try Daemon(arguments: ["--config", file])
        func status(_ limit: Int) throws -> Int {
            try daemon.search(["q": "a", "limit": .integer(Int64(limit))]).status
        }
        #expect(try status(5) == 200)
        #expect(try status(6) == 400)

        _ = try write("limits: { hitCount: 7 }\nlog: { level: debug }\n", "izde.yaml", in: folder)
        kill(daemon.processIdentifier, SIGHUP)
        #expect(try eventually { try status(6) == 200 })
        #expect(try status(8) == 400)
        // The level of the log is taken over last, so that an answer before it is not in there.
        #expect(
            try eventually {
                _ = try status(7)
                return daemon.log.contains(" debug answered")
            })

        _ = try write("limits: { hitCnt: 9 }\n", "izde.yaml", in: folder)
        let wrong = try Programs.run("izde", ["--socket", daemon.socket, "admin", "reload"])
        #expect(wrong.status == 78, "\(wrong.errors)")
        #expect(wrong.errors.contains("hitCount"))
        kill(daemon.processIdentifier, SIGHUP)
        #expect(eventually { daemon.log.contains(" error the configuration is wrong") })
        #expect(try status(7) == 200)

        _ = try write(
            "data: /elsewhere\nlimits: { hitCount: 9 }\nserver: { eventLoopCount: 77 }\n",
            "izde.yaml", in: folder)
        let reloaded = try Programs.run("izde", ["--socket", daemon.socket, "admin", "reload"])
        #expect(reloaded.status == 0, "\(reloaded.errors)")
        // The flag --data is stronger than the file, so that nothing is different there.
        #expect(reloaded.errors.contains("server.eventLoopCount"))
        #expect(!reloaded.errors.contains("data"))
        #expect(try status(9) == 200)
        #expect(daemon.stop() == 0)
    }

    @Test func `snapshots, compaction and verification by the client`() throws {
        let daemon = try Daemon()
        func izde(_ arguments: String...) throws -> Programs.Outcome {
            try Programs.run("izde", ["--socket", daemon.socket] + arguments)
        }
        _ = try daemon.send(
            "POST", "/v1/collections/news/documents?wait=visible",
            Array("{\"id\":\"a\",\"title\":\"құжат\"}\n".utf8), type: "application/x-ndjson")
        let snapshot = try izde("snapshot", "first")
        #expect(snapshot.status == 0, "\(snapshot.errors)")
        let path = snapshot.output.trimmingCharacters(in: .newlines)
        #expect(path.hasSuffix("/snapshots/first"))
        #expect(FileManager.default.fileExists(atPath: path))
        #expect(try izde("snapshot", "../first").status == 2)
        #expect(try izde("admin", "compact").status == 0)
        let verified = try izde("admin", "verify", "news")
        #expect(verified.status == 0, "\(verified.errors)")
        #expect(verified.output.contains("1 documents") && verified.output.contains(": sound"))
        #expect(try izde("admin", "verify", "nothing").status == 2)
        let metrics = try daemon.send("GET", "/metrics")
        #expect(metrics.text.contains("izde_collection_documents{collection=\"news\"} 1\n"))
        #expect(metrics.text.contains("izde_ready 1\n"))
    }

    @Test(
        .enabled(
            if: geteuid() == 0 && access("/usr/bin/setpriv", X_OK) == 0
                && access("/usr/bin/curl", X_OK) == 0, "needs root, setpriv and curl"))
    func `another user may write, and administer only if he is listed`() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = try write("socket: { mode: 666 }\n", "izde.yaml", in: folder)
        let daemon = try Daemon(arguments: ["--config", file, "--log-level", "debug"])
        func status(_ method: String, _ path: String, _ body: String = "") throws -> String {
            let process = try ChildProcess.run(
                "/usr/bin/setpriv",
                [
                    "--reuid=65534", "--regid=65534", "--clear-groups", "/usr/bin/curl", "-s", "-o",
                    "/dev/null", "-w", "%{http_code}", "-X", method, "--unix-socket",
                    daemon.socket, "-H", "Content-Type: application/json", "-d", body,
                    "http://izde" + path,
                ], environment: Programs.environment, scratch: folder.path)
            return process.text
        }
        chmod(daemon.folder.path, 0o755)
        let document = "{\"id\":\"a\",\"title\":\"t\"}"
        #expect(try status("POST", "/v1/collections/news/documents", document) == "200")
        #expect(daemon.log.contains("uid=65534"))
        for path in ["/v1/snapshots", "/v1/admin/verify", "/v1/admin/compact", "/v1/admin/reload"] {
            #expect(try status("POST", path) == "403", "\(path)")
        }
        #expect(try status("DELETE", "/v1/collections/news") == "403")
        _ = try write("socket: { mode: 666, adminUsers: [65534] }\n", "izde.yaml", in: folder)
        kill(daemon.processIdentifier, SIGHUP)
        #expect(try eventually { try status("POST", "/v1/admin/verify") == "200" })
        #expect(daemon.log.split(separator: "\n").contains { $0.contains(" info answered") })
    }
}
