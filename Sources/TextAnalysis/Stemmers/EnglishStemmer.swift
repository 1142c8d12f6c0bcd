/// Snowball for English with British spellings brought to American ones, and the words of the
/// tables, where Snowball joins what search must part (university, universe).
struct EnglishStemmer {
    private let snowball: SnowballStemmer
    private let exceptions: WordExceptions

    init(tables: LanguageTables) throws(AnalysisError) {
        snowball = try SnowballStemmer(algorithm: "english")
        exceptions = WordExceptions(tables: tables)
    }

    /// Appends the stem of a folded word in Latin letters.
    func stem(_ word: [UInt8], into output: inout [UInt8]) {
        if exceptions.find(word, into: &output) { return }
        if let place = Self.britishPlace(word) {
            var american = word
            american[place] = UInt8(ascii: "z")
            if exceptions.find(american, into: &output) { return }
            snowball.stem(american, into: &output)
            return
        }
        snowball.stem(word, into: &output)
    }

    private static let endings = [
        "ise", "ised", "ises", "ising", "isation", "isations", "isational", "iser", "isers",
    ].map { Array($0.utf8) }
    /// Words in which -ise belongs to the root, and the verbs made of such roots.
    private static let roots = [
        "ra", "pra", "appra", "no", "po", "bru", "cru", "chast", "comprom", "conc", "dev", "dem",
        "desp", "disgu", "exc", "exerc", "expert", "franch", "gu", "improv", "inc", "merchand",
        "parad", "prec", "prem", "prom", "rev", "r", "superv", "surm", "surpr", "telev", "tort",
        "treat", "turquo", "w", "v", "advert", "adv", "ar", "otherw", "likew", "clockw", "enterpr",
        "compr", "apprise", "ma", "bra", "ton", "porpo", "equipo", "vo", "hero", "pa", "pr", "upra",
    ].map { Array($0.utf8) }

    /// The place of the `s` in organise, organisation, organising; `nil` for other words.
    static func britishPlace(_ word: [UInt8]) -> Int? {
        for ending in endings {
            let base = word.count - ending.count
            guard base >= 3, word.hasSuffix(ending, before: word.count) else { continue }
            if roots.contains(where: { $0 == Array(word[..<base]) }) { return nil }
            return base + 1
        }
        return nil
    }
}
