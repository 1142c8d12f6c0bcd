import TextAnalysis

/// Takes a word that no document knows for a near one that some do.
struct WordSpelling {
    let vocabulary: SearchedVocabulary
    let analysis: QueryAnalysis
    let lexicon: LexiconVocabulary
    let weights: RankingWeights
    let limits: Limits
    let usesForms: Bool

    private let corrector = SpellingCorrector()

    /// How many near words are searched for, beside the likeliest.
    private static let alternativeCount = 3
    /// From which share on a near word is searched for beside the likeliest.
    private static let leastAlternative: Float = 0.1

    /// The spelling of words of some collections.
    init(
        vocabulary: SearchedVocabulary, analysis: QueryAnalysis, lexicon: LexiconVocabulary,
        weights: RankingWeights, limits: Limits, usesForms: Bool
    ) {
        self.vocabulary = vocabulary
        self.analysis = analysis
        self.lexicon = lexicon
        self.weights = weights
        self.limits = limits
        self.usesForms = usesForms
    }

    /// A word that may have been meant.
    struct Nearest {
        var text: String
        /// Whether the word is searched for; else it is only asked about.
        var isSure: Bool
    }

    /// Adds the words that a misspelt one may stand for, if one of them was surely meant.
    ///
    /// - Returns: the likeliest, however unsure; `nil` if there is none.
    func correct(_ word: inout QueryWord) throws(EngineError) -> Nearest? {
        let found = try corrections(of: word)
        guard let best = found.first else { return nil }
        let nearest = Nearest(
            text: String(decoding: best.term, as: UTF8.self), isSure: best.isSure)
        guard best.isSure else { return nearest }
        for correction in found.prefix(1 + Self.alternativeCount)
        where correction.share >= Self.leastAlternative {
            let weight = weights.typo * correction.confidence * correction.share
            word.addRelated(
                RelatedTerm(
                    term: correction.term, isStem: false,
                    weight: usesForms ? weight * weights.exactForm : weight, via: .typo))
            guard usesForms else { continue }
            for stem in analysis.stems(of: correction.term, language: nil) {
                word.addRelated(
                    RelatedTerm(term: stem, isStem: true, weight: weight, via: .typo))
            }
        }
        return nearest
    }

    private func corrections(of word: QueryWord)
        throws(EngineError) -> [SpellingCorrector.Correction]
    {
        guard SpellingCorrector.isCorrectable(word.typed), let form = word.exact.first else {
            return []
        }
        let known = KnownWords(vocabulary: vocabulary, lexicon: lexicon, limits: limits)
        return try corrector.corrections(of: form, in: known)
    }
}

/// The words of the collections and those of the lexica together.
struct KnownWords: SpellingVocabulary {
    let vocabulary: SearchedVocabulary
    let lexicon: LexiconVocabulary
    let limits: Limits

    func frequency(of word: [UInt8]) throws(EngineError) -> Int {
        try scaled(vocabulary.frequency(of: word)) + lexicon.frequency(of: word)
    }

    private func scaled(_ frequency: Int) -> Int {
        SpellingCorrector.frequency(documents: frequency, of: vocabulary.documentCount)
    }

    func candidates(
        near word: [UInt8], distance: Int, limit: Int
    ) throws(EngineError) -> [(term: [UInt8], frequency: Int)] {
        var found: [[UInt8]: Int] = [:]
        let key = ScriptKey.key(of: word)
        if !key.isEmpty {
            let entries = try vocabulary.words(
                near: key, distance: distance, limit: limits.typoCandidateCount)
            for entry in entries {
                // One word may stand on many lines of a collection and still be known by a lexicon.
                found[entry.term] =
                    scaled(entry.frequency) + lexicon.frequency(of: entry.term)
            }
        }
        for (term, frequency) in lexicon.candidates(near: word, distance: distance, limit: limit)
        where found[term] == nil {
            found[term] = scaled(try vocabulary.frequency(of: term)) + frequency
        }
        return found.map { (term: $0.key, frequency: $0.value) }
    }
}
