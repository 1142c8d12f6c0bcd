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
/// Source: `linguistics.md`, section 4.3; the grammars agree on it.
struct SuffixSlot: Sendable {
    private let trie: LetterTrie

    /// A slot of lines of suffixes with the contexts after which they stand.
    ///
    /// - Requires: at most 15 letters a suffix.
    init(_ lines: [(suffixes: String, context: String)]) {
        var entries: [(letters: [UInt8], value: UInt32)] = []
        for line in lines {
            let context = SuffixContext(line.context)
            for suffix in line.suffixes.split(separator: " ") {
                guard let codes = KazakhLetters.codes(String(suffix)) else {
                    preconditionFailure("a suffix holds letters only: \(suffix)")
                }
                precondition(codes.count < 16, "a suffix has at most 15 letters")
                let harmony = Self.unharmonic.contains(suffix) ? .either : Self.harmony(codes)
                entries.append((codes.reversed(), context.rawValue << 2 | harmony.rawValue))
            }
        }
        trie = LetterTrie(entries)
    }

    /// Suffixes that are the same after front and back.
    private static let unharmonic: Set<Substring> = ["мен", "бен", "пен", "нікі", "дікі", "тікі"]

    private static func harmony(_ codes: [UInt8]) -> Harmony {
        for code in codes.reversed() {
            if KazakhLetters.back >> UInt64(code) & 1 != 0 { return .back }
            if KazakhLetters.front >> UInt64(code) & 1 != 0 { return .front }
        }
        return .either
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
    func ends(_ word: KazakhWord, _ length: Int) -> Bool {
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

/// The suffixes found at the end of a word, to be taken from the longest on.
struct SuffixMatches {
    private var depths: UInt32 = 0
    private var values = InlineArray<16, UInt32>(repeating: 0)

    mutating func insert(_ depth: Int, _ value: UInt32) {
        depths |= 1 << UInt32(depth)
        values[depth] = value
    }

    /// Takes the longest suffix that is left.
    mutating func next() -> (length: Int, context: SuffixContext, harmony: Harmony)? {
        guard depths != 0 else { return nil }
        let depth = 31 - depths.leadingZeroBitCount
        depths &= ~(1 << UInt32(depth))
        let value = values[depth]
        return (
            depth, SuffixContext(rawValue: value >> 2), Harmony(rawValue: value & 3) ?? .either
        )
    }
}
