import Foundation
import Testing

@testable import TextAnalysis

/// Lexicons read their rows, find forms, and give the forms of one lemma one stem.
struct LexiconTests {
    private func stem(_ lexicon: Lexicon, _ word: String) -> String? {
        var bytes: [UInt8] = []
        guard lexicon.find(Array(word.utf8), into: &bytes) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("слово", "expected a lemma"), ("слово\tq", "class"), ("\tm", "one word"),
        ("два слова\tm", "one word"), ("слово\tn\tgpl=", "empty"), ("делать\tv", "first and third"),
        ("нами\tw", "needs its lemma"), ("делать\tv\tделаю делаю", "third person"),
    ])
    func `A row that cannot be read is named`(row: String, reason: String) throws {
        let error = #expect(throws: AnalysisError.self) {
            try Lexicon(.russian, rows: ["дом\tm", row])
        }
        guard case .malformedRow(let number, let named, let found) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(number == 1)
        #expect(named == row)
        #expect(found.contains(reason), "\(found)")
    }

    @Test func `Forms of different lemmas have different stems, forms of one lemma one`() throws {
        let lexicon = try Lexicon(
            .russian,
            rows: [
                "длина\tf", "длинный\ta\tsh=длинен", "занимать\tv\tзанимаю занимает",
                "заниматься\tv\tзанимаюсь занимается", "люди\tp\tgpl=людей",
            ])
        #expect(stem(lexicon, "длину") == stem(lexicon, "длинами"))
        #expect(stem(lexicon, "длинного") == stem(lexicon, "длиннее"))
        #expect(stem(lexicon, "длины") != stem(lexicon, "длинные"))
        #expect(stem(lexicon, "занимал") != stem(lexicon, "занималась"))
        #expect(stem(lexicon, "занимающегося") == stem(lexicon, "занимаюсь"))
        #expect(stem(lexicon, "собака") == nil)
    }

    @Test func `A participle goes with its verb, also where it has a row as an adjective`() throws {
        let lexicon = try Lexicon(
            .russian, rows: ["открытый\ta\tsh=открыт", "открыть\tv\tоткрою откроет"])
        for form in ["открыли", "открыта", "открытого", "откроют"] {
            #expect(stem(lexicon, form) == stem(lexicon, "открыть"), "\(form)")
        }
    }

    @Test func `The passive voice of a verb goes with it where it is no word of its own`() throws {
        let lexicon = try Lexicon(.russian, rows: ["строить\tv\tстрою строит"])
        #expect(stem(lexicon, "строится") == stem(lexicon, "строят"))
        #expect(!lexicon.contains(Array("строила́сь".utf8)))
    }

    @Test func `A form that stands alone has the stem of its lemma`() throws {
        let lexicon = try Lexicon(.russian, rows: ["год\tm", "лет\tw\tгод", "нами\tw\tмы"])
        #expect(stem(lexicon, "лет") == stem(lexicon, "годами"))
        #expect(stem(lexicon, "нами") == stem(lexicon, "мы"))
    }

    @Test func `An empty lexicon finds nothing`() {
        #expect(!Lexicon.empty.contains(Array("дом".utf8)))
        #expect(!Lexicon.empty.contains([]))
        Lexicon.empty.forEachForm { _, _ in Issue.record("a form of nothing") }
    }

    @Test func `Any bytes may be looked up`() throws {
        let lexicon = try Lexicon(.russian, rows: ["дом\tm", "бояться\tv\tбоюсь боится"])
        for word: [UInt8] in [
            [], [0xD0], [0xB4], [0xFF, 0xFE], Array("ся".utf8), Array("сь".utf8),
        ] {
            #expect(!lexicon.contains(word))
        }
    }

    // MARK: - The lexicons that the project ships

    private static func rows(_ code: String) throws -> [String] {
        let file = ShippedTables.root.appendingPathComponent("config/languages/\(code)/lexicon.tsv")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map(String.init).filter { !$0.hasPrefix("#") }
    }

    @Test(arguments: ["ru", "en"])
    func `The rows of a shipped lexicon are sorted and each stands once`(code: String) throws {
        let rows = try Self.rows(code)
        #expect(rows.count > 500)
        var keys: [[UInt8]] = []
        for row in rows {
            let columns = row.utf8.split(separator: 0x09, omittingEmptySubsequences: false)
            keys.append(Array(columns[0]) + [0] + (columns.count > 1 ? Array(columns[1]) : []))
            #expect(columns.count == 3 || columns.count == 2, "\(row)")
            #expect(!row.contains("ё"), "\(row)")
        }
        for (one, next) in zip(keys, keys.dropFirst()) where !one.lexicographicallyPrecedes(next) {
            let isForm = one.last == UInt8(ascii: "w")
            let name = String(decoding: next, as: UTF8.self)
            #expect(isForm && one == next, "\(name) is not in its place, or stands twice")
        }
    }

    @Test(arguments: [Language.russian, .english])
    func `Every lemma of a shipped lexicon is found`(language: Language) throws {
        let lexicon = try #require(ShippedTables.all.languages[language]).lexicon
        for row in try Self.rows(language.code) {
            let lemma = Array(row.utf8.prefix { $0 != 0x09 })
            if !lexicon.contains(lemma) { Issue.record("\(row) is not found") }
        }
        #expect(lexicon.lemmaCount > 500)
    }
}
