import TextAnalysis

/// Learnt translations laid out for queries: from the stem of a word to the stems of others.
///
/// They are asked for words that the lexicon does not have. A row serves both directions, each by
/// its own probability.
struct LearntWords: Sendable {
    /// What a translation counts at least; one that is less likely brings more chaff than wheat.
    static let leastProbability: Float = 0.1

    /// The translations of each stem, by its bytes and the place of its language; the likeliest
    /// first.
    private var translations: [[UInt8]: [Translation]] = [:]

    /// Whether there is nothing to be translated.
    var isEmpty: Bool { translations.isEmpty }

    /// Adds a translation of a word in a language, by its place in `TranslationLexicon.languages`.
    mutating func add(_ word: [UInt8], _ language: Int, _ translation: Translation) {
        var own = translations[Self.key(word, language)] ?? []
        if let known = own.firstIndex(where: { $0.stems == translation.stems }) {
            own[known].weight = max(own[known].weight, translation.weight)
        } else {
            own.append(translation)
        }
        // Of equals the first stays before the second, so that the order of the table decides.
        own = own.enumerated().sorted {
            $0.element.weight != $1.element.weight
                ? $0.element.weight > $1.element.weight : $0.offset < $1.offset
        }.map(\.element)
        translations[Self.key(word, language)] = own
    }

    /// The translations of some stems of one word, in the first of the languages that has any.
    func translations(_ stems: [[UInt8]], languages: [Int]) -> [Translation] {
        guard !isEmpty else { return [] }
        for language in languages {
            var found: [Translation] = []
            for stem in stems {
                for translation in translations[Self.key(stem, language)] ?? []
                where !found.contains(where: { $0.stems == translation.stems }) {
                    found.append(translation)
                }
            }
            if !found.isEmpty { return found }
        }
        return []
    }

    private static func key(_ stem: [UInt8], _ language: Int) -> [UInt8] {
        stem + [0, UInt8(language)]
    }
}

extension TranslationLexicon {
    /// Adds what was learnt from texts, for words that the lexicon itself lacks.
    ///
    /// - Cost: some microseconds a row; keep the lexicon.
    mutating func add(learnt table: LearntTable, analyzer: Analyzer) {
        var stream = TokenStream()
        for row in table.rows {
            guard let first = Self.languages.firstIndex(of: row.languages.0),
                let second = Self.languages.firstIndex(of: row.languages.1)
            else { continue }
            let words = Self.stems(of: row.word, row.languages.0, analyzer, &stream)
            let translations = Self.stems(
                of: row.translation, row.languages.1, analyzer, &stream)
            add(words, first, to: translations, second, row.probability)
            add(translations, second, to: words, first, row.reverseProbability)
        }
    }

    /// Adds one direction of a row.
    ///
    /// A word of several words is a translation, and has none itself.
    private mutating func add(
        _ readings: [[[UInt8]]], _ language: Int, to others: [[[UInt8]]], _ target: Int,
        _ probability: Float
    ) {
        guard probability >= LearntWords.leastProbability, let stems = others.first,
            stems.count <= Self.longestLemma
        else { return }
        for reading in readings where reading.count == 1 {
            learnt.add(
                reading[0], language,
                Translation(
                    stems: stems, weight: probability, language: target, source: language))
        }
    }
}
