import Testing

@testable import izde

@Suite struct `Display width` {
    @Test(arguments: [
        ("", 0), ("abc", 3), ("Қазақстан", 9), ("ӘӨҰҮІҢҒҚҺ", 9), ("Чеpёмуха №5", 11),
        ("…«»—", 4), ("é", 1), ("e\u{301}", 1), ("и\u{306}", 1), ("\u{AD}", 0),
        ("漢字", 4), ("한국", 4), ("\u{1112}\u{1161}\u{11AB}", 2), ("ｆｕｌｌ", 8), ("アｱ", 3),
        ("🇰🇿", 2), ("👩‍👩‍👧‍👦", 2), ("👍🏽", 2), ("❤", 1), ("❤️", 2), ("☎️", 2), ("🦅", 2),
        ("مكتب", 4), ("\u{200D}", 0), ("a\u{200B}b", 2),
    ])
    func `counts the cells of a terminal`(text: String, cells: Int) {
        #expect(DisplayWidth.of(text) == cells, "\(text.debugDescription)")
    }

    @Test func `of a text is the sum of its graphemes`() {
        let text = "Ел🇰🇿орда e\u{301} 漢 👩‍👩‍👧‍👦."
        #expect(DisplayWidth.of(text) == text.reduce(0) { $0 + DisplayWidth.of($1) })
    }
}
