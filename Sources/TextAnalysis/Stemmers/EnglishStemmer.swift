/// Snowball for English with British spellings brought to American ones, and the words of the
/// tables, where Snowball joins what search must part (university, universe).
struct EnglishStemmer {
    private let snowball: SnowballStemmer
    private let exceptions: WordExceptions
    private let lexicon: Lexicon

    init(tables: LanguageTables) throws(AnalysisError) {
        snowball = try SnowballStemmer(algorithm: "english")
        exceptions = WordExceptions(tables: tables)
        lexicon = tables.lexicon
    }

    /// Appends the stem of a folded word in Latin letters.
    func stem(_ word: [UInt8], into output: inout [UInt8]) {
        if find(word, into: &output) { return }
        guard let respelled = Self.american(word) ?? Self.singular(word) else {
            return snowball.stem(word, into: &output)
        }
        if find(respelled, into: &output) { return }
        snowball.stem(respelled, into: &output)
    }

    private func find(_ word: [UInt8], into output: inout [UInt8]) -> Bool {
        exceptions.find(word, into: &output) || lexicon.find(word, into: &output)
    }

    // MARK: - Plurals in -men

    private static let men = Array("men".utf8)
    /// Singulars that end so.
    private static let singularsInMen = [
        "abdomen", "acumen", "albumen", "bitumen", "cyclamen", "omen", "ramen", "regimen",
        "semen", "specimen", "stamen", "yemen", "amen", "women",
    ].map { Array($0.utf8) }

    /// `policeman` for policemen; `nil` for a word that is no such plural.
    static func singular(_ word: [UInt8]) -> [UInt8]? {
        guard word.count >= 6, word.hasSuffix(men, before: word.count),
            !singularsInMen.contains(word)
        else { return nil }
        var singular = word
        singular[word.count - 2] = UInt8(ascii: "a")
        return singular
    }

    // MARK: - British spellings

    /// The American spelling of a British word; `nil` for one that is written alike.
    static func american(_ word: [UInt8]) -> [UInt8]? {
        if let place = britishPlace(word) {
            var american = word
            american[place] = UInt8(ascii: "z")
            return american
        }
        guard let place = placeOfU(word) else { return nil }
        var american = word
        american.remove(at: place)
        return american
    }

    private static let colours = ["our", "ours", "oured", "ouring", "ourable", "ourful", "ourite"]
        .map { Array($0.utf8) }
    /// Words whose -our is no ending, by what stands before it.
    private static let rootsInOur = [
        "cont", "det", "dev", "glam", "param", "vel", "troubad", "outp", "downp",
    ].map { Array($0.utf8) }

    /// The place of the `u` in colour, coloured, favourite; `nil` for other words.
    private static func placeOfU(_ word: [UInt8]) -> Int? {
        for ending in colours {
            let base = word.count - ending.count
            guard base >= 3, word.hasSuffix(ending, before: word.count) else { continue }
            if rootsInOur.contains(where: { $0 == Array(word[..<base]) }) { return nil }
            return base + 1
        }
        return nil
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
