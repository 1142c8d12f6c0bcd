import TestSupport
import Testing

@testable import TextAnalysis

/// Where words begin and end, by the table of word breaks and the cuts of our own.
struct WordTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    @Test func `Words keep their bytes in the original text`() {
        expectWords("⟦Әл⟧-⟦Фараби⟧ «⟦қазақ⟧» ⟦тілі⟧.", analyzer)
        expectWords("⟦Ректор⟧ ⟦встретился⟧ (⟦вчера⟧) ⟦с⟧ ⟦послом⟧!", analyzer)
        expectWords("⟦The⟧ “⟦rector⟧”, ⟦he⟧ ⟦said⟧…", analyzer)
    }

    @Test func `An invisible character inside a word belongs to its bytes`() {
        expectWords("⟦Экс\u{AD}етерского⟧ ⟦универ\u{AD}ситета⟧", analyzer)
        expectWords("⟦Қа\u{200B}зақ\u{2060}стан⟧", analyzer)
    }

    @Test func `A stress mark belongs to the bytes of its word, also at the end`() {
        expectWords("⟦Рамада\u{301}н⟧ ⟦кофе\u{301}⟧ ⟦и⟧", analyzer)
    }

    @Test func `A suffix on the hyphen of an acronym or a number is no word`() {
        expectWords("⟦ҚР⟧-ның ⟦заңы⟧, ⟦ҚазҰУ⟧-дың ⟦ректоры⟧, ⟦70⟧%-ға, ⟦55⟧-ші", analyzer)
        expectWords("⟦2021⟧-⟦жылғы⟧ «⟦Қазақмыс⟧»-тың ⟦Google⟧-дың", analyzer)
        expectWords("⟦5⟧-й ⟦курс⟧, ⟦90⟧-х ⟦годов⟧", analyzer)
    }

    @Test func `A suffix set does not eat the part of a compound`() {
        expectWords("⟦ән⟧-⟦күй⟧ ⟦Санкт⟧-⟦Петербург⟧ ⟦бала⟧-⟦да⟧", analyzer)
    }

    @Test func `Page text that is glued is cut`() {
        expectWords("⟦11⟧/⟦17⟧/⟦2021⟧⟦Al⟧-⟦Farabi⟧", analyzer)
        expectWords("⟦17⟧.⟦11⟧.⟦2021⟧⟦жыл⟧ ⟦2024⟧⟦жылы⟧ ⟦10⟧⟦км⟧", analyzer)
        expectWords("⟦қаласы⟧.⟦Бүгін⟧ ⟦end⟧.⟦The⟧", analyzer)
    }

    @Test func `Names of letters and digits stay whole`() {
        expectWords("⟦5G⟧ ⟦3D⟧ ⟦H2O⟧ ⟦G20⟧ ⟦Covid⟧-⟦19⟧ ⟦QARMET⟧ ⟦Ми⟧-⟦8⟧", analyzer)
        expectWords("⟦C++⟧, ⟦C#⟧, ⟦С++⟧ ⟦f#⟧", analyzer)
        #expect(analyzer.analyze("C++ С# c++11").words == ["c++", "c#", "c++", "11"])
    }

    @Test func `Initials are single words`() {
        expectWords("⟦А⟧.⟦Н⟧. ⟦Бөкейхан⟧, ⟦т⟧.⟦б⟧., ⟦и⟧ ⟦т⟧.⟦д⟧.", analyzer)
        #expect(analyzer.analyze("the U.S.A. today").terms(.compound) == ["usa"])
    }

    @Test func `Hosts and addresses are labels with the host beside them`() {
        let stream = analyzer.analyze("info@kaznu.edu.kz https://www.enu.kz/kz/news?id=5")
        #expect(
            stream.words == [
                "info", "kaznu", "edu", "kz", "https", "www", "enu", "kz", "kz", "news", "id", "5",
            ])
        #expect(stream.terms(.compound) == ["kaznu.edu.kz", "www.enu.kz"])
        let host = stream.tokens.first { $0.kind == .compound }
        #expect(host?.position == 1)
    }

    @Test func `Apostrophes of every kind fold away, and English endings with them`() {
        #expect(
            analyzer.analyze("O’Neil д'Артаньян KazNUʼs we´ll don`t students’ 'x'").words
                == ["oneil", "дартаньян", "kaznu", "we", "dont", "students", "x"])
        #expect(analyzer.analyze("a'le'm").words == ["alem"], "the letters of 2017 stay")
    }

    @Test func `Numbers join their groups and agree on the decimal point`() {
        #expect(
            analyzer.analyze("1 000,5 1\u{A0}000\u{202F}000 1,000.5 3,14 2.2.0 1,500 №12 0,125")
                .words
                == ["1000.5", "1000000", "1000.5", "3.14", "2.2.0", "1500", "12", "0.125"])
        #expect(analyzer.analyze("2021 100 8-9 100").words == ["2021", "100", "8", "9", "100"])
    }

    @Test func `A compound stands at the position of its first part`() {
        let stream = analyzer.analyze("Президент Қасым-Жомарт Тоқаев")
        #expect(stream.terms(.compound) == ["қасымжомарт"])
        #expect(stream.tokens.map(\.position) == [0, 1, 1, 2, 3])
        #expect(stream.positionCount == 4)
    }

    @Test func `A range and a telephone number are no compound`() {
        #expect(analyzer.analyze("8–9 377-33-33 2021-жылғы").terms(.compound) == [])
    }

    @Test func `Acronyms are those of a line that is not all in capitals`() {
        #expect(
            analyzer.analyze("ҚазҰУ мен ЕҰУ ректорлары\nҚАЗАҚ ҰЛТТЫҚ УНИВЕРСИТЕТІ").terms(.acronym)
                == ["қазұу", "еұу"])
    }

    @Test(arguments: SeededGenerator.seeds())
    func `The table finds the same words as ICU alone`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let icu = try ICUHandle()
        var normalizer = TextNormalizer()
        var fast = WordTokenizer()
        var slow = WordTokenizer()
        slow.asksICUAlways = true
        for round in 0..<250 {
            let text = Array(
                (round % 2 == 0
                    ? RandomText.make(&random, length: 40)
                    : RandomText.makePlain(&random, length: 60)).utf8)
            var clean = CleanText()
            normalizer.clean(text.span, range: 0..<text.count, icu: icu, into: &clean)
            var terms = TermBytes()
            fast.tokenize(clean, icu: icu, into: &terms)
            slow.tokenize(clean, icu: icu, into: &terms)
            #expect(
                fast.words.map(\.range) == slow.words.map(\.range),
                "\(String(decoding: text, as: UTF8.self))")
        }
    }
}
