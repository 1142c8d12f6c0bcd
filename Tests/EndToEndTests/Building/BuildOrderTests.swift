import Corpus
import Foundation
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing

@testable import izded

/// Names go in first, each file is told of once.
@Suite(.onFewThreads) struct BuildOrderTests {
    private let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("izde-order-\(UUID().uuidString)")

    /// Institutions, people and news, in one file and apart; with rejects of every sort.
    private func writeCorpus() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        func write(_ name: String, _ text: String) throws {
            try Data(text.utf8).write(to: folder.appendingPathComponent(name))
        }
        try write("a.txt", "Бас қосу өтті\nРектор сөз сөйледі. Кейін жиын болды.\n")
        try write("empty.txt", "")
        try write(
            "b.jsonl",
            """
            {"id":"n:1","title":"Жаңалық","body":"Мәтін"}
            {"id":"p:1","type":"Person","names":["Асқар Мамин"],"country":"KZ"}
            {"broken
            {"id":"n:2","title":[1]}
            {"id":"o:1","type":"Hospital","names":["Аурухана"],"country":"KG"}
            {"id":"p:1","type":"Person","names":["Қайталанған"]}
            {"id":"n:1","title":"Қайталанған"}

            """)
        try write("c.jsonl", #"{"id":"o:2","names":["Университет"]}"# + "\n")
        try write("d.jsonl", #"{"id":"n:3","title":"Соңғы жаңалық"}"# + "\n")
        try write(
            "ror.json",
            """
            [{"id":"https://ror.org/0aaaaaaa1","types":["education"],"names":[{"value":"A"}],
              "locations":[{"geonames_details":{"country_code":"KZ"}}]},
             {"id":"https://ror.org/0aaaaaaa2","types":["company"],"names":[{"value":"B"}],
              "locations":[{"geonames_details":{"country_code":"US"}}]},
             {"id":"https://ror.org/0aaaaaaa3","names":[]}]
            """)
    }

    private func build(_ arguments: String...) throws -> Programs.Outcome {
        try Programs.run(
            "izded",
            [
                "build", folder.path, "--data", folder.path + "/data", "--rejects",
                folder.path + "/bad",
            ] + arguments)
    }

    private func keys(_ data: String, _ collection: String) throws -> [String] {
        let daemon = try Daemon(data: data)
        let page = try daemon.send("GET", "/v1/collections/\(collection)/documents?limit=100")
        return try (page.json["results"]?.array ?? []).compactMap { $0["id"]?.string }.sorted()
    }

    @Test func `each document goes where it belongs, each reject is counted once`() throws {
        try writeCorpus()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try build()
        #expect(outcome.status == 65, "\(outcome.errors)")
        #expect(
            outcome.output.contains(
                "8 documents from 6 files (0.0 MB)"), "\(outcome.output)")
        #expect(outcome.output.contains("8 new, 0 replaced, 6 rejected"), "\(outcome.output)")
        let rejects = try String(contentsOfFile: folder.path + "/bad", encoding: .utf8)
        #expect(rejects.split(separator: "\n").count == 6)
        for place in ["empty.txt", "b.jsonl:3", "b.jsonl:4", "b.jsonl:6", "b.jsonl:7", "record 3"] {
            #expect(rejects.ranges(of: place).count == 1, "\(place): \(rejects)")
        }
        let data = folder.path + "/data"
        #expect(try keys(data, "people") == ["p:1"])
        #expect(
            try keys(data, "institutions") == ["o:1", "o:2", "ror:0aaaaaaa1", "ror:0aaaaaaa2"])
        #expect(try keys(data, "news") == ["a", "n:1", "n:3"])
    }

    @Test func `countries and a format leave out what is of others`() throws {
        try writeCorpus()
        defer { try? FileManager.default.removeItem(at: folder) }
        let outcome = try build("--country", "kz")
        #expect(outcome.output.contains("6 new, 0 replaced, 6 rejected"), "\(outcome.output)")
        #expect(try keys(folder.path + "/data", "institutions") == ["o:2", "ror:0aaaaaaa1"])
        try FileManager.default.removeItem(atPath: folder.path + "/data")
        let registry = try build("--format", "ror", "--country", "KZ,US")
        #expect(registry.output.contains("2 new"), "\(registry.output)")
        for wrong in [["--country", "KAZ"], ["--country", ","], ["--format", "xml"]] {
            #expect(try Programs.run("izded", ["build", folder.path] + wrong).status == 2)
        }
    }

    // MARK: The queue

    /// The keys that a queue gives, and its count of rejects.
    private func read(
        _ part: SourceQueue.Part, told: Set<String> = [], countries: Set<String> = []
    ) -> (keys: [String], byteCount: Int, rejected: Int, left: [String]) {
        let rejects = RejectsFile(path: folder.path + "/queue.bad")
        let queue = SourceQueue(
            files: SourceFiles.find([folder.path]).files, part: part,
            destination: DocumentDestination(
                only: nil,
                collections: [("institutions", "institutions"), ("news", "news"), ("p", "people")],
                kinds: DefaultKinds.all), countries: countries, options: SourceOptions(),
            rejects: rejects, told: told)
        var (keys, byteCount): ([String], Int) = ([], 0)
        while let item = queue.next() {
            if case .document(let document) = item.input { keys.append(document.key) }
            byteCount += item.byteCount
        }
        let left = queue.filesWithRest.map { $0.split(separator: "/").last.map(String.init) ?? "" }
        return (keys, byteCount, rejects.count, left.sorted())
    }

    @Test func `the parts of a queue make the whole`() throws {
        try writeCorpus()
        defer { try? FileManager.default.removeItem(at: folder) }
        let whole = read(.whole)
        let names = read(.names)
        #expect(names.keys == ["p:1", "o:1", "p:1", "o:2", "ror:0aaaaaaa1", "ror:0aaaaaaa2"])
        #expect(names.left == ["a.txt", "b.jsonl", "d.jsonl"])
        let rest = read(.rest, told: Set(SourceFiles.find([folder.path]).files.map(\.path)))
        #expect(rest.keys == ["a", "n:1", "n:2", "n:1", "n:3"])
        #expect(names.byteCount + rest.byteCount == whole.byteCount)
        #expect((names.rejected, rest.rejected, whole.rejected) == (3, 0, 3))
        let kazakh = read(.whole, countries: ["KZ"])
        #expect(
            kazakh.keys == ["a", "n:1", "p:1", "n:2", "p:1", "n:1", "o:2", "n:3", "ror:0aaaaaaa1"])
    }
}
