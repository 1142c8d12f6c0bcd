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

    /// The contexts named by letters, as in the tables below.
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

/// The harmony of a suffix or a remainder.
enum Harmony: UInt32 {
    case either = 0
    case back = 1
    case front = 2
}

/// One slot of the word: suffixes that exclude each other, with their contexts.
///
/// Source: the tables of any grammar of Kazakh; they agree.
struct SuffixSlot: Sendable {
    private let trie: LetterTrie
    /// The last letters of all suffixes: most words are turned away here.
    private let lastLetters: UInt64

    /// A slot of lines of suffixes with the contexts after which they stand.
    ///
    /// - Requires: at most 15 letters a suffix.
    init(
        _ lines: [(suffixes: String, context: String)],
        doubtful: [(suffixes: String, context: String)] = []
    ) {
        let entries =
            Self.entries(doubtful, areDoubtful: true) + Self.entries(lines, areDoubtful: false)
        trie = LetterTrie(entries)
        lastLetters = entries.reduce(0) { $0 | 1 << UInt64($1.letters.first ?? 0) }
    }

    private static func entries(
        _ lines: [(suffixes: String, context: String)], areDoubtful: Bool
    ) -> [LetterTrie.Entry] {
        lines.flatMap { line in
            let context = SuffixContext(line.context)
            return line.suffixes.split(separator: " ").map { suffix in
                guard let codes = KazakhLetters.codes(String(suffix)) else {
                    preconditionFailure("a suffix holds letters only: \(suffix)")
                }
                precondition(codes.count < 16, "a suffix has at most 15 letters")
                let match = SuffixMatch(
                    length: codes.count, context: context,
                    harmony: unharmonic.contains(suffix) ? .either : harmony(codes),
                    isDoubtful: areDoubtful)
                return (Array(codes.reversed()), match.packed)
            }
        }
    }

    /// Suffixes that are the same after front and back.
    private static let unharmonic: Set<Substring> = ["мен", "бен", "пен", "нікі", "дікі", "тікі"]

    private static func harmony(_ codes: [UInt8]) -> Harmony {
        for code in codes.reversed() {
            if KazakhLetters.shared.back >> UInt64(code) & 1 != 0 { return .back }
            if KazakhLetters.shared.front >> UInt64(code) & 1 != 0 { return .front }
        }
        return .either
    }

    /// Whether the first `length` letters may end in a suffix of the slot.
    @inline(__always)
    func mayEnd(_ word: KazakhWord, _ length: Int) -> Bool {
        word.letter(at: length - 1, in: lastLetters)
    }

    /// The suffixes that the first `length` letters end in.
    @inline(__always)
    func matches(_ word: KazakhWord, _ length: Int) -> SuffixMatches {
        var found = SuffixMatches()
        var node = LetterTrie.root
        var depth = 0
        while depth < length - 1 {
            guard let next = trie.child(of: node, by: word.letters[length - 1 - depth]) else {
                break
            }
            node = next
            depth += 1
            if let value = trie.value(at: node) { found.insert(depth, value) }
        }
        return found
    }

    /// Whether the first `length` letters end in a suffix of the slot, whatever stands before.
    @inline(__always)
    func ends(_ word: KazakhWord, _ length: Int) -> Bool {
        mayEnd(word, length) && walks(word, length)
    }

    private func walks(_ word: KazakhWord, _ length: Int) -> Bool {
        var node = LetterTrie.root
        var depth = 0
        while depth < length {
            guard let next = trie.child(of: node, by: word.letters[length - 1 - depth]) else {
                return false
            }
            node = next
            depth += 1
            if trie.value(at: node) != nil { return true }
        }
        return false
    }
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

    /// All but the length, which the place in the trie tells.
    var packed: UInt32 {
        context.rawValue << 3 | (isDoubtful ? 4 : 0) | harmony.rawValue
    }
}

extension SuffixMatch {
    /// The suffix of a value in the trie.
    init(length: Int, packed: UInt32) {
        self.init(
            length: length, context: SuffixContext(rawValue: packed >> 3),
            harmony: Harmony(rawValue: packed & 3) ?? .either, isDoubtful: packed & 4 != 0)
    }
}

/// The suffixes found at the end of a word, to be taken from the longest on.
struct SuffixMatches {
    private var depths: UInt32 = 0
    private var values = InlineArray<16, UInt32>(repeating: 0)

    mutating func insert(_ depth: Int, _ value: UInt32) {
        depths |= 1 << UInt32(depth)
        values[depth] = value
    }

    /// Takes the longest suffix that is left.
    mutating func next() -> SuffixMatch? {
        guard depths != 0 else { return nil }
        let depth = 31 - depths.leadingZeroBitCount
        depths &= ~(1 << UInt32(depth))
        return SuffixMatch(length: depth, packed: values[depth])
    }
}
