import TestSupport

/// Texts of an alphabet that is chosen to be difficult.
enum RandomText {
    private static let letters =
        "абвеёжзийкотуәіңғүұқөһАВЕЙЁҚІaeiouxyzhstAEIKXğñşıūİI0123456789".map(String.init)
    static let alphabet: [String] = letters + others
    private static let others: [String] =
        [
            " ", " ", " ", "\n", "\t", "\u{A0}", "\u{202F}", ".", ".", ",", ";", ":", "-", "–", "—",
            "'", "’", "ʼ", "`", "\"", "«", "»", "%", "№", "@", "_", "/", "#", "+", "&", "…", "!",
            "\u{AD}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}", "\u{200E}",
            "\u{301}", "\u{300}", "\u{306}", "\u{308}", "\u{307}", "\u{323}", "и\u{306}",
            "е\u{308}", "I\u{307}", "👍🏽", "👨‍👩‍👧", "🇰🇿", "漢字", "カナ", "ไทย", "ק", "ש", "عرب", "توقايەۆ",
            "ﬁ", "ß", "ﷺ", "Ⅷ", "①", "２", "ª", "ǅ", "ӊ", "ќ", "є", "ґ", "ə", "ɵ", "𝐀", "𐐀", "\u{0}",
            "12.09.2024", "November", "қыркүйек", "2021", "C++", "ның", "жылғы", "\u{1FEF}", "한",
            "\u{0}", "\u{2028}", "\u{85}", "K", "Å",
        ]

    private static let signs = [
        ".", ",", "-", "'", "_", "\"", ":", "/", "@", "\n", "«", "»", "+", "#", "1", "20",
    ]
    /// Letters of one script, and what stands between words.
    private static let plain = ["абвежийкотуәіңғүұқөһАВЕЙҚІ", "aeiouxyzhstAEIKX"].map { letters in
        letters.map(String.init) + [String](repeating: " ", count: 6) + signs
    }

    /// Text of plain words, so that the tables decide.
    static func makePlain(_ random: inout SeededGenerator, length: Int) -> String {
        let pieces = plain[Int.random(in: 0..<plain.count, using: &random)]
        var text = ""
        for _ in 0..<Int.random(in: 0...length, using: &random) {
            text += pieces[Int.random(in: 0..<pieces.count, using: &random)]
        }
        return text
    }

    static func make(_ random: inout SeededGenerator, length: Int) -> String {
        var text = ""
        for _ in 0..<Int.random(in: 0...length, using: &random) {
            text += alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        return text
    }
}
