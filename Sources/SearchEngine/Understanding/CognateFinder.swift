import Glibc
import TextAnalysis

/// Finds the words of other languages that a word without translation was borrowed as, or from:
/// memorandum, меморандум.
///
/// The word is written as each language would, by learnt groups of letters; of these writings, what
/// documents have as a stem is the same word.
struct CognateFinder {
    let vocabulary: SearchedVocabulary
    let letters: LetterModel
    let weights: RankingWeights

    /// Fewest letters of a word: shorter ones are near to too many.
    private static let fewestLetters = 5
    /// Fewest letters of the stems of both: of words of four letters that the letters make alike,
    /// four of five are no cognates.
    private static let fewestOfStem = 5
    /// How unlikely a cognate may be for each of its letters but the first two, as a logarithm: a
    /// longer word leaves more to chance before it is another word.
    private static let leastScoreOfLetter: Float = -0.5
    /// Most cognates of one language.
    private static let mostCognates = 3
    /// How much less likely than the best a cognate may be, as a logarithm.
    private static let margin: Float = 3
    /// How a cognate of some likelihood weighs: one of a hundredth 0.4 as much as a sure one.
    private static let flattening: Float = 0.2

    /// Adds the cognates that documents have.
    ///
    /// - Returns: Whether there were any in another script.
    func expand(_ word: inout QueryWord) throws(EngineError) -> Bool {
        guard !letters.isEmpty, word.kind == .word, !word.isStopWord,
            word.typed.count >= Self.fewestLetters, let stem = word.stems.first,
            let source = WordTranslator.places(of: word).first
        else { return false }
        var isAcrossScripts = false
        for target in TranslationLexicon.languages.indices where target != source {
            for cognate in try cognates(of: stem, word, from: source, to: target) {
                isAcrossScripts =
                    isAcrossScripts || WordScript(cognate.term) != WordScript(stem)
                word.addRelated(
                    RelatedTerm(
                        term: cognate.term, isStem: true,
                        weight: weights.cognate * expf(cognate.score * Self.flattening),
                        via: .language))
            }
        }
        return isAcrossScripts
    }

    private func cognates(
        of stem: [UInt8], _ word: QueryWord, from source: Int, to target: Int
    ) throws(EngineError) -> [LetterModel.Writing] {
        let letterCount = Self.letterCount(stem)
        guard letterCount >= Self.fewestOfStem else { return [] }
        var found: [LetterModel.Writing] = []
        for writing in letters.writings(of: stem, from: source, to: target) {
            if let best = found.first, writing.score < best.score - Self.margin { break }
            let shorter = min(letterCount, Self.letterCount(writing.term))
            guard shorter >= Self.fewestOfStem,
                writing.score >= Self.leastScoreOfLetter * Float(shorter - 2),
                // What is written alike is found as it is typed.
                !word.stems.contains(writing.term), !word.exact.contains(writing.term),
                try vocabulary.frequency(ofStem: writing.term) > 0
            else { continue }
            found.append(writing)
            if found.count == Self.mostCognates { break }
        }
        return found
    }

    private static func letterCount(_ term: [UInt8]) -> Int {
        term.reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    }
}
