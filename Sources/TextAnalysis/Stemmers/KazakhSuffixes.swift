/// What stands before a suffix: the classes of the last letter of the remainder.
struct SuffixContext: OptionSet {
    let rawValue: UInt32

    /// A vowel.
    static let vowel = SuffixContext(rawValue: 1)
    /// A vowel other than ы, і.
    static let openVowel = SuffixContext(rawValue: 2)
    /// A vowel other than ы, і, or one of the endings -шы, -ші.
    static let subject = SuffixContext(rawValue: 4)
    /// и у ю й.
    static let glide = SuffixContext(rawValue: 8)
    /// р л.
    static let liquid = SuffixContext(rawValue: 16)
    /// м н ң.
    static let nasal = SuffixContext(rawValue: 32)
    /// ж з.
    static let sibilant = SuffixContext(rawValue: 64)
    /// Voiceless, and б в г д ending loans.
    static let voiceless = SuffixContext(rawValue: 128)
    /// The third person possessive, ы or і.
    static let thirdPerson = SuffixContext(rawValue: 256)
    /// A possessive of the first or second person, which takes the dative -а, -е.
    static let speaker = SuffixContext(rawValue: 512)

    /// The contexts named by letters, as in the tables of the slots.
    init(_ names: String) {
        let all: [Character: SuffixContext] = [
            "V": .vowel, "A": .openVowel, "S": .subject, "G": .glide, "L": .liquid, "N": .nasal,
            "Z": .sibilant, "T": .voiceless, "P": .thirdPerson, "M": .speaker,
        ]
        self = names.reduce(into: []) { $0.formUnion(all[$1] ?? []) }
    }

    init(rawValue: UInt32) {
        self.rawValue = rawValue
    }
}

/// The harmony of a suffix.
enum Harmony: UInt32 {
    case either = 0
    case back = 1
    case front = 2
}

/// One slot of the word: suffixes that exclude each other.
struct SuffixSlot: Sendable {
    /// The bit of the slot.
    fileprivate let bit: UInt32
    /// The number of the slot.
    fileprivate let number: Int
    /// The last letters of its suffixes: most words are turned away here.
    fileprivate(set) var lastLetters: UInt64 = 0

    /// Whether the first `length` letters may end in a suffix of the slot.
    @inline(__always)
    func mayEnd(_ word: borrowing KazakhWord, _ length: Int) -> Bool {
        word.letter(at: length - 1, in: lastLetters)
    }
}

/// All suffixes of all slots, found in one walk from the end of a word.
///
/// Source: the tables of any grammar of Kazakh; they agree.
struct SuffixTable: Sendable {
    /// The most slots, a bit each.
    static let slotLimit = 32
    /// The longest suffix.
    static let longestSuffix = 15

    /// Suffixes from their last letter on; a value is an index into `records`.
    private let trie: LetterTrie
    /// For each suffix the slots that hold it.
    private let slots: [UInt32]
    /// For each suffix and each slot the match without its length.
    private let matches: [UInt32]

    /// The table of the slots that were added.
    init(_ builder: Builder) {
        var entries: [LetterTrie.Entry] = []
        var slots: [UInt32] = []
        var matches: [UInt32] = []
        for (letters, bySlot) in builder.suffixes {
            let nested = (1...letters.count).count {
                builder.suffixes[Array(letters[..<$0])] != nil
            }
            precondition(nested <= Endings.limit, "too many suffixes end in each other")
            precondition(slots.count < 1 << 12, "a number of a suffix has 12 bits")
            entries.append((letters, UInt32(slots.count)))
            slots.append(bySlot.keys.reduce(0) { $0 | 1 << UInt32($1) })
            for slot in 0..<Self.slotLimit { matches.append(bySlot[slot] ?? 0) }
        }
        trie = LetterTrie(entries)
        self.slots = slots
        self.matches = matches
    }

    /// The suffixes that the first `length` letters end in.
    @inline(__always)
    func endings(_ word: borrowing KazakhWord, _ length: Int) -> Endings {
        var found = Endings()
        var place = trie.root
        var depth = 0
        while depth < length, trie.step(&place, by: word[length - 1 - depth]) {
            depth += 1
            if let record = place.value {
                found.insert(record, length: depth, slots: slots[Int(record)])
            }
        }
        return found
    }

    /// Takes the longest suffix of a slot out of those found, with all that are longer.
    @inline(__always)
    func next(_ slot: SuffixSlot, in endings: inout Endings) -> SuffixMatch? {
        while let (record, length) = endings.popLongest() {
            if slots[record] & slot.bit != 0 {
                return SuffixMatch(
                    length: length, packed: matches[record * Self.slotLimit + slot.number])
            }
        }
        return nil
    }

    /// What the slots are collected in.
    struct Builder {
        fileprivate var suffixes: [[UInt8]: [Int: UInt32]] = [:]
        private var count = 0

        /// A slot of lines of suffixes with the contexts after which they stand; of equal
        /// suffixes the last line counts.
        ///
        /// - Requires: at most 15 letters a suffix, at most 32 slots.
        mutating func add(
            _ lines: [(suffixes: String, context: String)],
            doubtful: [(suffixes: String, context: String)] = []
        ) -> SuffixSlot {
            precondition(count < SuffixTable.slotLimit, "a slot is a bit of 32")
            var slot = SuffixSlot(bit: 1 << UInt32(count), number: count)
            count += 1
            add(doubtful, to: &slot, areDoubtful: true)
            add(lines, to: &slot, areDoubtful: false)
            return slot
        }

        private mutating func add(
            _ lines: [(suffixes: String, context: String)], to slot: inout SuffixSlot,
            areDoubtful: Bool
        ) {
            for line in lines {
                let context = SuffixContext(line.context)
                for suffix in line.suffixes.split(separator: " ") {
                    guard let codes = KazakhLetters.codes(String(suffix)) else {
                        preconditionFailure("a suffix holds letters only: \(suffix)")
                    }
                    precondition(codes.count <= SuffixTable.longestSuffix, "longer: \(suffix)")
                    let match = SuffixMatch(
                        length: codes.count, context: context,
                        harmony: Self.unharmonic.contains(suffix) ? .either : Self.harmony(codes),
                        isDoubtful: areDoubtful)
                    slot.lastLetters |= 1 << UInt64(codes[codes.count - 1])
                    suffixes[codes.reversed(), default: [:]][slot.number] = match.packed
                }
            }
        }

        /// Suffixes that are the same after front and back.
        private static let unharmonic: Set<Substring> = [
            "мен", "бен", "пен", "нікі", "дікі", "тікі",
        ]

        private static func harmony(_ codes: [UInt8]) -> Harmony {
            for code in codes.reversed() {
                if KazakhLetters.shared.back >> UInt64(code) & 1 != 0 { return .back }
                if KazakhLetters.shared.front >> UInt64(code) & 1 != 0 { return .front }
            }
            return .either
        }
    }
}

/// The suffixes found at the end of a word, from the longest on.
///
/// - Shape: 16 bits each, number in the table and length, the longest lowest.
struct Endings {
    /// The most suffixes that end in each other.
    static let limit = 8

    /// The slots that hold any of them.
    private var slots: UInt32 = 0
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// Adds a suffix longer than those before.
    @inline(__always)
    fileprivate mutating func insert(_ record: UInt32, length: Int, slots more: UInt32) {
        slots |= more
        high = high << 16 | low >> 48
        low = low << 16 | UInt64(record) << 4 | UInt64(truncatingIfNeeded: length)
    }

    @inline(__always)
    fileprivate mutating func popLongest() -> (record: Int, length: Int)? {
        guard low != 0 else { return nil }
        let entry = Int(low & 0xFFFF)
        low = low >> 16 | high << 48
        high >>= 16
        return (entry >> 4, entry & 15)
    }

    /// Whether the word ends in a suffix of the slot, whatever stands before.
    @inline(__always)
    func holds(_ slot: SuffixSlot) -> Bool {
        slots & slot.bit != 0
    }

    /// Whether the word ends in no suffix at all.
    @inline(__always)
    var isEmpty: Bool { slots == 0 }
}

/// A suffix found at the end of a word.
struct SuffixMatch {
    /// Number of letters.
    var length: Int
    /// After which it stands.
    var context: SuffixContext
    /// After which vowels it stands.
    var harmony: Harmony
    /// Whether it is read only after a verb that the lists know.
    var isDoubtful: Bool

    /// All but the length, which the place in the table tells.
    var packed: UInt32 {
        context.rawValue << 3 | (isDoubtful ? 4 : 0) | harmony.rawValue
    }
}

extension SuffixMatch {
    /// The suffix of a value in the table.
    @inline(__always)
    init(length: Int, packed: UInt32) {
        self.init(
            length: length, context: SuffixContext(rawValue: packed >> 3),
            harmony: Harmony(rawValue: packed & 3) ?? .either, isDoubtful: packed & 4 != 0)
    }
}
