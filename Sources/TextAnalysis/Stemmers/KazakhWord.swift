/// One word under the stemmer: its letters, and for each beginning of it what the lists say.
struct KazakhWord: ~Copyable {
    /// The longest word that is stemmed, so that a set of lengths is a number; names of
    /// institutions stay below, and a longer run of letters is no word.
    static let capacity = 63

    /// The codes of the letters, in memory of 64 bytes that outlives the word (`stem` lends it).
    ///
    /// An inline array would be copied whole at each look at a letter. Every index is cut to six
    /// bits, so that none is outside.
    private let letters: UnsafeMutablePointer<UInt8>
    /// Number of letters.
    private(set) var count = 0
    /// The lengths of the beginnings that a list holds as words.
    var unstemmed = LengthSet()
    var roots2 = LengthSet()
    var verbs = LengthSet()
    var temporal = LengthSet()
    /// The lengths before which a verb in -й, -ы or -і is listed with one letter more.
    var verbsWithShort = LengthSet()
    var verbsWithNarrow = LengthSet()
    /// The lengths that end in a letter that makes a syllable.
    private var syllables = LengthSet()
    /// The lengths after which a suffix of back, of front vowels may follow.
    private var allowsBack = LengthSet()
    private var allowsFront = LengthSet()

    /// Lends a body a word without letters.
    static func withWord(_ body: (inout KazakhWord) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { memory in
            memory.initialize(repeating: 0)
            guard let letters = memory.baseAddress else { return }
            var word = KazakhWord(letters: letters)
            body(&word)
        }
    }

    private init(letters: UnsafeMutablePointer<UInt8>) {
        self.letters = letters
    }

    /// Reads a word in UTF-8; false if it is empty, too long or holds anything but letters.
    mutating func read(_ word: Span<UInt8>, _ classes: KazakhLetters) -> Bool {
        let byteCount = word.count
        guard byteCount > 0, byteCount & 1 == 0, byteCount <= 2 * Self.capacity else {
            return false
        }
        var harmony = KazakhLetters.Behavior.either
        var syllables: UInt64 = 0
        var back: UInt64 = 0
        var front: UInt64 = 0
        var bit: UInt64 = 1
        for index in 0..<byteCount / 2 {
            // U+0400 to U+04FF in two bytes: 110100xx 10xxxxxx.
            let (lead, trail) = (word[2 * index], word[2 * index + 1])
            guard lead & 0xFC == 0xD0, trail & 0xC0 == 0x80 else { return false }
            let code = classes.codes[Int(lead & 3) << 6 | Int(trail & 0x3F)]
            guard code != 0 else { return false }
            letters[index & 63] = code
            let behavior = classes.behaviors[Int(code)]
            bit <<= 1
            syllables |= bit & behavior.syllable
            let allowed = behavior.asLast(after: harmony)
            back |= allowed & 1 != 0 ? bit : 0
            front |= allowed & 2 != 0 ? bit : 0
            harmony = behavior.inside(after: harmony)
        }
        count = byteCount / 2
        self.syllables = LengthSet(syllables)
        allowsBack = LengthSet(back)
        allowsFront = LengthSet(front)
        return true
    }

    /// Appends the first `length` letters in UTF-8.
    func write(_ length: Int, _ classes: KazakhLetters, to output: inout [UInt8]) {
        output.append(addingCapacity: 2 * length) { bytes in
            for index in 0..<length {
                let scalar = classes.scalars[Int(letters[index & 63])]
                bytes.append(0xD0 | scalar >> 6)
                bytes.append(0x80 | scalar & 0x3F)
            }
        }
    }

    /// The letter at an index; of one after the capacity the letter at its remainder.
    @inline(__always)
    subscript(index: Int) -> UInt8 {
        get { letters[index & 63] }
        nonmutating set { letters[index & 63] = newValue }
    }

    /// The last letter of the first `length` letters.
    @inline(__always)
    func last(_ length: Int) -> UInt8 {
        self[length - 1]
    }

    /// Whether the letter at an index belongs to a class.
    @inline(__always)
    func letter(at index: Int, in mask: UInt64) -> Bool {
        mask &>> UInt64(self[index]) & 1 != 0
    }

    /// Whether the first `length` letters hold a syllable.
    @inline(__always)
    func hasSyllable(_ length: Int) -> Bool {
        syllables.holdsAny(upTo: length)
    }

    /// Whether the vowels of the first `length` letters allow a suffix of a harmony.
    @inline(__always)
    func allows(_ harmony: Harmony, _ length: Int) -> Bool {
        switch harmony {
        case .either: true
        case .back: allowsBack.contains(length)
        case .front: allowsFront.contains(length)
        }
    }
}

/// A set of numbers of letters from 0 to 63.
struct LengthSet {
    private var bits: UInt64

    /// A set of the numbers of the bits that are set.
    init(_ bits: UInt64 = 0) {
        self.bits = bits
    }

    /// Whether the set holds no length.
    @inline(__always)
    var isEmpty: Bool { bits == 0 }

    /// Whether the set holds a length.
    @inline(__always)
    func contains(_ length: Int) -> Bool {
        bits &>> UInt64(truncatingIfNeeded: length) & 1 != 0
    }

    /// Whether the set holds a length up to a given one.
    @inline(__always)
    func holdsAny(upTo length: Int) -> Bool {
        bits & (2 &<< UInt64(truncatingIfNeeded: length) &- 1) != 0
    }

    /// Adds a length if a condition holds.
    @inline(__always)
    mutating func insert(_ length: Int, if condition: Bool = true) {
        bits |= (condition ? 1 : 0) &<< UInt64(truncatingIfNeeded: length)
    }
}
