import NameMatching
import Testing
import TextAnalysis

/// A rule and a text that shows it; marks stand around what is a mention, with the ids in order.
struct MentionCase: CustomTestStringConvertible, Sendable {
    var rule: String
    var text: String
    var ids: [String]

    var testDescription: String { "\(rule): \(text)" }

    init(_ rule: String, _ text: String, _ ids: String...) {
        self.rule = rule
        self.text = text
        self.ids = ids
    }

    static let institutions: [MentionCase] = [
        .init(
            "the case of the last word", "Бұл [Назарбаев Университетінің] жобасы.", "ror:052bx8q98"),
        .init(
            "the case of all words",
            "Он учится в [Казахском национальном университете имени аль-Фараби].",
            "ror:03q0vrn42"),
        .init(
            "no case", "She joined [Al-Farabi Kazakh National University] in May.", "ror:03q0vrn42"),
        .init(
            "a name inside the name",
            "[Абай атындағы Қазақ ұлттық педагогикалық университеті] ашылды.",
            "kz:kaznpu"),
        .init(
            "initials may be missing",
            "[Д. Серікбаев атындағы Шығыс Қазақстан техникалық университеті] мен [Серікбаев атындағы ШҚТУ].",
            "ror:02xbhbx68", "ror:02xbhbx68"),
        .init("an acronym with a case", "Бүгін [ҚазҰУ-дың] студенттері келді.", "ror:03q0vrn42"),
        .init(
            "an acronym by its letters", "В [КазНУ] открыли лабораторию, казну не тронули.",
            "ror:03q0vrn42"),
        .init("an acronym in a line of capitals", "ВСЕ СТУДЕНТЫ КАЗНУ ИДУТ НА СБОР"),
        .init(
            "a ministry of the country the text is set in",
            "В Казахстане [Министерство науки и высшего образования] объявило конкурс.",
            "ror:05tyne317"),
        .init(
            "a ministry of another country",
            "Казахстан. Министерство обороны Норвегии сообщило об этом."),
        .init(
            "a ministry of another country, before it", "Норвегия Қорғаныс министрлігі хабарлады."),
        .init("a minister is no ministry", "Қорғаныс министрі Астанаға келді."),
        .init(
            "a place inside the name", "Вышла «[Казахстанская правда]» о выборах.", "kz:kazpravda"),
        .init(
            "an acronym of several, one of which is named",
            "[Костанайский региональный университет] принял гостей.", "ror:05y74m987"),
        .init("an acronym of several, none of which is named", "КГУ объявил приём."),
        .init(
            "what the vocabulary knows by its whole name, in a case",
            "Саммит [Содружества Независимых Государств] прошёл.", "kz:cis"),
        .init(
            "the nominative has an ending of its own",
            "Он член [Партии «Нур Отан]», коллегии [Евразийской экономической комиссии].",
            "kz:amanat", "kz:eec"),
        .init(
            "in Kazakh no owner stands behind",
            "[Сыртқы істер министрлігі] Қытай аумағындағы азаматтарды еске салды.", "kz:mfa"),
        .init(
            "what writers are in a union is no title",
            "[Еуропалық одақ] үшін Қазақстан сенімді серіктес.", "kz:eu"),
        .init(
            "two letters of an organization of the world", "Страны [ЕС] поддержали предложение.",
            "kz:eu"),
        .init("two letters that may be anything", "Разговор шёл о КС и ГУ."),
        .init(
            "a centre in Kazakh", "[Ұлттық ядролық орталық] мамандары зерттеу жүргізді.",
            "ror:02nqtsx95"),
    ]

    static let people: [MentionCase] = [
        .init(
            "a full name in a case", "Бұл [Қасым-Жомарт Тоқаевтың] сөзі.",
            "person:kassym-jomart-tokayev"),
        .init(
            "what belongs to a person does not bear the name",
            "[Қасым-Жомарт Тоқаевтың] бастамасы қолдау тапты.", "person:kassym-jomart-tokayev"),
        .init("what bears the name of a person", "Мұхтар Әуезов көшесі жөнделді."),
        .init(
            "the surname first", "[Токаев Касым-Жомарт] выступил.", "person:kassym-jomart-tokayev"),
        .init(
            "a patronymic", "[Касым-Жомарт Кемелевич Токаев] выступил.",
            "person:kassym-jomart-tokayev"),
        .init(
            "the surname behind the full name",
            "[Kassym-Jomart Tokayev] spoke. Then [Tokayev] left.",
            "person:kassym-jomart-tokayev", "person:kassym-jomart-tokayev"),
        .init(
            "the surname of another", "[Қасым-Жомарт Тоқаев] келді. Дәурен Тоқаев кетті.",
            "person:kassym-jomart-tokayev"),
        .init("a lone surname", "Тоқаев келді."),
        .init("a lone name", "Абай көп оқыды."),
        .init(
            "a lone name beside the full one", "[Абай] көп оқыды. Бұл [Абай Құнанбаевтың] сөзі.",
            "person:abai", "person:abai"),
        .init("what is named after a person", "Школа имени Абая Кунанбаева открылась."),
        .init("what bears the name of a person", "Мұхтар Әуезов театры ашылды."),
    ]

    static let places: [MentionCase] = [
        .init("a town in a case", "Жиын [Қостанайда] өтті.", "kostanay"),
        .init(
            "a town in a case, Russian", "Он приехал в [Алматы] из [Астаны].", "almaty", "astana"),
        .init("a town, English", "They met in [Shymkent] today.", "shymkent"),
        .init("a former name", "До войны он жил в [Семипалатинске].", "semey"),
        .init("a word with an area word", "Көктемде [Нұра өзені] тасыды.", "nura-river"),
        .init("a word without", "Нұра тасыды."),
        .init("a word in the locative", "Отбасы [Оралда] тұрады.", "oral"),
        .init("a given name", "Алтай келді."),
        .init("a word", "Болашақ біздің қолда."),
        .init("quotation marks", "Кинотеатр «Алматы» закрыт."),
        .init("an adjective", "Казахстанский спортсмен победил."),
        .init("a region", "Жаңа мектеп [Абай облысында] ашылды.", "abai-region"),
        .init("named after a person", "На проспекте Абая пробка."),
    ]
}

@Suite struct MentionRuleTests {
    private func check(_ example: MentionCase, list: Int) throws {
        let marked = MarkedText(example.text)
        let found = try ShippedLists.finder().mentions(in: [marked.text]).mentions
            .filter { $0.list == list }
        #expect(found.map { marked.text.at($0.source.range) } == marked.spans, "\(example.rule)")
        #expect(found.map(ShippedLists.id) == example.ids, "\(example.rule)")
    }

    @Test(arguments: MentionCase.institutions)
    func institutionsAreFoundByTheRule(_ example: MentionCase) throws {
        try check(example, list: ShippedLists.institutions)
    }

    @Test(arguments: MentionCase.people)
    func peopleAreFoundByTheRule(_ example: MentionCase) throws {
        try check(example, list: ShippedLists.people)
    }

    @Test(arguments: MentionCase.places)
    func placesAreFoundByTheRule(_ example: MentionCase) throws {
        try check(example, list: ShippedLists.places)
    }

    @Test func whatOneTextNamesInFullTheOthersNameInShort() throws {
        let found = try ShippedLists.finder().mentions(in: [
            "Тоқаев келді", "Президент Қасым-Жомарт Тоқаев Астанаға келді.",
        ]).mentions.filter { $0.list == ShippedLists.people }
        #expect(found.map(\.field) == [0, 1])
        #expect(found.map(\.method) == [.short, .name])
    }

    @Test func anAcronymOfSeveralIsDecidedByTheFullName() throws {
        let text = "Костанайский региональный университет принял гостей. Ректор КГУ рад."
        let found = try ShippedLists.finder().mentions(in: [text]).mentions
            .filter { $0.list == ShippedLists.institutions }
        #expect(Set(found.map(ShippedLists.id)) == ["ror:05y74m987"])
    }
}
