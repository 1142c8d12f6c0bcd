import Testing

@testable import izde

@Suite struct `Styled text` {
    private func marked(_ text: String, brackets: Bool = true) -> StyledText {
        let open = String(SafeText.openMark)
        let close = String(SafeText.closeMark)
        return StyledText(
            marked: text.replacing("<", with: open).replacing(">", with: close),
            brackets: brackets)
    }

    @Test func `puts matches in brackets without colour and in escapes with it`() {
        #expect(marked("…подписала <меморандум> с").text == "…подписала [меморандум] с")
        #expect(
            marked("a <b> c", brackets: false).rendered(color: true)
                == "a \u{1B}[1;31mb\u{1B}[0m c")
    }

    @Test(arguments: [
        ("<a", "[a]"), ("a>", "a"), ("<<a>>", "[a]"), ("<>", "[]"), ("a <b>c", "a [b]c"),
        (" <a>  <b> ", "[a] [b] "), ("<\u{1B}[2J>", "[\\x1b[2J]"),
    ])
    func `bears marks that do not pair and documents that fight`(text: String, shown: String) {
        #expect(marked(text).text == shown)
    }

    @Test func `is cut at grapheme borders and never beyond the cells`() {
        let text = StyledText("Қазақстан 🇰🇿 👩‍👩‍👧‍👦 漢字 университеті")
        for cells in 0...60 {
            let cut = text.cut(to: cells)
            #expect(cut.width <= cells)
            let body = cut.text.hasSuffix("…") ? String(cut.text.dropLast()) : cut.text
            #expect(Array(text.text).starts(with: Array(body)))
        }
        #expect(text.cut(to: 13).text == "Қазақстан 🇰🇿…")
        #expect(text.cut(to: 12).text == "Қазақстан …")
    }

    @Test func `wraps at spaces, cuts the last line and loses no word before it`() {
        let text = StyledText("бір екі үш төрт бес алты жеті")
        #expect(text.wrapped(to: 10, lineCount: 2).map(\.text) == ["бір екі үш", "төрт бес …"])
        #expect(text.filled(to: 8).map(\.text) == ["бір екі", "үш төрт", "бес алты", "жеті"])
        #expect(StyledText("аааааааа").filled(to: 3).map(\.text) == ["ааа", "ааа", "аа"])
        #expect(StyledText("漢字").filled(to: 1).map(\.text) == ["漢", "字"])
    }

    @Test func `begins near the match when the match is far`() {
        let far = String(repeating: "сөз ", count: 40) + "<керек> жер"
        let lines = marked(far).wrapped(to: 30, lineCount: 1)
        #expect(lines.count == 1)
        #expect(lines[0].text.hasPrefix("…"))
        #expect(lines[0].text.contains("[керек]"))
        #expect(lines[0].width <= 30)
    }

    @Test func `never splits an escape sequence, at any width`() {
        let text = marked("алды <бірінші> орта <екінші> соңы", brackets: false)
        for cells in 1...40 {
            for line in text.wrapped(to: cells, lineCount: 3) {
                let rendered = line.rendered(color: true)
                #expect(stripped(rendered) == line.text)
            }
        }
    }

    /// The text without whole escape sequences; a split one would stay.
    private func stripped(_ text: String) -> String {
        text.replacing("\u{1B}[1;31m", with: "").replacing("\u{1B}[0m", with: "")
    }
}
