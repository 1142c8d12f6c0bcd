/// What is known of each distinct word: how it speaks for a language, and its stems.
///
/// Texts repeat their words, so that rules run once a word and not once an occurrence. Bounded: the
/// owner calls `makeRoom` between chunks.
struct WordCache: ~Copyable {
    /// Which stemmer, and how.
    enum Stemming: Int {
        case kazakh
        case russian
        case russianName
        case english
        /// As Kazakh, after its Latin or Arabic letters have become Cyrillic.
        case unified
    }

    /// What has been found out about a word.
    struct Note {
        /// Stems by `Stemming`.
        var stems = InlineArray<5, Stem>(repeating: Stem())
        var evidence = WordEvidence()
        var sign = WordSign()
        var hasEvidence = false
        var hasSign = false
        /// The alphabet that the unified stem was read in.
        var orthography = KazakhOrthography.plain
    }

    /// The stem of a word.
    struct Stem {
        /// The number of the stem among the words; −1 until it is asked for.
        var number: Int32 = -1
        /// How many bytes of the word are the stem, 0 for another word.
        var prefixCount: UInt16 = 0
    }

    /// Most words and stems kept from one chunk to the next; few in tests.
    var limit: Int

    private var words = WordNumbers(blank: Note())
    private var key: [UInt8] = []
    private var stem: [UInt8] = []
    private var stemBytes = TermBytes()
    private var units: [UInt16] = []
    private var unifier = KazakhUnifier()
    /// The alphabet of the Latin Kazakh of the text at hand.
    var orthography = KazakhOrthography.plain

    /// No words; of so many it forgets all.
    init(limit: Int) { self.limit = limit }

    /// A name for the numbers of words that are given now; see `TokenStream.numbering`.
    var numbering: UInt64 { words.numbering }

    /// The number of a word.
    mutating func intern(_ word: borrowing TermBytes) -> Int {
        words.number(of: word)
    }

    /// Appends the numbers of words; see `waiting`.
    mutating func intern(
        _ waiting: UnsafeMutableBufferPointer<WordNumbers<Note>.Waiting>,
        of bytes: borrowing TermBytes, into numbers: inout GrowingRow<Int32>
    ) {
        words.appendNumbers(of: waiting, in: bytes, to: &numbers)
    }

    /// A word as it waits for its number, with many others.
    @inline(__always)
    func waiting(
        _ word: ByteRange, of bytes: borrowing TermBytes
    ) -> WordNumbers<Note>.Waiting {
        words.waiting(word, of: bytes)
    }

    /// Forgets words if there are too many: those that came seldom, or all if that is not enough.
    mutating func makeRoom() {
        guard words.count > limit else { return }
        var isKept = (0..<words.count).map { words.entries[$0].useCount >= Self.leastUses }
        for number in isKept.indices where words.entries[number].useCount >= Self.leastUses {
            let stems = words.entries[number].note.stems
            for index in stems.indices where stems[index].number >= 0 {
                isKept[Int(stems[index].number)] = true
            }
        }
        guard isKept.count(where: { $0 }) <= limit / 2 else {
            words.removeAll()
            return
        }
        words.keep(isKept) { note, newNumbers in
            for index in note.stems.indices where note.stems[index].number >= 0 {
                note.stems[index].number = newNumbers[Int(note.stems[index].number)]
            }
        }
    }

    /// How often a word came again that is worth to be remembered when others are forgotten: some
    /// quarter of all words did.
    private static let leastUses = 3

    /// The bytes of a word or a stem, padded, in place until the next change.
    @inline(__always)
    func bytes(of number: Int) -> UnsafeBufferPointer<UInt8> { words.bytes(of: number) }

    /// What a word speaks for each language.
    @inline(__always)
    mutating func evidence(_ number: Int, _ identifier: LanguageIdentifier) -> WordEvidence {
        let note = words.entries + number
        if note.pointee.note.hasEvidence { return note.pointee.note.evidence }
        return findEvidence(number, identifier)
    }

    @inline(never)
    private mutating func findEvidence(
        _ number: Int, _ identifier: LanguageIdentifier
    ) -> WordEvidence {
        loadKey(number)
        let evidence = identifier.evidence(of: key, units: &units)
        words.entries[number].note.evidence = evidence
        words.entries[number].note.hasEvidence = true
        return evidence
    }

    /// The language for which a word stands surely.
    mutating func sign(_ number: Int, _ identifier: LanguageIdentifier) -> WordSign {
        if words.entries[number].note.hasSign { return words.entries[number].note.sign }
        let evidence = evidence(number, identifier)
        loadKey(number)
        let sign = identifier.sign(of: key, evidence, units: &units)
        words.entries[number].note.sign = sign
        words.entries[number].note.hasSign = true
        return sign
    }

    /// The stem of a word.
    @inline(__always)
    mutating func stem(
        _ number: Int, _ stemming: Stemming, _ stemmers: Stemmers
    ) -> Stem {
        let entry = words.entries + number
        let known = entry.pointee.note.stems[stemming.rawValue]
        if known.number >= 0,
            stemming != .unified || entry.pointee.note.orthography == orthography
        {
            return known
        }
        return findStem(number, stemming, stemmers)
    }

    @inline(never)
    private mutating func findStem(
        _ number: Int, _ stemming: Stemming, _ stemmers: Stemmers
    ) -> Stem {
        loadKey(number)
        stem.removeAll(keepingCapacity: true)
        switch stemming {
        case .kazakh:
            let word = key
            stemmers.kazakh.stem(word.span, into: &stem)
        case .russian: stemmers.russian.stem(key, isName: false, into: &stem)
        case .russianName: stemmers.russian.stem(key, isName: true, into: &stem)
        case .english: stemmers.english.stem(key, into: &stem)
        case .unified: findUnifiedStem(stemmers)
        }
        // A stem of nothing would be no term: the word stands for itself.
        if stem.isEmpty { stem.append(contentsOf: key) }
        var found = Stem(number: Int32(truncatingIfNeeded: number))
        if key.starts(with: stem) { found.prefixCount = UInt16(stem.count) }
        if stem.count != key.count || found.prefixCount == 0 {
            stemBytes.truncate()
            stemBytes.append(stem)
            found.number = Int32(truncatingIfNeeded: words.number(of: stemBytes))
        }
        words.entries[number].note.stems[stemming.rawValue] = found
        if stemming == .unified { words.entries[number].note.orthography = orthography }
        return found
    }

    /// Finds the stem of the Cyrillic form of `key`, if it has one.
    private mutating func findUnifiedStem(_ stemmers: Stemmers) {
        var word: [UInt8] = []
        guard unifier.unify(key, orthography, into: &word) else { return }
        stemmers.kazakh.stem(word.span, into: &stem)
    }

    private mutating func loadKey(_ number: Int) {
        key.removeAll(keepingCapacity: true)
        key.append(contentsOf: words.bytes(of: number))
    }
}

/// The stemmers of the three languages.
///
/// A class, since as a value its tables would be copied for each word whose stem is asked for.
final class Stemmers {
    let kazakh: KazakhStemmer
    let russian: RussianStemmer
    let english: EnglishStemmer

    init(tables: AnalysisTables) throws(AnalysisError) {
        kazakh = KazakhStemmer(tables: tables.languages[.kazakh] ?? LanguageTables())
        russian = try RussianStemmer(tables: tables.languages[.russian] ?? LanguageTables())
        english = try EnglishStemmer(tables: tables.languages[.english] ?? LanguageTables())
    }
}
