import Testing
import TextAnalysis

@testable import SearchEngine

/// Rows of the lexicon, and what is translated by a few of them.
struct TranslationTableTests {
    private static let good = "school\tnoun\tмектеп\tшкола\tschool"

    @Test(arguments: [
        ("", "5 columns"), ("school", "5 columns"), ("school\tnoun\tмектеп\tшкола", "5 columns"),
        ("school\tnoun\tмектеп\tшкола\tschool\tmore", "5 columns"),
        ("school\tnoun\t\tшкола\tschool", "empty"), ("school\tnoun\tмектеп\tшкола\t", "empty"),
        ("\tnoun\tмектеп\tшкола\tschool", "empty"), ("school\tnoun\tмектеп\t|\tschool", "empty"),
        ("school\tnoun\tмектеп|\tшкола\tschool", "empty"),
        ("school\tnoun\tмектеп\tшкола||вуз\tschool", "empty"),
    ])
    func `a row that cannot be read is told with its number and the reason`(
        row: String, reason: String
    ) {
        let error = #expect(throws: TranslationTable.MalformedRow.self) {
            try TranslationTable(rows: [Self.good, Self.good, row, ""])
        }
        #expect(error?.row == 2)
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test func `a table keeps its rows in their order, and may be empty`() throws {
        let table = try TranslationTable(rows: [
            "vuz\tnoun\tжоғары оқу орны|ЖОО\tвуз\tuniversity|college", Self.good,
        ])
        #expect(table.concepts.map(\.slug) == ["vuz", "school"])
        #expect(
            table.concepts[0].lemmas
                == [["жоғары оқу орны", "ЖОО"], ["вуз"], ["university", "college"]])
        #expect(try TranslationTable(rows: []) == TranslationTable())
        let nothing = try QueryTranslation(rows: [])
        #expect(nothing.translations("мектеп", .kazakh) == [])
        #expect(nothing.units("мектеп", .kazakh).count == 1)
    }

    @Test func `the first lemma of a cell counts most, and each sense keeps its own`() throws {
        let translation = try QueryTranslation(rows: [
            "peace\tnoun\tбейбітшілік|тыныштық\tмир\tpeace", "world\tnoun\tәлем|дүние\tмир\tworld",
        ])
        let kazakh = ["бейбітшілік", "тыныштық", "әлем", "дүние"].map {
            translation.stems($0, .kazakh)
        }
        let found = translation.translations("мир", .russian)
        let weights = kazakh.map { stems in found.first { $0.stems == stems }?.weight ?? 0 }
        #expect(weights[0] > weights[1] && weights[1] > 0)
        #expect(weights[2] > weights[3] && weights[3] > 0)
        #expect(translation.translates("peace", .english, to: "мир", .russian))
        #expect(!translation.translates("peace", .english, to: "әлем", .kazakh))
    }

    @Test func `the longest lemma is taken, the rest word by word`() throws {
        let translation = try QueryTranslation(rows: [
            "vuz\tnoun\tжоғары оқу орны\tвуз|высшее учебное заведение\tuniversity",
            "high\tadj\tжоғары\tвысокий\thigh", "study\tverb\tоқу\tучиться\tstudy",
            "student\tnoun\tстудент\tстудент\tstudent",
        ])
        let units = translation.units("жоғары оқу орындарының студенттері", .kazakh)
        #expect(units.map(\.words.count) == [3, 1])
        let text = "жоғары оқу орындарының студенттері"
        #expect(translation.translates(text, .kazakh, to: "вуз", .russian))
        #expect(
            translation.translates(text, .kazakh, to: "высшее учебное заведение", .russian))
        #expect(translation.translates(text, .kazakh, to: "student", .english))
        #expect(!translation.translates(text, .kazakh, to: "study", .english))
        #expect(translation.translates("жоғары оқу", .kazakh, to: "study", .english))
        #expect(translation.translates("вузы", .russian, to: "жоғары оқу орны", .kazakh))
    }

    @Test func `a compound is translated as a lemma of its parts`() throws {
        let translation = try QueryTranslation(rows: [
            "online-shop\tnoun\tинтернет-дүкен\tинтернет-магазин\tonline shop",
            "big\tadj\tүлкен\tбольшой\tbig",
        ])
        for (text, language) in [
            ("интернет-дүкендер", Language.kazakh), ("интернет-магазинов", .russian),
        ] {
            #expect(translation.translates(text, language, to: "online shop", .english), "\(text)")
        }
        #expect(
            translation.translates("online shops", .english, to: "интернет-магазин", .russian))
        let units = translation.units("большой интернет-магазин", .russian)
        #expect(units.count == 2)
        #expect(units.map(\.words.count) == [1, 2])
    }
}
