import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@testable import TranslationLearning

/// From a lexicon to the letters by which languages write one word.
struct LetterLearnerTests {
    /// Words with ph for ф, and two rows that are no cognates.
    private static let rows = [
        "a\tnoun\tфизика\tфизика\tphysics", "b\tnoun\tфото\tфото\tphoto",
        "c\tnoun\tфазан\tфазан\tphasan", "d\tnoun\tфонема\tфонема\tphonem",
        "e\tnoun\tфосфор\tфосфор\tphosphor", "f\tnoun\tпарограф\tпарограф\tparograph",
        "g\tnoun\tнота\tнота\tnota", "h\tnoun\tфара\tфара\tphara",
        "i\tnoun\tғылым\tнаука\tscience", "j\tnoun\tжоғары оқу орны\tвуз\tuniversity",
    ]

    private func learn(_ rows: [String]) throws -> LetterLearner.Outcome {
        try LetterLearner(TranslationTable(rows: rows), tables: AnalysisTables()).learn()
    }

    @Test func `groups of letters are learnt from what looks alike`() throws {
        let outcome = try learn(Self.rows)
        let rows = outcome.table.rows.filter { $0.languages == (.russian, .english) }
        let row = try #require(rows.first { $0.word == "ф" && $0.translation == "ph" })
        #expect(row.probability > 0.8 && row.reverseProbability > 0.8, "\(row)")
        #expect(row.count >= 7, "\(row)")
        #expect(rows.contains { $0.word == "^ф" && $0.translation == "^ph" })
        // Nothing of what means the same and looks otherwise.
        #expect(!outcome.table.rows.contains { $0.word.contains("у") })
    }

    @Test func `the table hangs on the rows alone, and can be read again`() throws {
        let text = try learn(Self.rows).table.text
        #expect(try learn(Self.rows).table.text == text)
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.first == LearntTable.header)
        let table = try LearntTable(lines: Array(lines.dropFirst()))
        #expect(table.rows.count == lines.count - 1)
        #expect(table.text == text)
        let isSorted = table.rows == table.rows.sorted(by: LearntTable.Row.precedes)
        #expect(isSorted)
    }

    @Test func `of nothing that looks alike nothing is learnt`() throws {
        for rows in [[], ["i\tnoun\tғылым\tнаука\tscience"]] {
            let outcome = try learn(rows)
            #expect(outcome.table.rows.isEmpty)
            #expect(outcome.pairCount == 0)
        }
    }

    @Test func `an alignment covers both words in their order`() {
        let pairs: [CognatePairs.Pair] = [
            ("фото", "photo"), ("фаза", "phasa"), ("тон", "ton"),
        ].map { (Array($0.0.utf16), Array($0.1.utf16)) }
        var alignment = LetterAlignment(pairs)
        alignment.train()
        for (pair, units) in zip(pairs, alignment.best()) {
            #expect(units.flatMap(\.first) == pair.first)
            #expect(units.flatMap(\.second) == pair.second)
            #expect(units.allSatisfy { $0.first.count <= 2 && $0.second.count <= 2 })
        }
    }
}
