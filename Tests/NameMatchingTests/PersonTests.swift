import NameMatching
import Testing

/// What makes two names of people one, and what does not: a case for each rule.
@Suite struct PersonTests {
    static func score(_ left: String, _ right: String) throws -> Float {
        try NameMatcher(vocabulary: ShippedNames.vocabulary).likeness(left, right).score
    }

    @Test(
        arguments: [
            // The order of the words does not matter.
            ("Мұхтар Әуезов", "Әуезов Мұхтар"),
            // A patronymic may be left out, and has a form for each language.
            ("Асқар Серікұлы Мамин", "Аскар Мамин"),
            ("Ғалия Жұманәліқызы Омарова", "Галия Джуманалиевна Омарова"),
            // «Son of» as a word of its own.
            ("Тоқаев Қасым-Жомарт Кемел ұлы", "Касым-Жомарт Кемелевич Токаев"),
            // Initials stand for given names.
            ("Қ. Тоқаев", "Касым-Жомарт Токаев"),
            ("N. A. Nazarbayev", "Нұрсұлтан Әбішұлы Назарбаев"),
            // Endings of surnames are optional between languages.
            ("Әлихан Бөкейхан", "Алихан Букейханов"),
            // Men's and women's surnames.
            ("Айжан Самамбаева", "Aizhan Samambayev"),
            // A case of a sentence.
            ("Тимура Жаксылыкова", "Тимур Жаксылыков"), ("Тоқаевтың", "Тоқаев"),
            // Two words as one.
            ("Касымжомарт Токаев", "Қасым-Жомарт Тоқаев"),
            // Capitals, and other scripts.
            ("ТОҚАЕВ ҚАСЫМ-ЖОМАРТ", "قاسىم جومارت توقايەۆ"),
        ])
    func oneStaysOne(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) >= 0.7, "\(pair)")
    }

    @Test(
        arguments: [
            // Another given name; another surname; another initial.
            ("Нұрлан Нұрғалиев", "Ерлан Нұрғалиев"), ("Нұрлан Нұрғалиев", "Нұрлан Нұрбаев"),
            ("Қ. Тоқаев", "Нұрлан Тоқаев"),
            // Given name and surname crossed.
            ("Ермек Серіков", "Серік Ермеков"),
            // A man and a woman of nearly one name.
            ("Алия Омарова", "Али Омаров"),
            // Initials in another order.
            ("О.Н. Сапаров", "Н.О. Сапаров"),
            // A father is not his son.
            ("Серік Асқаров", "Асқар Серікұлы"),
        ])
    func twoStayTwo(_ pair: (String, String)) throws {
        #expect(try Self.score(pair.0, pair.1) < 0.7, "\(pair)")
    }

    @Test func theNearerSpellingIsTheSurer() throws {
        let exact = try Self.score("Қасым Сапаров", "Қасым Сапаров")
        let spelling = try Self.score("Қасым Сапаров", "Касым Сапаров")
        let slip = try Self.score("Қасым Сапаров", "Қасым Сапатов")
        #expect(exact > spelling)
        #expect(spelling > slip)
        #expect(exact >= 0.99)
    }
}
