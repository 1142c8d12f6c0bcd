import Foundation
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@testable import TranslationLearning

/// From sentences to a table that people read.
struct TranslationLearnerTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden")

    /// The function words of the sentences here.
    static let tables: AnalysisTables = {
        var tables = AnalysisTables()
        let words: [(Language, String)] = [
            (.kazakh, "мен және оны керек туралы арқылы дейін"),
            (.russian, "в во на и не о до его через были было"),
            (.english, "the a an of in into to from and at there was were is are be must over"),
        ]
        for (language, list) in words {
            tables.languages[language, default: .init()].stopWords = list.split(separator: " ")
                .map(String.init)
        }
        return tables
    }()

    private func learner(_ change: (inout LearningSettings) -> Void = { _ in }) throws
        -> TranslationLearner
    {
        var settings = LearningSettings()
        change(&settings)
        return try TranslationLearner(tables: Self.tables, settings: settings)
    }

    /// The sentences of the golden corpus in three languages.
    private func corpus() throws -> [[Language: String]] {
        let text = try String(
            contentsOf: Self.folder.appendingPathComponent("pairs.tsv"), encoding: .utf8)
        return text.split(separator: "\n").dropFirst().map { line in
            let cells = line.split(separator: "\t").map(String.init)
            return [.kazakh: cells[0], .russian: cells[1], .english: cells[2]]
        }
    }

    private func learnt(_ sentences: [[Language: String]]) throws -> String {
        let learner = try learner()
        for sentence in sentences { try learner.add(sentence) }
        return try learner.learn().text
    }

    /// Recorded anew by `IZDE_RECORD=1`; read the difference before it is committed.
    @Test func `a small corpus gives the recorded table`() throws {
        let text = try learnt(corpus())
        let file = Self.folder.appendingPathComponent("learnt.tsv")
        if ProcessInfo.processInfo.environment["IZDE_RECORD"] != nil {
            try text.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(text == (try String(contentsOf: file, encoding: .utf8)))
        for row in ["kk\tru\tкітапхана\tбиблиотеке\t", "kk\ten\tаурухана\thospital\t"] {
            #expect(text.contains("\n\(row)"), "\(row) is not in the table")
        }
    }

    @Test func `two runs give the same bytes`() throws {
        let corpus = try corpus()
        #expect(try learnt(corpus) == learnt(corpus))
    }

    @Test func `every word of the table is found again by its stem`() throws {
        let corpus = try corpus()
        let learner = try learner()
        for sentence in corpus { try learner.add(sentence) }
        let analyzer = try Analyzer(tables: Self.tables)
        func stems(_ text: String, _ language: Language) -> [String] {
            let stream = analyzer.analyze(text, language: language)
            return stream.tokens.map { stream.string($0.stem) }
        }
        let rows = try learner.learn().rows
        #expect(rows.count > 20)
        for row in rows {
            for (word, language) in [
                (row.word, row.languages.0), (row.translation, row.languages.1),
            ] {
                let own = stems(word, language)
                #expect(own.count == 1)
                let isThere = corpus.contains {
                    stems($0[language] ?? "", language).contains(own[0])
                }
                #expect(isThere, "\(word)")
            }
        }
    }

    @Test func `what teaches nothing is counted and left out`() throws {
        let learner = try learner { $0.longestSentence = 3 }
        try learner.add([.kazakh: "жаңа мектеп", .russian: "новая школа"])
        try learner.add([.kazakh: "жаңа мектеп", .russian: "новая школа"])
        // Not translated; function words and numbers only; too long; one language; none.
        try learner.add([.kazakh: "Газпром Медиа", .russian: "Газпром Медиа"])
        try learner.add([.kazakh: "жаңа мектеп", .russian: "и в 2024"])
        try learner.add([.kazakh: "бір екі үш төрт", .russian: "один"])
        try learner.add([.kazakh: "жаңа мектеп"])
        try learner.add([:])
        #expect(learner.counts.taken == 1)
        #expect(learner.counts.repeated == 1)
        #expect(learner.counts.unusable == 3)
        #expect(try learner.learn() == LearntTable())
    }

    @Test func `without any pair there is nothing to be learnt`() throws {
        #expect(throws: LearningError.noSentences) { try self.learner().learn() }
        let oneSided = try learner()
        try oneSided.add([.english: "one side", .russian: ""])
        #expect(throws: LearningError.noSentences) { try oneSided.learn() }
    }

    @Test func `sentences and tables over the limit of memory are refused`() throws {
        let corpus = try corpus()
        func outcome(_ limit: Int) throws(LearningError) -> LearntTable {
            var settings = LearningSettings()
            settings.byteLimit = limit
            let learner = try TranslationLearner(tables: Self.tables, settings: settings)
            for _ in 0..<3 { for sentence in corpus { try learner.add(sentence) } }
            return try learner.learn()
        }
        #expect(throws: LearningError.self) { try outcome(1000) }
        let whole = try outcome(1 << 24)
        var refused = 0
        for limit in stride(from: 8000, through: 1 << 18, by: 8000) {
            do throws(LearningError) {
                #expect(try outcome(limit) == whole)
            } catch {
                guard case .memoryExceeded(let needed, _) = error else {
                    Issue.record("\(error)")
                    continue
                }
                #expect(needed > limit)
                refused += 1
            }
        }
        #expect(refused > 2)
    }

    @Test func `the rounds of each two languages are told in their order`() throws {
        let learner = try learner { $0.iterationCount = 2 }
        for sentence in try corpus() { try learner.add(sentence) }
        var told: [String] = []
        _ = try learner.learn { step in
            let (first, second) = step.languages
            told.append("\(first.code)-\(second.code) \(step.round)/\(step.roundCount)")
        }
        let rounds = (1...4).map { "\($0)/4" }
        #expect(
            told == ["kk-ru", "kk-en", "ru-en"].flatMap { pair in rounds.map { "\(pair) \($0)" } })
    }
}
