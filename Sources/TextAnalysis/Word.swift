/// One word as the tokenizer finds it, before folding and stemming: a stretch of clean units.
struct Word: BitwiseCopyable {
    /// Its units in the clean text; half open, never empty.
    var start: Int32
    var end: Int32
    /// What its units are, all together.
    var flags: CharacterFlags
    var upperCount: UInt16
    /// How it hangs on the word before it.
    var link = Link.none
    /// A word that terms spell their own way.
    var special = Special.none
    private var marks = Marks()
    /// Letters at its end that are no part of the term: `th` of `55th`.
    var suffixCount: UInt8 = 0
    /// The value of a Roman numeral, 0 for another word.
    var romanValue: UInt8 = 0
    /// The line of the chunk on which it stands.
    var line: Int32
    /// Its folded form, among the terms of the chunk; `unfoldedStart` until it is there.
    private var termStart = Self.unfoldedStart
    private var termCount: UInt16 = 0

    init(
        _ range: Range<Int>, flags: CharacterFlags, upperCount: Int, isCapitalized: Bool, line: Int
    ) {
        start = Int32(truncatingIfNeeded: range.lowerBound)
        end = Int32(truncatingIfNeeded: range.upperBound)
        self.flags = flags
        self.upperCount = UInt16(clamping: upperCount)
        if isCapitalized { marks.insert(.capitalized) }
        self.line = Int32(truncatingIfNeeded: line)
    }

    private static var unfoldedStart: UInt32 { .max }

    /// What is told by one bit each, so that a word takes 32 bytes.
    private struct Marks: OptionSet, BitwiseCopyable {
        var rawValue: UInt8 = 0

        static let capitalized = Marks(rawValue: 1)
        static let startsSentence = Marks(rawValue: 2)
        static let dropped = Marks(rawValue: 4)
        static let grouped = Marks(rawValue: 8)
    }

    private mutating func mark(_ marks: Marks, _ isSet: Bool) {
        if isSet { self.marks.formUnion(marks) } else { self.marks.subtract(marks) }
    }

    /// Whether its first letter is a capital.
    var isCapitalized: Bool { marks.contains(.capitalized) }
    var startsSentence: Bool {
        get { marks.contains(.startsSentence) }
        set { mark(.startsSentence, newValue) }
    }
    /// A suffix on a hyphen that belongs to the acronym or number before it: no term.
    var isDropped: Bool {
        get { marks.contains(.dropped) }
        set { mark(.dropped, newValue) }
    }
    /// A number written in groups of three digits.
    var isGrouped: Bool {
        get { marks.contains(.grouped) }
        set { mark(.grouped, newValue) }
    }

    /// Whether its folded form is known.
    var isFolded: Bool { termStart != Self.unfoldedStart }
    /// Its folded form, among the terms of the chunk; empty until it is known.
    var term: ByteRange {
        get { ByteRange(start: isFolded ? termStart : 0, count: UInt32(termCount)) }
        set {
            precondition(newValue.count <= UInt16.max, "terms are cut to 128 scalars")
            termStart = newValue.start
            termCount = UInt16(truncatingIfNeeded: newValue.count)
        }
    }

    /// Has it folded anew, since it became another word.
    mutating func forgetTerm() {
        termStart = Self.unfoldedStart
        termCount = 0
    }

    var range: Range<Int> { Int(start)..<Int(end) }
    /// Its units without a suffix that is no part of the term.
    var termRange: Range<Int> { Int(start)..<Int(end) - Int(suffixCount) }
    var isNumber: Bool { flags.contains(.digit) && !flags.contains(.letter) }

    /// How a word hangs on the one before it.
    enum Link: UInt8 {
        case none
        /// Parted by one space: groups of a number.
        case space
        /// Parts of a compound: `Қасым-Жомарт`.
        case hyphen
        /// A hyphen after a percent sign or a closing quote: `70%-ға`, `«Қазақмыс»-тың`.
        case suffixHyphen
        /// Labels of a host name: `enu.kz`.
        case host
        /// Letters of `U.S.A.`
        case initials
    }

    /// Names that word breaks would cut.
    enum Special: UInt8 {
        case none
        case cPlusPlus
        case cSharp
        case fSharp

        /// The term of the name.
        var term: StaticString {
            switch self {
            case .none: ""
            case .cPlusPlus: "c++"
            case .cSharp: "c#"
            case .fSharp: "f#"
            }
        }
    }
}

/// How many letters of a line there are and how many are capitals.
struct LineCase: BitwiseCopyable {
    var letters: Int32 = 0
    var capitals: Int32 = 0

    /// Whether more than half of the letters are capitals, so that capitals mean nothing.
    var isMostlyCapitals: Bool { capitals * 2 > letters }
}
