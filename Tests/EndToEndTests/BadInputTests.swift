import Foundation
import JSON
import TestSupport
import Testing

/// What is wrong gets a clear answer or a counted reject; nothing is lost, the daemon goes on.
@Suite(.onFewThreads) struct BadInputTests {
    private func ndjson(_ daemon: Daemon, _ bytes: [UInt8], wait: String = "visible") throws
        -> Daemon.Answer
    {
        try daemon.send(
            "POST", "/v1/collections/news/documents?wait=\(wait)", bytes,
            type: "application/x-ndjson")
    }

    private func isAlive(_ daemon: Daemon) throws -> Bool {
        try daemon.send("GET", "/v1/health").status == 200
    }

    @Test func `bad lines of a batch are answered one by one and the others go in`() throws {
        let daemon = try Daemon()
        var body = Array("{\"id\":\"a\",\"title\":\"бірінші\"}\n".utf8)
        body += Array("{\"id\":\"b\",\"title\":\"cut\n".utf8)
        body += Array("{\"id\":\"c\",\"title\":\"".utf8) + [0xFF] + Array("\"}\n".utf8)
        body += Array("{\"title\":\"no id\"}\n".utf8)
        body += Array("{\"id\":\"a\",\"title\":\"екінші\"}\n".utf8)
        body += Array("{\"id\":\"\",\"title\":\"empty id\"}\n".utf8)
        body += Array("{\"id\":\"d\",\"title\":[1,2]}\n".utf8)
        let answer = try ndjson(daemon, body)
        #expect(answer.status == 200)
        let lines = try answer.lines
        #expect(lines.count == 8)
        let statuses = lines.prefix(7).map { $0["status"]?.string ?? "" }
        #expect(
            statuses == ["created", "error", "error", "error", "replaced", "error", "error"])
        #expect(lines.last?["summary"]?["failed"]?.integer == 5)
        #expect(try daemon.search("екінші").ids == ["a"])
        #expect(try daemon.search("бірінші").ids == [])
        #expect(try isAlive(daemon))
    }

    @Test func `requests over a limit and requests of nonsense get their problem`() throws {
        let daemon = try Daemon()
        func problem(_ answer: Daemon.Answer) throws -> (Int, String) {
            #expect(answer.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            return (answer.status, try answer.json["code"]?.string ?? "")
        }
        #expect(
            try problem(daemon.search(String(repeating: "қ", count: 5000))) == (400, "invalid_q"))
        let clauses = (0..<300).map { "сөз\($0)" }.joined(separator: " ")
        #expect(try problem(daemon.search(clauses)) == (400, "invalid_q"))
        // Unbalanced quotes: text in simple mode, an error with its place in query mode.
        #expect(try daemon.search("\"ашық тырнақша").status == 200)
        let unbalanced = try daemon.search(["q": "сөз \"ашық тырнақша", "mode": "query"])
        #expect(try problem(unbalanced) == (400, "invalid_query_syntax"))
        #expect(try unbalanced.json["position"]?["start"]?.integer == 7)
        let unknown = try daemon.search(["q": "сөз", "limt": 3])
        #expect(try problem(unknown) == (400, "unknown_field"))
        #expect(try unknown.json["suggestion"]?.string == "limit")
        #expect(
            try problem(daemon.search(["q": "сөз", "filter": "published > 2020"]))
                == (400, "invalid_filter"))
        #expect(try problem(daemon.search(["q": "сөз", "limit": 1001])) == (400, "invalid_limit"))
        #expect(
            try problem(daemon.search(["q": "сөз", "collections": ["none"]]))
                == (404, "collection_not_found"))
        #expect(
            try problem(daemon.send("POST", "/v1/search", Array("{\"q\":".utf8)))
                == (400, "invalid_json"))
        #expect(try problem(daemon.send("GET", "/v1/nothing")) == (404, "route_not_found"))
        #expect(try problem(daemon.send("DELETE", "/v1/search")) == (405, "method_not_allowed"))
        #expect(
            try problem(daemon.send("GET", "/v1/collections/news/documents/none"))
                == (404, "document_not_found"))
        let large = [UInt8](repeating: UInt8(ascii: " "), count: 300 << 10)
        #expect(try problem(daemon.send("POST", "/v1/search", large)) == (413, "body_too_large"))
        #expect(try isAlive(daemon))
    }

    @Test func `files that cannot be read are counted, named and kept beside`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-bad-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ name: String, _ bytes: [UInt8]) throws {
            try Data(bytes).write(to: folder.appendingPathComponent(name))
        }
        try write("empty.txt", [])
        var lines = Array("{\"id\":\"good\",\"title\":\"жақсы құжат\"}\n{\"id\":\"cut\",\n".utf8)
        lines += Array("{\"id\":\"bytes\",\"title\":\"".utf8) + [0xC3, 0x28] + Array("\"}\n".utf8)
        lines += Array("{\"title\":\"no id\"}\n{\"id\":\"good\",\"title\":\"қайталанған\"}\n".utf8)
        lines += Array("{\"id\":\"huge\",\"title\":\"".utf8)
        lines += [UInt8](repeating: UInt8(ascii: "x"), count: 50 << 20)
        lines += Array("\"}\n{\"id\":\"last\",\"title\":\"соңғы\"}".utf8)
        try write("mixed.jsonl", lines)
        let rejects = folder.appendingPathComponent("out.rejects").path
        let data = folder.appendingPathComponent("data").path
        let build = try Programs.run(
            "izded",
            [
                "build", folder.path, folder.path + "/missing", "--data", data, "--rejects",
                rejects,
            ])
        #expect(build.status == 65, "\(build.errors)")
        let named = try String(contentsOfFile: rejects, encoding: .utf8)
        for place in [
            "empty.txt", "mixed.jsonl:2", "mixed.jsonl:3", "mixed.jsonl:4", "mixed.jsonl:6",
            "missing",
        ] {
            #expect(named.contains(place), "\(place) is not in the rejects: \(named.prefix(2000))")
        }
        let daemon = try Daemon(data: data)
        #expect(try daemon.search("соңғы").ids == ["last"])
        #expect(try daemon.send("GET", "/v1/collections/news/documents/good").status == 200)
    }

    @Test func `a second daemon refuses and leaves the first untouched`() throws {
        let daemon = try Daemon()
        _ = try ndjson(daemon, Array("{\"id\":\"a\",\"title\":\"тексеру\"}\n".utf8))
        let sameData = try Programs.run(
            "izded",
            ["serve", "--data", daemon.data, "--socket", daemon.folder.path + "/other.sock"])
        #expect(sameData.status != 0)
        #expect(sameData.errors.contains("daemon") || sameData.errors.contains("lock"))
        let sameSocket = try Programs.run(
            "izded",
            ["serve", "--data", daemon.folder.path + "/other", "--socket", daemon.socket])
        #expect(sameSocket.status != 0)
        #expect(try daemon.search("тексеру").ids == ["a"])
        let build = try Programs.run(
            "izded", ["build", "index/sources", "--data", daemon.data])
        #expect(build.status != 0)
        #expect(try isAlive(daemon))
    }

    @Test func `a damaged segment is found and the daemon answers all the same`() throws {
        let first = try Daemon()
        _ = try ndjson(first, Array("{\"id\":\"a\",\"title\":\"тексеру құжаты\"}\n".utf8))
        #expect(first.stop() == 0)
        #expect(try Programs.run("izded", ["verify", first.data]).status == 0)
        for part in 0..<6 {
            // Each place in a copy of its own: a daemon may write a new generation beside it.
            let copy = first.folder.appendingPathComponent("copy\(part)")
            try FileManager.default.copyItem(at: URL(fileURLWithPath: first.data), to: copy)
            let collection = copy.appendingPathComponent("collections/news")
            let segment = try #require(
                try FileManager.default.contentsOfDirectory(
                    at: collection, includingPropertiesForKeys: nil
                ).first { $0.pathExtension == "izs" })
            var bytes = try Data(contentsOf: segment)
            let place = 1 + (bytes.count - 2) * part / 5
            bytes[place] ^= 0x10
            try bytes.write(to: segment)
            let verify = try Programs.run("izded", ["verify", copy.path])
            #expect(verify.status == 65, "byte \(place): \(verify.output) \(verify.errors)")
            // The daemon refuses the data with a typed error, or serves what is sound: no signal.
            do {
                let daemon = try Daemon(data: copy.path)
                #expect(try daemon.search("тексеру").status < 600)
                #expect(try isAlive(daemon))
                #expect(daemon.stop() == 0)
            } catch let failure as Daemon.Failure {
                #expect(failure.status == 65, "byte \(place): \(failure)")
            }
        }
    }

    @Test func `an acknowledged write survives the death of the daemon`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-kill-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var acknowledged = 0
        for round in 0..<3 {
            let daemon = try Daemon(data: folder.path)
            for _ in 0..<5 {
                let line = "{\"id\":\"k\(acknowledged)\",\"title\":\"құжат\",\"n\":\(round)}\n"
                let answer = try ndjson(daemon, Array(line.utf8), wait: "durable")
                #expect(answer.status == 200)
                acknowledged += 1
            }
            #expect(daemon.stop(signal: SIGKILL) == 128 + SIGKILL)
        }
        let daemon = try Daemon(data: folder.path)
        for number in 0..<acknowledged {
            let answer = try daemon.send("GET", "/v1/collections/news/documents/k\(number)")
            #expect(answer.status == 200, "k\(number) is lost")
        }
        #expect(daemon.stop() == 0)
        #expect(try Programs.run("izded", ["verify", folder.path]).status == 0)
    }
}
