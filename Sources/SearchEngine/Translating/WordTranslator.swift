import TextAnalysis

/// What some words of a query are called in the other languages.
struct Translation: Equatable {
    /// The stems of its words; more than one for a lemma of several words.
    var stems: [[UInt8]]
    /// How much an occurrence counts, above 0 to 1.
    var weight: Float
}

/// Finds the words of the other languages for the words of a query, by the lexicon.
///
/// Lemmas of several words come first, the longest of them: `жоғары оқу орны` is вуз and university.
/// Of what remains each word is translated by itself. All translations of one word are one group:
/// their weights in each language sum up to what the likeliest translation is worth, so that a word
/// of many meanings counts no more than one of a single meaning.
struct WordTranslator {
    let lexicon: TranslationLexicon

    /// The most translations into one language.
    private static let mostTranslations = 5
    /// What a lemma counts against the one before it in its cell.
    private static let nextLemma: Float = 0.7
    /// Translations below this share of the best are left out.
    private static let leastShare: Float = 0.15

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
                        translations: found.translations))
                place += found.count
                continue
            }
            if case .word(let word) = units[place], !word.isStopWord, word.kind == .word {
                let translations = translations(of: word)
                if !translations.isEmpty {
                    result.append(
                        .translated(parts: [units[place]], translations: translations))
                    place += 1
                    continue
                }
            }
            result.append(units[place])
            place += 1
        }
        return result
    }

    // MARK: Lemmas

    /// The longest lemma of several words that begins at a unit; a compound is its words.
    private func phrase(_ units: [QueryUnit], from start: Int)
        -> (count: Int, translations: [Translation])?
    {
        guard let first = Self.words(of: units[start]).first else { return nil }
        for language in Self.places(of: first) {
            guard first.stems.contains(where: { lexicon.beginsPhrase($0, language: language) })
            else { continue }
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

    /// The words of a unit that a lemma may be made of.
    private static func words(of unit: QueryUnit) -> [QueryWord] {
        switch unit {
        case .word(let word): [word]
        case .compound(let parts, _): parts
        case .name, .translated: []
        }
    }

    private func translations(of word: QueryWord) -> [Translation] {
        // What it is as another script has it is the same word.
        let stems = word.stems + word.related.filter { $0.isStem && $0.weight > 0.3 }.map(\.term)
        for language in Self.places(of: word) {
            var concepts: [UInt32] = []
            for stem in stems {
                for concept in lexicon.concepts([stem][...], language: language)
                where !concepts.contains(concept) {
                    concepts.append(concept)
                }
            }
            let translations = translations(of: concepts, from: language)
            if !translations.isEmpty { return translations }
        }
        let learnt = lexicon.learnt.translations(stems, languages: Self.places(of: word))
        return Array(learnt.prefix(Self.mostTranslations))
    }

    /// The languages in which a word is looked for, the likeliest first.
    private static func places(of word: QueryWord) -> [Int] {
        let isLatin = (word.exact.first?.first ?? 0xFF) < 0x80
        let own = TranslationLexicon.languages.firstIndex(of: word.language)
        let others = isLatin ? [2, 0] : [0, 1]
        return (own.map { [$0] } ?? []) + others.filter { $0 != own }
    }

    private func translations(of concepts: [UInt32], from source: Int) -> [Translation] {
        var result: [Translation] = []
        for target in TranslationLexicon.languages.indices where target != source {
            var found: [Translation] = []
            for concept in concepts {
                var weight: Float = 1
                for lemma in lexicon.lemmas(concept, language: target) {
                    if let known = found.firstIndex(where: { $0.stems == lemma.stems }) {
                        found[known].weight = max(found[known].weight, weight)
                    } else {
                        found.append(Translation(stems: lemma.stems, weight: weight))
                    }
                    weight *= Self.nextLemma
                }
            }
            found.sort { $0.weight > $1.weight }
            let kept = found.prefix(Self.mostTranslations)
            guard let best = kept.first?.weight else { continue }
            for translation in kept where translation.weight >= best * Self.leastShare {
                if !result.contains(where: { $0.stems == translation.stems }) {
                    result.append(translation)
                }
            }
        }
        return result
    }
}
