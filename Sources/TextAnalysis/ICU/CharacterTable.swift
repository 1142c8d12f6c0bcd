import CICU

/// What a UTF-16 unit can be to the tokenizer; several at once.
struct CharacterFlags: OptionSet {
    let rawValue: UInt32

    static let letter = CharacterFlags(rawValue: UInt32(IZDE_LETTER))
    static let digit = CharacterFlags(rawValue: UInt32(IZDE_DIGIT))
    /// Joins two letters or two digits: the full stop.
    static let middle = CharacterFlags(rawValue: UInt32(IZDE_MIDDLE))
    /// Joins two digits: the comma.
    static let middleNumber = CharacterFlags(rawValue: UInt32(IZDE_MIDDLE_NUMBER))
    static let apostrophe = CharacterFlags(rawValue: UInt32(IZDE_APOSTROPHE))
    static let space = CharacterFlags(rawValue: UInt32(IZDE_SPACE))
    static let newline = CharacterFlags(rawValue: UInt32(IZDE_NEWLINE))
    /// Only ICU's rules can tell what it joins: marks, ideographs, emoji, `_`, `@`.
    static let special = CharacterFlags(rawValue: UInt32(IZDE_SPECIAL))
    static let upper = CharacterFlags(rawValue: UInt32(IZDE_UPPER))
    static let cyrillic = CharacterFlags(rawValue: UInt32(IZDE_CYRILLIC))
    static let latin = CharacterFlags(rawValue: UInt32(IZDE_LATIN))
    static let arabic = CharacterFlags(rawValue: UInt32(IZDE_ARABIC))
    /// Belongs to the character before it: a combining mark.
    static let mark = CharacterFlags(rawValue: UInt32(IZDE_MARK))
    /// One of ә ғ қ ң ө ұ ү һ, which Russian does not have.
    static let kazakh = CharacterFlags(rawValue: 1 << 12)
    /// A letter that stands for a Kazakh one in some texts: ӊ, ќ.
    static let variant = CharacterFlags(rawValue: 1 << 13)
    /// One of ğ ñ ş ı ū ǵ ń ý, by which Kazakh in Latin letters is known.
    static let kazakhLatin = CharacterFlags(rawValue: 1 << 14)
    /// Its folding is not one unit: the word is folded by ICU as a whole.
    static let foldedByICU = CharacterFlags(rawValue: 1 << 15)
    /// One of ە ۇ ۋ ڭ گ ۆ, by which Kazakh in Arabic letters is known.
    static let kazakhArabic = CharacterFlags(rawValue: 1 << 16)
    /// `і`, which Russian does not have, but Ukrainian does.
    static let kazakhI = CharacterFlags(rawValue: 1 << 17)
    /// A quotation mark of any form, opening or closing.
    static let quote = CharacterFlags(rawValue: 1 << 19)
    /// Joins letters, digits and its like: the underscore.
    static let joiner = CharacterFlags(rawValue: 1 << 21)
    /// A word that holds it is not folded unit by unit to the bytes of the table.
    static let foldedApart = CharacterFlags(rawValue: 1 << 20)
}

/// Properties and foldings of the UTF-16 units below U+2200; built once from ICU, so that they
/// cannot drift from it.
struct CharacterTable: Sendable {
    /// First unit that the table does not hold: it ends after the letter-like symbols (№).
    static let limit = 0x2200

    /// The table of this process.
    static let shared = CharacterTable()

    /// What the table knows of a unit: its properties, and the UTF-8 of what it folds to.
    struct Entry {
        /// The properties below; above them `foldedBytes`.
        fileprivate let rawValue: UInt64

        @inline(__always)
        var flags: CharacterFlags {
            CharacterFlags(rawValue: UInt32(truncatingIfNeeded: rawValue))
        }

        /// The first two bytes that the unit folds to, and how many of them count, at most 3; they
        /// mean something unless its flags hold `foldedApart`.
        @inline(__always)
        var folded: (bytes: UInt16, count: Int) {
            (
                UInt16(truncatingIfNeeded: rawValue &>> 32),
                Int(truncatingIfNeeded: rawValue &>> 48) & 3
            )
        }
    }

    // Filled by `init` and never written or freed again: safe to share. Without a count beside
    // them, since every unit of a text is looked up here, below `limit`.
    nonisolated(unsafe) private let entries: UnsafePointer<UInt64>
    nonisolated(unsafe) private let folded: UnsafePointer<UInt16>

    /// The mark of a unit whose folded form is not given as bytes.
    static let noBytes: UInt32 = 0xFF_0000
    private static var beyond: UInt64 {
        entry([.special, .foldedByICU, .foldedApart], foldedBytes: noBytes)
    }

    /// All that is known of a unit; beyond the table, that ICU must be asked.
    @inline(__always)
    func entry(_ unit: UInt16) -> Entry {
        Entry(rawValue: Int(unit) < Self.limit ? entries[Int(unit)] : Self.beyond)
    }

    /// Properties of any unit; beyond the table, all that is known is that ICU must be asked.
    @inline(__always)
    func flags(_ unit: UInt16) -> CharacterFlags { entry(unit).flags }

    /// The unit that a unit folds to, `0` for one that terms do not hold, such as the apostrophe;
    /// a unit beyond the table as it is.
    @inline(__always)
    func folded(_ unit: UInt16) -> UInt16 {
        Int(unit) < Self.limit ? folded[Int(unit)] : unit
    }

    /// The UTF-8 of what a unit folds to, if that is two bytes at most: the bytes below, lowest
    /// first, their number above; `noBytes` for any other unit.
    @inline(__always)
    func foldedBytes(_ unit: UInt16) -> UInt32 {
        UInt32(truncatingIfNeeded: entry(unit).rawValue &>> 32)
    }

    /// Properties of a code point beyond the table, from ICU.
    static func properties(_ scalar: UInt32) -> CharacterFlags {
        CharacterFlags(rawValue: izde_icu_properties(Int32(bitPattern: scalar)))
    }

    private init() {
        var flags: [CharacterFlags.RawValue] = []
        var folded: [UInt16] = []
        flags.reserveCapacity(Self.limit)
        for unit in 0..<UInt16(Self.limit) {
            var properties = Self.properties(UInt32(unit))
            var plain = unit
            if !properties.isDisjoint(with: [.letter, .digit]) {
                let single = izde_icu_fold_unit(unit)
                if single == 0 { properties.insert(.foldedByICU) } else { plain = single }
            }
            // Quotes join Hebrew letters only, which are special themselves, and ICU leaves the
            // colon out of words, against the property.
            if unit == 0x22 || unit == 0x3A { properties.remove(.special) }
            if unit == 0x5F { properties = .joiner }
            if properties.contains(.special) { properties.insert(.foldedByICU) }
            flags.append(properties.rawValue)
            folded.append(plain)
        }
        func mark(_ letters: String, _ flag: CharacterFlags) {
            for unit in letters.utf16 where Int(unit) < Self.limit {
                flags[Int(unit)] |= flag.rawValue
            }
        }
        mark("әғқңөұүһӘҒҚҢӨҰҮҺ", .kazakh)
        mark("іІ", .kazakhI)
        mark(String(Letters.variants.map(\.seen)), .variant)
        mark("ğñşıūǵńýĞÑŞİŪǴŃÝ", .kazakhLatin)
        mark("ەۇۋڭگۆ", .kazakhArabic)
        for (letter, plain) in Letters.foldings {
            folded[Int(letter)] = plain
            flags[Int(letter)] &= ~CharacterFlags.foldedByICU.rawValue
        }
        mark("\"«»“”„", .quote)
        self.folded = Self.placed(folded)
        entries = Self.placed(
            zip(flags, folded).map { flags, folded in
                var flags = CharacterFlags(rawValue: flags)
                let bytes = Self.bytes(ofFolded: folded)
                let needsMore = !flags.isDisjoint(with: [.variant, .foldedByICU, .special])
                if needsMore || bytes == Self.noBytes { flags.insert(.foldedApart) }
                return Self.entry(flags, foldedBytes: bytes)
            })
    }

    @inline(__always)
    private static func entry(_ flags: CharacterFlags, foldedBytes: UInt32) -> UInt64 {
        UInt64(foldedBytes) << 32 | UInt64(flags.rawValue)
    }

    /// What `foldedBytes` gives for a folded unit.
    private static func bytes(ofFolded unit: UInt16) -> UInt32 {
        switch unit {
        case 0: 0
        case 1..<0x80: 1 << 16 | UInt32(unit)
        case 0x80..<0x800:
            2 << 16 | UInt32(0x80 | unit & 0x3F) << 8 | UInt32(0xC0 | unit >> 6)
        default: noBytes
        }
    }

    private static func placed<Value>(_ values: [Value]) -> UnsafePointer<Value> {
        let place = UnsafeMutableBufferPointer<Value>.allocate(capacity: values.count)
        _ = place.initialize(fromContentsOf: values)
        guard let base = place.baseAddress else { preconditionFailure("the table is not empty") }
        return UnsafePointer(base)
    }
}
