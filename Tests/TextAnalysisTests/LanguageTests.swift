import Foundation
import Testing

@testable import TextAnalysis

/// The language of a text, of its runs, and of words whose language nobody can tell.
struct LanguageTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test func `Sentences in the three languages are told apart`() {
        #expect(analyzer.identify("Университет ректоры меморандумға қол қойды") == .kazakh)
        #expect(analyzer.identify("Ректор университета подписал меморандум") == .russian)
        #expect(analyzer.identify("The rector has signed a memorandum") == .english)
        #expect(analyzer.identify("Qazaqstannıñ joğarı oqu orındarı") == .kazakh)
        #expect(analyzer.identify("قازاقستان رەسپۋبليكاسى") == .kazakh)
        #expect(analyzer.identify("12 345") == .other)
        #expect(analyzer.identify("漢字 かな") == .other)
        #expect(analyzer.identify("") == .other)
    }

    @Test func `Kazakh without its own letters is known by its endings`() {
        #expect(analyzer.identify("Балалар мектептен шыгып, уйлерине барып жатырды") != .english)
        #expect(analyzer.identify("адамдар баспасында жазылды бен мен арасында") == .kazakh)
    }

    @Test func `Queries of two words are told apart where a letter or a form speaks`() {
        #expect(analyzer.identify("қазақ тілі") == .kazakh)
        #expect(analyzer.identify("государственная программа") == .russian)
        #expect(analyzer.identify("state program") == .english)
    }

    @Test func `Runs cover the text without gaps and change with the language`() {
        let kazakh = "Университет ректоры шетелдік қонақтармен кездесті. "
        let russian = "Ректор университета встретился с иностранными гостями вчера. "
        let english = "The rector of the university met foreign guests yesterday."
        let stream = analyzer.analyze(kazakh + russian + english)
        #expect(stream.runs.map(\.language) == [.kazakh, .russian, .english])
        var end: UInt32 = 0
        for run in stream.runs {
            #expect(run.source.start == end)
            end += run.source.count
        }
        #expect(Int(end) == (kazakh + russian + english).utf8.count)
        #expect(Int(stream.runs[1].source.start) == kazakh.utf8.count)
        #expect(stream.language == nil, "a text of three languages is mixed")
    }

    @Test func `One odd sentence of two words does not change the language`() {
        let text = "Жиын бүгін өтті. Ivan Petrov. Оған елу адам қатысты. Тегі жоқ. Соңы."
        #expect(analyzer.analyze(text).runs.map(\.language) == [.kazakh])
    }

    @Test func `A name in small company gets the stems of both languages`() {
        let stream = analyzer.analyze("Абая")
        #expect(stream.tokens[0].otherStem.isEmpty == false)
        #expect(stream.tokens[0].language == .russian)
        let inside = analyzer.analyze("Вчера студенты читали стихи Абая в университете.")
        #expect(inside.tokens[4].otherStem.isEmpty == false)
        #expect(inside.tokens[1].otherStem.isEmpty, "a common word has one stem")
    }

    @Test func `A surname typed in small letters shares a stem with the written one`() {
        let written = analyzer.analyze("Сегодня ректор Муканов подписал меморандум.")
        let stems = Set(written.tokens.map { written.string($0.stem) })
        for query in ["муканов", "муканова", "мукановым подписан", "ректор муканов подписал"] {
            let stream = analyzer.analyze(query)
            let asked = stream.tokens.flatMap {
                [stream.string($0.stem), stream.string($0.otherStem)]
            }
            #expect(asked.contains { stems.contains($0) && $0.hasPrefix("мукан") }, "\(query)")
        }
    }

    @Test func `The language that the caller knows decides`() {
        let stream = analyzer.analyze("Балалар", language: .kazakh)
        #expect(stream.tokens[0].language == .kazakh)
        #expect(stream.runs.map(\.language) == [.kazakh])
        #expect(stream.language == .kazakh)
    }

    @Test func `Sentences of the SIB-200 set are told apart`() throws {
        let file = ShippedTables.root.deletingLastPathComponent()
            .appendingPathComponent("shared/data/sib200/docs.jsonl")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            print("skipped: the SIB-200 set is not beside the project")
            return
        }
        struct Sentence: Decodable {
            var lang: String
            var body: String
        }
        var right = 0
        var all = 0
        for line in text.split(separator: "\n").prefix(600) {
            let sentence = try JSONDecoder().decode(Sentence.self, from: Data(line.utf8))
            all += 1
            if analyzer.identify(sentence.body)?.code == sentence.lang { right += 1 }
        }
        #expect(all > 0 && right * 100 >= all * 99, "\(right) of \(all)")
    }
}
