import Testing

@testable import izde

@Suite struct `Safe text` {
    @Test(arguments: [
        ("\u{1B}[31mқызыл\u{1B}[0m", "\\x1b[31mқызыл\\x1b[0m"),
        ("a\u{7}b", "a\\x07b"), ("a\u{9B}31m", "a\\x9b31m"), ("\u{7F}", "\\x7f"),
        ("abc\u{202E}cba", "abc\\u{202e}cba"), ("\u{2066}x", "\\u{2066}x"),
        ("бір\nекі\tүш\r\nтөрт", "бір екі үш төрт"), ("  a  b  ", "a b"),
        ("Экс\u{AD}етер", "Эксетер"), ("\u{FEFF}сөз", "сөз"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ("\u{2028}a\u{2029}", "a"), ("", ""), ("\n", ""),
    ])
    func `shows controls and cannot drive the terminal`(text: String, shown: String) {
        #expect(SafeText.line(text) == shown)
    }

    @Test func `holds no control of any kind, whatever comes in`() {
        var unclean: [UInt32] = []
        for value in UInt32(0)...0x3000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let line = SafeText.line("a\(Character(scalar))b")
            let isClean = line.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control
                    && !(0x202A...0x202E).contains($0.value)
                    && !(0x2066...0x2069).contains($0.value)
            }
            if !isClean { unclean.append(value) }
        }
        #expect(unclean.isEmpty)
    }

    @Test func `keeps the lines of a text where lines are asked for`() {
        #expect(SafeText.lines("а\n\tб\u{1B}c\r\n") == "а\n\tб\\x1bc\n")
    }

    @Test func `bounds a stack of accents`() {
        let zalgo = "a" + String(repeating: "\u{301}", count: 500)
        #expect(SafeText.line(zalgo).unicodeScalars.count <= 16)
    }
}
