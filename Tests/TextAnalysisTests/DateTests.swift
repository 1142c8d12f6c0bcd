import Testing

@testable import TextAnalysis

/// Dates in every order that texts write them have one canonical term.
struct DateTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    /// The dates of a text that have a year.
    private func dates(_ text: String) -> [String] {
        analyzer.analyze(text).terms(.date).filter { !$0.hasPrefix("d:--") }
    }

    @Test(arguments: [
        "17.11.2021", "11/17/2021", "17/11/2021", "2021-11-17", "2021.11.17", "17-11-2021",
        "17 ноября 2021 года", "2021 жылғы 17 қараша", "2021 ж. 17 қарашада", "17 қараша 2021 жыл",
        "2021 жылдың 17 қарашасында", "November 17, 2021", "November 17th, 2021",
        "17 November 2021", "17th November, 2021", "Nov 17, 2021", "17 НОЯБРЯ 2021",
        "11/17/2021Al-Farabi", "17.11.2021ж.", "Фараби 17.11.2021", "17.11.21",
        "17th of November 2021", "17-го ноября 2021 г.", "2021 жылғы 17-ші қараша",
    ])
    func `A date is found in each of its forms`(text: String) {
        #expect(dates(text) == ["d:2021-11-17"])
        #expect(analyzer.analyze(text).terms(.date).contains("d:--11-17"))
    }

    @Test func `Both days of a range are found`() {
        let expected = ["d:2017-11-08", "d:2017-11-09"]
        for text in [
            "8-9 November 2017", "From 8 to 9 November, 2017", "8–9 ноября 2017 года",
            "с 8 по 9 ноября 2017", "November 8-9, 2017", "2017 жылғы 8-9 қараша",
            "8 және 9 қараша 2017 жыл", "8 и 9 ноября 2017 года",
        ] {
            #expect(dates(text).sorted() == expected, "\(text)")
        }
    }

    @Test(arguments: [
        "28 October – 3 November 2021", "October 28 to November 3, 2021",
        "с 28 октября по 3 ноября 2021 года", "28 қазан мен 3 қараша 2021 жыл",
        "2021 жылдың 28 қазанынан 3 қарашасына дейін",
    ])
    func `Days of two months share a year`(text: String) {
        #expect(dates(text) == ["d:2021-10-28", "d:2021-11-03"])
    }

    @Test func `A range over the new year is of two years`() {
        #expect(dates("28 декабря – 3 января 2022 года") == ["d:2021-12-28", "d:2022-01-03"])
    }

    @Test func `A year is not taken from another sentence`() {
        #expect(dates("Жиын 12 мамырда өтті. 3 маусым 2021 жыл") == ["d:2021-06-03"])
        #expect(dates("12 мая; 3 июня 2021 года") == ["d:2021-06-03"])
    }

    @Test(arguments: ["12 қыркүйек", "12 сентября", "September 12", "12-ші қыркүйекте", "12 Sep"])
    func `A day without a year is the day of any year`(text: String) {
        #expect(analyzer.analyze(text).terms(.date) == ["d:--09-12"])
    }

    @Test(arguments: [
        "31.02.2021", "2.2.0", "192.168.1.1", "377-33-33", "11/17", "45 ноября 2021",
        "13/13/2021", "2021-11-17-5x-", "мая 2021", "мая 12", "32.13.21", "1.2.21",
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
