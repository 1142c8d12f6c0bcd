import Glibc
import TextAnalysis

/// What some words of a query are called in the other languages.
struct Translation: Equatable, Sendable {
    /// The stems of its words; more than one for a lemma of several words.
    var stems: [[UInt8]]
    /// How much an occurrence counts, above 0 to 1.
    var weight: Float
    /// The language, by its place in `TranslationLexicon.languages`.
    var language: Int
    /// The language of the typed words, likewise.
    var source: Int
    /// What sense of the word it is of: the concept of the lexicon; `nil` for what was learnt.
    var sense: UInt32?

    /// Its stems, for what has no lemma to show.
    var stemText: String {
        if stems.count == 1 { return String(decoding: stems[0], as: UTF8.self) }
        return stems.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
    }
}

/// Finds the words of the other languages for the words of a query, by the lexicon.
///
/// Lemmas of several words come first, the longest of them: `жоғары оқу орны` is вуз and university.
/// Of what remains each word is translated by itself. The more senses a word has, the less each of
/// its translations counts: one of them was meant.
struct WordTranslator {
    let lexicon: TranslationLexicon

    /// The most translations into one language.
    private static let mostTranslations = 5
    /// What a lemma counts against the one before it in its cell, typed or translated: a word that
    /// stands behind others means that concept less often than what it is first for.
    private static let nextLemma: Float = 0.7
    /// Translations below this share of the best are left out.
    private static let leastShare: Float = 0.15
    /// What the translation of the base of a word counts against one of the word itself.
    private static let baseShare: Float = 0.7
    /// The most translations of a part of a compound.
    private static let mostOfPart = 2
    /// One of `n` senses counts as much as a single one divided by `n` to this power: at 1 they
    /// would share its weight, but a document seldom holds more than one of them, and senses of a
    /// word are often near to each other.
    private static let senseSharing: Float = 0.7
    /// Fewest letters of a word that is translated by how another script spells it: `El` is not ел.
    private static let fewestLetters = 3

    /// Puts translations beside words, and words of one lemma together.
    func translate(_ units: [QueryUnit]) -> [QueryUnit] {
        guard !lexicon.isEmpty else { return units }
        var result: [QueryUnit] = []
        var place = 0
        while place < units.count {
            if let found = phrase(units, from: place) {
                result.append(
                    .translated(
                        parts: Array(units[place..<place + found.count]),
                        translations: Self.distinct(found.translations)))
                place += found.count
                continue
            }
            let translations = Self.distinct(translations(of: units[place]))
            result.append(
                translations.isEmpty
                    ? units[place] : .translated(parts: [units[place]], translations: translations))
            place += 1
        }
        return result
    }

    // MARK: Lemmas

    /// The longest lemma of several words that begins at a unit; a compound is its words.
    private func phrase(_ units: [QueryUnit], from start: Int)
        -> (count: Int, translations: [Translation])?
    {
        for language in beginnings(of: units[start]) {
            let most = min(TranslationLexicon.longestLemma, units.count - start)
            for count in stride(from: most, through: 1, by: -1) {
                let parts = units[start..<start + count].map(Self.words)
                let words = parts.flatMap(\.self)
                guard words.count > 1, words.count <= TranslationLexicon.longestLemma,
                    !parts.contains(where: \.isEmpty)
                else { continue }
                var rows: [[[UInt8]]] = [[]]
                for word in words {
                    rows = rows.flatMap { row in word.stems.prefix(2).map { row + [$0] } }
                }
                let concepts = rows.flatMap { lexicon.concepts($0[...], language: language) }
                let translations = translations(of: concepts, from: language)
                if !translations.isEmpty { return (count, translations) }
            }
        }
        return nil
    }

    /// The languages in which a lemma of several words may begin with a unit.
    private func beginnings(of unit: QueryUnit) -> [Int] {
        let first: QueryWord
        switch unit {
        case .word(let word): first = word
        case .compound(let parts, _):
            guard let part = parts.first else { return [] }
            first = part
        case .name, .translated: return []
        }
        return Self.places(of: first).filter { language in
            first.stems.contains { lexicon.beginsPhrase($0, language: language) }
        }
    }

    /// The words of a unit that a lemma may be made of.
    private static func words(of unit: QueryUnit) -> [QueryWord] {
        switch unit {
        case .word(let word): [word]
        case .compound(let parts, _): parts
        case .name, .translated: []
        }
    }

    /// Whether the lexicon has a word.
    func knows(_ word: QueryWord) -> Bool { !concepts(of: word).concepts.isEmpty }

    /// Whether the lexicon has a word in a sense that is no name.
    func knowsAsCommonWord(_ word: QueryWord) -> Bool {
        concepts(of: word).concepts.contains { !lexicon.isName($0) }
    }

    private func translations(of unit: QueryUnit) -> [Translation] {
        switch unit {
        case .word(let word): Self.mayBeTranslated(word) ? translations(of: word) : []
        case .compound(let parts, _): translations(of: parts)
        case .name, .translated: []
        }
    }

    /// Whether a word has a meaning that other languages have a word for.
    static func mayBeTranslated(_ word: QueryWord) -> Bool {
        !word.isStopWord && (word.kind == .word || word.kind == .acronym)
    }

    /// What a compound is that no lemma is: the words for its parts (`Южно-Уральский`: South Ural).
    private func translations(of parts: [QueryWord]) -> [Translation] {
        guard parts.count <= TranslationLexicon.longestLemma else { return [] }
        let found = parts.map { part in
            let (concepts, language) = concepts(of: part)
            return translations(of: concepts, from: language)
        }
        return TranslationLexicon.languages.indices.flatMap { target in
            let source = found.first?.first?.source ?? target
            var wholes = [Translation(stems: [], weight: 1, language: target, source: source)]
            for part in found {
                let best = part.filter { $0.language == target }.prefix(Self.mostOfPart)
                wholes = wholes.flatMap { whole in
                    best.map { next in
                        Translation(
                            stems: whole.stems + next.stems, weight: min(whole.weight, next.weight),
                            language: target, source: source)
                    }
                }
            }
            return wholes.prefix(Self.mostTranslations)
        }
    }

    private func translations(of word: QueryWord) -> [Translation] {
        let (concepts, language) = concepts(of: word)
        if !concepts.isEmpty {
            let nearness = concepts.map { self.nearness($0, to: word, language) }
            return translations(of: concepts, from: language, nearness)
        }
        let learnt = lexicon.learnt.translations(word.stems, languages: Self.places(of: word))
        if !learnt.isEmpty { return Array(learnt.prefix(Self.mostTranslations)) }
        return translationsOfBase(word)
    }

    /// What the base of a derived word is called, which counts less.
    private func translationsOfBase(_ word: QueryWord) -> [Translation] {
        for language in Self.places(of: word) {
            for stem in word.stems {
                for base in WordBases.bases(of: stem, language: language) {
                    let concepts = lexicon.concepts(
                        [base][...], language: language, writing: .small)
                    if concepts.isEmpty { continue }
                    return translations(of: concepts, from: language).map { translation in
                        var derived = translation
                        derived.weight *= Self.baseShare
                        return derived
                    }
                }
            }
        }
        return []
    }

    /// The concepts of a word in the likeliest language that has any.
    private func concepts(of word: QueryWord) -> (concepts: [UInt32], language: Int) {
        for language in Self.places(of: word) {
            let writing = TranslationLexicon.Writing(word)
            var concepts = concepts(of: word.stems, language, writing)
            if concepts.isEmpty, language != Self.english, word.typed.count >= Self.fewestLetters {
                // What it is as another script has it is the same word.
                let spellings = word.related.filter { $0.isStem && $0.weight > 0.3 }.map(\.term)
                concepts = self.concepts(of: spellings, language, writing)
            }
            if !concepts.isEmpty { return (concepts, language) }
        }
        return ([], 0)
    }

    private func concepts(
        of stems: [[UInt8]], _ language: Int, _ writing: TranslationLexicon.Writing
    ) -> [UInt32] {
        var concepts: [UInt32] = []
        for stem in stems {
            for concept in lexicon.concepts([stem][...], language: language, writing: writing)
            where !concepts.contains(concept) {
                concepts.append(concept)
            }
        }
        return concepts
    }

    private static let english = 2

    /// The languages in which a word is looked for, the likeliest first.
    static func places(of word: QueryWord) -> [Int] {
        let isLatin = (word.exact.first?.first ?? 0xFF) < 0x80
        let own = TranslationLexicon.languages.firstIndex(of: word.language)
        return (isLatin ? latinPlaces : otherPlaces)[own ?? TranslationLexicon.languages.count]
    }

    private static let latinPlaces = places(besides: [english, 0])
    private static let otherPlaces = places(besides: [0, 1])

    /// By the language of a word, its own behind it for none, that language and some others.
    private static func places(besides others: [Int]) -> [[Int]] {
        TranslationLexicon.languages.indices.map { own in [own] + others.filter { $0 != own } }
            + [others]
    }

    /// How near a concept is to a word, by the place of the word among its lemmas: 1 for the first.
    private func nearness(_ concept: UInt32, to word: QueryWord, _ language: Int) -> Float {
        var nearness: Float = 1
        for lemma in lexicon.lemmas(concept, language: language) {
            if lemma.stems.count == 1, word.stems.contains(lemma.stems[0]) { return nearness }
            nearness *= Self.nextLemma
        }
        // By another stem or spelling of a lemma.
        return Self.nextLemma
    }

    /// The translations by some concepts; all are as near to the word unless it is said.
    private func translations(
        of concepts: [UInt32], from source: Int, _ nearness: [Float] = []
    ) -> [Translation] {
        var result: [Translation] = []
        let nearest = nearness.max() ?? 1
        let senseCount =
            nearness.isEmpty
            ? Float(max(1, concepts.count)) : nearness.reduce(0, +) / nearest
        let share = powf(senseCount, -Self.senseSharing)
        for target in TranslationLexicon.languages.indices where target != source {
            var found: [Translation] = []
            for (place, concept) in concepts.enumerated() {
                var weight = nearness.isEmpty ? share : share * nearness[place] / nearest
                for lemma in lexicon.lemmas(concept, language: target) {
                    if let known = found.firstIndex(where: { $0.stems == lemma.stems }) {
                        // Senses that agree on a word add up: whichever was meant, it is that.
                        found[known].weight = min(1, found[known].weight + weight)
                    } else {
                        found.append(
                            Translation(
                                stems: lemma.stems, weight: weight, language: target,
                                source: source, sense: concept))
                    }
                    weight *= Self.nextLemma
                }
            }
            found.sort { $0.weight > $1.weight }
            let kept = found.prefix(Self.mostTranslations)
            guard let best = kept.first?.weight else { continue }
            for translation in kept where translation.weight >= best * Self.leastShare {
                result.append(translation)
            }
        }
        return result
    }

    /// The same without a word that two languages share twice.
    private static func distinct(_ translations: [Translation]) -> [Translation] {
        // They are few: to compare them costs less than to hash them.
        var distinct: [Translation] = []
        for translation in translations
        where !distinct.contains(where: { $0.stems == translation.stems }) {
            distinct.append(translation)
        }
        return distinct
    }
}
