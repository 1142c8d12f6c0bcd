/// One word under the stemmer: its letters, and for each beginning of it what the lists say.
struct KazakhWord {
    /// The longest word that is stemmed; names of institutions stay below, and a longer run of
    /// letters is no word.
    static let capacity = 64

    /// The codes of the letters; a change of the stem's last letter is written here.
    var letters = InlineArray<64, UInt8>(repeating: 0)
    /// Number of letters.
    var count = 0
    /// The lists that hold the first n letters as a word.
    var lists = InlineArray<65, WordLists>(repeating: [])
    /// Number of letters up to and with the first that makes a syllable.
    var firstSyllable = Int.max

    /// Reads a word in UTF-8; false if it is empty, too long or holds anything but letters.
    mutating func read(_ word: Span<UInt8>, _ classes: KazakhLetters) -> Bool {
        guard !word.isEmpty, word.count % 2 == 0, word.count <= 2 * Self.capacity else {
            return false
        }
        var offset = 0
        while offset < word.count {
            // U+0400 to U+04FF in two bytes: 110100xx 10xxxxxx.
            let (lead, trail) = (word[offset], word[offset + 1])
            guard lead & 0xFC == 0xD0, trail & 0xC0 == 0x80 else { return false }
            let code = classes.codes[Int(lead & 3) << 6 | Int(trail & 0x3F)]
            guard code != 0 else { return false }
            letters[count] = code
            count += 1
            if firstSyllable == .max, letter(at: count - 1, in: classes.syllabic) {
                firstSyllable = count
            }
            offset += 2
        }
        return true
    }

    /// Appends the first `length` letters in UTF-8.
    func write(_ length: Int, _ classes: KazakhLetters, to output: inout [UInt8]) {
        for index in 0..<length {
            let scalar = classes.scalars[Int(letters[index])]
            output.append(0xD0 | scalar >> 6)
            output.append(0x80 | scalar & 0x3F)
        }
    }

    /// The last letter of the first `length` letters.
    func last(_ length: Int) -> UInt8 {
        letters[length - 1]
    }

    /// Whether the letter at an index belongs to a class.
    @inline(__always)
    func letter(at index: Int, in mask: UInt64) -> Bool {
        mask >> UInt64(letters[index]) & 1 != 0
    }

    /// Whether the first `length` letters hold a syllable.
    func hasSyllable(_ length: Int) -> Bool {
        length >= firstSyllable
    }
}

/// The closed lists of words that the rules ask.
struct WordLists: OptionSet {
    let rawValue: UInt8

    /// Not to be cut.
    static let unstemmed = WordLists(rawValue: 1)
    /// Roots of two letters.
    static let roots2 = WordLists(rawValue: 2)
    /// Verb stems.
    static let verbs = WordLists(rawValue: 4)
    /// Words of time that take -ғы, -гі.
    static let temporal = WordLists(rawValue: 16)
    /// Words with a stem of their own.
    static let stems = WordLists(rawValue: 128)
}
