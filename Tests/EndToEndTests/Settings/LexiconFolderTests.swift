import Foundation
import TestSupport
import Testing

@testable import SearchEngine
@testable import izded

/// How the folder of the lexicon is read.
@Suite(.onFewThreads) struct LexiconFolderTests {
    private static let header = "concept\tpos\tkk\tru\ten\n"

    /// The lexicon of a folder with some files.
    private func lexicon(_ files: [String: String]) throws -> TranslationTable {
        let folder = try TemporaryDirectory()
        for (name, text) in files {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
        }
        return try LexiconFolder.read(folder.path)
    }

    @Test func `the shipped files are one lexicon`() throws {
        let folder = Programs.project.appendingPathComponent("config/lexicon").path
        #expect(try LexiconFolder.read(folder).concepts.count >= 19_000)
    }

    @Test func `files are read in the order of their names, without headers and comments`() throws {
        let table = try lexicon([
            "b.tsv": Self.header + "# a comment\n\ntown\tnoun\tқала\tгород\ttown",
            "a.tsv": Self.header + "school\tnoun\tмектеп\tшкола\tschool # here\r\n",
            "notes.txt": "no table",
        ])
        #expect(table.concepts.map(\.slug) == ["school", "town"])
        #expect(table.concepts[0].lemmas == [["мектеп"], ["школа"], ["school"]])
    }

    @Test func `a folder without tables is a lexicon without words`() throws {
        #expect(try lexicon([:]) == TranslationTable())
        #expect(throws: ConfigurationError.self) { try LexiconFolder.read("/nonexistent") }
    }

    @Test(arguments: [
        ("town\tnoun\tқала\tгород", "5 columns are expected, not 4"),
        ("town\tnoun\tқала\tгород\t", "5 columns are expected, not 4"),
        ("town\tnoun\t\tгород\ttown", "empty"), ("town\tnoun\tқала\tгород|\ttown", "empty"),
    ])
    func `a bad row is told with its file, its line and the reason`(row: String, reason: String) {
        let good = Self.header + "school\tnoun\tмектеп\tшкола\tschool\n"
        let error = #expect(throws: ConfigurationError.self) {
            try lexicon(["a.tsv": good, "b.tsv": good + "# a comment\n\(row)\n"])
        }
        #expect(error?.place.hasSuffix("/b.tsv") == true)
        #expect(error?.line == 4)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func `the check of the configuration says where the tables are`() throws {
        let outcome = try Programs.run("izded", ["check", "--data", "/nonexistent"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        for name in ["languages", "names", "lexicon"] {
            let folder = Programs.environment["IZDE_\(name.uppercased())"] ?? ""
            #expect(lines.contains { $0.hasPrefix(name) && $0.hasSuffix(" \(folder)") }, "\(name)")
        }
    }
}
