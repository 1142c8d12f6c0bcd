/// What the bytes of a typed word tell of it, without a look at properties of characters.
struct TypedShape {
    /// Whether it has no capital Latin letter and no ASCII sign, so that a term may be spelt so.
    private(set) var isFolded = true
    /// Whether it is nothing but Latin and Cyrillic letters.
    private(set) var isOfLetters = true

    /// The shape of a word.
    init(_ word: Substring) {
        for scalar in word.unicodeScalars {
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
}
