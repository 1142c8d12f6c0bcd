import Foundation
import JSON
import TestSupport
import Testing

/// The client against a daemon over the sample corpus.
@Suite(.onFewThreads) struct ClientTests {
    private static func sampleData() throws -> String {
        let data = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-sample-\(UUID().uuidString)").path
        let build = try Programs.run("izded", ["build", "index/sources", "--data", data])
        #expect(build.status == 0, "\(build.errors)")
        return data
    }

    @Test func `searches, reads, writes and explains, with its exit codes`() throws {
        let data = try Self.sampleData()
        defer { try? FileManager.default.removeItem(atPath: data) }
        let daemon = try Daemon(data: data)
        func izde(_ arguments: String..., input: String = "") throws -> Programs.Outcome {
            try Programs.run("izde", ["--socket", daemon.socket] + arguments, input: input)
        }
        // One query a language, and an acronym.
        for query in ["меморандум", "сотрудничество университетов", "memorandum", "ШҚТУ"] {
            let found = try izde("search", query)
            #expect(found.status == 0, "\(query): \(found.errors)")
            #expect(found.output.split(separator: "\n").count >= 1)
        }
        let json = try izde("search", "--json", "memorandum")
        #expect(
            try JSONReader().read(json.output.trimmingCharacters(in: .newlines))["totalHits"] != nil
        )
        for line in try izde("search", "--jsonl", "memorandum").output.split(separator: "\n") {
            #expect(try JSONReader().read(String(line))["id"] != nil)
        }
        #expect(try izde("search", "ххххххххх").status == 1)
        #expect(try izde("search", "--no-such-flag").status == 2)
        #expect(try izde("search", "--query-mode", "(memorandum").status == 2)
        #expect(try izde("search", "--filter", "nope = 1", "memorandum").status == 2)

        // Typed on another layout, half typed, misspelt: it says what it took them for.
        let layout = try izde("search", "--json", "vtvjhfylev")
        #expect(layout.status == 0 && layout.output.contains("\"to\":\"меморандум\""))
        #expect(try izde("search", "--no-layout", "--no-typos", "vtvjhfylev").status == 1)
        let typo = try izde("search", "--json", "мемарандум")
        #expect(typo.status == 0 && typo.output.contains("\"via\":\"typo\""))
        let suggested = try izde("suggest", "мемор")
        #expect(suggested.status == 0 && suggested.output.hasPrefix("меморандум"))
        let columns = try izde("suggest", "--plain", "-n", "2", "memor").output
            .split(separator: "\n").first?.split(
                separator: "\t", omittingEmptySubsequences: false)
        #expect(columns?.count == 5)
        #expect(try izde("suggest", "ъъъъъ").status == 1)
        #expect(try izde("suggest").status == 2)

        let added = try izde(
            "add", "-", "--wait", "visible",
            input: "{\"id\":\"x1\",\"title\":\"Сынақ құжаты\",\"lang\":\"kk\"}\n{\"broken\n")
        #expect(added.status == 65, "\(added.errors)")
        #expect(try izde("get", "x1").output.contains("Сынақ құжаты"))
        #expect(try izde("search", "--plain", "сынақ құжаты").output.contains("x1"))
        let explained = try izde("explain", "сынақ", "x1")
        #expect(explained.status == 0 && explained.output.contains("idf"), "\(explained)")
        #expect(try izde("delete", "x1", "--yes").status == 0)
        #expect(try izde("get", "x1").status == 1)
        #expect(try izde("status").status == 0)
        #expect(try izde("stats").output.contains("news"))
        let steps = try izde("analyze", "--steps", "ҚазҰУ-дың ректоры")
        #expect(steps.status == 0 && steps.output.contains("қазұу"))

        daemon.stop()
        #expect(try izde("search", "memorandum").status == 69)
    }

    @Test func `analysis without a daemon answers line by line`() throws {
        let stems = try Programs.run(
            "izded", ["analyze", "--lang", "kk", "--lines", "stem"],
            input: "университеттерінің\nкітабым\n\nЖаңалықтар\n")
        #expect(stems.status == 0, "\(stems.errors)")
        let lines = stems.output.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 5)
        #expect(lines[0] == "университет")
    }
}
