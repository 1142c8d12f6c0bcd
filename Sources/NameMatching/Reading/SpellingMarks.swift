/// What reading takes away from a name: it puts names in order whose words are the same otherwise.
///
/// ё is е in folded words, the soft sign has no sound, letters of the other alphabet that look alike
/// are taken for those of the word, «ауданы» is in the meaning of a district.
struct SpellingMarks: Sendable {
    private var words = 0
    private var yo = 0
    /// Soft consonants: `ь`, the apostrophe of Latin letters, in Kazakh an л behind a front vowel.
    private var soft = 0
    /// How often letters of two alphabets stand side by side in a word.
    private var mixed = 0

    /// The marks of a name.
    init(_ name: some Collection<UInt8>) {
        var before: Letter = .none
        for unit in String(decoding: name, as: UTF8.self).lowercased().unicodeScalars {
            let letter = Letter(unit)
            switch (before, letter) {
            case (.none, .latin), (.none, .cyrillic): words += 1
            case (.latin, .cyrillic), (.cyrillic, .latin): mixed += 1
            default: break
            }
            switch unit {
            case "ё", "ë": yo += 1
            case "o" where last == "y" && isConsonant(lastButOne): yo += 1
            case "ь": soft += 1
            case "'", "’", "ʹ", "ʼ": soft += before == .latin ? 1 : 0
            case "л" where Self.front.contains(last): isAfterFront = true
            default: break
            }
            if isAfterFront, unit != "л" {
                if !Self.vowels.contains(unit), unit != "ь" { soft += 1 }
                isAfterFront = false
            }
            lastButOne = last
            last = unit
            before = letter
        }
        if isAfterFront { soft += 1 }
    }

    private var last: Unicode.Scalar = " "
    private var lastButOne: Unicode.Scalar = " "
    /// Whether the last letter is an л behind a front vowel, which no vowel has followed yet.
    private var isAfterFront = false

    private static let front: Set<Unicode.Scalar> = ["ө", "ү", "і", "ә"]
    private static let vowels = Set("аәеёиоөуұүыіэюя".unicodeScalars)
    private static let latinVowels = Set("aeiouy".unicodeScalars)

    private func isConsonant(_ unit: Unicode.Scalar) -> Bool {
        Letter(unit) == .latin && !Self.latinVowels.contains(unit)
    }

    /// How far the marks of a name of a list are from those of the asked one.
    func distance(to other: SpellingMarks) -> Int {
        8 * abs(yo - other.yo) + 4 * abs(soft - other.soft) + 2 * abs(words - other.words)
            + other.mixed
    }

    private enum Letter {
        case none, latin, cyrillic

        init(_ unit: Unicode.Scalar) {
            switch unit.value {
            case 0x61...0x7A, 0xC0...0x24F: self = .latin
            case 0x400...0x52F: self = .cyrillic
            case 0x27, 0x2019, 0x2B9, 0x2BC: self = .latin
            default: self = .none
            }
        }
    }
}
