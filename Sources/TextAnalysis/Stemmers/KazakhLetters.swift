/// The letters of a Kazakh word as small numbers, so that a class of letters is one mask.
///
/// - Shape: codes 1 to 41 in the order of the alphabet without ё, which counts as е; 0 is
///   everything else.
/// - Cost: the classes are stored in the stemmer, since a static property asks at each use whether
///   it is there (6 % of the time of a word).
struct KazakhLetters: Sendable {
    /// The letters in the order of their codes.
    static let alphabet = Array("аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя".unicodeScalars)

    /// The classes and letters by name.
    static let shared = KazakhLetters()

    /// Letters that carry a syllable and take the endings of a vowel (-ның, -ны, -сы).
    let vowels = Self.mask("аәеоөұүыіэя")
    /// Letters after which endings are chosen as after р.
    let glides = Self.mask("иуюй")
    /// Letters that make a syllable, whatever ending they take.
    let syllabic = Self.mask("аәеоөұүыіэяиую")
    /// Vowels that ask for back endings.
    let back = Self.mask("аоұыя")
    /// Letters that ask for front endings.
    let front = Self.mask("еөүіэь")
    /// Vowels of closed loan syllables, which take either.
    let neutral = Self.mask("уию")
    /// Consonants that Russian doubles at the end of a word and Kazakh does not.
    let doubled = Self.mask("слмн")
    /// Vowels that no word ends in.
    let inner = Self.mask("ұүө")
    /// The vowels that drop and link.
    let narrow = Self.mask("ыі")
    /// The open vowels that a canonical ending drops.
    let open = Self.mask("ае")
    /// Consonants that are voiced between vowels, and what they become.
    let voicing = Self.mask("пкқ")
    let voiced = Self.mask("бгғ")
    /// Consonants that no Kazakh word holds after a back vowel.
    let velar = Self.mask("кг")
    /// First letters of the negation.
    let negating = Self.mask("мбп")

    let nasals = Self.mask("мнң")

    let soft = Self.code("ь")
    let ae = Self.code("ә")
    let u = Self.code("у")
    let yu = Self.code("ю")
    let i = Self.code("и")
    let y = Self.code("ы")
    let dotted = Self.code("і")
    let short = Self.code("й")
    let p = Self.code("п")
    let n = Self.code("н")
    let e = Self.code("е")
    let v = Self.code("в")
    let s = Self.code("с")
    let t = Self.code("т")
    let l = Self.code("л")

    /// The voiced letter of п, к or қ, nil for another.
    func voiced(_ code: UInt8) -> UInt8? {
        switch code {
        case p: b
        case k: g
        case q: gh
        default: nil
        }
    }

    /// The voiceless letter of б, г or ғ.
    func devoiced(_ code: UInt8) -> UInt8 {
        switch code {
        case b: p
        case g: k
        default: q
        }
    }

    private let b = Self.code("б")
    private let g = Self.code("г")
    private let k = Self.code("к")
    private let q = Self.code("қ")
    private let gh = Self.code("ғ")

    /// What each letter does to the harmony of a word, by its code.
    let behaviors = Self.behaviorByCode

    /// What a letter tells of the suffixes after it: a step of the automaton of harmony.
    ///
    /// - Shape: states are what the letters so far allow: 1 back, 2 front, 3 either.
    struct Behavior {
        /// The state of a word without vowels.
        static let either: UInt8 = 3

        /// The next state after each state, two bits each, if more letters follow.
        fileprivate var inside: UInt8
        /// What suffixes may have after the letter, two bits for each state.
        fileprivate var asLast: UInt8
        /// All bits if the letter makes a syllable.
        fileprivate(set) var syllable: UInt64

        /// The state inside the word after this letter.
        @inline(__always)
        func inside(after state: UInt8) -> UInt8 { inside &>> (2 &* state) & 3 }

        /// What is allowed if this letter is the last.
        @inline(__always)
        func asLast(after state: UInt8) -> UInt8 { asLast &>> (2 &* state) & 3 }
    }

    private static let behaviorByCode: [Behavior] = {
        let (back, front) = (mask("аоұыя"), mask("еөүіэь"))
        let (neutral, velar, loaned) = (mask("уию"), mask("кг"), mask("ә"))
        let syllabic = mask("аәеоөұүыіэяиую")
        return (0..<64).map { code in
            let bit: UInt64 = 1 << UInt64(code)
            var behavior = Behavior(
                inside: 0, asLast: 0, syllable: syllabic & bit != 0 ? .max : 0)
            for state: UInt8 in 1...3 {
                var next = state
                if back & bit != 0 { next = 1 }
                if front & bit != 0 { next = 2 }
                // Loans from Arabic and Persian take either: күнәлар.
                if loaned & bit != 0 { next = 3 }
                // к and г stand after a back vowel only in loans, which take either: банкке.
                if velar & bit != 0, state == 1 { next = 3 }
                behavior.asLast |= next << (2 * state)
                // Closed syllables of у, и, ю take either; as the last letter they say nothing.
                if neutral & bit != 0 { next = 3 }
                behavior.inside |= next << (2 * state)
            }
            return behavior
        }
    }()

    /// The codes of the letters U+0400 to U+04FF by their last eight bits.
    let codes = Self.codesByScalar

    private static let codesByScalar: [UInt8] = {
        var codes = [UInt8](repeating: 0, count: 256)
        for (index, scalar) in alphabet.enumerated() {
            codes[Int(scalar.value & 0xFF)] = UInt8(index + 1)
            if scalar == "е" { codes[0x51] = UInt8(index + 1) }  // ё
        }
        return codes
    }()

    /// The last eight bits of each letter's scalar, by its code.
    let scalars: [UInt8] = [0] + Self.alphabet.map { UInt8($0.value & 0xFF) }

    /// The mask of a class of letters.
    static func mask(_ letters: String) -> UInt64 {
        letters.unicodeScalars.reduce(0) { $0 | 1 << UInt64(code($1)) }
    }

    /// The code of a letter, or 0.
    static func code(_ scalar: Unicode.Scalar) -> UInt8 {
        scalar.value >> 8 == 4 ? codesByScalar[Int(scalar.value & 0xFF)] : 0
    }

    /// The codes of a word, or nil if it holds anything but letters.
    static func codes(_ word: String) -> [UInt8]? {
        let codes = word.unicodeScalars.map(code)
        return codes.isEmpty || codes.contains(0) ? nil : codes
    }
}
