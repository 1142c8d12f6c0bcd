import Foundation
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import izded

/// `izded build --from-store`: after a change of the tables of a language.
@Suite struct RebuildProgramTests {
    private let folder: TemporaryDirectory
    private var data: String { "\(folder.path)/data" }
    /// The configuration before the change of the tables, and after it.
    private var before: String { "\(folder.path)/before.yaml" }
    private var after: String { "\(folder.path)/after.yaml" }

    init() throws {
        folder = try TemporaryDirectory()
        let light = try #require(Programs.environment["IZDE_LANGUAGES"])
        for name in ["before", "after"] {
            let tables = "\(folder.path)/\(name)"
            try FileManager.default.copyItem(atPath: light, toPath: tables)
            if name == "after" {
                let path = "\(tables)/en/stop-words.txt"
                let words = try String(contentsOfFile: path, encoding: .utf8)
                try FileManager.default.removeItem(atPath: path)
                try (words + "library\n").write(toFile: path, atomically: true, encoding: .utf8)
            }
            try """
            data: \(folder.path)/data
            languages: \(tables)
            names: \(Programs.environment["IZDE_NAMES"] ?? "")
            lexicon: \(Programs.environment["IZDE_LEXICON"] ?? "")
            limits:
              diskReserveByteCount: 1
              diskReservePercent: 1
            kinds:
              notes:
                title: title
                fields:
                  title: { role: text }
                  lang: { role: keyword }
            collections:
              notes: notes

            """.write(toFile: "\(folder.path)/\(name).yaml", atomically: true, encoding: .utf8)
        }
    }

    /// Variables stand above the file; they name other tables.
    private static let environment = ["IZDE_LANGUAGES": ""]

    private func izded(_ arguments: String...) throws -> Programs.Outcome {
        try Programs.run("izded", arguments, environment: Self.environment)
    }

    private func daemon(_ configuration: String) throws -> Daemon {
        try Daemon(
            data: data, arguments: ["--config", configuration], environment: Self.environment)
    }

    private func add(_ daemon: Daemon, _ line: String) throws -> Daemon.Answer {
        try daemon.send(
            "POST", "/v1/collections/notes/documents?wait=durable", Array(line.utf8),
            type: "application/x-ndjson")
    }

    private func documents(_ daemon: Daemon) throws -> [String] {
        try daemon.send("GET", "/v1/collections/notes/documents?limit=100").json["results"]?.array?
            .map(\.text) ?? []
    }

    @Test func `a daemon serves, refuses writes, is rebuilt and writes again`() throws {
        let stored: [String]
        do {
            let daemon = try daemon(before)
            for number in 0..<5 {
                let answer = try add(
                    daemon, #"{"id":"n\#(number)","title":"The library number \#(number)"}"#)
                #expect(answer.status == 200, "\(answer.text)")
            }
            // Killed, so that some are in the log alone.
            #expect(daemon.stop(signal: SIGKILL) == 128 + SIGKILL)
        }
        do {
            let daemon = try daemon(before)
            stored = try documents(daemon)
            #expect(stored.count == 5)
            #expect(try add(daemon, #"{"id":"n5","title":"In the log"}"#).status == 200)
            #expect(daemon.stop(signal: SIGKILL) == 128 + SIGKILL)
        }
        do {
            let daemon = try daemon(after)
            #expect(try daemon.search("library").ids.count == 5)
            let refused = try add(daemon, #"{"id":"n6","title":"Refused"}"#)
            #expect(refused.status == 409)
            #expect(refused.text.contains("build --from-store"), "\(refused.text)")
            // Nothing is rebuilt beside a daemon.
            #expect(try izded("build", "--from-store", "--config", after).status == 75)
            #expect(daemon.stop() == 0)
        }
        let checked = try izded("check", "--config", after)
        #expect(checked.output.contains("--from-store"))
        let built = try izded("build", "--from-store", "--config", after)
        #expect(built.status == 0, "\(built.errors)")
        #expect(built.output.contains("notes: 6 documents"), "\(built.output)")
        #expect(try izded("verify", data).status == 0)
        do {
            let daemon = try daemon(after)
            let found = try documents(daemon)
            #expect(Array(found.prefix(5)) == stored)
            #expect(found.count == 6)
            #expect(try daemon.search("library").ids.count == 5)
            #expect(try add(daemon, #"{"id":"n6","title":"Taken"}"#).status == 200)
        }
        let again = try izded("build", "--from-store", "--config", after)
        #expect(again.status == 0)
        #expect(again.output.contains("of today"), "\(again.output)")
    }

    @Test func `wrong use of --from-store is told`() throws {
        #expect(try izded("build", "--config", after).status == 2)
        #expect(try izded("build", "--from-store", "x.jsonl", "--config", after).status == 2)
        #expect(try izded("build", "x.jsonl", "--drop-rejected", "--config", after).status == 2)
        #expect(
            try izded("build", "--from-store", "--collection", "none", "--config", after).status
                == 2)
    }

    @Test(.enabled(if: StraceRun.isThere, "strace is not installed"))
    func `a rebuild that is killed at any call leaves old or new`() async throws {
        var (before, after) = (
            try Configuration.load(file: self.before), try Configuration.load(file: self.after)
        )
        let (old, new) = (try before.engine(), try after.engine())
        let source = "\(folder.path)/source"
        let engine = try Engine(dataDirectory: source, configuration: old, access: .readWrite)
        for key in ["a", "b"] {
            _ = try await engine.add(
                [
                    .document(
                        Document(
                            key: key, members: JSONObject(["id": .string(key), "title": "x"])))
                ],
                to: "notes", wait: .visible)
        }
        await engine.close()
        let step = getenv("IZDE_LONG") != nil ? 1 : 2
        var (killed, rebuilt) = (0, 0)
        for call in ["rename,renameat,renameat2", "fsync,fdatasync", "unlinkat,rmdir"] {
            for number in stride(from: 1, to: 200, by: step) {
                if FileManager.default.fileExists(atPath: data) {
                    try FileManager.default.removeItem(atPath: data)
                }
                try FileManager.default.copyItem(atPath: source, toPath: data)
                let isKilled = try StraceRun.kill(
                    "izded", ["build", "--from-store", "-q", "--config", self.after], at: call,
                    number: number, environment: Self.environment)
                let opened = try Engine(
                    dataDirectory: data, configuration: new, access: .readWrite)
                #expect(
                    try opened.documents(in: "notes", filter: nil, after: nil, limit: 9)
                        .map(\.key) == ["a", "b"], "\(call) \(number)")
                #expect(try opened.verify(collection: nil).flatMap(\.errors) == [])
                if opened.collectionsToRebuild.isEmpty { rebuilt += 1 }
                let left = try FileManager.default.contentsOfDirectory(
                    atPath: "\(data)/collections")
                #expect(left == ["notes"], "\(call) \(number)")
                await opened.close()
                guard isKilled else { break }
                killed += 1
            }
        }
        if step == 1 { print("killed at \(killed) calls of a rebuild") }
        #expect(killed > 5)
        #expect(rebuilt >= 3)
    }
}
