import Foundation
import JSON
import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// Words that no row has are found as another language writes them, by the shipped letters.
struct LearntCognateTests {
    /// The shipped table of letters.
    private static let letters: LearntTable = {
        do {
            let file = ShippedLexicon.root.appendingPathComponent(
                "config/lexicon/cognates/letters.tsv")
            let lines = try String(contentsOf: file, encoding: .utf8)
                .components(separatedBy: "\n")
                .filter { !$0.isEmpty && !$0.hasPrefix("#") && $0 != LearntTable.header }
            return try LearntTable(lines: lines)
        } catch {
            preconditionFailure("config/lexicon/cognates: \(error)")
        }
    }()

    /// What each query finds among documents of one title each, by the places of these.
    private func found(
        _ queries: [String], among titles: [(title: String, language: String)],
        letters: LearntTable
    ) async throws -> [[String]] {
        let fixture = try EngineFixture.withNames()
        fixture.configuration.lexicon = try TranslationTable(rows: [
            "science\tnoun\tғылым\tнаука\tscience"
        ])
        fixture.configuration.letters = letters
        var found: [[String]] = []
        try await fixture.use { (engine: Engine) async throws in
            engine.warmUp()
            let news = titles.enumerated().map { number, news in
                document([
                    "id": .string(String(number)), "lang": .string(news.language),
                    "title": .string(news.title),
                ])
            }
            _ = try await engine.add(news, to: "news", wait: .visible)
            found = try queries.map { try engine.keys($0) { $0.collections = ["news"] } }
        }
        return found
    }

    @Test func `a word without a row is found as another language writes it`() async throws {
        let words = [
            ("hologram", "Голограммы в музее", "ru"),
            ("disciplinary", "Дисциплинарный устав", "ru"),
            ("unpopular", "Непопулярные меры", "ru"),
            ("информатор", "An informed guess", "en"), ("сигнализация", "Signals at sea", "en"),
        ]
        let (queries, titles) = (words.map(\.0), words.map { (title: $0.1, language: $0.2) })
        let with = try await found(queries, among: titles, letters: Self.letters)
        #expect(with == words.indices.map { [String($0)] })
        let without = try await found(queries, among: titles, letters: LearntTable())
        #expect(without == words.map { _ in [] })
    }

    @Test func `what letters make alike by chance is not found`() async throws {
        // The table allows these pairs, but words so short or so unlike are other words.
        let words = [
            ("shorty", "Сорт яблок", "ru"), ("тачку", "Tall trees", "en"),
            ("brody", "Бродский читает", "ru"), ("птичка", "Pick a card", "en"),
        ]
        let titles = words.map { (title: $0.1, language: $0.2) }
        let found = try await found(words.map(\.0), among: titles, letters: Self.letters)
        #expect(found == words.map { _ in [] })
    }
}
