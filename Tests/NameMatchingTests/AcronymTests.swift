import NameMatching
import Testing

@Suite struct AcronymTests {
    static func score(_ left: String, _ right: String) throws -> Float {
        try NameMatcher(vocabulary: ShippedNames.vocabulary).likeness(left, right).score
    }

    @Test(
        arguments: [
            ("ҚазҰУ", "Қазақ ұлттық университеті"),
            ("КазНУ", "Казахский национальный университет"),
            ("ВКТУ", "Восточно-Казахстанский технический университет"),
            ("ҚР БҒМ", "Қазақстан Республикасының Білім және ғылым министрлігі"),
            ("KBTU", "Kazakh-British Technical University"),
            ("ЕҰУ", "Еуразия ұлттық университеті"),
            ("ЦИК", "Центральная избирательная комиссия"),
        ])
    func anAcronymStandsForItsWordsInBothDirections(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) >= 0.7, "\(pair)")
        #expect(try Self.score(pair.1, pair.0) >= 0.7, "\(pair)")
    }

    @Test(
        arguments: [
            ("ҚазҰУ", "Қазақ ұлттық медицина университеті"),
            ("КазНУ", "Казахский национальный технический университет"),
            ("ВКТУ", "Карагандинский технический университет"),
            ("KBTU", "Kazakh National University"),
        ])
    func anAcronymDoesNotStandForOtherWords(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) < 0.7, "\(pair)")
    }

    @Test(arguments: [("ҚазҰУ", "КазНУ"), ("ЕҰУ", "ENU")])
    func acronymsOfTheSameWordsInTwoLanguagesAreOne(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) >= 0.7, "\(pair)")
    }

    @Test func smallLettersFindWhatCapitalsFind() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Шығыс Қазақстан техникалық университеті", entity: 0)
        builder.add("Қарағанды техникалық университеті", entity: 1)
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        for text in ["ШҚТУ", "шқту"] {
            #expect(lookup.hits(lookup.read(text), in: directory, limit: 1).first?.entity == 0)
        }
    }

    @Test func aNameThatHasLostTheWordStateIsFoundByItsOldAcronym() throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        builder.add("Шығыс Қазақстан техникалық университеті", entity: 0)
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        #expect(lookup.hits(lookup.read("ШҚМТУ"), in: directory, limit: 1).first?.entity == 0)
    }
}
