import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What words are derived from, and what that is called in other languages.
struct WordBasesTests {
    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    @Test(arguments: [
        (0, "хронологиялық", "хронология"), (0, "мүддел", "мүдде"), (1, "концертн", "концерт"),
        (1, "обвиняться", "обвиня"), (1, "учительниц", "учител"), (1, "россиянк", "россиянин"),
        (1, "композиционн", "композиц"), (2, "primarili", "primari"), (0, "әуекөлік", "көлік"),
        (0, "мемлекетаралық", "мемлекет"), (0, "мәліметінш", "мәлімет"),
        (0, "күндік", "күн"), (0, "отырғандық", "отыр"), (0, "жинауш", "жина"),
        (0, "қаржын", "қаржы"),
        (1, "съемок", "съемк"), (1, "кинофорум", "форум"), (1, "непригодн", "пригодн"),
        (2, "unencrypt", "encrypt"), (2, "subregion", "region"), (2, "leadership", "leader"),
    ])
    func `the base of a derived stem is among its bases`(language: Int, stem: String, base: String)
    {
        let bases = WordBases.bases(of: Array(stem.utf8), language: language).map(Self.text)
        #expect(bases.contains(base), "\(bases)")
    }

    @Test func `nothing is left of a short word`() {
        for (language, stem) in [(0, "алы"), (1, "он"), (1, "план"), (2, "fli"), (2, ""), (1, "")] {
            #expect(WordBases.bases(of: Array(stem.utf8), language: language).isEmpty, "\(stem)")
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `a base is a beginning of the stem and little else, or its end, for any bytes`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("алықніщенткdрйaеперun\u{0}")
        for _ in 0..<500 {
            let stem = String(
                (0..<Int.random(in: 0...12, using: &random)).map { _ in
                    letters.randomElement(using: &random) ?? "а"
                })
            for language in 0..<3 {
                for base in WordBases.bases(of: Array(stem.utf8), language: language) {
                    #expect(!base.isEmpty && base.count <= stem.utf8.count + 8)
                    #expect(
                        base.first == stem.utf8.first
                            || base.elementsEqual(stem.utf8.suffix(base.count)))
                }
            }
        }
    }

    @Test func `a derived word is translated by its base, and counts less than a word of its own`()
        throws
    {
        let translation = try QueryTranslation(rows: [
            "concert\tnoun\tконцерт\tконцерт\tconcert", "hall\tnoun\tзал\tзал\thall",
        ])
        let own = try #require(translation.translations("концерты", .russian).first)
        let derived = try #require(translation.translations("концертный", .russian).first)
        #expect(derived.stems == own.stems)
        #expect(derived.weight < own.weight)
        #expect(translation.translations("столовый", .russian) == [])
    }

    @Test func `a word of its own is not translated by its base`() throws {
        let translation = try QueryTranslation(rows: [
            "hand\tnoun\tқол\tрука\thand", "manual\tadj\tқолмен істелген\tручной\tmanual",
            "city\tnoun\tқала\tгород\tcity", "urban\tadj\tқалалық\tгородской\turban",
        ])
        let stems = translation.translations("городской", .russian).flatMap(\.stems).map(Self.text)
        #expect(stems.contains("urban") && !stems.contains("citi"), "\(stems)")
    }

    @Test func `senses that agree on a word add up, to no more than a word of one sense`() throws {
        let rows = ["bank\tnoun\tбанк\tбанк\tbank", "shore\tnoun\tжаға\tберег\tbank|shore"]
        let agreeing = try QueryTranslation(rows: rows + ["jar\tnoun\tбанк\tбанка\tbank"])
        let weights = agreeing.translations("bank", .english).filter { $0.language == 0 }
        let bank = try #require(weights.first { Self.text($0.stems[0]) == "банк" })
        let shore = try #require(weights.first { Self.text($0.stems[0]).hasPrefix("жаға") })
        #expect(bank.weight > 1.5 * shore.weight && bank.weight <= 1)
    }
}
