/// The keys under which a word of a name is found, whatever its script and spelling.
///
/// `primary`: classes of consonants and of broad vowels; narrow vowels, which spellings leave out or
/// exchange, are dropped. Тоқаев, Токаев, Tokayev, Toqaev and توقايەۆ have one primary key, TOKAV.
/// `skeleton`: the primary key without vowels but the first, its consonants in wider classes.
/// - Source: `linguistics.md` 3.2.
public struct NameKey: Hashable, Sendable {
    /// At most `longest` capital letters; empty for a word without sounds.
    public var primary: [UInt8]
    /// At most `longest` capital letters; empty where `primary` is.
    public var skeleton: [UInt8]

    /// The most letters of a key; further sounds do not tell names apart.
    public static let longest = 24

    /// The keys of sounds.
    init(_ sounds: [NameSound]) {
        primary = Self.primary(of: sounds)
        skeleton = Self.skeleton(of: primary)
    }

    /// The primary key of sounds.
    static func primary(of sounds: [NameSound]) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(sounds.count)
        var isAfterNarrow = false
        for (place, sound) in sounds.enumerated() {
            var letter = sound.main.letter
            switch sound.main {
            case .u: letter = UInt8(ascii: "O")
            case .e, .i:
                // One narrow vowel at the start is kept, but not before a broad one: Я-, Ю-.
                if key.isEmpty, !isAfterNarrow {
                    let next = place + 1 < sounds.count ? sounds[place + 1].main : .b
                    if next == .a || next == .o || next == .u { continue }
                    if !next.isNarrow { key.append(UInt8(ascii: "E")) }
                }
                isAfterNarrow = true
                continue
            case .n:
                // Сейтмаганбет, Дүйсенбин = Дюсембин.
                if let next = nextConsonant(sounds, place), [.b, .p, .f].contains(next) {
                    letter = UInt8(ascii: "M")
                }
            case .p:
                // Сатпаев = Сәтбаев, Тынышпаев = Тынышбаев.
                if place > 0, place + 1 < sounds.count, sounds[place + 1].main == .a,
                    [.t, .w, .k, .s].contains(sounds[place - 1].main)
                {
                    letter = UInt8(ascii: "B")
                }
            default: break
            }
            isAfterNarrow = false
            if key.last != letter { key.append(letter) }
        }
        // Бахыт = Бақыт.
        if key.starts(with: "BAHT".utf8) { key[2] = UInt8(ascii: "K") }
        dropEnding(&key)
        if key.count > longest { key.removeSubrange(longest...) }
        return key
    }

    private static func nextConsonant(_ sounds: [NameSound], _ place: Int) -> NameSound.Class? {
        guard place + 1 < sounds.count else { return nil }
        return sounds[place + 1].main
    }

    /// -ова is -ов, -ина is -ин, -ская and -ский are -ск.
    private static func dropEnding(_ key: inout [UInt8]) {
        if key.count >= 4, key.ends(with: "VA") {
            key.removeLast()
        } else if key.count >= 5, key.ends(with: "NA") {
            key.removeLast()
        } else if key.count >= 5, key.ends(with: "SKA") || key.ends(with: "SKO") {
            key.removeLast()
        }
    }

    private static func skeleton(of primary: [UInt8]) -> [UInt8] {
        guard let first = primary.first else { return [] }
        var key: [UInt8] = []
        key.reserveCapacity(primary.count)
        func add(_ letter: UInt8) { if key.last != letter { key.append(letter) } }
        add(isVowel(first) ? UInt8(ascii: "A") : wide(first))
        for letter in primary.dropFirst() where !isVowel(letter) { add(wide(letter)) }
        // -ов and -ев are optional between languages: Қожахмет = Кожахметов.
        if key.count >= 3, key.last == UInt8(ascii: "V") { key.removeLast() }
        return key
    }

    private static func isVowel(_ letter: UInt8) -> Bool {
        letter == UInt8(ascii: "A") || letter == UInt8(ascii: "O") || letter == UInt8(ascii: "E")
    }

    private static func wide(_ letter: UInt8) -> UInt8 {
        switch letter {
        case UInt8(ascii: "P"): UInt8(ascii: "B")
        case UInt8(ascii: "G"), UInt8(ascii: "H"): UInt8(ascii: "K")
        case UInt8(ascii: "F"): UInt8(ascii: "V")
        case UInt8(ascii: "D"): UInt8(ascii: "T")
        case UInt8(ascii: "C"), UInt8(ascii: "Z"): UInt8(ascii: "S")
        case UInt8(ascii: "Q"), UInt8(ascii: "J"): UInt8(ascii: "W")
        default: letter
        }
    }
}

extension [UInt8] {
    /// Whether it ends with the letters of a text.
    func ends(with text: StaticString) -> Bool {
        guard count >= text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { self.suffix($0.count).elementsEqual($0) }
    }
}
