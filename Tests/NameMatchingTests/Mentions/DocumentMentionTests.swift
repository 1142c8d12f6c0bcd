import Foundation
import NameMatching
import Testing
import TextAnalysis

/// Whole documents with the institutions that they mention.
@Suite struct DocumentMentionTests {
    /// Real pages, which stay outside the project: each with the institutions that it names.
    private static let pages: [(file: String, ids: Set<String>)] = [
        ("000_0dfd66bd5bbea375.txt", ["ror:02xbhbx68", "kz:singapore-poly", "ror:05tyne317"]),
        ("001_67fa59353e730cae.txt", ["ror:03q0vrn42", "kz:polotsk"]),
        ("002_0c3bf1037a39c1da.txt", ["ror:03x368n87", "ror:03yghzc09", "kz:qarmet"]),
        ("003_ea4f8d27b8006ac6.txt", ["ror:052q3p191", "kz:abai-education", "kz:minedu"]),
        ("004_d98a56fc3730fc67.txt", ["kz:susu", "kz:kaznpu"]),
    ]

    @Test func realPagesNameTheirInstitutionsAndNoOthers() throws {
        let folder = ShippedNames.root.deletingLastPathComponent()
            .appendingPathComponent("shared/seeds")
        guard FileManager.default.fileExists(atPath: folder.path) else {
            print("skipped: the pages of shared/seeds are not beside the project")
            return
        }
        let finder = try ShippedLists.finder()
        for page in Self.pages {
            let text = try String(
                contentsOf: folder.appendingPathComponent(page.file), encoding: .utf8)
            let found = finder.mentions(in: [text]).mentions
                .filter { $0.list == ShippedLists.institutions }
            #expect(Set(found.map(ShippedLists.id)) == page.ids, "\(page.file)")
        }
    }

    /// Institutions that our news name beside those of the country.
    private static let foreign: Set<String> = [
        "kz:singapore-poly", "kz:polotsk", "ror:03yghzc09", "kz:susu",
    ]
    /// A name without its eponym that the list does not have.
    private static let notFound: Set<String> = ["kz:linguistics"]

    @Test(arguments: ["kk", "ru", "en"])
    func ourNewsNameTheInstitutionsOfTheirRecords(_ language: String) throws {
        let finder = try ShippedLists.finder()
        for record in try ShippedLists.records("news/\(language).jsonl") {
            let texts = ["title", "lead", "body"].compactMap { record[$0] as? String }
            let expected = Set(record["mentions"] as? [String] ?? [])
                .filter { !$0.hasPrefix("person:") }
            let found = finder.mentions(in: texts).mentions
                .filter { $0.list == ShippedLists.institutions }
            #expect(
                Set(found.map(ShippedLists.id)).subtracting(Self.foreign)
                    == expected.subtracting(Self.notFound).subtracting(Self.foreign),
                "\(record["id"] ?? "")")
        }
    }
}
