import Foundation
import Testing
import TextAnalysis

@testable import SearchEngine

/// What the lexicon has for single words, and for how many of the most frequent ones.
struct LexiconReaderTests {
    @Test(arguments: [
        ("the", Language.english), ("және", .kazakh), ("что", .russian), ("2024", .russian),
        ("…", .english), ("", .english),
    ])
    func `what no search translates is told from what has no entry`(
        word: String, language: Language
    ) {
        #expect(reader().answer(for: word, language: language) == .untranslated)
    }

    @Test func `a word without entry has no senses`() {
        #expect(reader().answer(for: "шмурдяковина", language: .russian) == .senses([]))
    }

    @Test(arguments: [
        ("мектептерде", Language.kazakh, "school", false),
        ("went", .english, "go", false), ("parisian", .english, "Parisian", false),
        ("лондоне", .russian, "London", true),
        // A compound that no row has, by its parts.
        ("мектеп-гимназиялар", .kazakh, "school", false),
    ])
    func `any form has the senses of its word, and names are told apart`(
        word: String, language: Language, english: String, isName: Bool
    ) {
        guard case .senses(let senses) = reader().answer(for: word, language: language) else {
            Issue.record("\(word) is not translated")
            return
        }
        let sense = senses.first { $0.lemmas[2] == english }
        #expect(sense?.isName == isName, "\(senses)")
    }

    /// Shares of the occurrences of words that a search translates, among the most frequent forms;
    /// the lists are of film subtitles, with names and noise that no lexicon holds.
    @Test(
        .enabled(if: lists != nil, "the data beside the project is absent"),
        arguments: [("kk", 0.895), ("ru", 0.845), ("en", 0.865)])
    func `most occurrences of frequent words have an entry`(code: String, least: Double) throws {
        let language = try #require(Language(code: code))
        let file = try #require(lists).appendingPathComponent("\(code).tsv")
        let rows = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .dropFirst().prefix(2000)
        #expect(rows.count == 2000)
        let reader = reader()
        var (all, found) = (0.0, 0.0)
        var lacking: [Substring] = []
        for row in rows {
            let columns = row.split(separator: "\t")
            let count = try #require(Double(columns[1]))
            guard
                case .senses(let senses) = reader.answer(
                    for: String(columns[0]), language: language)
            else { continue }
            all += count
            if senses.isEmpty { lacking.append(columns[0]) } else { found += count }
        }
        #expect(found >= least * all, "\(found / all): \(lacking.prefix(50))")
    }

    private func reader() -> LexiconReader {
        LexiconReader(
            ShippedLexicon.table, ShippedLexicon.lexicon,
            analysis: QueryAnalysis(
                analyzer: ShippedLexicon.analyzer(),
                stopWords: StopWordSet(ShippedLexicon.languages)))
    }
}

/// The lists of frequencies beside the project, `nil` on another machine.
private let lists: URL? = {
    let folder = ShippedLexicon.root
        .appendingPathComponent("../shared/data/wordfreq").standardizedFileURL
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
}()
