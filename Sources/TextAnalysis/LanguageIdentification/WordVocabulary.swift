/// For which language a word stands surely, when one asks whether a text is of two.
struct WordSign: OptionSet {
    let rawValue: UInt8

    static let kazakh = WordSign(rawValue: 1)
    static let russian = WordSign(rawValue: 2)
    /// Might be a name where a capital says nothing: not sure at the start of a sentence.
    static let needsSmallLetter = WordSign(rawValue: 4)
    /// A Russian word with a Kazakh ending: `работаға`.
    static let glued = WordSign(rawValue: 8)
    /// A Russian noun in its first form, which may be a new loan: it takes two of them.
    static let weak = WordSign(rawValue: 16)
}

/// What is known of single words: function words, words whose letters mislead, and Kazakh words at
/// home in Russian.
struct WordVocabulary: Sendable {
    /// What a word is.
    struct Kind: OptionSet, Sendable {
        let rawValue: UInt8

        static let kazakhFunction = Kind(rawValue: 1)
        static let russianFunction = Kind(rawValue: 2)
        static let englishFunction = Kind(rawValue: 4)
        /// Found in Kazakh texts, though its letters do not say so; with `russian` a loan.
        static let kazakh = Kind(rawValue: 8)
        static let russian = Kind(rawValue: 16)
        /// A Kazakh word that Russian texts use: `тенге`, `акимат`.
        static let realia = Kind(rawValue: 32)
    }

    private var words = TermTable()
    private var kinds: [Kind] = []

    init(_ languages: [Language: LanguageTables]) {
        let functions: [(Language, Kind)] = [
            (.kazakh, .kazakhFunction), (.russian, .russianFunction), (.english, .englishFunction),
        ]
        for (language, kind) in functions {
            add(languages[language]?.stopWords ?? [], kind)
        }
        add(languages[.kazakh]?.lists["sure-words"] ?? [], .kazakh)
        add(languages[.russian]?.lists["sure-words"] ?? [], .russian)
        // What people say is no loan, though news may quote it.
        add(languages[.russian]?.lists["spoken-words"] ?? [], .russian, not: .kazakh)
        add(languages[.kazakh]?.lists["spoken-words"] ?? [], .kazakh, not: .russian)
        for word in languages[.russian]?.lists["realia"] ?? [] {
            add([word], .realia)
            // Before its own endings a word loses its vowel: домбра, домбры.
            if let last = word.last, "аеуы".contains(last), word.count > Self.shortestStem {
                add([String(word.dropLast())], .realia)
            }
        }
    }

    private mutating func add(_ list: [String], _ kind: Kind, not other: Kind = []) {
        for word in list {
            let number = words.intern(Array(word.utf8))
            if number == kinds.count {
                kinds.append(kind)
            } else {
                kinds[number].insert(kind)
                kinds[number].remove(other)
            }
        }
    }

    func kind(of word: [UInt8]) -> Kind {
        words.find(word).map { kinds[$0] } ?? []
    }

    /// The language whose function word it is; `nil` for none and for a word of two languages.
    func functionLanguage(of kind: Kind) -> Language? {
        switch kind.intersection([.kazakhFunction, .russianFunction, .englishFunction]) {
        case .kazakhFunction: .kazakh
        case .russianFunction: .russian
        case .englishFunction: .english
        default: nil
        }
    }

    // MARK: - Realia

    private static let shortestStem = 4

    /// Whether a word is a Kazakh one at home in Russian, with a Russian ending perhaps.
    func isRealia(_ word: [UInt8]) -> Bool {
        var word = word
        if kind(of: word).contains(.realia) { return true }
        for _ in 0..<3 where word.count > Self.shortestStem * 2 {
            word.removeLast(2)
            if kind(of: word).contains(.realia) { return true }
        }
        return false
    }

    // MARK: - Endings

    /// Shortest Russian word in letters that is looked for before Kazakh endings.
    static let shortestGluedStem = 5
    /// Endings that Kazakh speakers put behind a Russian word.
    private static let gluedEndings = RussianShape.endings(
        """
        ға ге га қа ке ка да де та те дан ден тан тен нан нен мен пен бен ды ді ди ты ті ти ны ні
        ни ның нің ниң дың дің тың тің сы сі си сын сін сына сіне лар лер дар дер тар тер м ң мыз
        міз
        """)

    /// Whether Kazakh endings hang on a word that is Russian only.
    func isGlued(_ word: [UInt8]) -> Bool {
        var end = word.count
        for _ in 0..<2 {
            var longest = 0
            for ending in Self.gluedEndings
            where ending.count > longest && word.hasSuffix(ending, before: end) {
                longest = ending.count
            }
            end -= longest
            guard longest > 0, end >= Self.shortestGluedStem * 2 else { return false }
            let kind = kind(of: Array(word[..<end]))
            if kind.contains(.russian), kind.isDisjoint(with: [.kazakh, .kazakhFunction]) {
                return true
            }
        }
        return false
    }
}
