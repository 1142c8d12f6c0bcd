import TextAnalysis

/// Finds the words that an acronym stands for.
///
/// A word has its first letter, or its first two to four (Қаз, Кар, Zhez); a phrase that is one
/// concept has a letter for each of its words. «And» may have a letter, so may «state», which many
/// institutions have dropped from their names and not from their acronyms.
struct AcronymReader {
    /// A word of a name as acronyms see it.
    struct Word {
        /// Its letters; of several words each by itself.
        var words: [[UInt16]]
        var concepts: [NameVocabulary.ConceptID]
        var script: NameToken.Script
        /// Whether an acronym may have a letter for it.
        var mayTake: Bool

        init(_ unit: NameUnit) {
            words = Self.words(unit.folded[...])
            concepts = unit.concepts
            script = unit.script
            mayTake = Self.mayTake(unit.role) && !unit.isEponym
        }

        init(_ unit: FoundUnit, _ forms: borrowing NameForms) {
            words = Self.words(forms.folded(unit.form))
            concepts = [unit.concept, unit.otherConcept].filter { $0 != FoundUnit.noConcept }
            script = forms.forms[Int(unit.form)].script
            mayTake = Self.mayTake(unit.role) && !unit.isEponym
        }

        private static func mayTake(_ role: NameUnit.Role) -> Bool {
            role == .concept || role == .word || role == .surname
        }

        private static func words(_ folded: ArraySlice<UInt8>) -> [[UInt16]] {
            folded.split(separator: 0x20).map { Array(String(decoding: $0, as: UTF8.self).utf16) }
        }
    }

    /// What an acronym stands for.
    struct Reading {
        /// The places of its words.
        var words: [Int]
        /// Whether all its letters are those of the words as they are written.
        var isLiteral = true
        /// Whether a letter is left that no word has.
        var hasDroppedWord = false

        /// How sure it is, 0 to 1.
        var value: Float { (isLiteral ? 0.95 : 0.91) * (hasDroppedWord ? 0.9 : 1) }
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
        for language in script == .latin ? [Language.english, .kazakh] : [.kazakh, .russian] {
            var search = Search(
                reader: self, letters: letters, starts: starts, words: words, language: language,
                script: script)
            guard let found = search.run(), found.words.count >= 2 || letters.count == 2 else {
                continue
            }
            if found.value > best?.value ?? 0 || found.words.count > best?.words.count ?? 0 {
                best = found
            }
        }
        return best
    }

    /// Puts letters upon words.
    private struct Search {
        let reader: AcronymReader
        let letters: [UInt16]
        let starts: [Bool]
        let words: [Word]
        let language: Language
        let script: NameToken.Script
        var steps = 0

        mutating func run() -> Reading? { place(0, Reading(words: [])) }

        /// The words from a letter on; words may stand in another order than in the name, since
        /// languages differ in it, but the nearest is tried first.
        private mutating func place(_ letter: Int, _ reading: Reading) -> Reading? {
            if letter == letters.count { return reading.words.isEmpty ? nil : reading }
            steps += 1
            guard steps < AcronymReader.mostSteps else { return nil }
            let next = (reading.words.last ?? -1) + 1
            for word in Array(next..<max(next, words.count)) + Array(0..<min(next, words.count))
            where words[word].mayTake && !reading.words.contains(word) {
                if let found = place(letter, word, reading) { return found }
            }
            return skip(letter, reading)
        }

        private mutating func place(_ letter: Int, _ word: Int, _ reading: Reading) -> Reading? {
            var forms: [(words: [[UInt16]], isLiteral: Bool)] = []
            if words[word].script == script { forms.append((words[word].words, true)) }
            for concept in words[word].concepts {
                for form in reader.vocabulary.initials.forms(Int(concept), language) {
                    forms.append((form, false))
                }
            }
            for (form, isLiteral) in forms {
                for count in counts(of: form, at: letter) {
                    var further = reading
                    further.words.append(word)
                    further.isLiteral = reading.isLiteral && isLiteral
                    if let found = place(letter + count, further) { return found }
                }
            }
            return nil
        }

        /// How many letters a word may have here, the most first.
        private func counts(of form: [[UInt16]], at letter: Int) -> [Int] {
            guard starts[letter], let first = form.first else { return [] }
            if form.count > 1 {
                let end = letter + form.count
                guard end <= letters.count, starts[end],
                    zip(form, letters[letter...]).allSatisfy({ $0.first == $1 })
                else { return [] }
                return [form.count]
            }
            var counts: [Int] = []
            for count in 1...4 {
                guard letter + count <= letters.count, first.count >= count,
                    first[count - 1] == letters[letter + count - 1]
                else { break }
                if starts[letter + count] || isConjunction(letter + count) { counts.append(count) }
            }
            return counts.reversed()
        }

        private func isConjunction(_ letter: Int) -> Bool {
            Conjunction.letters[language]?.contains { letters[letter...].starts(with: $0) } ?? false
        }

        /// Passes over letters that no word has: «and», «state».
        private mutating func skip(_ letter: Int, _ reading: Reading) -> Reading? {
            guard !reading.words.isEmpty else { return nil }
            for letters in Conjunction.letters[language] ?? []
            where self.letters[letter...].starts(with: letters) {
                if let found = place(letter + letters.count, reading) { return found }
            }
            guard !reading.hasDroppedWord, starts[letter], letter + 1 < letters.count,
                starts[letter + 1], letters[letter] == Conjunction.state[language]
            else { return nil }
            var further = reading
            further.hasDroppedWord = true
            return place(letter + 1, further)
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
        for own in Self.languages(leftScript) {
            for other in Self.languages(rightScript) where own != other {
                if areTranslations(left, own, right, other) { return true }
            }
        }
        return false
    }

    private static func languages(_ script: NameToken.Script) -> [Language] {
        script == .latin ? [.english] : [.kazakh, .russian]
    }

    private func areTranslations(
        _ left: [[UInt16]], _ own: Language, _ right: [[UInt16]], _ other: Language
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
    /// «State».
    static let state: [Language: UInt16] = [
        .kazakh: 0x43C, .russian: 0x433, .english: 0x73,
    ]
}
