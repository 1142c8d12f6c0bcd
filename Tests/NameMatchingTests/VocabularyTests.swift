import NameMatching
import Testing
import TextAnalysis

@Suite struct VocabularyTests {
    @Test func everyRowOfTheTablesIsRead() {
        let tables = ShippedNames.tables
        let vocabulary = ShippedNames.vocabulary
        #expect(vocabulary.concepts.count == tables.words.count + tables.places.count)
        #expect(tables.words.count > 1000)
        #expect(tables.places.count > 900)
    }

    @Test func slugsAreUnique() {
        for rows in [ShippedNames.tables.words, ShippedNames.tables.places] {
            let slugs = rows.map { $0.prefix { $0 != "\t" } }
            let twice = Dictionary(grouping: slugs) { $0 }.filter { $1.count > 1 }.keys
            #expect(twice.isEmpty, "\(twice)")
        }
    }

    @Test func everyClassHasWords() {
        for kind in NameConcept.Class.allCases {
            #expect(ShippedNames.vocabulary.concepts.contains { $0.kind == kind }, "\(kind)")
        }
    }

    @Test func formsHaveTheLettersOfTheirLanguage() {
        for concept in ShippedNames.vocabulary.concepts {
            for form in (concept.forms[.kazakh] ?? []) + (concept.forms[.russian] ?? []) {
                // Acronyms may be those of another script.
                guard form != form.uppercased() else { continue }
                let latin = form.unicodeScalars.filter { ("a"..."z").contains($0) }
                #expect(latin.count * 2 <= form.unicodeScalars.count, "\(concept.slug): \(form)")
            }
            for form in concept.forms[.english] ?? [] {
                let cyrillic = form.unicodeScalars.filter { (0x400...0x52F).contains($0.value) }
                #expect(cyrillic.isEmpty, "\(concept.slug): \(form)")
            }
        }
    }

    @Test(arguments: ["one\ttwo", "a\tnonsense\tб\tв\tc", "a\tplace\tб\tв\tc"])
    func aWordThatIsNoRowIsRefusedWithItsPlace(_ row: String) {
        let good = "university\ttype\tуниверситет\tуниверситет\tuniversity"
        let error = #expect(throws: NameTableError.self) {
            try NameVocabulary(NameTables(words: [good, row]))
        }
        #expect(error?.table == "words")
        #expect(error?.row == 1)
        #expect(error?.description.contains("correct the table") == true)
    }

    @Test func aPlaceThatIsNoRowIsRefused() {
        let error = #expect(throws: NameTableError.self) {
            try NameVocabulary(NameTables(places: ["semey\tcity"]))
        }
        #expect(error?.table == "places")
    }

    @Test(arguments: ["ректор\ttitle", "a\tnonsense\tб\tв\tc"])
    func aCueThatIsNoRowIsRefusedBeforeAnythingIsLaidOut(_ row: String) {
        let error = #expect(throws: NameTableError.self) {
            try NameTables(speech: [row]).check()
        }
        #expect(error?.table == "speech")
        #expect(error?.row == 0)
    }

    /// Former names, adjectives and phrases stand for their place.
    @Test(
        arguments: [
            ("Семипалатинск", "Семей"), ("Целиноград", "Астана"), ("Нұр-Сұлтан", "Астана"),
            ("Абай облысы", "Абайская область"),
            ("Карагандинский университет", "Қарағанды университеті"),
            ("Усть-Каменогорск", "Oskemen"), ("Алма-Ата", "Almaty"), ("Уральск", "Oral"),
        ])
    func aPlaceIsKnownByAllItsNames(_ names: (String, String)) throws {
        let matcher = try NameMatcher(vocabulary: ShippedNames.vocabulary)
        #expect(matcher.likeness(names.0, names.1).score >= 0.7, "\(names)")
    }
}
