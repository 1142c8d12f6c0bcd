import JSON
import NameMatching
import SearchEngine
import TestSupport
import TextAnalysis

/// A few rows of the tables of names, enough for institutions, people and places of the tests.
enum NameRows {
    static let tables = NameTables(
        words: [
            "university\ttype\tуниверситет\tуниверситет\tuniversity",
            "ministry\ttype\tминистрлік\tминистерство\tministry",
            "college\ttype\tколледж\tколледж\tcollege",
            "national\tstatus\tұлттық\tнациональный\tnational",
            "state\tstatus\tмемлекеттік\tгосударственный\tstate",
            "technical\tsubject\tтехникалық\tтехнический\ttechnical",
            "medical\tsubject\tмедицина|медициналық\tмедицинский\tmedical",
            "science\tsubject\tғылым\tнаука\tscience",
            "kazakh\tpeople\tқазақ\tказахский\tkazakh",
            "llp\tlegal\tЖШС\tТОО\tLLP",
            "named-after\tmarker\tатындағы|ат.\tимени|им.\tnamed after",
            "and\tmarker\tжәне|мен\tи\tand",
            "city\tarea\tқала\tгород\tcity",
            "oblast\tarea\tоблыс\tобласть\tregion",
        ],
        places: [
            "semey\tcity\tСемей\tСемей\tSemey\tсемейский\tСемипалатинск@ru:1718-2007|"
                + "Semipalatinsk@en:1718-2007\tabai-region\ttest",
            "oskemen\tcity\tӨскемен\tУсть-Каменогорск\tOskemen|Ust-Kamenogorsk\t"
                + "усть-каменогорский\t-\teast-kazakhstan-region\ttest",
            "east-kazakhstan-region\tregion\tШығыс Қазақстан облысы|Шығыс Қазақстан\t"
                + "Восточно-Казахстанская область|Восточный Казахстан\tEast Kazakhstan Region|"
                + "East Kazakhstan\tвосточно-казахстанский\t-\t-\ttest",
            "astana\tcity\tАстана\tАстана\tAstana\tастанинский\tЦелиноград@ru:1961-1992|"
                + "Нұр-Сұлтан@kk:2019-2022|Нур-Султан@ru:2019-2022\t-\ttest",
        ])
}

extension EngineFixture {
    /// News that say whom they mention, people, and the tables of names.
    static func withNames() throws -> EngineFixture {
        let fixture = try EngineFixture()
        var news = EngineFixture.news
        news.fields.append(.init(name: "mentions", role: .keyword))
        let people = CollectionKind(
            name: "people",
            fields: [.init(name: "names", role: .names), .init(name: "country", role: .keyword)],
            titleField: "names", types: ["Person"])
        fixture.configuration.kinds = [news, EngineFixture.institutions, people]
        fixture.configuration.defaultCollections = [
            ("institutions", "institutions"), ("news", "news"), ("people", "people"),
        ]
        fixture.configuration.names = NameRows.tables
        return fixture
    }
}

/// Entities of the tests.
enum Listed {
    static func name(_ value: String, _ kind: String = "official") -> JSONValue {
        ["value": .string(value), "kind": .string(kind)]
    }

    static let institutions: [Engine.Input] = [
        document([
            "id": "ektu", "type": "CollegeOrUniversity", "city": "Oskemen",
            "names": [
                name("Д. Серікбаев атындағы Шығыс Қазақстан техникалық университеті"),
                name("Восточно-Казахстанский технический университет имени Д. Серикбаева"),
                name("D. Serikbayev East Kazakhstan Technical University"),
                name("ШҚТУ", "acronym"), name("ВКТУ", "acronym"), name("EKTU", "acronym"),
            ],
        ]),
        document([
            "id": "kaznu", "type": "CollegeOrUniversity",
            "names": [
                name("Қазақ ұлттық университеті"), name("Казахский национальный университет"),
                name("КазГУ", "former"),
            ],
        ]),
        document([
            "id": "kaznmu", "type": "CollegeOrUniversity",
            "names": [name("Казахский национальный медицинский университет")],
        ]),
    ]

    static let people: [Engine.Input] = [
        document([
            "id": "p:tokayev", "type": "Person", "country": "KZ",
            "names": [name("Қасым-Жомарт Тоқаев"), name("Касым-Жомарт Кемелевич Токаев")],
        ]),
        document([
            "id": "p:balykbayev", "type": "Person", "country": "KZ",
            "names": [name("Тақыр Балықбаев")],
        ]),
    ]
}

extension EngineFixture {
    /// The same settings over a copy of the data directory as a crash would leave it now.
    func copyOfFolder() throws -> EngineFixture {
        let copy = try EngineFixture()
        copy.configuration = configuration
        try copyTree(folder.path, copy.folder.path)
        return copy
    }
}
