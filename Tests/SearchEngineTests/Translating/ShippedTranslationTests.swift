import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

/// What the shipped lexicon translates.
struct ShippedTranslationTests {
    private static let languages = TranslationLexicon.languages

    @Test func `every lemma has stems, as many as are looked for at most`() {
        let lexicon = ShippedLexicon.lexicon
        var wrong: [String] = []
        for (number, concept) in ShippedLexicon.table.concepts.enumerated() {
            for place in Self.languages.indices {
                let lemmas = lexicon.lemmas(UInt32(number), language: place)
                let isFound = lemmas.allSatisfy {
                    lexicon.concepts($0.stems[...], language: place).contains(UInt32(number))
                }
                if lemmas.isEmpty || !isFound { wrong.append("\(concept.slug): \(place)") }
            }
        }
        #expect(wrong == [])
    }

    @Test(arguments: SeededGenerator.seeds())
    func `a lemma is translated into the others of its concept, and they back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let concepts = ShippedLexicon.table.concepts
        let lexicon = ShippedLexicon.lexicon
        let translation = QueryTranslation()
        let stopWords = StopWordSet(ShippedLexicon.languages)
        var (asked, found) = (0, 0)
        var lost: [String] = []
        for _ in 0..<150 {
            let number = Int.random(in: concepts.indices, using: &random)
            for (source, language) in Self.languages.enumerated() {
                let text = concepts[number].lemmas[source][0]
                let stems = lexicon.lemmas(UInt32(number), language: source)[0].stems
                if stopWords.contains(Array(text.lowercased().utf8), language: language) {
                    continue
                }
                let translations = translation.translations(text, language).map(\.stems)
                // A word of one sense leads to that sense; one of many to the likeliest.
                let isAlone = lexicon.concepts(stems[...], language: source).count == 1
                for target in Self.languages.indices where target != source {
                    let best = lexicon.lemmas(UInt32(number), language: target)[0].stems
                    asked += 1
                    if translations.contains(best) {
                        found += 1
                    } else if isAlone {
                        lost.append("\(text) to \(concepts[number].lemmas[target][0])")
                    }
                }
            }
        }
        #expect(lost == [])
        #expect(Double(found) >= 0.95 * Double(asked), "\(found) of \(asked)")
    }

    @Test(arguments: [
        ("мектептерде", Language.kazakh, ["школа", "school"]),
        ("школах", .russian, ["мектеп", "school"]),
        ("schools", .english, ["мектеп", "школа"]),
        ("ғалымдардың", .kazakh, ["учёный", "scientist"]),
        ("университетами", .russian, ["университет", "university"]),
        ("libraries", .english, ["кітапхана", "библиотека"]),
        ("дәрігерлерге", .kazakh, ["врач", "doctor"]),
        ("экономической", .russian, ["экономикалық", "economic"]),
        ("Джоном", .russian, ["Джон", "John"]),
        ("Трампқа", .kazakh, ["Трамп", "Trump"]),
        ("Virginia", .english, ["Вирджиния", "Вирджиния"]),
        ("Мәскеуде", .kazakh, ["Москва", "Moscow"]),
        ("Лондоне", .russian, ["Лондон", "London"]),
        ("парижский", .russian, ["париждік", "Parisian"]),
        ("ШЫҰ", .kazakh, ["ШОС", "SCO"]),
    ])
    func `any form of a word is translated`(word: String, language: Language, others: [String]) {
        let translation = QueryTranslation()
        let targets = Self.languages.filter { $0 != language }
        for (other, target) in zip(others, targets) {
            let isFound = translation.translates(word, language, to: other, target)
            #expect(isFound, "\(word) to \(other)")
        }
    }

    @Test(arguments: [
        ("жоғары оқу орындарында", Language.kazakh, ["вуз", "university"]),
        ("высших учебных заведений", .russian, ["жоғары оқу орны", "university"]),
        ("higher education institutions", .english, ["жоғары оқу орны", "вуз"]),
        ("қол қойды", .kazakh, ["подписать", "sign"]),
        ("Парсы шығанағында", .kazakh, ["Персидский залив", "Persian Gulf"]),
        ("Северной Каролине", .russian, ["Солтүстік Каролина", "North Carolina"]),
        ("резервных копий", .russian, ["резервтік көшірме", "backup copy"]),
    ])
    func `lemmas of several words are found in any form`(
        text: String, language: Language, others: [String]
    ) {
        let translation = QueryTranslation()
        let units = translation.units(text, language)
        #expect(
            units.contains { unit in
                if case .translated(let parts, _) = unit { return parts.count > 1 }
                return false
            }, "\(units)")
        for (other, target) in zip(others, Self.languages.filter { $0 != language }) {
            let isFound = translation.translates(text, language, to: other, target)
            #expect(isFound, "\(text) to \(other)")
        }
    }

    @Test(arguments: [
        ("шмурдяковина", Language.russian), ("қызғарлықтау", .kazakh), ("qwzxvtrp", .english),
        ("12345", .russian), ("", .english), ("и", .russian), ("the", .english), ("漢字", .english),
    ])
    func `unknown words, function words and numbers have no translation`(
        word: String, language: Language
    ) {
        #expect(QueryTranslation().translations(word, language) == [])
    }
}
