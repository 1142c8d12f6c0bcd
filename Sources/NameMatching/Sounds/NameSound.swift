/// A class of sounds that a letter of a name may stand for, and those it may stand for as well.
///
/// What scripts and languages spell differently is one sound (`ж`, `zh`, `j`, `ج`); where a spelling
/// is read in several ways (`ch`: ч, х, к, ш) the likeliest is `main` and the rest are `others`.
struct NameSound: Equatable {
    /// Classes of sounds; a raw value is a bit of `others`.
    enum Class: UInt8, CaseIterable {
        // Vowels first: broad, then narrow ones.
        case a, o, u, e, i
        case b, p, v, f, g, d, j, z, k, l, m, n, r, s, t, h, c, q, w

        /// The letter that stands for it in keys and tables: Q is ч, W is ш, J is ж, C is ц.
        var letter: UInt8 { Self.letters[Int(rawValue)] }

        static let letters = Array("AOUEIBPVFGDJZKLMNRSTHCQW".utf8)

        /// The class of a letter of tables.
        init?(letter: UInt8) {
            guard let place = Self.letters.firstIndex(of: letter) else { return nil }
            self.init(rawValue: UInt8(place))
        }

        /// Whether it is a vowel.
        var isVowel: Bool { rawValue < 5 }
        /// Whether it is a narrow vowel, which spellings leave out: е и й ы і.
        var isNarrow: Bool { self == .e || self == .i }
        var bit: UInt32 { 1 << UInt32(rawValue) }
    }

    var main: Class
    /// Which of the letters of its class it was, where a script tells: қ, not к; 0 where not.
    var detail: UInt8 = 0
    /// Whether it was written twice.
    var isDouble = false
    var others: UInt32 = 0

    /// A sound of one reading.
    init(_ main: Class, others: UInt32 = 0) {
        self.main = main
        self.others = others
    }

    /// A sound by letters of a table: the likeliest first.
    init?(letters: some Collection<UInt8>) {
        let classes = letters.compactMap { Class(letter: $0) }
        guard let first = classes.first, classes.count == letters.count else { return nil }
        main = first
        others = classes.dropFirst().reduce(0) { $0 | $1.bit }
    }

    /// A vowel that is not known: mostly а.
    static let anyVowel = NameSound(
        .a, others: Class.o.bit | Class.u.bit | Class.e.bit | Class.i.bit)

    /// All its readings.
    var all: UInt32 { main.bit | others }
}
