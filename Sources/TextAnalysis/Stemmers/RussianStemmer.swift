/// Snowball for Russian with repairs where it parts the forms of one word: countries in -стан,
/// surnames in -ов, -ев and -ин, and the words of the tables.
struct RussianStemmer {
    private let snowball: SnowballStemmer
    private let exceptions: WordExceptions
    private let lexicon: Lexicon

    init(tables: LanguageTables) throws(AnalysisError) {
        snowball = try SnowballStemmer(algorithm: "russian")
        exceptions = WordExceptions(tables: tables)
        lexicon = tables.lexicon
    }

    /// Appends the stem of a folded word in Cyrillic letters.
    ///
    /// `isName` tells that the word stands where only a name does, so that -ов is no genitive
    /// plural. Surnames in -аев are known without it.
    func stem(_ word: [UInt8], isName: Bool, into output: inout [UInt8]) {
        if exceptions.find(word, into: &output) { return }
        if let base = Self.countryBase(word) ?? Self.surnameBase(word, isName: isName) {
            output.append(contentsOf: word[..<base])
            return
        }
        if lexicon.find(word, into: &output) { return }
        snowball.stem(word, into: &output)
    }

    // MARK: - Countries

    private static let country = Array("стан".utf8)
    private static let countryEndings = ["", "а", "у", "ом", "е"].map { Array($0.utf8) }
    /// Words in -стан that are no countries, or too short to be.
    private static let shortestCountry = 2 * 7

    /// The bytes of `казахстан` in its case forms; Snowball takes the end for a participle's.
    static func countryBase(_ word: [UInt8]) -> Int? {
        for ending in countryEndings {
            let base = word.count - ending.count
            if base >= shortestCountry, word.hasSuffix(ending, before: word.count),
                word.hasSuffix(country, before: base)
            {
                return base
            }
        }
        return nil
    }

    // MARK: - Surnames

    private static let surnames = ["ов", "ев", "ин"].map { Array($0.utf8) }
    private static let surnameEndings =
        ["", "а", "у", "ым", "ом", "е", "ой", "ы", "ых", "ыми"].map { Array($0.utf8) }
    private static let kazakhSurnames =
        ["аев", "баев", "беков", "ханов", "жанов", "галиев", "кулов"].map { Array($0.utf8) }
    /// Plurals that end like a surname in -аев.
    private static let plurals = [
        "случаев", "обычаев", "трамваев", "урожаев", "попугаев", "лишаев", "горностаев",
        "караваев", "сараев", "баклажанов", "пеликанов",
    ].map { Array($0.utf8) }

    /// The bytes of a surname without its case ending; `nil` for another word.
    static func surnameBase(_ word: [UInt8], isName: Bool) -> Int? {
        for ending in surnameEndings {
            let base = word.count - ending.count
            guard base >= 2 * 4, word.hasSuffix(ending, before: word.count) else { continue }
            for surname in surnames where word.hasSuffix(surname, before: base) {
                if isName { return base }
                let isKazakh =
                    base >= 2 * 6
                    && kazakhSurnames.contains { word.hasSuffix($0, before: base) }
                if isKazakh, !plurals.contains(where: { $0 == Array(word[..<base]) }) {
                    return base
                }
            }
        }
        return nil
    }

    /// Whether a lower-case word may be a surname that the reader typed without a capital.
    static func mayBeSurname(_ word: [UInt8]) -> Bool {
        word.count >= 2 * 6
            && (word.hasSuffix(surnames[0], before: word.count)
                || word.hasSuffix(surnames[1], before: word.count))
    }
}

extension [UInt8] {
    /// Whether the first `end` bytes end with `suffix`.
    func hasSuffix(_ suffix: [UInt8], before end: Int) -> Bool {
        guard suffix.count <= end else { return false }
        let start = end - suffix.count
        for index in suffix.indices where self[start + index] != suffix[index] { return false }
        return true
    }
}
