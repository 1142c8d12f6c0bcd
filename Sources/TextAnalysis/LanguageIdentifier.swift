/// How much one word speaks for Kazakh and for Russian, beyond its letters.
struct LanguageCue {
    var kazakh: Int8 = 0
    var russian: Int8 = 0
    var english: Int8 = 0
}

/// A sentence or line and how much its words speak for each language.
struct LanguageSegment {
    /// Its words in the chunk.
    var words: Range<Int>
    /// Scores by `Language.rawValue`.
    var scores = SIMD4<Int32>()
    /// Whether its Latin words are Kazakh, if it is.
    var isLatinKazakh = false
    /// The language that was decided on.
    var language = Language.other
    /// Whether Kazakh and Russian were nearly even.
    var isDoubtful = false
}

/// Tells the language of each sentence by its letters, function words and endings, and smooths
/// over the neighbours, so that one odd name does not change the language of a text.
struct LanguageIdentifier {
    /// Longest segment in words: about four lines of text, enough to decide on its own.
    static let longestSegment = 40
    /// What a change of language between two sentences costs: more than two words of evidence.
    static let switchCost: Int32 = 5

    private var functionWords = TermTable()
    private var functionLanguages: [Language] = []
    /// The sentences of the chunk.
    private(set) var segments: [LanguageSegment] = []

    init(tables: AnalysisTables) {
        for language in [Language.kazakh, .russian, .english] {
            for word in tables.languages[language]?.stopWords ?? [] {
                let number = functionWords.intern(Array(word.utf8))
                if number == functionLanguages.count {
                    functionLanguages.append(language)
                } else if functionLanguages[number] != language {
                    functionLanguages[number] = .other
                }
            }
        }
    }

    // MARK: - Words

    private static let kazakhEndings = [
        "лар", "дар", "тар", "лары", "дары", "тары", "дан", "нан", "мен", "пен", "бен", "ады",
        "йды", "лды", "нды", "ына", "сына", "ында", "сында", "ынан", "тын", "ушы", "ып", "уы",
        "лады", "майды", "сыз", "пайды", "ушылар", "ылы", "тары", "сы", "лы", "лик", "дик", "ди",
    ].map { Array($0.utf8) }
    private static let russianEndings = [
        "ого", "его", "ому", "ему", "ыми", "ими", "ых", "их", "ый", "ий", "ой", "ая", "яя", "ое",
        "ее", "ые", "ие", "ую", "ть", "тся", "ение", "ения", "ении", "ание", "ания", "ации",
        "ацию", "ость", "ости", "ами", "ями", "ах", "ях", "ов", "ев", "ет", "ут", "ют", "ят",
        "ла", "ло", "ли", "ию", "ией", "ия", "ии", "ом", "ем", "ские", "ка", "ки", "ку",
    ].map { Array($0.utf8) }

    /// What a folded word says beyond its letters.
    func cue(of word: [UInt8]) -> LanguageCue {
        var cue = LanguageCue()
        if let number = functionWords.find(word) {
            switch functionLanguages[number] {
            case .kazakh: cue.kazakh = 3
            case .russian: cue.russian = 3
            case .english: cue.english = 3
            case .other: break
            }
            return cue
        }
        guard word.count >= 2 * 4 else { return cue }
        for ending in Self.kazakhEndings where word.hasSuffix(ending, before: word.count) {
            cue.kazakh = 1
        }
        for ending in Self.russianEndings where word.hasSuffix(ending, before: word.count) {
            cue.russian = 1
        }
        var narrowVowels = 0
        for index in word.indices.dropLast() {
            if word[index] == 0xD1, word[index + 1] == 0x8B { narrowVowels += 1 }
            // щ, ъ, ь: rare in Kazakh.
            if word[index] == 0xD1, [0x89, 0x8A, 0x8C].contains(word[index + 1]) {
                cue.russian = 2
            }
        }
        // Vowel harmony repeats ы as no Russian word does.
        if narrowVowels >= 2 { cue.kazakh += 2 }
        return cue
    }

    // MARK: - Sentences

    /// Cuts the words of a chunk into sentences and scores them.
    mutating func score(
        _ words: [Word], entries: [Int32], _ text: borrowing CleanText, cache: inout WordCache
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
            segments.append(
                score(words, entries: entries, in: start..<end, text, cache: &cache))
            start = end
        }
    }

    private func score(
        _ words: [Word], entries: [Int32], in range: Range<Int>, _ text: borrowing CleanText,
        cache: inout WordCache
    ) -> LanguageSegment {
        var segment = LanguageSegment(words: range)
        var (kazakh, russian, english, other): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        var (latin, arabic, specialLetters): (Int32, Int32, Int32) = (0, 0, 0)
        var hasKazakhArabic = false
        for index in range {
            let word = words[index]
            guard word.flags.contains(.letter), !word.isDropped else { continue }
            if word.flags.contains(.cyrillic) {
                kazakh += 2
                russian += 2
                let cue = cache.cue(Int(entries[index]), self)
                if word.flags.contains(.kazakh) {
                    kazakh += 4
                } else {
                    if word.flags.contains(.kazakhI) { kazakh += 3 }
                    russian += Int32(cue.russian)
                }
                kazakh += Int32(cue.kazakh)
            } else if word.flags.contains(.latin) {
                latin += 2
                english += Int32(cache.cue(Int(entries[index]), self).english)
                if word.flags.contains(.kazakhLatin) {
                    for unit in text.units[word.range]
                    where CharacterTable.shared.flags(unit).contains(.kazakhLatin) {
                        specialLetters += 1
                    }
                }
            } else if word.flags.contains(.arabic) {
                arabic += 2
                if word.flags.contains(.kazakhArabic) { hasKazakhArabic = true }
            } else {
                other += 2
            }
        }
        if specialLetters >= 2, english < latin {
            kazakh += latin
            segment.isLatinKazakh = latin > 0
        } else {
            english += latin
        }
        if hasKazakhArabic { kazakh += arabic } else { other += arabic }
        segment.scores = [other, kazakh, russian, english]
        return segment
    }

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
        }
        var origins: [SIMD4<Int32>] = []
        origins.reserveCapacity(segments.count)
        // Where nothing speaks, Russian: what has no Kazakh letter is most often that.
        let order: [Int] = [2, 1, 3, 0]
        for segment in segments {
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
        if best.max() == 0, before == nil { state = 0 }
        let last = Language(rawValue: UInt8(state)) ?? .other
        for index in segments.indices.reversed() {
            segments[index].language = Language(rawValue: UInt8(state)) ?? .other
            state = Int(origins[index][state])
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
        var total: (kazakh: Int32, russian: Int32) = (0, 0)
        for segment in segments {
            total.kazakh += segment.scores[1]
            total.russian += segment.scores[2]
        }
        // Both share the two points of every Cyrillic word.
        let isClear = abs(total.kazakh - total.russian) * 4 > total.kazakh + total.russian
        for index in segments.indices {
            let scores = segments[index].scores
            segments[index].isDoubtful = !isClear && abs(scores[1] - scores[2]) < 3
        }
    }
}
