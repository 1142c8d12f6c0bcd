import TextAnalysis

/// What the bytes of a typed word tell of it, without a look at properties of characters.
struct TypedShape {
    /// Whether it has no capital Latin letter and no ASCII sign, so that a term may be spelt so.
    private(set) var isFolded = true
    /// Whether it is nothing but Latin and Cyrillic letters.
    private(set) var isOfLetters = true
    /// Whether it is a capital with nothing but small letters behind it, of these alphabets.
    private(set) var isCapitalized = false
    private var hasCapitals = false

    /// The shape of a word.
    init(_ word: Substring) {
        var isFirst = true
        for scalar in word.unicodeScalars {
            let isCapital = PlainLetter.isCapital(scalar)
            hasCapitals = hasCapitals || isCapital == true
            if isFirst {
                isCapitalized = isCapital == true
            } else if isCapital != false {
                isCapitalized = false
            }
            isFirst = false
            switch scalar.value {
            case 0x61...0x7A: break
            case 0x41...0x5A: isFolded = false
            case 0..<0x80: (isFolded, isOfLetters) = (false, false)
            // Without the number sign and the marks among them.
            case 0x400...0x481, 0x48A...0x4FF: break
            default: isOfLetters = false
            }
        }
    }

    /// The bytes of a word of this shape as a term has them, where that is known.
    func folded(_ word: Substring) -> [UInt8]? {
        if isCapitalized, let first = word.unicodeScalars.first {
            return Array(String(PlainLetter.small(first)).utf8)
                + word.utf8.dropFirst(String(first).utf8.count)
        }
        return isFolded && !hasCapitals ? Array(word.utf8) : nil
    }
}
