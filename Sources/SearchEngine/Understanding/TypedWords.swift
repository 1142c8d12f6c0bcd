import TextAnalysis

/// Cuts a typed text at its spaces.
enum TypedWords {
    /// The words of a text, without the spaces between them.
    static func words(of text: String) -> [Substring] {
        // Beyond are marks and spaces that only characters tell.
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            case 0..<0x80, 0x400...0x481, 0x48A...0x4FF: true
            default: false
            }
        }
        guard isPlain else { return text.split(whereSeparator: \.isWhitespace) }
        return text.utf8.split { 0x09...0x0D ~= $0 || $0 == 0x20 }.map { Substring($0) }
    }
}

/// What the capitals of a typed word tell.
struct CapitalShape: Equatable {
    /// How many capitals it has.
    private(set) var capitalCount = 0
    /// How many capitals that of its parts has that has most; hyphens part.
    private(set) var mostCapitals = 0
    /// How many letters it has.
    private(set) var letterCount = 0
    /// Whether its first letter, or digit, is a capital.
    private(set) var isCapitalized = false

    /// The shape of a word.
    init(_ word: Substring) {
        var isFirst = true
        var capitals = 0
        for scalar in word.unicodeScalars {
            guard let isCapital = PlainLetter.isCapital(scalar) else {
                switch scalar.value {
                case 0x30...0x39: isFirst = false
                case 0x2D: capitals = 0
                case 0..<0x80: break
                default:
                    self = CapitalShape(characters: word)
                    return
                }
                continue
            }
            letterCount += 1
            if isCapital {
                capitalCount += 1
                capitals += 1
                mostCapitals = max(mostCapitals, capitals)
            }
            if isFirst { isCapitalized = isCapital }
            isFirst = false
        }
    }

    /// The same by the properties of characters, for words of any letters.
    init(characters word: Substring) {
        letterCount = word.count(where: \.isLetter)
        capitalCount = word.count(where: \.isUppercase)
        mostCapitals =
            word.split(separator: "-").map { $0.count(where: \.isUppercase) }.max() ?? 0
        isCapitalized = word.first { $0.isLetter || $0.isNumber }?.isUppercase ?? false
    }
}
