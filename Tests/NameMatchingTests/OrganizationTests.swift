import NameMatching
import Testing

/// What makes two names of institutions one, and what does not: a case for each rule.
@Suite struct OrganizationTests {
    static func score(_ left: String, _ right: String) throws -> Float {
        try NameMatcher(vocabulary: ShippedNames.vocabulary).likeness(left, right).score
    }

    @Test(
        arguments: [
            // Words are translated, in any order.
            ("Қазақ ұлттық университеті", "Kazakh National University"),
            ("Ақпарат министрлігі", "Министерство информации"),
            // Legal forms and quotation marks say nothing.
            ("ЖШС Самға", "ТОО «Самга»"), ("«Самұрық» АҚ", "Samruk"),
            // Whom it is named after may stand in any form.
            ("Абай атындағы университет", "Университет имени Абая"),
            (
                "Л.Н. Гумилев атындағы Еуразия ұлттық университеті",
                "L.N. Gumilyov Eurasian National University"
            ),
            // Towns by their former names.
            ("Семипалатинский педагогический институт", "Семей педагогикалық институты"),
            // Numbers.
            ("№ 25 мектеп", "Школа № 25"),
            // A short word that sounds like another: сот is no сүт.
            ("Аудандық сот", "Районный суд"),
        ])
    func oneStaysOne(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) >= 0.7, "\(pair)")
    }

    @Test(
        arguments: [
            // Another subject, another town, another type, another number, another eponym.
            (
                "Казахский национальный университет",
                "Казахский национальный медицинский университет"
            ),
            ("Қарағанды техникалық университеті", "Павлодар техникалық университеті"),
            ("Абай атындағы университет", "Абай атындағы мектеп"),
            ("№ 25 мектеп", "№ 26 мектеп"),
            ("Абай атындағы университет", "Шәкәрім атындағы университет"),
            // A person is not what is named after him.
            ("Абай Құнанбаев", "Абай Құнанбаев атындағы мектеп"),
        ])
    func twoStayTwo(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) < 0.7, "\(pair)")
    }
}
