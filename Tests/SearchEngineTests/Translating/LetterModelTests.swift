import Glibc
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// How a word is written as another language would write it.
struct LetterModelTests {
    private static let russian = 1
    private static let english = 2

    /// A group of Russian letters, one of English, how likely each stands for the other.
    private typealias Row = (String, String, Float, Float)

    private func model(_ rows: [Row]) -> LetterModel {
        LetterModel(
            LearntTable(
                rows: rows.map {
                    .init(
                        languages: (.russian, .english), word: $0.0, translation: $0.1,
                        probability: $0.2, reverseProbability: $0.3, count: 1)
                }))
    }

    private func written(
        _ model: LetterModel, _ word: String, from source: Int = english, to target: Int = russian
    ) -> [String] {
        model.writings(of: Array(word.utf8), from: source, to: target)
            .map { String(decoding: $0.term, as: UTF8.self) }
    }

    @Test func `groups of letters are replaced, the likeliest first`() {
        let model = model([
            ("^т", "^t", 1, 1), ("е", "e", 1, 0.9), ("э", "e", 1, 0.1), ("хн", "chn", 1, 1),
            ("о", "o", 1, 1), ("л", "l", 1, 1), ("г$", "g$", 1, 1),
        ])
        #expect(written(model, "technolog") == ["технолог", "тэхнолог"])
        #expect(written(model, "технолог", from: Self.russian, to: Self.english) == ["technolog"])
        // Nothing was learnt of other languages.
        #expect(written(model, "technolog", from: Self.english, to: 0) == [])
    }

    @Test func `a group of several letters may be likelier than its letters`() {
        let model = model([
            ("^", "^", 1, 1), ("н", "n", 1, 1), ("а", "a", 1, 0.5), ("я", "a", 1, 0.3),
            ("т", "t", 1, 0.5), ("ци$", "tion$", 1, 0.9), ("тион$", "tion$", 1, 0.1),
        ])
        #expect(written(model, "nation") == ["наци", "няци", "натион", "нятион"])
    }

    @Test(arguments: ["nation", "", "нация", String(repeating: "n", count: 25)])
    func `what has letters that were not learnt, or too many, is not written`(word: String) {
        let rows: [Row] = [("^н", "^n", 1, 1), ("н", "n", 1, 1), ("н$", "n$", 1, 1)]
        #expect(written(model(rows), word) == [])
        #expect(written(model(rows), "nnn") == ["ннн"])
        #expect(written(LetterModel(), word) == [])
        #expect(LetterModel().isEmpty)
    }

    @Test func `what is less likely than one in a thousand is not written`() {
        let rows: (Float) -> [Row] = {
            [("^н", "^n", 1, $0), ("а", "a", 1, 0.1), ("н$", "n$", 1, 0.1)]
        }
        #expect(written(model(rows(0.2)), "nan") == ["нан"])
        #expect(written(model(rows(0.05)), "nan") == [])
    }

    // MARK: Properties

    /// Groups of one to three of three letters, both ends among them, without two of one score.
    private func randomRows(_ random: inout SeededGenerator) -> [Row] {
        let ends: [(String, String)] = [("^", ""), ("", ""), ("", ""), ("", "$")]
        func word(_ letters: [String], _ random: inout SeededGenerator) -> String {
            (0..<Int.random(in: 1...2, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }.joined()
        }
        var rows: [String: Row] = [:]
        for number in 0..<40 {
            let (before, behind) = ends[number % ends.count]
            let first = before + word(["а", "б", "в"], &random) + behind
            let second = before + word(["a", "b", "v"], &random) + behind
            let probability = Float.random(in: 0.2...1, using: &random)
            rows["\(first) \(second)"] = (first, second, probability, probability)
        }
        return rows.keys.sorted().compactMap { rows[$0] }
    }

    /// All writings of a word with their best scores, by trying everything.
    private func all(_ rows: [Row], _ rest: Substring) -> [String: Float] {
        guard !rest.isEmpty else { return ["": 0] }
        var result: [String: Float] = [:]
        for row in rows where rest.hasPrefix(row.1) {
            for (tail, score) in all(rows, rest.dropFirst(row.1.count)) {
                let whole = row.0 + tail
                result[whole] = max(result[whole] ?? -.infinity, score + logf(row.3))
            }
        }
        return result
    }

    @Test(arguments: SeededGenerator.seeds())
    func `the best writing of a short word is that of all ways to write it`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var count = 0
        for _ in 0..<30 {
            let rows = randomRows(&random)
            let word = (0..<4).map { _ in ["a", "b", "v"][Int.random(in: 0..<3, using: &random)] }
                .joined()
            let best = all(rows, "^\(word)$").filter { $0.value > -6.9 }.max {
                $0.value < $1.value
            }
            let found = model(rows).writings(of: Array(word.utf8), from: 2, to: 1)
            guard let best else { continue }
            count += 1
            #expect(abs((found.first?.score ?? -100) - best.value) < 0.001, "\(word) \(best)")
            let scores = found.map(\.score)
            #expect(scores == scores.sorted(by: >))
            #expect(Set(found.map(\.term)).count == found.count)
        }
        #expect(count > 3)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `the order of the table does not matter, and each run is the same`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Equal probabilities, so that there are many of one score.
        let rows = randomRows(&random).map { ($0.0, $0.1, Float(0.5), Float(0.5)) }
        let word = Array("abvab".utf8)
        let expected = model(rows).writings(of: word, from: 2, to: 1)
        #expect(model(rows).writings(of: word, from: 2, to: 1) == expected)
        #expect(model(rows.shuffled(using: &random)).writings(of: word, from: 2, to: 1) == expected)
    }
}
