/// Words of a language with their paradigms: which lemma a form belongs to, and which forms there
/// are.
///
/// Made from the rows of a table, which the caller reads; forms are folded (small letters, ё as е).
/// Forms are not held but found by their stem and ending.
public struct Lexicon: Sendable, Equatable {
    /// The language of the words.
    public let language: Language
    /// A hash of all rows, for fingerprints.
    public let fingerprint: UInt64

    private var table: ParadigmTable
    /// Lemmas by number; rows with the same lemma are one.
    private var lemmas = TermTable()
    private var stems: [ByteRange] = []
    private var stemBytes: [UInt8] = []
    private var classes: [LexiconRow.WordClass] = []

    /// A lexicon without words.
    public static let empty = Lexicon()

    private init() {
        language = .other
        fingerprint = 0
        table = ParadigmTable(sets: [])
    }

    /// A lexicon of the given rows, `lemma TAB class TAB key forms`.
    ///
    /// - Throws: `AnalysisError.malformedRow` with the number of the row that cannot be read;
    ///   `AnalysisError.unavailable` if libstemmer cannot be opened.
    /// - Cost: some microseconds a row.
    public init(_ language: Language, rows: [String]) throws(AnalysisError) {
        self.language = language
        var builder = try LexiconBuilder(language, rowCount: rows.count)
        for (number, row) in rows.enumerated() {
            do {
                try builder.add(LexiconRow(row))
            } catch {
                throw .malformedRow(number: number, row: row, reason: error.reason)
            }
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for row in rows {
            for byte in row.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        fingerprint = hash
        builder.finish()
        table = builder.table
        lemmas = builder.lemmas
        classes = builder.classes
        stems = builder.stems
        stemBytes = builder.stemBytes
    }

    /// Whether both come from the same rows.
    public static func == (left: Lexicon, right: Lexicon) -> Bool {
        left.language == right.language && left.fingerprint == right.fingerprint
    }

    /// The number of lemmas.
    public var lemmaCount: Int { lemmas.count }

    /// Whether a folded word is a form of a lemma.
    public func contains(_ form: [UInt8]) -> Bool {
        reading(of: form) != nil
    }

    /// The lemma of the likeliest reading of a folded form, `nil` where the lexicon has none.
    public func lemma(of form: [UInt8]) -> [UInt8]? {
        reading(of: form).map { Array(lemmas.arena[lemmas[$0]]) }
    }

    /// Calls `body` with every form and its lemma; a form may come more than once.
    ///
    /// - Cost: one call a form, a hundred for each verb.
    public func forEachForm(_ body: (_ form: [UInt8], _ lemma: [UInt8]) -> Void) {
        table.forEachForm { form, sets, lemma in
            let lemma = Array(lemmas.arena[lemmas[lemma]])
            guard sets >> 127 != 0 else { return body(form, lemma) }
            body(RussianReflexive.appended(to: form, RussianEndings(rawValue: sets)), lemma)
        }
    }

    /// Calls `body` with every stem of a paradigm, the sets of endings it takes, the class of its
    /// lemma and the lemma.
    func forEachStem(
        _ body: (
            _ stem: ArraySlice<UInt8>, _ sets: RussianEndings, _ class: LexiconRow.WordClass,
            _ lemma: ArraySlice<UInt8>
        ) -> Void
    ) {
        table.forEachStem { stem, sets, lemma in
            body(
                stem, RussianEndings(rawValue: sets), classes[lemma],
                lemmas.arena[lemmas[lemma]])
        }
    }

    // MARK: - Stems

    /// Appends the stem that all forms of a word's lemma share.
    ///
    /// - Returns: Whether the word is a form of a lemma.
    func find(_ word: [UInt8], into output: inout [UInt8]) -> Bool {
        guard lemmas.count > 0, let lemma = reading(of: word) else { return false }
        output.append(contentsOf: stemBytes[stems[lemma].range])
        return true
    }

    /// The lemma of the likeliest reading of a form.
    func reading(of word: [UInt8]) -> Int? {
        var best: (rank: Int, lemma: Int)?
        func consider(_ rank: Int, _ lemma: Int) {
            if let known = best,
                (known.rank, lemmas[known.lemma].count, known.lemma)
                    <= (rank, lemmas[lemma].count, lemma)
            {
                return
            }
            best = (rank, lemma)
        }
        table.matches(word, 0..<word.count) { match in
            guard match.sets >> 127 == 0 else { return }
            consider(rank(match, of: word[...]), match.lemma)
        }
        if best == nil, let end = RussianReflexive.base(of: word) {
            table.matches(word, 0..<end) { match in
                let sets = RussianEndings(rawValue: match.sets)
                // A transitive verb has a passive voice in -ся, a word of its own or not.
                if sets.contains(.reflexive) {
                    consider(rank(match, of: word[...]), match.lemma)
                } else if classes[match.lemma] == .verb, !sets.isDisjoint(with: .passiveVoice) {
                    consider(rank(match, of: word[..<end]) + 100, match.lemma)
                }
            }
        }
        return best?.lemma
    }

    /// How likely a reading is beside others; 0 is likeliest.
    ///
    /// Words without forms stand before lemmas, these before other forms, but for nouns in -а and
    /// -я, beside which the genitive of another stands (мира, банка); the past tense before the
    /// cases of nouns (стали, дали), imperatives and gerunds behind all. Of equals the shorter
    /// lemma wins.
    private func rank(_ match: ParadigmTable.Match, of form: ArraySlice<UInt8>) -> Int {
        let sets = RussianEndings(rawValue: match.sets)
        if lemmas.arena[lemmas[match.lemma]] == form {
            switch classes[match.lemma] {
            case .other, .adverb, .form: return 0
            default:
                let isFirstDeclension = !sets.isDisjoint(with: .firstDeclension)
                if !isFirstDeclension || form.lastLetter == "ь" { return 1 }
            }
        }
        if !sets.isDisjoint(with: [.past, .pastWithoutMasculine]) { return 2 }
        if !sets.subtracting([.rare, .uncommon, .active, .reflexive]).isEmpty { return 3 }
        if !sets.isDisjoint(with: .active) { return 4 }
        return sets.isDisjoint(with: .uncommon) ? 6 : 5
    }
}
