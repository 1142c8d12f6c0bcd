import Testing
import TextAnalysis

@testable import SearchEngine

/// Tables of learnt translations: how they are read and written, and what a search makes of them.
struct LearntTableTests {
    private static let good = "kk\tru\tмектеп\tшкола\t0.9\t0.85\t12"

    /// A lexicon of some concepts and of learnt rows.
    private func translation(_ learnt: [String], concepts: [String] = []) throws
        -> QueryTranslation
    {
        let analyzer = ShippedLexicon.analyzer()
        var lexicon = TranslationLexicon(
            try TranslationTable(rows: concepts), analyzer: analyzer)
        lexicon.add(learnt: try LearntTable(lines: learnt), analyzer: analyzer)
        return QueryTranslation(lexicon)
    }

    // MARK: Rows

    @Test(arguments: [
        ("", "7 columns"), ("kk\tru\tмектеп\tшкола\t0.9\t0.85", "7 columns"),
        (good + "\tmore", "7 columns"), ("kk\tkk\tмектеп\tшкола\t1\t1\t1", "kk, ru and en"),
        ("kk\tde\tмектеп\tSchule\t1\t1\t1", "kk, ru and en"),
        ("other\tru\tмектеп\tшкола\t1\t1\t1", "kk, ru and en"),
        ("kk\tru\t\tшкола\t1\t1\t1", "empty"), ("kk\tru\tмектеп\t\t1\t1\t1", "empty"),
        ("kk\tru\tмектеп\tшкола\t1.2\t1\t1", "from 0 to 1"),
        ("kk\tru\tмектеп\tшкола\t-0.1\t1\t1", "from 0 to 1"),
        ("kk\tru\tмектеп\tшкола\tnan\t1\t1", "from 0 to 1"),
        ("kk\tru\tмектеп\tшкола\t0,5\t1\t1", "from 0 to 1"),
        ("kk\tru\tмектеп\tшкола\t1\t1\tmany", "whole number"),
        ("kk\tru\tмектеп\tшкола\t1\t1\t-3", "whole number"),
    ])
    func `a row that cannot be read is told with its number and the reason`(
        line: String, reason: String
    ) {
        let error = #expect(throws: TranslationTable.MalformedRow.self) {
            try LearntTable(lines: [Self.good, line])
        }
        #expect(error?.row == 1)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func `what is written is read again`() throws {
        let rows = [(0.0, 1.0), (0.0004, 0.9996), (0.1, 0.05), (0.123, 0.999)].map {
            LearntTable.Row(
                languages: (.kazakh, .english), word: "мектеп", translation: "high school",
                probability: Float($0.0), reverseProbability: Float($0.1), count: 3)
        }
        let lines = LearntTable(rows: rows).text.split(separator: "\n").map(String.init)
        #expect(lines[0] == LearntTable.header)
        #expect(
            lines.dropFirst().map { $0.split(separator: "\t")[4...5].joined(separator: " ") }
                == ["0.000 1.000", "0.000 1.000", "0.100 0.050", "0.123 0.999"])
        let read = try LearntTable(lines: Array(lines.dropFirst()))
        #expect(read.rows.count == rows.count)
        for (left, right) in zip(read.rows, rows) {
            #expect(left.languages == right.languages && left.word == right.word)
            #expect(left.translation == right.translation && left.count == right.count)
            #expect(abs(left.probability - right.probability) <= 0.0005)
            #expect(abs(left.reverseProbability - right.reverseProbability) <= 0.0005)
        }
    }

    @Test func `rows are in the order of languages, words and likeliness`() throws {
        let lines = [
            "ru\ten\tгород\ttown\t0.5\t0.5\t1", "kk\ten\tқала\ttown\t0.2\t0.5\t1",
            "kk\tru\tқала\tгород\t0.5\t0.5\t1", "kk\ten\tқала\tcity\t0.7\t0.5\t1",
            "kk\tru\tауыл\tсело\t0.5\t0.5\t1",
        ]
        let rows = try LearntTable(lines: lines).rows.sorted(by: LearntTable.Row.precedes)
        #expect(
            rows.map { "\($0.word) \($0.translation)" }
                == ["ауыл село", "қала город", "қала city", "қала town", "город town"])
    }

    // MARK: Searches

    @Test func `a row serves both directions, each by its own probability, in any form`() throws {
        let translation = try translation([Self.good])
        for (text, language) in [("мектептердің", Language.kazakh), ("школами", .russian)] {
            let found = translation.translations(text, language)
            #expect(found.count == 1)
            let isKazakh = language == .kazakh
            let other = translation.stems(
                isKazakh ? "школа" : "мектеп", isKazakh ? .russian : .kazakh)
            let expected = Translation(
                stems: other, weight: isKazakh ? 0.9 : 0.85, language: isKazakh ? 1 : 0,
                source: isKazakh ? 0 : 1)
            #expect(found.first == expected)
        }
        #expect(translation.translations("қала", .kazakh) == [])
    }

    @Test func `words that the lexicon has keep its translations alone`() throws {
        let translation = try translation(
            [Self.good, "kk\tru\tқала\tгород\t0.8\t0.8\t5", "ru\ten\tшкола\tclass\t0.8\t0.8\t5"],
            concepts: ["school\tnoun\tмектеп\tучилище\tschool"])
        #expect(!translation.translates("мектеп", .kazakh, to: "школа", .russian))
        #expect(translation.translates("мектеп", .kazakh, to: "училище", .russian))
        #expect(translation.translates("школа", .russian, to: "мектеп", .kazakh))
        #expect(translation.translates("школа", .russian, to: "class", .english))
        #expect(translation.translates("қала", .kazakh, to: "город", .russian))
    }

    @Test func `below a probability of 0.1 a direction is left out`() throws {
        let translation = try translation([
            "kk\tru\tмектеп\tшкола\t0.099\t0.1\t12", "kk\tru\tқала\tгород\t0\t1\t0",
        ])
        #expect(translation.translations("мектеп", .kazakh) == [])
        #expect(translation.translates("школа", .russian, to: "мектеп", .kazakh))
        #expect(translation.translations("қала", .kazakh) == [])
        #expect(translation.translates("город", .russian, to: "қала", .kazakh))
    }

    @Test func `the likeliest come first, and no more than five of them`() throws {
        let words = ["школа", "класс", "училище", "лицей", "гимназия", "колледж"]
        let lines = words.enumerated().map {
            "kk\tru\tмектеп\t\($0.element)\t0.\($0.offset + 11)\t0.5\t3"
        }
        let translation = try translation(lines + [lines[0]])
        let found = translation.translations("мектеп", .kazakh)
        #expect(
            found.map(\.stems)
                == words.reversed().prefix(5).map { translation.stems($0, .russian) })
        #expect(found.map(\.weight) == [0.16, 0.15, 0.14, 0.13, 0.12])
    }

    @Test func `a translation may have several words, a word that is asked for may not`() throws {
        let translation = try translation(["ru\tkk\tвуз\tжоғары оқу орны\t1\t1\t0"])
        #expect(translation.translates("вузы", .russian, to: "жоғары оқу орны", .kazakh))
        #expect(translation.translations("жоғары оқу орны", .kazakh) == [])
    }
}
