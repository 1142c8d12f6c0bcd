/// How far a typed word is from the one that was meant, by how likely people slip like that.
///
/// An edit distance over letters, with neighbours exchanged as one edit (Damerau), in which a
/// slip that is made every day costs little: a key beside the right one, a letter that sounds
/// the same, a doubled letter, parts of words written as they are heard. One edit of which
/// nothing else is known costs about 1. Words are folded: lower case, `ё` written as `е`.
///
/// - Source: weighted edit distance as in Kernighan, Church and Gale, "A spelling correction
///   program based on a noisy channel model" (1990); rewrites of several letters as in Brill and
///   Moore, "An improved error model for noisy channel spelling correction" (2000). The costs are
///   our own.
public struct SpellingCosts: Sendable {
    /// A letter in place of one that it has nothing to do with: the rarest of slips.
    var foreign: Float = 1.2
    /// A vowel in place of another that does not sound like it.
    var otherVowel: Float = 0.95
    /// A key beside the right one: half of all slips of the finger.
    var neighbour: Float = 0.7
    /// A letter too much.
    var extra: Float = 0.95
    /// What a letter too much at the end costs more: the word may be another form of its own.
    var extraAtEnd: Float = 0.15
    /// A letter too much whose key is beside that of the letter before or after it: one blow.
    var extraNeighbour: Float = 0.8
    /// The same letter twice in place of once.
    var doubled: Float = 0.35
    /// A soft or hard sign too much.
    var extraSign: Float = 0.45
    /// A letter that is missing: of all slips of the finger the most frequent.
    var missing: Float = 0.8
    /// One of several vowels too few: fingers outrun them.
    var missingVowel: Float = 0.72
    /// A letter once in place of twice.
    var undoubled: Float = 0.3
    /// A soft or hard sign that is missing: hardly heard.
    var missingSign: Float = 0.4
    /// Neighbours exchanged.
    var transposition: Float = 0.65
    /// Two or three letters typed twice (`продолжолжение`): a slip of its own, not three letters.
    var repeated: Float = 1.1
    /// Letters of a long row of one (`спасииибо`): drawn out on purpose.
    var drawnOut: Float = 0.1
    /// What an edit at the first letter costs more: it is what people are surest of.
    var first: Float = 0.25
    /// Whether letters and parts that are taken for each other cost less.
    var usesConfusions = true

    /// Longest word compared; a longer one is no word.
    static let letterLimit = 48

    /// The costs that are in use.
    static let standard = SpellingCosts()

    /// Every edit costs 1, as in the textbook.
    static let plain: SpellingCosts = {
        var costs = SpellingCosts()
        costs.foreign = 1
        costs.otherVowel = 1
        costs.neighbour = 1
        costs.extra = 1
        costs.extraAtEnd = 0
        costs.extraNeighbour = 1
        costs.doubled = 1
        costs.extraSign = 1
        costs.missing = 1
        costs.missingVowel = 1
        costs.undoubled = 1
        costs.missingSign = 1
        costs.transposition = 1
        costs.repeated = .infinity
        costs.drawnOut = 1
        costs.first = 0
        costs.usesConfusions = false
        return costs
    }()

    /// What it costs to have typed a word where another was meant.
    ///
    /// - Returns: 0 for equal words; `nil` if it is more than `limit`, or if one of the words has
    ///   something that is no letter, digit, hyphen or apostrophe, or is longer than 48 letters.
    /// - Cost: proportional to the product of the lengths.
    public static func cost(typed: Span<UInt8>, meant: [UInt8], limit: Float) -> Float? {
        guard let codes = SpellingAlphabet.codes(of: typed, limit: letterLimit),
            let meant = SpellingAlphabet.codes(of: meant.span, limit: letterLimit)
        else { return nil }
        return cost(typed: codes, meant: meant, limit: limit, tables: .standard)
    }

    /// What it costs to have typed a word where another was meant.
    ///
    /// - Returns: 0 for equal words; `nil` if it is more than `limit`, or if one of the words has
    ///   something that is no letter, digit, hyphen or apostrophe, or is longer than 48 letters.
    public static func cost(typed: [UInt8], meant: [UInt8], limit: Float) -> Float? {
        cost(typed: typed.span, meant: meant, limit: limit)
    }

    /// The same for the numbers of the letters.
    static func cost(
        typed: [UInt8], meant: [UInt8], limit: Float, tables: SpellingTables
    ) -> Float? {
        var matcher = SpellingMatcher(typed: typed, limit: limit, tables: tables)
        for letter in meant {
            guard matcher.push(letter) else { return nil }
        }
        return matcher.cost
    }
}
