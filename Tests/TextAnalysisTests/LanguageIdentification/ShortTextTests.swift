import Foundation
import Testing

@testable import TextAnalysis

/// Languages of short texts: queries, messages, headlines, and Kazakh mixed with Russian.
struct ShortTextTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test func `Kazakh typed without its letters is Kazakh at two words`() {
        for query in [
            "казак университети", "алматы каласы", "жогары окуу", "шыгыс казакстан",
            "казак тили", "университет ректоры",
        ] {
            #expect(analyzer.identify(query) == .kazakh, "\(query)")
        }
        for query in ["государственный университет", "город алматы", "высшее образование"] {
            #expect(analyzer.identify(query) == .russian, "\(query)")
        }
    }

    @Test func `Kazakh in Latin letters of any alphabet is Kazakh`() {
        for text in [
            "Ulttyk tarbie – el bolashagi", "Qazaqstannyñ joğary oqu oryndary",
            "Qazaqstannyń joǵary oqý oryndary", "Qazaqstannıñ joğarı oqu orındarı",
        ] {
            #expect(analyzer.identify(text) == .kazakh, "\(text)")
        }
    }

    @Test func `Kazakh in Latin letters inside an English sentence is a run of its own`() {
        let stream = analyzer.analyze(
            "The conference \"Ulttyk tarbie – el bolashagi\" was held in Almaty on Friday.")
        #expect(stream.runs.map(\.language) == [.english, .kazakh, .english])
    }

    @Test func `Texts of other languages are other`() {
        for text in [
            "Ми зустрілися з друзями в центрі міста", "Der Hund läuft über die Straße und bellt",
        ] {
            #expect(analyzer.identify(text) == .other, "\(text)")
        }
    }

    @Test func `A text is mixed where sure words of both languages stand in it`() {
        // A function word, an inflected form, a Kazakh verb with a Russian infinitive.
        for text in [
            "Мен ертең келе алмаймын, потому что работаю", "Кітапты прочитать еттім",
            "Вы не знаете, бұл үй қай жерде?",
        ] {
            #expect(analyzer.identify(text) == nil, "\(text)")
        }
        // Loans and names make no text mixed, titles in quotes neither.
        for text in [
            "Президент компания директорымен кездесті", "Сергей Иванов Алматыда туған",
            "«Новая газета» газетінің тілшісі келді",
        ] {
            #expect(analyzer.identify(text) == .kazakh, "\(text)")
        }
        for text in [
            "Акимат выделил сто тысяч тенге", "Концерт Димаша Құдайбергена состоится в Астане",
            "Газета «Егемен Қазақстан» написала об этом",
        ] {
            #expect(analyzer.identify(text) == .russian, "\(text)")
        }
    }

    @Test(arguments: [("mixed", 0.94, 0.97), ("mixed-unseen", 0.92, 0.94)])
    func `Our short texts in Kazakh, Russian and both are told apart`(
        name: String, accuracy: Double, recall: Double
    ) throws {
        let file = ShippedTables.root
            .appendingPathComponent("Tests/TextAnalysisTests/Languages/\(name).tsv")
        var counts: [String: (all: Int, right: Int)] = [:]
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst()
        {
            let columns = line.split(separator: "\t")
            let language = String(columns[0])
            let said = analyzer.identify(String(columns[1]))?.code ?? "mixed"
            counts[language, default: (0, 0)].all += 1
            if said == language { counts[language]?.right += 1 }
        }
        let all = counts.values.reduce(0) { $0 + $1.all }
        let right = counts.values.reduce(0) { $0 + $1.right }
        #expect(Double(right) >= accuracy * Double(all), "\(counts)")
        for language in ["kk", "ru"] {
            let count = try #require(counts[language])
            #expect(Double(count.right) >= recall * Double(count.all), "\(language) \(count)")
        }
    }

    @Test func `Without tables the rules still tell the languages apart`() throws {
        let plain = try Analyzer(tables: AnalysisTables())
        #expect(plain.identify("Университет ректоры меморандумға қол қойды") == .kazakh)
        #expect(plain.identify("Ректор университета подписал меморандум вчера") == .russian)
        #expect(plain.identify("The rector has signed a memorandum") == .english)
        #expect(plain.identify("12 345") == .other)
    }
}
