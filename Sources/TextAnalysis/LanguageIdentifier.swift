/// Tells the language of each sentence by the letters of its words, and smooths over the
/// neighbours, so that one odd name does not change the language of a text.
struct LanguageIdentifier {
    /// Longest segment in words: about four lines of text, enough to decide on its own.
    static let longestSegment = 40
    /// What a change of language between two sentences costs: more than two words of evidence.
    static let switchCost = 9 * Int32(WordEvidence.nat)
    /// What a text in none of the languages needs: the evidence of some four words.
    private static let otherCost = 14 * Int32(WordEvidence.nat)
    /// What a Latin word costs a text in Cyrillic, and a Cyrillic one an English text.
    private static let latinCost = 4 * Int32(WordEvidence.nat)
    private static let cyrillicCost = 8 * Int32(WordEvidence.nat)
    /// By how much Kazakh must fit Latin words better than English does.
    private static let latinKazakhCost = 3 * Int32(WordEvidence.nat)
    /// What a word in a script of none of the languages, and one of Tote, speaks.
    private static let scriptEvidence = 12 * Int32(WordEvidence.nat)
    /// By how much Kazakh typed with Russian letters must fit better than Kazakh as written.
    private static let typedCost = Int32(WordEvidence.nat)

    let model: LanguageModel
    let vocabulary: WordVocabulary
    /// The sentences of the chunk.
    private(set) var segments: [LanguageSegment] = []
    private var origins: [SIMD4<Int32>] = []

    init(tables: AnalysisTables) {
        model = tables.languageModel
        vocabulary = tables.vocabulary
    }

    // MARK: - Words

    /// What a folded word speaks for each class of words.
    func evidence(of word: [UInt8], units: inout [UInt16]) -> WordEvidence {
        let language = vocabulary.functionLanguage(of: vocabulary.kind(of: word))
        return WordEvidence(of: word, language: language, model: model, units: &units)
    }

    /// The language for which a folded Cyrillic word stands surely.
    func sign(of word: [UInt8], _ evidence: WordEvidence, units: inout [UInt16]) -> WordSign {
        guard LanguageModel.letters(of: word, into: &units) == .cyrillic else { return [] }
        let kind = vocabulary.kind(of: word)
        let table = CharacterTable.shared
        let special = units.firstIndex {
            !table.flags($0).isDisjoint(with: [.kazakh, .kazakhI])
        }
        if let special {
            // Only the endings of a Russian word can have Kazakh letters.
            let isGlued = special >= WordVocabulary.shortestGluedStem && vocabulary.isGlued(word)
            return isGlued ? [.kazakh, .glued] : .kazakh
        }
        if kind.isSuperset(of: [.kazakh, .russian])
            || kind.isSuperset(of: [.kazakhFunction, .russianFunction])
        {
            return []
        }
        if !kind.isDisjoint(with: [.russian, .russianFunction]) { return .russian }
        let isKazakh = !kind.isDisjoint(with: [.kazakh, .kazakhFunction])
        let nat = WordEvidence.nat
        let russian = evidence.russian - max(evidence.kazakh, evidence.typed - nat)
        // Loans and names look Russian as well, unless an ending speaks.
        if !isKazakh, russian >= 4 * nat {
            let shape = RussianShape.matches(word)
            let least: Int16 = !shape ? 10 : RussianShape.isInflected(word) ? 4 : 6
            if russian < least * nat { return [] }
            return shape ? [.russian, .needsSmallLetter] : [.russian, .needsSmallLetter, .weak]
        }
        guard isKazakh || russian < 0 else { return [] }
        if isKazakh || russian <= -10 * nat
            || russian <= -8 * nat && !RussianShape.matches(word)
        {
            if vocabulary.isRealia(word) { return [] }
            return !isKazakh && vocabulary.isGlued(word) ? [.kazakh, .glued] : .kazakh
        }
        return vocabulary.isGlued(word) ? .glued : []
    }

    // MARK: - Sentences

    /// Cuts the words of a chunk into sentences and scores them.
    mutating func score(
        _ words: UnsafeMutableBufferPointer<Word>, entries: UnsafeMutableBufferPointer<Int32>,
        _ text: borrowing CleanText, cache: inout WordCache
    ) {
        segments.removeAll(keepingCapacity: true)
        var start = 0
        while start < words.count {
            var end = start + 1
            while end < words.count, !words[end].startsSentence,
                end - start < Self.longestSegment
            {
                end += 1
            }
            append(start..<end, words, entries: entries, text, cache: &cache)
            start = end
        }
    }

    /// Appends a sentence; Kazakh in Latin letters inside an English one is a segment of its own.
    private mutating func append(
        _ range: Range<Int>, _ words: UnsafeMutableBufferPointer<Word>,
        entries: UnsafeMutableBufferPointer<Int32>, _ text: borrowing CleanText,
        cache: inout WordCache
    ) {
        let (segment, latinKazakh) = score(words, entries: entries, in: range, text, cache: &cache)
        guard !segment.isLatinKazakh, let latinKazakh else {
            segments.append(segment)
            return
        }
        let parts = [
            range.lowerBound..<latinKazakh.lowerBound, latinKazakh,
            latinKazakh.upperBound..<range.upperBound,
        ]
        for part in parts where !part.isEmpty {
            var (segment, _) = score(words, entries: entries, in: part, text, cache: &cache)
            if part == latinKazakh {
                segment.isLatinKazakh = true
                segment.scores[Int(Language.kazakh.rawValue)] += 2 * Self.switchCost
            }
            segments.append(segment)
        }
    }

    private func score(
        _ words: UnsafeMutableBufferPointer<Word>, entries: UnsafeMutableBufferPointer<Int32>,
        in range: Range<Int>, _ text: borrowing CleanText,
        cache: inout WordCache
    ) -> (LanguageSegment, latinKazakh: Range<Int>?) {
        var segment = LanguageSegment(words: range)
        var (kazakh, typed, russian, other): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        var (english, latinKazakh, cyrillicWords): (Int32, Int32, Int32) = (0, 0, 0)
        var (latinWords, arabicWords, specialLetters): (Int32, Int32, Int32) = (0, 0, 0)
        var bestWords: Int32 = 0
        var hasKazakhArabic = false
        var run = LatinKazakhRun()
        for index in range {
            let word = words[index]
            guard word.flags.contains(.letter), !word.isDropped else { continue }
            // A name says less: it goes from language to language.
            let isName = word.isCapitalized && !word.startsSentence
            let shift: Int32 = isName ? 1 : 0
            if word.flags.contains(.cyrillic) {
                let evidence = cache.evidence(Int(entries[index]), self)
                kazakh += Int32(evidence.kazakh) >> shift
                typed += Int32(evidence.typed) >> shift
                russian += Int32(evidence.russian) >> shift
                cyrillicWords += 1
                bestWords += Int32(max(evidence.kazakh, evidence.typed, evidence.russian)) >> shift
                run.end(before: index)
            } else if word.flags.contains(.latin) {
                let evidence = cache.evidence(Int(entries[index]), self)
                english += Int32(evidence.english) >> shift
                latinKazakh += Int32(evidence.latinKazakh) >> shift
                latinWords += 1
                run.add(evidence, index, isName: isName)
                if word.flags.contains(.kazakhLatin) {
                    for unit in text.units[word.range]
                    where CharacterTable.shared.flags(unit).contains(.kazakhLatin) {
                        specialLetters += 1
                    }
                }
            } else if word.flags.contains(.arabic) {
                arabicWords += 1
                if word.flags.contains(.kazakhArabic) { hasKazakhArabic = true }
            } else {
                other += Self.scriptEvidence
            }
        }
        kazakh = max(kazakh, typed - Self.typedCost)
        // Words of two languages are not words of a third one.
        other -= bestWords - max(kazakh, russian)
        if specialLetters >= 2, model.latin.isEmpty { latinKazakh = english + Self.switchCost }
        segment.hasKazakhLatin = specialLetters >= 2
        if latinWords > 0, latinKazakh > english + Self.latinKazakhCost {
            segment.isLatinKazakh = true
            kazakh += latinKazakh
        } else {
            kazakh -= latinWords * Self.latinCost
        }
        russian -= latinWords * Self.latinCost
        english -= cyrillicWords * Self.cyrillicCost
        let arabic = arabicWords * Self.scriptEvidence
        if hasKazakhArabic { kazakh += arabic } else { other += arabic }
        segment.scores = [other, kazakh, russian, english]
        return (segment, run.best(upTo: range.upperBound))
    }

    // MARK: - Decision

    /// Decides on the language of every segment: the path of most evidence, less a cost for each
    /// change of language.
    ///
    /// - Parameter before: The language of the text before this chunk, if any.
    /// - Returns: The language of the last segment.
    mutating func decide(after before: Language?) -> Language? {
        guard !segments.isEmpty else { return before }
        var best = SIMD4<Int32>(repeating: 0)
        if let before {
            best = SIMD4(repeating: -Self.switchCost)
            best[Int(before.rawValue)] = 0
        } else {
            best[Int(Language.other.rawValue)] = -Self.otherCost
        }
        origins.removeAll(keepingCapacity: true)
        // Where nothing speaks, Russian: what has no Kazakh letter is most often that.
        let order: [Int] = [2, 1, 3, 0]
        var hasEvidence = before != nil
        for segment in segments {
            if segment.scores != SIMD4() { hasEvidence = true }
            var next = SIMD4<Int32>()
            var origin = SIMD4<Int32>()
            for state in 0..<4 {
                var from = state
                for other in order where best[other] - Self.switchCost > best[from] { from = other }
                origin[state] = Int32(from)
                next[state] =
                    (from == state ? best[state] : best[from] - Self.switchCost)
                    + segment.scores[state]
            }
            origins.append(origin)
            best = next
        }
        var state = order[0]
        for other in order where best[other] > best[state] { state = other }
        if !hasEvidence { state = 0 }
        let last = Language(rawValue: UInt8(state)) ?? .other
        for index in segments.indices.reversed() {
            segments[index].language = Language(rawValue: UInt8(state)) ?? .other
            state = hasEvidence ? Int(origins[index][state]) : 0
        }
        markDoubt()
        return last
    }

    /// Gives every segment the language that the caller knows.
    mutating func decide(on language: Language) {
        for index in segments.indices { segments[index].language = language }
    }

    /// A segment is doubtful if neither language leads by a word's evidence, here and in the chunk.
    private mutating func markDoubt() {
        var lead: Int32 = 0
        for segment in segments { lead &+= segment.scores[1] &- segment.scores[2] }
        let nat = Int32(WordEvidence.nat)
        let isClear = abs(lead) > 8 * nat
        for index in segments.indices {
            let scores = segments[index].scores
            segments[index].isDoubtful = !isClear && abs(scores[1] - scores[2]) < 4 * nat
        }
    }
}

/// The stretch of a sentence whose Latin words speak most for Kazakh against English.
private struct LatinKazakhRun {
    /// What the stretch must speak: two or three sure words.
    private static let least = 12 * Int32(WordEvidence.nat)
    /// Most that one word counts.
    private static let limit = 6 * Int32(WordEvidence.nat)

    private var start = 0
    private var sum: Int32 = 0
    private var smallWords = 0
    private var found: (range: Range<Int>, sum: Int32)?

    mutating func add(_ evidence: WordEvidence, _ index: Int, isName: Bool) {
        let difference = Int32(evidence.latinKazakh) - Int32(evidence.english)
        let gain = max(-Self.limit, min(Self.limit, difference)) >> (isName ? 1 : 0)
        if sum <= 0 { (start, sum, smallWords) = (index, 0, 0) }
        sum += gain
        if !isName { smallWords += 1 }
        if sum >= Self.least, smallWords >= 2, sum > found?.sum ?? 0 {
            found = (start..<index + 1, sum)
        }
    }

    mutating func end(before index: Int) {
        sum = 0
    }

    func best(upTo end: Int) -> Range<Int>? { found?.range }
}
