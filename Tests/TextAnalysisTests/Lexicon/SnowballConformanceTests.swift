import Foundation
import Testing

@testable import TextAnalysis

/// The reference vocabulary of Snowball, where the machine has it.
private enum ReferenceVocabulary {
    static let folder: URL = {
        var folder = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        for _ in 0..<5 { folder.deleteLastPathComponent() }
        return folder.appendingPathComponent("shared/data/snowball")
    }()

    static var isThere: Bool {
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("russian.tsv").path)
    }

    static func rows(_ name: String) throws -> [(word: [UInt8], stem: [UInt8])] {
        let file = folder.appendingPathComponent("\(name).tsv")
        let text = try String(contentsOf: file, encoding: .utf8)
        var rows: [(word: [UInt8], stem: [UInt8])] = []
        for line in text.utf8.split(separator: 0x0A).dropFirst() {
            let columns = line.split(separator: 0x09).map { Array($0) }
            if columns.count == 2 { rows.append((columns[0], columns[1])) }
        }
        return rows
    }
}

/// Where our stems differ from Snowball's, a row of a table or a named rule says so.
@Suite(.enabled(if: ReferenceVocabulary.isThere, "the reference vocabulary is not there"))
struct SnowballConformanceTests {
    private func report(_ language: String, _ reasons: [String: Int], of count: Int) {
        let total = reasons.values.reduce(0, +)
        let list = reasons.sorted { $0.value > $1.value }.map { "\($0.value) \($0.key)" }
        print("\(language): \(total) of \(count) stems differ: \(list.joined(separator: ", "))")
    }

    @Test func `A Russian stem differs only for a row or a named rule`() throws {
        let tables = try #require(ShippedTables.all.languages[.russian])
        let stemmer = try RussianStemmer(tables: tables)
        let exceptions = WordExceptions(tables: tables)
        var reasons: [String: Int] = [:]
        let rows = try ReferenceVocabulary.rows("russian").filter { !$0.word.contains(0x91) }
        for (word, expected) in rows {
            var stem: [UInt8] = []
            stemmer.stem(word, isName: false, into: &stem)
            if stem == expected { continue }
            var ignored: [UInt8] = []
            if exceptions.find(word, into: &ignored) {
                reasons["in stems.tsv or unstemmed.txt", default: 0] += 1
            } else if RussianStemmer.countryBase(word) != nil {
                reasons["countries", default: 0] += 1
            } else if RussianStemmer.surnameBase(word, isName: false) != nil {
                reasons["surnames", default: 0] += 1
            } else if tables.lexicon.contains(word) {
                reasons["in lexicon.tsv", default: 0] += 1
            } else {
                let (one, other) = (
                    String(decoding: word, as: UTF8.self), String(decoding: stem, as: UTF8.self)
                )
                Issue.record("\(one): \(other) for no reason")
            }
        }
        report("russian", reasons, of: rows.count)
        #expect(reasons.values.reduce(0, +) < rows.count * 3 / 10)
    }

    @Test func `An English stem differs only for a row or a named rule`() throws {
        let tables = try #require(ShippedTables.all.languages[.english])
        let stemmer = try EnglishStemmer(tables: tables)
        let exceptions = WordExceptions(tables: tables)
        let snowball = try SnowballStemmer(algorithm: "english")
        var reasons: [String: Int] = [:]
        let rows = try ReferenceVocabulary.rows("english")
        for (word, expected) in rows {
            var stem: [UInt8] = []
            stemmer.stem(word, into: &stem)
            if stem == expected { continue }
            var plain: [UInt8] = []
            snowball.stem(word, into: &plain)
            var ignored: [UInt8] = []
            if stem == plain {
                reasons["of another release of Snowball", default: 0] += 1
            } else if exceptions.find(word, into: &ignored) {
                reasons["in stems.tsv or unstemmed.txt", default: 0] += 1
            } else if tables.lexicon.contains(word) {
                reasons["in lexicon.tsv", default: 0] += 1
            } else if EnglishStemmer.american(word) != nil {
                reasons["British spellings", default: 0] += 1
            } else if EnglishStemmer.singular(word) != nil {
                reasons["plurals in -men", default: 0] += 1
            } else {
                Issue.record("\(String(decoding: word, as: UTF8.self)) differs for no reason")
            }
        }
        report("english", reasons, of: rows.count)
        #expect(reasons.values.reduce(0, +) < rows.count / 20)
    }
}
