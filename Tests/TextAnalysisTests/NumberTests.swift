import Testing

@testable import TextAnalysis

/// A number is found however it is written.
struct NumberTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test(arguments: [
        ("55-ші мектеп", "55"), ("55ші мектеп", "55"), ("55-го класса", "55"),
        ("the 55th school", "55"),
        ("70%-ға өсті", "70"), ("70%", "70"), ("№12 мектеп", "12"), ("№ 12", "12"),
        ("No. 12", "12"), ("2021-жылғы жоспар", "2021"), ("90-х годов", "90"),
        ("the 1990s", "1990"),
        ("the 1990's", "1990"), ("1 000 000 теңге", "1000000"), ("1\u{A0}000,5 тенге", "1000.5"),
        ("1\u{202F}000,5", "1000.5"), ("1,000 tenge", "1000"), ("12,345.67", "12345.67"),
        ("1990-шы жылдар", "1990"), ("3-мя словами", "3"), ("21st century", "21"),
    ])
    func `The plain number is a term`(text: String, number: String) {
        #expect(analyzer.analyze(text).terms(.number) == [number])
    }

    @Test func `Both ends of a range are numbers`() {
        for text in ["8–9 сынып", "8-9 классы", "grades 8-9", "8—9"] {
            #expect(analyzer.analyze(text).terms(.number) == ["8", "9"], "\(text)")
        }
    }

    @Test func `An ordinal keeps its letters in the source`() {
        let stream = analyzer.analyze("on the 55th day")
        let token = stream.tokens.first { $0.kind == .number }
        #expect(token?.source.range == 7..<11)
    }

    @Test(arguments: [
        ("XXI ғасыр", "21"), ("ХХІ ғасыр", "21"), ("ХХ век", "20"), ("VIII съезд", "8"),
        ("Nazarbayev II", "2"), ("V ғасыр", "5"), ("I-ші орын", "1"), ("І-ші орын", "1"),
        ("X век", "10"), ("XIX ғ.", "19"), ("Ⅷ съезд", "8"), ("XXXIX", "39"), ("IX Forum", "9"),
    ])
    func `A Roman numeral is its value too`(text: String, value: String) {
        let stream = analyzer.analyze(text)
        #expect(stream.terms(.number) == [value])
        let token = stream.tokens.first { $0.kind == .number }
        let numeral = stream.tokens.first { $0.position == token?.position }
        #expect(numeral?.kind != .number, "the word itself stays, at the same position")
        #expect(numeral?.source == token?.source)
    }

    @Test func `Both ends of a range of Roman numerals have values`() {
        #expect(analyzer.analyze("V–VI ғасырларда").terms(.number) == ["5", "6"])
        #expect(analyzer.analyze("IX-X ғғ.").terms(.number) == ["9", "10"])
        #expect(analyzer.analyze("V–VI ғасырларда").terms(.compound) == [])
    }

    @Test(arguments: [
        "IIX", "VV", "IXI", "XXXX", "CIVIL", "MIX", "Xi Jinping", "I think", "V", "xxi", "XL", "CD",
        "IC", "Ix",
    ])
    func `What only looks like a numeral has no value`(text: String) {
        #expect(analyzer.analyze(text).terms(.number) == [])
    }

    @Test func `A suffix is dropped from an acronym and a letter stays on a class`() {
        #expect(analyzer.analyze("ҚазҰУ-дың ҚР-ның").words == ["қазұу", "қр"])
        #expect(analyzer.analyze("5а сыныбы").words == ["5", "а", "сыныбы"])
        #expect(analyzer.analyze("no 5").words == ["no", "5"])
    }
}
