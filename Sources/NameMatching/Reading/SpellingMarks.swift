/// What reading takes away from a name: it puts names in order whose words are the same otherwise.
///
/// ё is е in folded words, the soft sign has no sound, letters of the other alphabet that look alike
/// are taken for those of the word, «ауданы» is in the meaning of a district.
struct SpellingMarks: Sendable, Equatable {
    private var words = 0
    private var yo = 0
    /// Soft consonants: `ь`, the apostrophe of Latin letters, in Kazakh an л behind a front vowel.
    private var soft = 0
    /// How often letters of two alphabets stand side by side in a word.
    private var mixed = 0

    /// The marks of a name.
    init(_ name: some Collection<UInt8>) {
        if read(name) { return }
        self = SpellingMarks(lowered: String(decoding: name, as: UTF8.self).lowercased())
    }

    /// The marks of a name without capitals.
    init(lowered name: String) {
        for letter in name.unicodeScalars { take(letter) }
        finish()
    }

    /// Reads a name of nothing but ASCII and Cyrillic; of another it reads a part, returns `false`.
    ///
    /// Nearly all names are such, hits of one score are many, and strings cost several times as much.
    private mutating func read(_ name: some Collection<UInt8>) -> Bool {
        var lead: UInt32 = 0
        for byte in name {
            let code: UInt32
            switch (byte, lead) {
            case (..<0x80, 0): code = UInt32(byte)
            case (0xD0...0xD4, 0):
                lead = UInt32(byte & 0x1F) << 6
                continue
            case (0x80..<0xC0, 1...): code = lead | UInt32(byte & 0x3F)
            default: return false
            }
            lead = 0
            guard let letter = Unicode.Scalar(Self.lowered(code)) else { return false }
            take(letter)
        }
        finish()
        return lead == 0
    }

    /// The small letter of a code of ASCII or Cyrillic, up to U+052F.
    static func lowered(_ code: UInt32) -> UInt32 {
        switch code {
        case 0x41...0x5A, 0x410...0x42F: code + 0x20
        case 0x400...0x40F: code + 0x50
        case 0x460...0x481, 0x48A...0x4BF, 0x4D0...0x52F: code | 1
        case 0x4C0: 0x4CF
        case 0x4C1...0x4CE: code + (code & 1)
        default: code
        }
    }

    private mutating func take(_ unit: Unicode.Scalar) {
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
        case "л" where Self.isFront(last): isAfterFront = true
        default: break
        }
        if isAfterFront, unit != "л" {
            if !Self.isVowel(unit), unit != "ь" { soft += 1 }
            isAfterFront = false
        }
        lastButOne = last
        last = unit
        before = letter
    }

    private mutating func finish() {
        if isAfterFront { soft += 1 }
        isAfterFront = false
    }

    private var before: Letter = .none
    private var last: Unicode.Scalar = " "
    private var lastButOne: Unicode.Scalar = " "
    /// Whether the last letter is an л behind a front vowel, which no vowel has followed yet.
    private var isAfterFront = false

    private static func isFront(_ letter: Unicode.Scalar) -> Bool {
        switch letter {
        case "ө", "ү", "і", "ә": true
        default: false
        }
    }

    private static func isVowel(_ letter: Unicode.Scalar) -> Bool {
        switch letter {
        case "а", "ә", "е", "ё", "и", "о", "ө", "у", "ү", "ұ", "ы", "і", "э", "ю", "я": true
        default: false
        }
    }

    private static func isLatinVowel(_ letter: Unicode.Scalar) -> Bool {
        switch letter {
        case "a", "e", "i", "o", "u", "y": true
        default: false
        }
    }

    private func isConsonant(_ unit: Unicode.Scalar) -> Bool {
        Letter(unit) == .latin && !Self.isLatinVowel(unit)
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
