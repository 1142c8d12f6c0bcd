/// What is known of each distinct word: how it speaks for a language, and its stems.
///
/// Texts repeat their words, so that rules run once a word and not once an occurrence. Bounded: the
/// owner calls `makeRoom` between chunks.
struct WordCache {
    /// Which stemmer, and how.
    enum Stemming: Int {
        case kazakh
        case russian
        case russianName
        case english
        /// As Kazakh, after its Latin or Arabic letters have become Cyrillic.
        case unified
    }

    /// A word and what has been found out about it.
    struct Entry {
        var evidence: WordEvidence?
        var sign: WordSign?
        /// Stems by `Stemming`, in `stems`; empty until they are asked for.
        var kazakh = ByteRange.empty
        var russian = ByteRange.empty
        var russianName = ByteRange.empty
        var english = ByteRange.empty
        var unified = ByteRange.empty
        /// The alphabet that `unified` was read in.
        var orthography = KazakhOrthography.plain
    }

    /// Most words kept from one chunk to the next.
    static let limit = 1 << 16

    private(set) var words = TermTable()
    private(set) var stems: [UInt8] = []
    private var entries: [Entry] = []
    private var key: [UInt8] = []
    private var units: [UInt16] = []
    private var unifier = KazakhUnifier()
    /// The alphabet of the Latin Kazakh of the text at hand.
    var orthography = KazakhOrthography.plain

    /// The number of a word.
    mutating func intern(_ word: [UInt8]) -> Int {
        let number = words.intern(word)
        if number == entries.count { entries.append(Entry()) }
        return number
    }

    /// Forgets all words if there are too many.
    mutating func makeRoom() {
        guard entries.count > Self.limit else { return }
        words.removeAll()
        entries.removeAll(keepingCapacity: true)
        stems.removeAll(keepingCapacity: true)
    }

    /// Appends the exact form of a word.
    func appendWord(_ number: Int, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: words.arena[words[number]])
    }

    /// What a word speaks for each language.
    mutating func evidence(_ number: Int, _ identifier: LanguageIdentifier) -> WordEvidence {
        if let evidence = entries[number].evidence { return evidence }
        loadKey(number)
        let evidence = identifier.evidence(of: key, units: &units)
        entries[number].evidence = evidence
        return evidence
    }

    /// The language for which a word stands surely.
    mutating func sign(_ number: Int, _ identifier: LanguageIdentifier) -> WordSign {
        if let sign = entries[number].sign { return sign }
        let evidence = evidence(number, identifier)
        loadKey(number)
        let sign = identifier.sign(of: key, evidence, units: &units)
        entries[number].sign = sign
        return sign
    }

    /// The stem of a word, in `stems`.
    mutating func stem(
        _ number: Int, _ stemming: Stemming, _ stemmers: borrowing Stemmers
    ) -> ByteRange {
        let known =
            switch stemming {
            case .kazakh: entries[number].kazakh
            case .russian: entries[number].russian
            case .russianName: entries[number].russianName
            case .english: entries[number].english
            case .unified:
                entries[number].orthography == orthography ? entries[number].unified : .empty
            }
        if !known.isEmpty { return known }
        loadKey(number)
        let start = stems.count
        switch stemming {
        case .kazakh:
            let word = key
            stemmers.kazakh.stem(word.span, into: &stems)
        case .russian: stemmers.russian.stem(key, isName: false, into: &stems)
        case .russianName: stemmers.russian.stem(key, isName: true, into: &stems)
        case .english: stemmers.english.stem(key, into: &stems)
        case .unified: appendUnifiedStem(stemmers)
        }
        // A stem of nothing would be no term: the word stands for itself.
        if stems.count == start { stems.append(contentsOf: key) }
        let range = ByteRange(start: UInt32(start), count: UInt32(stems.count - start))
        switch stemming {
        case .kazakh: entries[number].kazakh = range
        case .russian: entries[number].russian = range
        case .russianName: entries[number].russianName = range
        case .english: entries[number].english = range
        case .unified:
            entries[number].unified = range
            entries[number].orthography = orthography
        }
        return range
    }

    /// Appends the stem of the Cyrillic form of `key`, if it has one.
    private mutating func appendUnifiedStem(_ stemmers: borrowing Stemmers) {
        var word: [UInt8] = []
        guard unifier.unify(key, orthography, into: &word) else { return }
        stemmers.kazakh.stem(word.span, into: &stems)
    }

    private mutating func loadKey(_ number: Int) {
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: words.arena[words[number]])
    }
}

/// The stemmers of the three languages.
struct Stemmers {
    let kazakh: KazakhStemmer
    let russian: RussianStemmer
    let english: EnglishStemmer

    init(tables: AnalysisTables) throws(AnalysisError) {
        kazakh = KazakhStemmer(tables: tables.languages[.kazakh] ?? LanguageTables())
        russian = try RussianStemmer(tables: tables.languages[.russian] ?? LanguageTables())
        english = try EnglishStemmer(tables: tables.languages[.english] ?? LanguageTables())
    }
}
