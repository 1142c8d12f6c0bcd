import Foundation
import JSON
import SearchEngine
import TestSupport
import Testing

/// `izded snapshot`, `restore` and `verify`, as an operator meets them.
@Suite struct BackupProgramTests {
    private let folder: TemporaryDirectory
    private var data: String { "\(folder.path)/data" }

    init() throws {
        folder = try TemporaryDirectory()
    }

    private func izded(_ arguments: String...) throws -> Programs.Outcome {
        try Programs.run("izded", arguments)
    }

    private func build(_ lines: [String]) throws {
        let file = "\(folder.path)/news.jsonl"
        try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
        let outcome = try izded(
            "build", file, "--data", data, "--collection", "news", "-q", "--rejects",
            "\(folder.path)/bad")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func `a snapshot is taken, proved and restored`() throws {
        try build([#"{"id":"a","title":"Бірінші"}"#, #"{"id":"b","title":"Екінші"}"#])
        do {
            let daemon = try Daemon(data: data)
            // Beside a daemon only proving is allowed.
            #expect(try izded("snapshot", "--data", data, "busy").status == 75)
            #expect(try izded("restore", "busy", "--data", data).status == 75)
            #expect(try izded("verify", data).status == 0)
            #expect(try daemon.search("бірінші").ids == ["a"])
            #expect(daemon.stop() == 0)
        }
        let taken = try izded("snapshot", "--data", data, "monday")
        #expect(taken.status == 0, "\(taken.errors)")
        #expect(taken.output.contains("news: generation"))
        #expect(try izded("snapshot", "--data", data, "monday").status == 2)
        #expect(try izded("snapshot", "--data", data, "no name").status == 2)
        let elsewhere = "\(folder.path)/elsewhere"
        #expect(try izded("snapshot", "--data", data, "--to", elsewhere).status == 0)
        let snapshot = "\(data)/snapshots/monday"
        #expect(try izded("verify", snapshot).status == 0)
        try build([#"{"id":"a","title":"Өзгерген"}"#])
        let restored = try izded("restore", "monday", "--data", data)
        #expect(restored.status == 0, "\(restored.errors)")
        #expect(restored.output.contains("news: 2 documents"))
        #expect(restored.output.contains("replaced-"))
        do {
            let daemon = try Daemon(data: data)
            #expect(try daemon.search("бірінші").ids == ["a"])
            #expect(try daemon.search("өзгерген").ids == [])
        }
        let discarded = try izded("restore", elsewhere, "--data", data, "--discard")
        #expect(discarded.status == 0)
        #expect(!discarded.output.contains("replaced-"))
        #expect(try izded("verify", data).status == 0)
    }

    @Test func `damage ends with 65, what cannot be read with 74`() throws {
        try build([#"{"id":"a","title":"Бірінші"}"#])
        #expect(try izded("snapshot", "--data", data, "s").status == 0)
        let copy = "\(folder.path)/copy"
        try FileManager.default.copyItem(atPath: "\(data)/snapshots/s", toPath: copy)
        let news = "\(copy)/collections/news"
        let segment = try #require(
            try FileManager.default.contentsOfDirectory(atPath: news).first {
                $0.hasSuffix(".izs")
            })
        var bytes = try Data(contentsOf: URL(fileURLWithPath: "\(news)/\(segment)"))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: "\(news)/\(segment)"))
        #expect(try izded("verify", copy).status == 65)
        let refused = try izded("restore", copy, "--data", data)
        #expect(refused.status == 65, "\(refused.errors)")
        #expect(refused.errors.contains(segment))
        // A whole collection that is gone is damage too.
        try FileManager.default.removeItem(atPath: news)
        #expect(try izded("verify", copy).status == 65)
        #expect(try izded("restore", copy, "--data", data).status == 65)
        let none = try izded("restore", "\(folder.path)/none", "--data", data)
        #expect(none.status == 65)
        #expect(none.errors.contains("is no snapshot"), "\(none.errors)")
        #expect(try izded("verify", "\(folder.path)/none").status == 74)
        #expect(try izded("verify", data).status == 0)
    }

    @Test func `the daemon serves beside a damaged collection, and check tells of it`() throws {
        try build([#"{"id":"a","title":"Бірінші"}"#])
        let people = "\(data)/collections/people"
        for name in try FileManager.default.contentsOfDirectory(atPath: people)
        where name.hasPrefix("MANIFEST") {
            try Data("torn".utf8).write(to: URL(fileURLWithPath: "\(people)/\(name)"))
        }
        let daemon = try Daemon(data: data)
        #expect(try daemon.search("бірінші").ids == ["a"])
        let refused = try daemon.search(["q": "x", "collections": ["people"]])
        #expect(refused.status == 503)
        #expect(refused.text.contains("izded restore"))
        #expect(daemon.stop() == 0)
        let checked = try izded("check", "--data", data)
        #expect(checked.status == 65)
        #expect(checked.errors.contains("people"))
        let built = try izded("build", "\(folder.path)/news.jsonl", "--data", data, "-q")
        #expect(built.status == 65)
    }

    // MARK: Crashes

    private static let configuration: EngineConfiguration = {
        let kind = CollectionKind(
            name: "notes", fields: [.init(name: "title", role: .text)], titleField: "title")
        var configuration = EngineConfiguration(
            kinds: [kind], defaultCollections: [("notes", "notes")])
        configuration.limits.diskReserveByteCount = 0
        configuration.limits.diskReservePercent = 0
        configuration.limits.logReservationByteCount = 0
        return configuration
    }()

    private func add(_ key: String, _ title: String) async throws {
        let engine = try Engine(
            dataDirectory: data, configuration: Self.configuration, access: .readWrite)
        _ = try await engine.add(
            [
                .document(
                    Document(
                        key: key,
                        members: JSONObject(["id": .string(key), "title": .string(title)])))
            ],
            to: "notes", wait: .visible)
        await engine.close()
    }

    /// The documents, as an engine finds them that starts by itself.
    private func keys() async throws -> [String] {
        let engine = try Engine(
            dataDirectory: data, configuration: Self.configuration, access: .readWrite)
        let keys = try engine.documents(in: "notes", filter: nil, after: nil, limit: 9).map(\.key)
        #expect(try engine.verify(collection: nil).flatMap(\.errors) == [])
        await engine.close()
        return keys
    }

    /// Each call in a long run, else every third.
    private static let step = getenv("IZDE_LONG") != nil ? 1 : 3
    private static let calls = [
        "rename,renameat,renameat2", "fsync,fdatasync", "linkat", "mkdir", "unlinkat,rmdir",
    ]

    @Test(.enabled(if: StraceRun.isThere, "strace is not installed"))
    func `a restore that is killed at any call leaves old or new`() async throws {
        try await add("old", "old")
        #expect(try izded("snapshot", "--data", data, "s").status == 0)
        try await add("new", "new")
        var killed = 0
        for call in Self.calls {
            for number in stride(from: 1, to: 100, by: Self.step) {
                guard
                    try StraceRun.kill(
                        "izded", ["restore", "s", "--data", data, "--discard"], at: call,
                        number: number)
                else { break }
                killed += 1
                let found = try await keys()
                #expect(found == ["old"] || found == ["new", "old"], "\(call) \(number)")
                if found == ["old"] { try await add("new", "new") }
            }
            // It came to its end.
            #expect(try await keys() == ["old"], "\(call)")
            try await add("new", "new")
            let left = try FileManager.default.contentsOfDirectory(atPath: data)
            #expect(!left.contains { $0.hasPrefix("collections.") }, "\(left)")
        }
        if Self.step == 1 { print("killed at \(killed) calls of a restore") }
        #expect(killed >= 8)
    }

    @Test(.enabled(if: StraceRun.isThere, "strace is not installed"))
    func `a snapshot that is killed at any call is whole or not there`() async throws {
        try await add("a", "a")
        var killed = 0
        for call in Self.calls.dropLast() {
            for number in stride(from: 1, to: 100, by: Self.step) {
                let name = "s\(killed)-\(number)"
                let isKilled = try StraceRun.kill(
                    "izded", ["snapshot", "--data", data, name], at: call, number: number)
                let path = "\(data)/snapshots/\(name)"
                let isThere = FileManager.default.fileExists(atPath: path)
                if isThere { #expect(try izded("verify", path).status == 0, "\(call) \(number)") }
                guard isKilled else {
                    #expect(isThere)
                    break
                }
                killed += 1
                #expect(try await keys() == ["a"])
                let left = try FileManager.default.contentsOfDirectory(atPath: "\(data)/snapshots")
                #expect(!left.contains { $0.hasPrefix(".") }, "\(left)")
            }
        }
        if Self.step == 1 { print("killed at \(killed) calls of a snapshot") }
        #expect(killed >= 6)
    }
}
