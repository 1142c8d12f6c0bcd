import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// Which word is taken for the meant one.
struct SpellingCorrectorTests {
    private let vocabulary = CountedVocabulary([
        "молоко": 900, "молока": 300, "город": 800, "голод": 40, "университет": 500, "дом": 900,
        "дым": 50, "он": 2000, "они": 900, "что": 5000, "сейчас": 700, "сегодня": 700, "қазақ": 600,
        "қазан": 90, "тіл": 400, "book": 500, "books": 300, "привезла": 20, "приехала": 20,
    ])

    private func meant(_ word: String) -> String? {
        SpellingCorrector().correction(of: Array(word.utf8), in: vocabulary).map {
            String(decoding: $0.term, as: UTF8.self)
        }
    }

    @Test(arguments: [
        ("малако", "молоко"), ("горот", "город"), ("унивирситет", "университет"),
        ("универститет", "университет"), ("щас", "сейчас"), ("севодня", "сегодня"),
        ("казак", "қазақ"), ("тил", "тіл"), ("чо", "что"), ("ниверситет", "университет"),
        ("унииииверситет", "университет"),
    ])
    func `everyday slips are put right`(typed: String, right: String) {
        #expect(meant(typed) == right)
    }

    @Test func `known words stay, however rare`() {
        for word in ["дым", "голод", "дом", "молоко"] { #expect(meant(word) == nil) }
    }

    @Test func `words that are near nothing stay`() {
        for word in ["жираф", "акжайык", "сулейменов", "x", "", "漢字"] {
            #expect(meant(word) == nil)
        }
    }

    @Test func `words of less than four letters take only letters of one sound`() {
        for word in ["рим", "лен", "аон", "нож"] { #expect(meant(word) == nil, "\(word)") }
        #expect(meant("дам") == "дом")
    }

    @Test func `words with digits and acronyms are not looked at`() {
        #expect(meant("м0локо") == nil)
        #expect(!SpellingCorrector.isCorrectable("ҚазҰУ2"))
        #expect(!SpellingCorrector.isCorrectable("ҚАЗҰУ"))
        #expect(!SpellingCorrector.isCorrectable("5G"))
        #expect(!SpellingCorrector.isCorrectable("-"))
        #expect(SpellingCorrector.isCorrectable("Малако"))
        #expect(SpellingCorrector.isCorrectable("А"))
    }

    @Test func `of equally near words the more frequent is taken`() {
        let words = CountedVocabulary(["рота": 5, "рута": 4000])
        let found = SpellingCorrector().corrections(of: Array("рюта".utf8), in: words)
        #expect(found.first?.frequency == 4000)
    }

    @Test func `of several forms that are equally near none is taken`() {
        let words = CountedVocabulary([
            "пришлась": 9, "пришлись": 9, "пришлось": 9, "пришлуся": 9, "пришлысь": 9,
        ])
        let found = SpellingCorrector().corrections(of: Array("пришлсь".utf8), in: words)
        #expect(found.count >= 4)
        #expect(SpellingCorrector().correction(of: Array("пришлсь".utf8), in: words) == nil)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `answers are ranked and within their limits`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let corrector = SpellingCorrector()
        let letters = Array("молокгрдни")
        for _ in 0..<60 {
            let count = Int.random(in: 1...8, using: &random)
            let word = String((0..<count).map { _ in letters.randomElement(using: &random) ?? "о" })
            let found = corrector.corrections(of: Array(word.utf8), in: vocabulary, limit: 3)
            #expect(found.count <= 3)
            var share: Float = 0
            for (index, one) in found.enumerated() {
                #expect(one.term != Array(word.utf8))
                #expect((0...1).contains(one.confidence))
                #expect(one.cost <= corrector.greatestCost)
                #expect(one.frequency == vocabulary.frequency(of: one.term))
                if index > 0 { #expect(found[index - 1].confidence >= one.confidence) }
                share += one.share
            }
            #expect(share <= 1.001)
        }
    }
}
