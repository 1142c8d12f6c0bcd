/// Numbers of Roman numerals.
enum RomanNumeral {
    private static let digits: [UInt8: Int] = [
        UInt8(ascii: "i"): 1, UInt8(ascii: "v"): 5, UInt8(ascii: "x"): 10, UInt8(ascii: "l"): 50,
        UInt8(ascii: "c"): 100,
    ]

    /// The value of folded Latin letters up to 399; `nil` for what is none in its usual form.
    static func value(of letters: ArraySlice<UInt8>) -> Int? {
        var value = 0
        var last = Int.max
        for letter in letters {
            guard let digit = digits[letter] else { return nil }
            if digit > last { value -= 2 * last }
            value += digit
            last = digit
        }
        return text(of: value).elementsEqual(letters) ? value : nil
    }

    /// The value of `ii` and `iii`, of Latin or Cyrillic letters; `nil` for other folded letters.
    ///
    /// Kazakh keyboards have the Cyrillic letter nearest. No word is written so, so that capitals are
    /// not asked for.
    static func valueOfOnes(_ letters: ArraySlice<UInt8>) -> Int? {
        if twos.contains(where: letters.elementsEqual) { return 2 }
        return threes.contains(where: letters.elementsEqual) ? 3 : nil
    }

    private static let twos = ["ii", "іі"].map { Array($0.utf8) }
    private static let threes = ["iii", "ііі"].map { Array($0.utf8) }

    private static func text(of value: Int) -> [UInt8] {
        var rest = value
        var text = ""
        for (number, letters) in [
            (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
            (4, "iv"), (1, "i"),
        ] {
            while rest >= number, text.utf8.count < 16 {
                text += letters
                rest -= number
            }
        }
        return Array(text.utf8)
    }
}
