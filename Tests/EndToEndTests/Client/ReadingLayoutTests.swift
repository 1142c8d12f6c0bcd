import JSON
import Testing

@testable import izde

@Suite struct `Reading layout` {
    private static let answer = """
        {"hits":[
        {"_collection":"news","id":"n:1","title":"ВКТУ и Политехнический институт Сингапура подписали меморандум",
         "url":"https://ektu.kz/a","publishedAt":"2025-10-14","lang":"ru","source":"ektu.kz","_rankingScore":0.8123,
         "_formatted":{"title":"ВКТУ и Политехнический институт Сингапура подписали <меморандум>",
         "body":"…подписала <меморандум> с университетом <Серикбаева> в ходе бизнес-форума…"}},
        {"_collection":"news","id":"n:2","title":"Serikbayev EKTU will cooperate with Singapore Polytechnic",
         "url":"https://www.ektu.kz/b","lang":"en","_duplicates":1,
         "_formatted":{"body":"…the relevant <Memorandum> was signed…"}},
        {"_collection":"institutions","id":"ror:1","names":[
         {"value":"Д. Серікбаев атындағы Шығыс Қазақстан техникалық университеті","lang":"kk","kind":"official"},
         {"value":"ВКТУ имени Серикбаева","lang":"ru","kind":"official"},
         {"value":"ШҚТУ","lang":"kk","kind":"acronym"},{"value":"ВКТУ","lang":"ru","kind":"acronym"}],"city":"Oskemen"},
        {"_collection":"news","id":"n:4","title":"🇰🇿 Мерекемен!","lang":"kk","publishedAt":"2025-12",
         "_formatted":{"body":"👩‍👩‍👧‍👦 отбасы \\u001b[2J <құтты> болсын"}}],
        "interpretation":{"language":[{"lang":"ru","score":0.86}],
         "terms":[{"typed":"серикбаев","used":["серикбаев","серікбаев","serikbayev"],"via":["scripts"]},
          {"typed":"меморандум","used":["меморандум","меморанд"],"via":["forms"]}],
         "corrections":[{"from":"eybdthcbntn","to":"университет","via":"layout"}]},
        "offset":0,"totalHits":41,"totalHitsRelation":"eq",
        "facetDistribution":{"lang":{"kk":12,"ru":21,"en":8},"source":{"ektu.kz":2}},"processingTimeMs":3}
        """

    private func lines(
        width: Int, color: Bool = false, score: Bool = false, facets: [String] = [],
        text: String = answer
    ) throws -> [StyledText] {
        let marked = text.replacing("<", with: String(SafeText.openMark))
            .replacing(">", with: String(SafeText.closeMark))
        let terminal = Terminal(
            isInteractive: true, terminalWidth: width, choice: color ? .always : .never,
            environment: { _ in nil })
        let layout = ReadingLayout(terminal: terminal, showsScore: score, facets: facets)
        return layout.lines(
            SearchAnswer(try JSONReader().read(marked), lang: nil, locale: "en_US.UTF-8"))
    }

    private func text(width: Int) throws -> String {
        try lines(width: width).map(\.text).joined(separator: "\n")
    }

    @Test func `on a wide terminal language, date and source stand at the right`() throws {
        let shown = try text(width: 94)
        #expect(
            shown == """
                Showing "университет" for "eybdthcbntn" (keyboard layout). Exact: izde --no-layout …
                 1  ВКТУ и Политехнический институт Сингапура подписали меморандум  ru · 14 Oct 2025 · ektu.kz
                    …подписала [меморандум] с университетом [Серикбаева] в ходе бизнес-форума…
                 2  Serikbayev EKTU will cooperate with Singapore Polytechnic          en · ektu.kz  (+1 same)
                    …the relevant [Memorandum] was signed…
                 3  ВКТУ имени Серикбаева
                    ШҚТУ · ВКТУ · Oskemen
                 4  🇰🇿 Мерекемен!                                                                kk · Dec 2025
                    👩‍👩‍👧‍👦 отбасы \\x1b[2J [құтты] болсын
                41 results in 3 ms · also searched: серікбаев, serikbayev · kk 12  ru 21  en 8
                """)
    }

    @Test func `on a narrow terminal they take a line and the snippet what is left of three`()
        throws
    {
        let shown = try text(width: 44)
        #expect(
            shown == """
                Showing "университет" for "eybdthcbntn" (ke…
                 1  ВКТУ и Политехнический институт Сингапу…
                    ru · 14 Oct 2025 · ektu.kz
                    …подписала [меморандум] с университетом…
                 2  Serikbayev EKTU will cooperate with Sin…
                    en · ektu.kz  (+1 same)
                    …the relevant [Memorandum] was signed…
                 3  ВКТУ имени Серикбаева
                    ШҚТУ · ВКТУ · Oskemen
                 4  🇰🇿 Мерекемен!              kk · Dec 2025
                    👩‍👩‍👧‍👦 отбасы \\x1b[2J [құтты] болсын
                41 results in 3 ms · also searched:
                серікбаев, serikbayev · kk 12  ru 21  en 8
                """)
    }

    @Test func `on 20 cells everything is still told`() throws {
        let shown = try text(width: 20)
        #expect(
            shown == """
                Showing "университе…
                 1  ВКТУ и Политехн…
                  ru · 14 Oct 2025 …
                  …[меморандум] с у…
                 2  Serikbayev EKTU…
                  en · ektu.kz  (+1…
                  …[Memorandum] was…
                 3  ВКТУ имени Сери…
                  ШҚТУ · ВКТУ ·
                  Oskemen
                 4  🇰🇿 Мерекемен!
                  kk · Dec 2025
                  …[құтты] болсын
                41 results in 3 ms ·
                also searched:
                серікбаев,
                serikbayev ·
                kk 12  ru 21  en 8
                """)
    }

    @Test func `no line is ever wider than the terminal and no hit has more than three`() throws {
        for width in Array(10...40) + [57, 79, 80, 93, 94, 140] {
            let lines = try lines(width: width)
            #expect(lines.allSatisfy { $0.width <= width })
            #expect(lines.count <= 4 * 3 + 1 + max(3, 240 / width))
        }
    }

    private static let translated = """
        {"hits":[
        {"_collection":"news","id":"n:1","title":"Разговор о науке в школах","lang":"ru",
         "publishedAt":"2025-10-14","source":"ektu.kz",
         "_formatted":{"body":"…долгий разговор о <науке>…"},
         "_matchedThrough":[{"typed":"ғылымның","typedLang":"kk","word":"науке","lang":"ru"},
          {"typed":"мектеп","typedLang":"kk","word":"школах","lang":"ru"}],
         "_translations":[{"_collection":"news","id":"n:2","lang":"kk","title":"Мектептегі ғылым туралы әңгіме"},
          {"_collection":"news","id":"n:3"}],"_translationCount":4},
        {"_collection":"news","id":"n:4","title":"Ғылым","lang":"kk","_matchedThrough":[5,{"typed":"a"}],
         "_translations":[null]},
        {"_collection":"news","id":"n:5","title":"Наука","lang":"ru",
         "_matchedThrough":[{"typed":"a","typedLang":"kk","word":"b","lang":"en"},
          {"typed":"c","typedLang":"en","word":"d","lang":"ru"},
          {"typed":"e","typedLang":"en","word":"f","lang":"ru"}]}],
        "totalHits":41,"totalStories":17,"totalStoriesRelation":"gte","processingTimeMs":3}
        """

    @Test func `a hit found through a translation says so beside its title`() throws {
        let shown = try lines(width: 100, text: Self.translated).map(\.text)
        #expect(
            shown.joined(separator: "\n") == """
                 1  Разговор о науке в школах        kk→ru ғылымның = науке, мектеп = школах · 14 Oct 2025 · ektu.kz
                    …долгий разговор о [науке]…
                    = kk · Мектептегі ғылым туралы әңгіме
                    = n:3
                    = 2 more
                 2  Ғылым                                                                                         kk
                 3  Наука                                                           ru · kk→en a = b, en→ru c = d, …
                41 results, at least 17 stories in 3 ms
                """)
    }

    @Test func `on a narrow terminal the mark of a translation comes first`() throws {
        let shown = try lines(width: 40, text: Self.translated).map(\.text)
        #expect(
            shown.joined(separator: "\n") == """
                 1  Разговор о науке в школах
                    kk→ru ғылымның = науке, мектеп = шк…
                    …долгий разговор о [науке]…
                    = kk · Мектептегі ғылым туралы әңгі…
                    = n:3
                    = 2 more
                 2  Ғылым                             kk
                 3  Наука
                    ru · kk→en a = b, en→ru c = d, …
                41 results, at least 17 stories in 3 ms
                """)
        for width in Array(10...60) + [79, 80, 140] {
            let lines = try lines(width: width, text: Self.translated)
            #expect(lines.allSatisfy { $0.width <= width })
        }
        // The mark and the translations are dim, so that titles stand out.
        let colored = try lines(width: 100, color: true, text: Self.translated)
        #expect(
            colored[0].rendered(color: true).contains(
                StyledText(
                    "kk→ru ғылымның = науке, мектеп = школах · 14 Oct 2025 · ektu.kz", .faint
                )
                .rendered(color: true)))
    }

    @Test func `colour takes the place of brackets`() throws {
        let first = try #require(try lines(width: 100, color: true).dropFirst(2).first)
        #expect(first.text.contains("подписала меморандум с"))
        #expect(first.rendered(color: true).contains("\u{1B}[1;31mмеморандум\u{1B}[0m"))
    }

    @Test func `score and facets are shown when asked for`() throws {
        let shown = try lines(width: 110, score: true, facets: ["source"]).map(\.text)
        #expect(shown[1].hasSuffix("0.81 · ru · 14 Oct 2025 · ektu.kz"))
        #expect(shown.contains("source: ektu.kz 2"))
    }

    @Test func `an answer without hits says so`() throws {
        let text = #"{"hits":[],"totalHits":0,"processingTimeMs":1}"#
        #expect(try lines(width: 80, text: text).map(\.text) == ["No results in 1 ms"])
        let suggested = #"{"hits":[],"totalHits":0,"interpretation":{"didYouMean":"кітап"}}"#
        #expect(
            try lines(width: 80, text: suggested).map(\.text)
                == ["Did you mean \"кітап\"?", "No results"])
    }

    @Test func `an answer that is not whole says so`() throws {
        let text = #"{"hits":[],"totalHits":7,"totalHitsRelation":"gte","timedOut":true}"#
        #expect(
            try lines(width: 80, text: text).map(\.text)
                == ["At least 7 results · time ran out, these are not all"])
    }

    @Test(arguments: ["{}", "[]", "null", #"{"hits":[{}, 1, null, {"title":5,"names":[{}]}]}"#])
    func `an answer of another shape is no reason to fail`(text: String) throws {
        #expect(try !lines(width: 40, text: text).isEmpty)
    }

    @Test func `a pipe gets one line a hit with stable columns`() throws {
        let answer = SearchAnswer(
            try JSONReader().read(
                #"{"hits":[{"id":"n:1","lang":"kk","publishedAt":"2025-10-14","title":"Бір\tекі\n\u001b[2Jүш","_collection":"news","url":"https://www.ektu.kz/a","_rankingScore":0.5}]}"#
            ), lang: nil, locale: nil)
        #expect(
            TabbedLayout.line(answer.hits[0], rank: 7)
                == "7\tn:1\tkk\t2025-10-14\tБір екі \\x1b[2Jүш")
        #expect(
            TabbedLayout.fullLine(answer.hits[0], rank: 7)
                == "7\tn:1\tkk\t2025-10-14\tБір екі \\x1b[2Jүш\tnews\tektu.kz\thttps://www.ektu.kz/a\t0.5000"
        )
    }

    @Test func `a title that was cropped is shown whole`() throws {
        let text = #"{"title":"бір екі үш","_formatted":{"title":"…<екі>…","body":"<екі> төрт"}}"#
        let marked = text.replacing("<", with: String(SafeText.openMark))
            .replacing(">", with: String(SafeText.closeMark))
        let hit = Hit(try JSONReader().read(marked), languages: [])
        #expect(hit.title == "бір екі үш")
        #expect(Hit.withoutMarks(hit.snippet) == "екі төрт")
    }

    @Test func `a name is shown in the language asked for, the query's, the user's`() {
        #expect(
            SearchAnswer.languages(asked: "kk", detected: ["ru"], locale: "en_US.UTF-8")
                == ["kk", "ru", "en"])
        #expect(
            SearchAnswer.languages(asked: "auto", detected: [], locale: "kk_KZ") == [
                "kk", "en", "ru",
            ])
        #expect(
            SearchAnswer.languages(asked: nil, detected: [], locale: "C") == ["en", "kk", "ru"])
    }
}
