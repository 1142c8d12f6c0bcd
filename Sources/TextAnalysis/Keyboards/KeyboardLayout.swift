/// What each key of a keyboard writes, without and with shift.
public enum KeyboardLayout: String, Sendable, CaseIterable {
    /// The letters of English.
    case us
    /// ЙЦУКЕН of Russian.
    case russian
    /// ЙЦУКЕН with the Kazakh letters in the row of the digits: 0 is қ, - is ө, = is һ.
    case kazakh
    /// The same with қ on -, ө on = and һ on \, as some systems and keyboards have it.
    case kazakhShifted

    /// The keys row by row, left to right, first all without shift and then all with it.
    ///
    /// One character a key, so that a key has the same place in each of them.
    var keys: String {
        switch self {
        case .us:
            "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./"
                + "~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:\"ZXCVBNM<>?"
        case .russian:
            "ё1234567890-=йцукенгшщзхъ\\фывапролджэячсмитьбю."
                + "Ё!\"№;%:?*()_+ЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"
        case .kazakh:
            "(\"әіңғ,.үұқөһйцукенгшщзхъ\\фывапролджэячсмитьбю№"
                + ")!ӘІҢҒ;:ҮҰҚӨҺЙЦУКЕНГШЩЗХЪ/ФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
        case .kazakhShifted:
            "ё\"әіңғ,.үұ0қөйцукенгшщзхъһфывапролджэячсмитьбю№"
                + "Ё!ӘІҢҒ;:ҮҰ)ҚӨЙЦУКЕНГШЩЗХЪҺФЫВАПРОЛДЖЭЯЧСМИТЬБЮ?"
        }
    }

    /// How many keys a layout has, each counted with and without shift.
    static let keyCount = 94
}

/// Text that was typed with one layout on by somebody who looked at another.
public struct LayoutConversion: Sendable, Hashable {
    /// The layout that was on.
    public let typed: KeyboardLayout
    /// The layout that was meant.
    public let meant: KeyboardLayout

    /// All slips that occur in life; of equal results the one that stands first is taken.
    public static let all: [LayoutConversion] = [
        .init(typed: .us, meant: .russian), .init(typed: .us, meant: .kazakh),
        .init(typed: .us, meant: .kazakhShifted), .init(typed: .russian, meant: .us),
        .init(typed: .kazakh, meant: .us), .init(typed: .kazakhShifted, meant: .us),
        .init(typed: .russian, meant: .kazakh), .init(typed: .russian, meant: .kazakhShifted),
        .init(typed: .kazakh, meant: .russian), .init(typed: .kazakhShifted, meant: .russian),
    ]

    /// A slip from one layout to another.
    public init(typed: KeyboardLayout, meant: KeyboardLayout) {
        self.typed = typed
        self.meant = meant
    }

    /// The readings of one word, between two spaces, as it was meant; the likeliest first.
    ///
    /// A hyphen that is a letter in the other layout may also be meant as itself between two parts
    /// of a word: it is typed without a thought for layouts. So there is a reading for each choice,
    /// for up to three such hyphens. Numbers are left alone, also those that a hyphen joins to a
    /// word. A word has no reading where a letter would become a sign that no word holds.
    public func readings(of word: String) -> [String] {
        let typed = Array(word)
        guard typed.contains(where: \.isLetter) else { return [word] }
        let map = Self.maps[self] ?? [:]
        // A letter that the layout does not have was typed on another one.
        guard typed.allSatisfy({ !$0.isLetter || typedLetters.contains($0) }) else { return [] }
        let numbers = Self.numberRanges(in: typed)
        var converted = typed
        for index in typed.indices where !numbers.contains(where: { $0.contains(index) }) {
            converted[index] = map[typed[index]] ?? typed[index]
        }
        guard Self.isWord(converted, typed: typed) else { return [] }
        let doubtful = typed.indices.filter { index in
            typed[index] == "-" && converted[index].isLetter && index >= 2
                && index + 2 < typed.count && converted[index - 1].isLetter
                && converted[index - 2].isLetter && converted[index + 1].isLetter
                && converted[index + 2].isLetter && typed[index + 1] != "-"
        }
        guard doubtful.count <= 3 else { return [String(converted)] }
        var readings = (0..<(1 << doubtful.count)).map { choice in
            var reading = converted
            for (bit, index) in doubtful.enumerated() where choice & (1 << bit) != 0 {
                reading[index] = "-"
            }
            return String(reading)
        }
        if !numbers.isEmpty {
            // The digits and the hyphen may be letters after all: `9-cfc` for ұқсас.
            let whole = typed.map { map[$0] ?? $0 }
            if whole.allSatisfy(\.isLetter) { readings.append(String(whole)) }
        }
        return readings
    }

    /// The reading of signs alone, in a text of which other words have readings: `[[` for хх.
    ///
    /// `nil` for plain numbers, a hyphen, and signs that are no letters of the other layout.
    public func reading(ofSigns word: String) -> String? {
        let map = Self.maps[self] ?? [:]
        guard word != "-", !word.contains(where: \.isLetter) else { return nil }
        // A number keeps its digits and gets a letter: `1989;` for 1989ж.
        let digits = word.prefix(while: \.isNumber)
        let signs = word.dropFirst(digits.count)
        guard let last = signs.last, digits.isEmpty || signs.count == 1 && !",.-".contains(last)
        else { return nil }
        let converted = signs.map { map[$0] ?? $0 }
        return converted.allSatisfy(\.isLetter) ? digits + String(converted) : nil
    }

    /// The letter of a single sign or digit, if it is one in the other layout.
    public func letter(of sign: String) -> String? {
        guard let first = sign.first, sign.count == 1,
            let letter = Self.maps[self]?[first], letter.isLetter
        else { return nil }
        return String(letter)
    }

    private var typedLetters: Set<Character> { Self.letters[typed] ?? [] }

    private static let letters: [KeyboardLayout: Set<Character>] = Dictionary(
        uniqueKeysWithValues: KeyboardLayout.allCases.map { layout in
            (layout, Set(layout.keys.filter(\.isLetter)))
        })

    /// The digits before the first hyphen and behind the last one: `3-`, `-2022`.
    private static func numberRanges(in word: [Character]) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        let head = word.prefix { $0.isNumber }.count
        if head > 0, head < word.count, word[head] == "-" { ranges.append(0..<head + 1) }
        let tail = word.reversed().prefix { $0.isNumber }.count
        if tail > 0, tail < word.count, word[word.count - tail - 1] == "-" {
            ranges.append(word.count - tail - 1..<word.count)
        }
        return ranges
    }

    /// Whether letters became letters; at the end and inside a few signs may stand.
    private static func isWord(_ converted: [Character], typed: [Character]) -> Bool {
        // All of a number typed on the row of Kazakh letters: `әқәі` for 2023.
        if converted.allSatisfy(\.isNumber) { return true }
        for index in converted.indices where typed[index].isLetter && !converted[index].isLetter {
            let isLast = index == converted.count - 1
            guard converted[index] == "'" || isLast && ".,;:?!)".contains(converted[index]) else {
                return false
            }
        }
        return converted.contains(where: \.isLetter)
    }

    private static let maps: [LayoutConversion: [Character: Character]] = {
        var maps: [LayoutConversion: [Character: Character]] = [:]
        for conversion in all {
            maps[conversion] = Dictionary(
                zip(conversion.typed.keys, conversion.meant.keys)
                    // Digits stay digits where no letter takes their place.
                    .filter { $0 != $1 }, uniquingKeysWith: { first, _ in first })
        }
        return maps
    }()
}
