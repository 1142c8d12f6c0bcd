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

    /// The number of the name that an acronym finds first.
    static func first(_ asked: String, among names: [String]) throws -> UInt32? {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for (entity, name) in names.enumerated() { builder.add(name, entity: UInt32(entity)) }
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        return lookup.hits(lookup.read(asked), in: directory, limit: 1).first { $0.score >= 0.6 }?
            .entity
    }

    @Test(
        arguments: [
            // Latin letters of the Russian words.
            ("ZKTU", "West Kazakhstan Technical University"),
            // A compound has two letters, in each language.
            ("СКАТУ", "Северо-Казахстанский агротехнический университет"),
            ("NKATU", "North Kazakhstan Agrotechnical University"),
            // What stands behind «of» stands before as well.
            ("TA", "Academy of Tourism"), ("МТУ", "Технический университет Майкудука"),
            // «And» has a letter or none.
            ("МУТиГ", "Международный университет туризма и гостиничного дела"),
            ("МУТГ", "Международный университет туризма и гостиничного дела"),
            // A university that is called by its eponym.
            ("СерУ", "Серіков Университеті"), ("СУ", "Серіков Университеті"),
            // Standings that a name has lost.
            ("ТалРУ", "Талдыкорганский университет"), ("ГПУ", "Педагогический университет"),
            // Syllables.
            ("КазЖенПУ", "Казахский женский педагогический университет"),
        ])
    func anAcronymByRuleFindsItsName(_ pair: (String, String)) throws {
        let others = ["Каспийский колледж нефти", "Almaty School of Law"]
        #expect(try Self.first(pair.0, among: others + [pair.1]) == 2, "\(pair)")
        #expect(try Self.first(pair.0.lowercased(), among: others + [pair.1]) == 2, "\(pair)")
    }

    @Test(
        arguments: [
            // The more words have letters, the likelier.
            (
                "касу", "Казахстанско-Азиатский строительный университет",
                "Казахский университет"
            ),
            // Words that a hyphen joins have one letter each.
            (
                "КазНУ", "Казахский национальный университет имени Абая",
                "Казахстанско-Немецкий университет"
            ),
            // Letters in the order of the words.
            ("KTU", "Kostanay Technical University", "Technical Kostanay University"),
        ])
    func theLikelierReadingComesFirst(_ asked: String, right: String, wrong: String) throws {
        #expect(try Self.first(asked, among: [wrong, right]) == 1)
    }

    @Test(arguments: ["ҚТУ", "КарУ"])
    func anAcronymOfTheListGoesBeforeAllNamesThatItMayStandFor(_ acronym: String) throws {
        let builder = try NameDirectoryBuilder(vocabulary: ShippedNames.vocabulary)
        for entity in 0..<300 {
            builder.add("Қарағанды техникалық университеті \(entity)", entity: UInt32(entity))
            builder.add("Карагандинский университет \(entity)", entity: UInt32(entity))
        }
        builder.add(acronym, entity: 300)
        let directory = builder.finish()
        let lookup = try NameLookup(vocabulary: ShippedNames.vocabulary)
        let best = lookup.hits(lookup.read(acronym), in: directory, limit: 1).first
        #expect(best?.entity == 300 && best?.score == 1)
    }

    @Test func anInitialIsNoAcronym() throws {
        #expect(try Self.score("ИУ", "И. Петров") < 0.7)
    }
}
