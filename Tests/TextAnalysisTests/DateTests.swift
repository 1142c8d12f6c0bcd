import Testing

@testable import TextAnalysis

/// Dates in every order that texts write them have one canonical term.
struct DateTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test(arguments: [
        "17.11.2021", "11/17/2021", "17/11/2021", "2021-11-17", "2021.11.17", "17-11-2021",
        "17 ноября 2021 года", "2021 жылғы 17 қараша", "2021 ж. 17 қарашада", "17 қараша 2021 жыл",
        "2021 жылдың 17 қарашасында", "November 17, 2021", "November 17th, 2021",
        "17 November 2021", "17th November, 2021", "Nov 17, 2021", "17 НОЯБРЯ 2021",
        "11/17/2021Al-Farabi", "17.11.2021ж.", "Фараби 17.11.2021",
    ])
    func `A date is found in each of its forms`(text: String) {
        #expect(analyzer.analyze(text).terms(.date) == ["d:2021-11-17"])
    }

    @Test func `Both days of a range are found`() {
        let expected = ["d:2017-11-08", "d:2017-11-09"]
        for text in [
            "8-9 November 2017", "From 8 to 9 November, 2017", "8–9 ноября 2017 года",
            "с 8 по 9 ноября 2017", "November 8-9, 2017",
        ] {
            #expect(analyzer.analyze(text).terms(.date).sorted() == expected, "\(text)")
        }
    }

    @Test(arguments: [
        "31.02.2021", "2.2.0", "192.168.1.1", "377-33-33", "11/17", "12 қыркүйек", "45 ноября 2021",
        "13/13/2021", "2021-11-17-5x-", "мая 2021", "12 марта",
    ])
    func `What is no whole date has no date term`(text: String) {
        let dates = analyzer.analyze(text).terms(.date)
        #expect(dates.isEmpty || text.hasPrefix("2021-11-17"))
    }

    @Test func `A date covers its words and stands at the first`() {
        let text = "Кеше, 2024 жылғы 12 қыркүйекте болды"
        let stream = analyzer.analyze(text)
        let date = stream.tokens.first { $0.kind == .date }
        #expect(date?.position == 1)
        let source = date.map { Array(text.utf8)[$0.source.range] } ?? []
        #expect(String(decoding: source, as: UTF8.self) == "2024 жылғы 12 қыркүйекте")
        #expect(stream.words.contains("2024"), "the words themselves stay")
    }
}
