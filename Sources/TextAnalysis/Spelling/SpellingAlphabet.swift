/// The letters that misspelling is known of, numbered from 1, so that a table has a row for each.
///
/// Words are folded: lower case, `ё` written as `е`.
enum SpellingAlphabet {
    /// The letters in the order of their numbers: Latin, Russian, Kazakh, digits, signs inside of
    /// words, and the letters of the Latin alphabets of Kazakh.
    static let letters = Array(
        "abcdefghijklmnopqrstuvwxyz" + "абвгдежзийклмнопрстуфхцчшщъыьэюя" + "әғқңөұүһі"
            + "0123456789" + "-'’" + "äöüūğşñıáóúńǵýïçŋə"
    ).map { $0 }

    /// One more than the greatest number.
    static let codeLimit = 128

    /// The number of each letter.
    private static let codes: [Unicode.Scalar: UInt8] = {
        var codes: [Unicode.Scalar: UInt8] = [:]
        for (index, letter) in letters.enumerated() {
            for scalar in letter.unicodeScalars { codes[scalar] = UInt8(index + 1) }
        }
        codes["ё"] = codes["е"]
        return codes
    }()

    /// The numbers of letters below U+0800, 0 for what is none.
    private static let table: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 0x800)
        for (scalar, code) in codes where scalar.value < 0x800 { table[Int(scalar.value)] = code }
        return table
    }()

    /// The number of a letter, `nil` for what is none.
    static func code(of letter: Character) -> UInt8? {
        letter.unicodeScalars.first.flatMap { codes[$0] }
    }

    /// The numbers of the letters of a text, leaving out what is none.
    static func codes(of text: String) -> [UInt8] { text.compactMap(code) }

    /// The numbers of the letters of a word; `nil` if it has anything else or is longer than
    /// `limit` letters.
    static func codes(of word: Span<UInt8>, limit: Int) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(word.count)
        var index = 0
        while index < word.count {
            let byte = word[index]
            var scalar = Int(byte)
            if byte >= 0x80 {
                if byte == 0xE2, index + 2 < word.count, word[index + 1] == 0x80,
                    word[index + 2] == 0x99
                {
                    // The one sign of three bytes: the curved apostrophe.
                    scalar = -1
                    index += 2
                } else {
                    guard byte >= 0xC2, byte < 0xE0, index + 1 < word.count,
                        word[index + 1] & 0xC0 == 0x80
                    else { return nil }
                    scalar = Int(byte & 0x1F) << 6 | Int(word[index + 1] & 0x3F)
                    index += 1
                }
            }
            index += 1
            let code = scalar < 0 ? apostrophe : table[scalar]
            guard code != 0, result.count < limit else { return nil }
            result.append(code)
        }
        return result
    }

    /// The UTF-8 bytes of a row of letters.
    static func bytes(of codes: some Sequence<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        for code in codes where code > 0 && Int(code) <= letters.count {
            bytes.append(contentsOf: String(letters[Int(code) - 1]).utf8)
        }
        return bytes
    }

    private static let apostrophe = code(of: "’") ?? 0
}
