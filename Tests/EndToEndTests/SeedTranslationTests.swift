import Foundation
import JSON
import TestSupport
import Testing

/// Kazakh and Russian queries find the English pages, English and Kazakh ones the Russian page.
///
/// The queries and why each must work are in `seed-queries.tsv`.
@Suite(.onFewThreads) struct SeedTranslationTests {
    private static let seeds = Programs.shared?.appendingPathComponent("seeds")

    private struct Row {
        var query, page, language, reason: String

        static func all() throws -> [Row] {
            let file = URL(filePath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("seed-queries.tsv")
            return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.hasPrefix("#") }
                .map { line in
                    let cells = line.split(separator: "\t").map(String.init)
                    try #require(cells.count == 4, "\(line)")
                    return Row(
                        query: cells[0], page: cells[1], language: cells[2], reason: cells[3])
                }
        }
    }

    @Test(.enabled(if: seeds != nil, "the seed pages are not beside the project"))
    func `a query in one language finds the page of another first`() throws {
        let seeds = try #require(Self.seeds)
        let data = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-seeds-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: data) }
        // All that is shipped: the stems of the Russian lexicon are a part of it.
        let config = Programs.project.appendingPathComponent("config")
        let shipped = [
            "IZDE_LANGUAGES": config.appendingPathComponent("languages").path,
            "IZDE_NAMES": config.appendingPathComponent("names").path,
            "IZDE_LEXICON": config.appendingPathComponent("lexicon").path,
        ]
        let build = try Programs.run(
            "izded", ["build", seeds.path, "--data", data], environment: shipped)
        try #require(build.status == 0, "\(build.errors)")
        let daemon = try Daemon(data: data, environment: shipped)
        try daemon.waitUntilPrepared()

        let rows = try Row.all()
        try #require(rows.count >= 30)
        var firstWithout = 0
        for row in rows {
            let found = try daemon.search(row.query).ids.first ?? "nothing"
            #expect(found.hasPrefix(row.page), "\(row.query): \(row.reason)")
            let literal = try daemon.search(row.query, languages: false).ids.first ?? ""
            if literal.hasPrefix(row.page) { firstWithout += 1 }
        }
        // Names and loans find many of them by themselves; not all, or this would show nothing.
        #expect(firstWithout <= rows.count - 8, "\(firstWithout) without translation")
    }
}
