import NameMatching
import Testing
import TextAnalysis

@Suite struct UnresolvedPersonTests {
    struct Example: CustomTestStringConvertible, Sendable {
        var rule: String
        var text: String
        var name: String
        var method: UnresolvedPerson.Method

        var testDescription: String { "\(rule): \(text)" }

        init(
            _ rule: String, _ text: String, _ name: String, _ method: UnresolvedPerson.Method
        ) {
            self.rule = rule
            self.text = text
            self.name = name
            self.method = method
        }

        static let all: [Example] = [
            .init("a title", "Жиынды ректор [Сабыр Кенже] ашты.", "Сабыр Кенже", .title),
            .init(
                "our title, in Kazakh", "Тілшіміз [Ұлан Нарбек] оқиға орнында болды.",
                "Ұлан Нарбек", .title),
            .init(
                "a surname that is a plural in Russian, in Kazakh",
                "[Қорқытбек Базаров] мәселені көтерді.", "Қорқытбек Базаров", .fullName),
            .init(
                "a horse is no «named after»", "[Мұхтар Төреханов] ат баптап жүр.",
                "Мұхтар Төреханов", .fullName),
            .init(
                "a title with its institution",
                "Ректор КазНУ [Асель Жунусова] поздравила студентов.", "Асель Жунусова", .title),
            .init(
                "a title, English", "The coach [Daniyar Serikov] praised the team.",
                "Daniyar Serikov",
                .title),
            .init(
                "a verb behind", "Жеңіс бізде, [Нұрлан Серіков] деді.", "Нұрлан Серіков", .speech),
            .init(
                "a verb before, then the surname",
                "Об этом сказал [Иван Сидоров]. [Сидоров] добавил подробности.", "Иван Сидоров",
                .speech),
            .init(
                "a verb, English", "[Aigul Serikova] said it. [Serikova's] plan is new.",
                "Aigul Serikova", .speech),
            .init(
                "a patronymic", "Бүгін [Болат Асқарұлы Ермеков] келді.", "Болат Асқарұлы Ермеков",
                .fullName),
            .init(
                "initials", "Доклад подготовил [А. Н. Кузнецов].", "А. Н. Кузнецов", .fullName),
            .init(
                "a case of Russian", "Встреча с [Иваном Сидоровым] прошла вчера.", "Иван Сидоров",
                .fullName),
            .init(
                "a case of Kazakh", "Бүгін [Нұрлан Серіковтің] кітабы шықты.", "Нұрлан Серіков",
                .fullName),
            .init(
                "initials of the same",
                "Кездесуге [Қанат Мұратов] қатысты. [Қ. Мұратов] сұраққа жауап берді.",
                "Қанат Мұратов", .fullName),
        ]
    }

    @Test(arguments: Example.all)
    func peopleAreGatheredByTheRule(_ example: Example) throws {
        let marked = MarkedText(example.text)
        let people = try ShippedLists.finder().mentions(in: [marked.text]).people
        #expect(people.count == 1)
        let person = try #require(people.first)
        #expect(person.occurrences.map { marked.text.at($0.source.range) } == marked.spans)
        #expect(person.name == example.name)
        #expect(person.method == example.method)
    }

    @Test func spellingsOfTwoScriptsAreOnePerson() throws {
        let people = try ShippedLists.finder().mentions(in: [
            "Об этом сказал Даурен Жумабеков.", "Dauren Zhumabekov said the same.",
        ]).people
        #expect(people.count == 1)
        #expect(people.first?.occurrences.map(\.field) == [0, 1])
    }

    @Test func twoOfOneSurnameAreTwo() throws {
        let people = try ShippedLists.finder().mentions(in: [
            "Выступили Иван Сидоров и Пётр Сидоров."
        ]).people
        #expect(people.map(\.name) == ["Иван Сидоров", "Пётр Сидоров"])
    }

    @Test(arguments: [
        "Вчера в Алматы прошёл концерт.", "Школа имени Ивана Сидорова открылась.",
        "The Main Page Lists All News Today", "«Иван Сидоров» фильмі көрсетілді.",
    ])
    func whatIsNoPersonIsNotGathered(_ text: String) throws {
        #expect(try ShippedLists.finder().mentions(in: [text]).people.isEmpty)
    }
}
