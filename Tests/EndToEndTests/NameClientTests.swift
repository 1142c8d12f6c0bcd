import Foundation
import JSON
import TestSupport
import Testing

/// `izde name` against a daemon.
@Suite(.onFewThreads) struct NameClientTests {
    private func daemon() throws -> Daemon {
        // A hundred examples take long on a busy machine, or with a sanitizer.
        let settings = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-settings-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: settings) }
        try Data("limits:\n  longestSearchMilliseconds: 600000\n".utf8).write(to: settings)
        let daemon = try Daemon(arguments: ["--config", settings.path])
        let documents = """
            {"id":"o:1","type":"CollegeOrUniversity","names":["Әл-Фараби университеті","ҚазҰУ"]}
            {"id":"o:2","type":"CollegeOrUniversity","names":["Сәтбаев университеті"]}

            """
        let added = try daemon.send(
            "POST", "/v1/collections/institutions/documents?wait=visible", Array(documents.utf8),
            type: "application/x-ndjson")
        #expect(added.status == 200)
        return daemon
    }

    private func izde(_ daemon: Daemon, _ arguments: String..., input: String = "") throws
        -> Programs.Outcome
    {
        // The first answer waits until names are laid out: long on a busy machine, or with a
        // sanitizer.
        try Programs.run(
            "izde", ["--socket", daemon.socket, "--timeout", "10m", "name"] + arguments,
            input: input)
    }

    @Test func `a name is found, and what is not found says so`() throws {
        let daemon = try daemon()
        let found = try izde(daemon, "Сәтбаев университеті")
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.output.hasPrefix("1\to:2\t"))
        #expect(
            try izde(daemon, "--plain", "Сәтбаев университеті").output.contains("\tinstitutions\t"))
        let json = try izde(daemon, "--json", "Сәтбаев университеті").output
        #expect(try JSONReader().read(json)["hits"]?.array?.first?["match"] == true)
        let why = try izde(daemon, "--why", "Сәтбаев университеті").output
        #expect(why.contains(" = "))
        let none = try izde(daemon, "ъъъъъъ")
        #expect(none.status == 1 && none.output.isEmpty)
        #expect(try izde(daemon, "-c", "none", "x").status == 2)
        #expect(try izde(daemon).status == 2)
    }

    @Test func `a batch answers each line in its place, over many requests`() throws {
        let daemon = try daemon()
        var names: [String] = []
        for number in 0..<250 {
            names.append(
                number % 5 == 0
                    ? "Сәтбаев университеті" : number % 7 == 0 ? "" : "ъъъ ххх \(number)")
        }
        let input = names.joined(separator: "\n") + "\n"
        let outcome = try izde(daemon, "--batch", "-", input: input)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
        #expect(rows.count == 250)
        #expect(rows.allSatisfy { $0.count == 4 })
        #expect(rows.map { String($0[0]) } == names)
        #expect(rows.indices.allSatisfy { (rows[$0][1] == "o:2") == ($0 % 5 == 0) })

        let lines = try izde(daemon, "--batch", "-", "--jsonl", input: input).output
            .split(separator: "\n")
        #expect(lines.count == 250)
        #expect(try JSONReader().read(String(lines[5]))["results"]?.array?.count == 1)
        #expect(lines[7] == "null")
        let answers = try izde(daemon, "--batch", "-", "--json", input: input).output
            .split(separator: "\n").map { try JSONReader().read(String($0)) }
        #expect(answers.count > 1)
        #expect(
            answers.allSatisfy { ($0["responses"]?.object?.members.count ?? 0) <= 100 })
    }

    @Test func `lines that cannot be looked up are told and keep their place`() throws {
        let daemon = try daemon()
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-names-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        var bytes = [0xEF, 0xBB, 0xBF] + Array("Сәтбаев университеті\r\n".utf8)
        bytes += Array(String(repeating: "қ", count: 4097).utf8) + [0x0A]
        bytes += Array(String(repeating: "x", count: 100_000).utf8) + [0x0A, 0xFF, 0x0A]
        bytes += Array(String(repeating: "ә", count: 4096).utf8) + [0x0A]
        bytes += Array("Сәтбаев университеті".utf8)
        try Data(bytes).write(to: folder)
        let outcome = try izde(daemon, "--batch", folder.path)
        #expect(outcome.status == 65)
        let rows = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
        try #require(rows.count == 7, "\(outcome.errors)")
        #expect(rows[0].hasPrefix("Сәтбаев университеті\to:2\t"))
        #expect(rows[1...3].allSatisfy { $0 == "\t\t\t" })
        #expect(rows[5] == rows[0])
        for place in [":2: 4097 characters", ":3: 100000 bytes", ":4: not UTF-8"] {
            #expect(outcome.errors.contains(place), "\(place): \(outcome.errors)")
        }
        #expect(!outcome.errors.contains("xxx"))
    }

    @Test func `a batch in which nothing is matched, or nothing is, says so`() throws {
        let daemon = try daemon()
        let none = try izde(daemon, "--batch", "-", input: "ъъъъъ\n")
        #expect(none.status == 1)
        #expect(none.output == "ъъъъъ\t\t\t\n")
        #expect(try izde(daemon, "--batch", "-").status == 1)
        #expect(try izde(daemon, "--batch", "/nonexistent").status == 74)
    }
}
