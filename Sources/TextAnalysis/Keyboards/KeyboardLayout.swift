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
    /// A sign that is a letter in the other layout may also be meant as itself: a hyphen is typed
    /// without a thought for layouts. So there is a reading for each choice, for up to four such
    /// signs. A word without a letter in it is left alone: it is a number.
    public func readings(of word: String) -> [String] {
        let map = Self.maps[self] ?? [:]
        let typed = Array(word)
        guard typed.contains(where: { $0.isLetter }) else { return [word] }
        let converted = typed.map { map[$0] ?? $0 }
        let doubtful = typed.indices.filter {
            !typed[$0].isLetter && !typed[$0].isNumber && converted[$0].isLetter
                && (typed[$0] == "-" || typed[$0] == "=")
        }
        guard doubtful.count <= 4 else { return [String(converted)] }
        var readings: [String] = []
        for choice in 0..<(1 << doubtful.count) {
            var reading = converted
            for (bit, index) in doubtful.enumerated() where choice & (1 << bit) != 0 {
                reading[index] = typed[index]
            }
            readings.append(String(reading))
        }
        return readings
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
