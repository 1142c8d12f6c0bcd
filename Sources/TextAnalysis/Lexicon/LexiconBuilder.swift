/// Makes the parts of a lexicon from its rows.
///
/// The stem of a lemma is what Snowball makes of most of its forms, so that words outside the
/// lexicon still meet it. Where that stem is another lemma's already, the lemma stands for itself.
struct LexiconBuilder {
    private(set) var table: ParadigmTable
    private(set) var lemmas = TermTable()
    private(set) var classes: [LexiconRow.WordClass] = []
    private(set) var stems: [ByteRange] = []
    private(set) var stemBytes: [UInt8] = []

    private let language: Language
    private let snowball: SnowballStemmer
    private var paradigm = RussianParadigm()
    /// What Snowball makes of each lemma, in `candidateBytes`.
    private var candidates: [ByteRange] = []
    private var candidateBytes: [UInt8] = []
    /// Forms that stand alone: the lemma is looked up at the end.
    private var forms: [(form: ArraySlice<UInt8>, lemma: ArraySlice<UInt8>)] = []

    init(_ language: Language, rowCount: Int) throws(AnalysisError) {
        self.language = language
        snowball = try SnowballStemmer(
            algorithm: language == .russian ? "russian" : "english")
        table = ParadigmTable(sets: RussianEndings.all.map { ($0.set.rawValue, $0.endings) })
        table.reserve(rows: rowCount)
    }

    mutating func add(_ row: LexiconRow) throws(LexiconRow.Malformed) {
        if row.wordClass == .form {
            forms.append((row.lemma, row.forms[0]))
            return
        }
        let number = lemmas.intern(Array(row.lemma))
        if language == .english {
            // The forms are all in the row.
            paradigm.takeForms(of: row)
        } else {
            try paradigm.take(row)
        }
        let mark: RussianEndings = paradigm.isReflexive ? .reflexive : []
        for stem in paradigm.stems {
            table.add(
                paradigm.bytes[stem.range], sets: stem.sets.union(mark).rawValue, lemma: number)
        }
        guard number == classes.count else { return }
        classes.append(row.wordClass)
        let start = candidateBytes.count
        if paradigm.representative.isEmpty {
            snowball.stem(Array(row.lemma), into: &candidateBytes)
        } else if row.wordClass == .verb, !paradigm.representativeStem.hasVowel {
            snowball.stem(Array(row.lemma), into: &candidateBytes)
        } else if paradigm.representativeStem.hasVowel {
            snowball.stem(paradigm.representative, into: &candidateBytes)
        } else {
            // Snowball cuts nothing before the first vowel: дн-ях, рт-ах.
            candidateBytes.append(contentsOf: paradigm.representativeStem)
        }
        candidates.append(
            ByteRange(start: UInt32(start), count: UInt32(candidateBytes.count - start)))
    }

    /// Gives each lemma its stem.
    mutating func finish() {
        addForms()
        stems = [ByteRange](repeating: .empty, count: classes.count)
        var taken = TermTable()
        for round in 0..<Self.rounds {
            for lemma in classes.indices where Self.round(of: classes[lemma]) == round {
                if let other = wordWhoseFormIs(lemma) {
                    stems[lemma] = stems[other]
                    continue
                }
                let candidate = Array(candidateBytes[candidates[lemma].range])
                let count = taken.count
                let start = stemBytes.count
                if language == .english || taken.intern(candidate) == count {
                    stemBytes.append(contentsOf: candidate)
                } else {
                    stemBytes.append(contentsOf: lemmas.arena[lemmas[lemma]])
                }
                stems[lemma] = ByteRange(
                    start: UInt32(start), count: UInt32(stemBytes.count - start))
            }
        }
    }

    private static let rounds = 5

    private static func round(of wordClass: LexiconRow.WordClass) -> Int {
        switch wordClass {
        case .masculine, .feminine, .neuter: 0
        case .plural: 1
        case .verb: 2
        case .adjective: 3
        default: 4
        }
    }

    /// The noun whose plural a noun without a singular is, the adjective whose short form an adverb
    /// is, the verb whose participle an adjective is: what a form belongs to by its looks, whatever it is in a sentence.
    private func wordWhoseFormIs(_ lemma: Int) -> Int? {
        let wanted: [LexiconRow.WordClass]
        let sets: RussianEndings
        switch classes[lemma] {
        case .plural:
            (wanted, sets) = ([.masculine, .feminine, .neuter], RussianEndings.plural)
        case .adverb: (wanted, sets) = ([.adjective], .short)
        case .adjective: (wanted, sets) = ([.verb], .participles)
        default: return nil
        }
        let form = Array(lemmas.arena[lemmas[lemma]])
        var found: Int?
        table.matches(form, 0..<form.count) { match in
            if found == nil, wanted.contains(classes[match.lemma]), match.sets >> 127 == 0,
                !RussianEndings(rawValue: match.sets).isDisjoint(with: sets)
            {
                found = match.lemma
            }
        }
        return found
    }

    private mutating func addForms() {
        for (form, lemma) in forms {
            let number = lemmas.intern(Array(lemma))
            if number == classes.count {
                classes.append(.form)
                let start = candidateBytes.count
                snowball.stem(Array(lemma), into: &candidateBytes)
                candidates.append(
                    ByteRange(start: UInt32(start), count: UInt32(candidateBytes.count - start)))
                table.add(lemma, sets: RussianEndings.bare.rawValue, lemma: number)
            }
            table.add(form, sets: RussianEndings.bare.rawValue, lemma: number)
        }
    }
}
