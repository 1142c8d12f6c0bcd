/// The letters of a Kazakh word as small numbers, so that a class of letters is one mask.
///
/// - Shape: codes 1 to 41 in the order of the alphabet without ё, which counts as е; 0 is
///   everything else.
enum KazakhLetters {
    /// The letters in the order of their codes.
    static let alphabet = Array("аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя".unicodeScalars)

    /// Letters that carry a syllable and take the endings of a vowel (-ның, -ны, -сы).
    static let vowels = mask("аәеоөұүыіэя")
    /// Letters after which endings are chosen as after р.
    static let glides = mask("иуюй")
    /// Letters that make a syllable, whatever ending they take.
    static let syllabic = mask("аәеоөұүыіэяиую")
    /// Vowels that ask for back endings.
    static let back = mask("аоұыя")
    /// Letters that ask for front endings.
    static let front = mask("еөүіэь")
    /// Vowels of closed loan syllables, which take either.
    static let neutral = mask("уию")
    /// The vowels that drop and link.
    static let narrow = mask("ыі")
    /// The open vowels that a canonical ending drops.
    static let open = mask("ае")
    /// Consonants that are voiced between vowels, and what they become.
    static let voicing = mask("пкқ")
    static let voiced = mask("бгғ")
    /// Consonants that no Kazakh word holds after a back vowel.
    static let velar = mask("кг")
    /// First letters of the negation.
    static let negating = mask("мбп")

    static let nasals = mask("мнң")

    static let soft = code("ь")
    static let ae = code("ә")
    static let u = code("у")
    static let yu = code("ю")
    static let i = code("и")
    static let y = code("ы")
    static let dotted = code("і")
    static let short = code("й")
    static let p = code("п")
    static let n = code("н")
    static let s = code("с")
    static let l = code("л")

    /// The voiced letter of п, к or қ, nil for another.
    static func voiced(_ code: UInt8) -> UInt8? {
        switch code {
        case p: b
        case k: g
        case q: gh
        default: nil
        }
    }

    /// The voiceless letter of б, г or ғ.
    static func devoiced(_ code: UInt8) -> UInt8 {
        switch code {
        case b: p
        case g: k
        default: q
        }
    }

    private static let b = code("б")
    private static let g = code("г")
    private static let k = code("к")
    private static let q = code("қ")
    private static let gh = code("ғ")

    /// The codes of the letters U+0400 to U+04FF by their last eight bits.
    static let codes: [UInt8] = {
        var codes = [UInt8](repeating: 0, count: 256)
        for (index, scalar) in alphabet.enumerated() {
            codes[Int(scalar.value & 0xFF)] = UInt8(index + 1)
        }
        codes[0x51] = code("е")  // ё
        return codes
    }()

    /// The last eight bits of each letter's scalar, by its code.
    static let scalars: [UInt8] = [0] + alphabet.map { UInt8($0.value & 0xFF) }

    /// The mask of a class of letters.
    static func mask(_ letters: String) -> UInt64 {
        letters.unicodeScalars.reduce(0) { $0 | 1 << UInt64(code($1)) }
    }

    /// The code of a letter, or 0.
    static func code(_ scalar: Unicode.Scalar) -> UInt8 {
        guard scalar != "ё" else { return code("е") }
        guard let index = alphabet.firstIndex(of: scalar) else { return 0 }
        return UInt8(index + 1)
    }

    /// The codes of a word, or nil if it holds anything but letters.
    static func codes(_ word: String) -> [UInt8]? {
        let codes = word.unicodeScalars.map(code)
        return codes.isEmpty || codes.contains(0) ? nil : codes
    }
}

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
    mutating func read(_ word: Span<UInt8>) -> Bool {
        guard !word.isEmpty, word.count % 2 == 0, word.count <= 2 * Self.capacity else {
            return false
        }
        var offset = 0
        while offset < word.count {
            // U+0400 to U+04FF in two bytes: 110100xx 10xxxxxx.
            let (lead, trail) = (word[offset], word[offset + 1])
            guard lead & 0xFC == 0xD0, trail & 0xC0 == 0x80 else { return false }
            let code = KazakhLetters.codes[Int(lead & 3) << 6 | Int(trail & 0x3F)]
            guard code != 0 else { return false }
            letters[count] = code
            count += 1
            if firstSyllable == .max, letter(at: count - 1, in: KazakhLetters.syllabic) {
                firstSyllable = count
            }
            offset += 2
        }
        return true
    }

    /// Appends the first `length` letters in UTF-8.
    func write(_ length: Int, to output: inout [UInt8]) {
        for index in 0..<length {
            let scalar = KazakhLetters.scalars[Int(letters[index])]
            output.append(0xD0 | scalar >> 6)
            output.append(0x80 | scalar & 0x3F)
        }
    }

    /// The last letter of the first `length` letters.
    func last(_ length: Int) -> UInt8 {
        letters[length - 1]
    }

    /// Whether the letter at an index belongs to a class.
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
