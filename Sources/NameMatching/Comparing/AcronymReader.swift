import TextAnalysis

/// Finds the words that an acronym stands for.
///
/// A word has its first letter, or its first two to four (Қаз, Кар, Zhez); a phrase that is one
/// concept has a letter for each of its words, and so has a compound (агротехнический). «And» may
/// have a letter, so may «state» and «regional», which many institutions have dropped from their
/// names and not from their acronyms.
struct AcronymReader {
    /// What an acronym stands for.
    struct Reading {
        /// The places of its words.
        private(set) var words = PlaceSet()
        /// The place of the word that was taken last.
        private(set) var last: Int?
        /// How many words it has.
        private(set) var count = 0
        /// Whether all its letters are those of the words as they are written.
        var isLiteral = true
        /// Whether a word of it is a proper name, which acronyms of institutions rarely tell.
        var hasProperName = false
        /// What its order and its syllables cost.
        var likelihood: Float = 1
        /// Whether a letter is left that no word has.
        var hasDroppedWord = false

        /// How sure it is, 0 to 1.
        var value: Float {
            (isLiteral ? 0.95 : 0.91) * (hasDroppedWord ? 0.9 : 1) * (hasProperName ? 0.97 : 1)
                * likelihood
        }

        /// How likely it is beside other readings: the more words have letters, the fewer words of
        /// the name are left that the acronym would not tell.
        var rank: Float { value * (1 + 0.12 * Float(count)) }

        /// Takes one more word.
        mutating func take(_ word: Int) {
            words.insert(word)
            last = word
            count += 1
        }
    }

    /// The most steps of one reading, so that no acronym costs more than a few microseconds.
    private static let mostSteps = 1500

    let vocabulary: NameVocabulary

    /// What an acronym stands for in a name; `nil` if a part of it stands for nothing.
    ///
    /// Its segments are its parts, each from a capital on. It is small if it was typed without
    /// capitals, so that its parts are not known.
    func reading(
        of segments: [[UInt16]], script: NameToken.Script, isSmall: Bool, in words: [Word]
    ) -> Reading? {
        let letters = segments.flatMap { $0 }
        guard letters.count >= 2, letters.count <= 16 else { return nil }
        var starts = [Bool](repeating: isSmall, count: letters.count + 1)
        var place = 0
        for segment in segments {
            starts[place] = true
            place += segment.count
        }
        starts[letters.count] = true
        var best: Reading?
        for spelling in AcronymSpelling.of(script) {
            var search = Search(
                reader: self, letters: letters, starts: starts, words: words, spelling: spelling,
                script: script)
            guard let found = search.run(), found.count >= 2 || letters.count == 2 else {
                continue
            }
            if found.rank > best?.rank ?? 0 { best = found }
        }
        return best
    }

    /// Puts letters upon words.
    private struct Search {
        let reader: AcronymReader
        let letters: [UInt16]
        let starts: [Bool]
        let words: [Word]
        let spelling: AcronymSpelling
        let script: NameToken.Script
        /// Of each word with which letters the acronym may stand for it, once that was asked.
        private var forms: [[Form]?]
        private var steps = 0
        private var best: Reading?

        init(
            reader: AcronymReader, letters: [UInt16], starts: [Bool], words: [Word],
            spelling: AcronymSpelling, script: NameToken.Script
        ) {
            self.reader = reader
            self.letters = letters
            self.starts = starts
            self.words = words
            self.spelling = spelling
            self.script = script
            forms = Array(repeating: nil, count: words.count)
        }

        /// The words of a form of a word, of which acronyms have the first letters.
        private struct Form {
            var words: [[UInt16]]
            /// Whether the name is written so.
            var isLiteral: Bool
        }

        private var language: Language { spelling.language }

        /// The likeliest reading that the steps allow to find.
        mutating func run() -> Reading? {
            place(0, Reading())
            return best
        }

        /// Whether no reading can be likelier: each letter has a word, as it is written.
        private var isDone: Bool {
            guard let best else { return false }
            return best.count == letters.count && best.value > 0.94
        }

        /// The words from a letter on; words may stand in another order than in the name, since
        /// languages differ in it, but the nearest is tried first.
        private mutating func place(_ letter: Int, _ reading: Reading) {
            if letter == letters.count {
                guard reading.count > 0 else { return }
                if reading.rank > best?.rank ?? 0 { best = reading }
                return
            }
            steps += 1
            guard steps < AcronymReader.mostSteps, !isDone else { return }
            let next = min((reading.last ?? -1) + 1, words.count)
            for step in words.indices {
                let word = next + step < words.count ? next + step : next + step - words.count
                if words[word].mayTake, !reading.words.contains(word) {
                    place(letter, word, reading)
                }
            }
            skip(letter, reading)
        }

        private mutating func place(_ letter: Int, _ word: Int, _ reading: Reading) {
            let forms = forms(of: word)
            let isBackward = word < reading.last ?? 0
            let isHyphenated =
                words[word].followsHyphen
                || word + 1 < words.count && words[word + 1].followsHyphen
            for form in forms {
                // The most letters first.
                var counts = counts(of: form.words, at: letter)
                while counts != 0 {
                    let count = Int.bitWidth - 1 - counts.leadingZeroBitCount
                    counts &= ~(1 << count)
                    var further = reading
                    further.take(word)
                    if isBackward { further.likelihood *= Self.backward }
                    if isHyphenated, form.words.count == 1, count > 1 {
                        further.likelihood *= Self.hyphenated
                    }
                    further.isLiteral = reading.isLiteral && form.isLiteral
                    further.hasProperName = reading.hasProperName || words[word].isProper
                    place(letter + count, further)
                }
            }
        }

        /// The forms of a word, in the order in which they are tried.
        private mutating func forms(of word: Int) -> [Form] {
            if let known = forms[word] { return known }
            var found: [Form] = []
            if words[word].script == script {
                for form in words[word].literalForms {
                    found.append(Form(words: form, isLiteral: true))
                }
            }
            for concept in words[word].concepts {
                let known = reader.vocabulary.initials.forms(Int(concept), spelling)
                // A word of this very language is not replaced by another of the same meaning.
                if !found.isEmpty, !reader.vocabulary.hasManySpellings(concept),
                    known.contains(ConceptInitials.cut(words[word].words))
                {
                    break
                }
                for form in known { found.append(Form(words: form, isLiteral: false)) }
            }
            // What does not begin with any letter of the acronym has none of it.
            found.removeAll { form in
                guard let first = form.words.first?.first else { return true }
                return !letters.contains(first)
            }
            forms[word] = found
            return found
        }

        /// What a word costs that stands before the one whose letter is before.
        private static let backward: Float = 0.93
        /// What a syllable costs of a word that a hyphen joins to another: each has one letter.
        private static let hyphenated: Float = 0.93

        /// How many letters a word may have here, as bits.
        private func counts(of form: [[UInt16]], at letter: Int) -> Int {
            guard starts[letter], let first = form.first else { return 0 }
            if form.count > 1 {
                let end = letter + form.count
                guard end <= letters.count, starts[end],
                    zip(form, letters[letter...]).allSatisfy({ $0.first == $1 })
                else { return 0 }
                return 1 << form.count
            }
            var counts = 0
            for count in 1...4 {
                guard letter + count <= letters.count, first.count >= count,
                    first[count - 1] == letters[letter + count - 1]
                else { break }
                if starts[letter + count] || isConjunction(letter + count) { counts |= 1 << count }
            }
            return counts
        }

        private func isConjunction(_ letter: Int) -> Bool {
            Conjunction.letters[language]?.contains { letters[letter...].starts(with: $0) } ?? false
        }

        /// Passes over letters that no word has: «and», and standings that the name has lost.
        private mutating func skip(_ letter: Int, _ reading: Reading) {
            if reading.count > 0 {
                for letters in Conjunction.letters[language] ?? []
                where self.letters[letter...].starts(with: letters) {
                    place(letter + letters.count, reading)
                }
            }
            guard !reading.hasDroppedWord, starts[letter], letter + 1 < letters.count,
                letters.count > 2, starts[letter + 1],
                Conjunction.standings[language]?.contains(letters[letter]) ?? false
            else { return }
            var further = reading
            further.hasDroppedWord = true
            place(letter + 1, further)
        }
    }

    /// Whether two acronyms may stand for the same words in two languages: `ҚазҰУ`, `КазНУ`.
    ///
    /// Each part of one has to have a part of the other that begins a word of the same meaning.
    func areTranslations(
        _ left: [[UInt16]], _ leftScript: NameToken.Script, _ right: [[UInt16]],
        _ rightScript: NameToken.Script
    ) -> Bool {
        guard left.count == right.count, left.count >= 3, left.count <= 8 else { return false }
        for own in AcronymSpelling.of(leftScript) {
            for other in AcronymSpelling.of(rightScript) where own != other {
                if areTranslations(left, own, right, other) { return true }
            }
        }
        return false
    }

    private func areTranslations(
        _ left: [[UInt16]], _ own: AcronymSpelling, _ right: [[UInt16]], _ other: AcronymSpelling
    ) -> Bool {
        let meanings = right.map { vocabulary.initials.concepts($0, other) }
        var free = Set(right.indices)
        for (place, segment) in left.enumerated() {
            let concepts = vocabulary.initials.concepts(segment, own)
            // Languages keep the order of most words, so the same place is tried first.
            let order = [place] + right.indices.filter { $0 != place }
            let match = order.first {
                free.contains($0) && !meanings[$0].isDisjoint(with: concepts)
            }
            guard let match else { return false }
            free.remove(match)
        }
        return true
    }
}

/// Letters that acronyms have for words that names do not tell by.
enum Conjunction {
    /// «And».
    static let letters: [Language: [[UInt16]]] = [
        .kazakh: [Array("ж".utf16), Array("және".utf16)], .russian: [Array("и".utf16)],
        .english: [Array("and".utf16), Array("&".utf16)],
    ]
    /// «State» and «regional», which institutions gain and lose, and acronyms keep.
    static let standings: [Language: [UInt16]] = [
        .kazakh: Array("мө".utf16), .russian: Array("гр".utf16), .english: Array("sr".utf16),
    ]
    /// The letters of «state» in all languages.
    static let states = Set(standings.values.compactMap(\.first))
    /// The letters of all standings in all languages.
    static let allStandings = Set(standings.values.joined())
    /// The letter of «and», which names of lists are read without.
    static let russianAnd: UInt16 = 0x438
}
