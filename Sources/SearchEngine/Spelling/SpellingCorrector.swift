import Glibc
import TextAnalysis

/// Finds the word that was meant by a misspelt one, and says how sure that is.
///
/// A noisy channel: a word is the likelier meant, the more frequent it is and the less the slip
/// costs. Against all candidates stands that the word is right as it is written, a name or a rare
/// form that the vocabulary does not know.
///
/// - Source: Kernighan, Church and Gale, "A spelling correction program based on a noisy channel
///   model" (1990).
struct SpellingCorrector {
    /// A word that may have been meant.
    struct Correction: Equatable {
        /// The word.
        var term: [UInt8]
        /// What the slip costs, as `SpellingCosts` counts.
        var cost: Float
        /// How often the word occurs.
        var frequency: Int
        /// How likely it was meant rather than the word as it is written, 0 to 1.
        var confidence: Float
        /// How likely it was meant rather than another candidate; over all at most 1 together.
        var share: Float

        /// Whether the word is read so without being asked: it was rather meant than what is
        /// written, and none of several forms that are equally near.
        var isSure: Bool {
            confidence >= SpellingCorrector.confident && share >= SpellingCorrector.leastShare
        }
    }

    /// How many times less likely a slip is that costs one more, as a logarithm.
    ///
    /// e to the 6 is 400. Between 5 and 7 it makes little difference.
    var costWeight: Float = 6
    /// What the logarithm of a frequency counts.
    ///
    /// Less than 1: rare words are misspelt more often than they are written, and frequencies of
    /// small collections say little.
    var frequencyWeight: Float = 0.7
    /// How likely a word is right that no vocabulary knows.
    ///
    /// As the logarithm of a candidate that occurs once and costs nothing: more makes fewer
    /// changes, of which fewer are wrong.
    var unknownWord: Float = -2
    /// What each letter of a word takes from that, from 8 letters on; shorter words are so much
    /// surer of themselves, since they have more neighbours.
    var unknownWordByLetter: Float = 0.15
    /// Most that a slip may cost, and most for each letter of the word: four letters take one edit.
    var greatestCost: Float = 2
    var greatestCostPerLetter: Float = 0.3
    /// Most that a slip may cost in a word of less than four letters: one of two letters that are
    /// taken for each other, but never another letter.
    var greatestShortCost: Float = 0.6
    /// Fewest letters of a word that may have any slip.
    var fewestLetters = 4

    /// From which confidence on a word is read otherwise without being asked.
    static let confident: Float = 0.5
    /// From which share on: of four forms that are equally near none is better than another.
    static let leastShare: Float = 0.28

    /// How many candidates are weighed.
    private static let candidateCount = 64

    /// Documents of a collection as the frequency of a word in ten million words.
    ///
    /// A word of one document among few is known for sure; among a million it may well be a slip
    /// of its writer.
    ///
    /// - Returns: at least `documents`; at most 200 times as many, so that a word of one document
    ///   counts no more than one of the lexicon.
    static func frequency(documents: Int, of documentCount: Int) -> Int {
        let share = 10_000_000 / (max(documentCount, 1) * wordsOfDocument)
        return documents * min(max(share, 1), 200)
    }

    /// How many words a document has, by order of magnitude.
    private static let wordsOfDocument = 200

    /// Whether a word, as it was typed, may be misspelt at all: words with digits and acronyms in
    /// capitals are as they are meant.
    static func isCorrectable(_ typed: some StringProtocol) -> Bool {
        var hasLetter = false
        var isCapital = true
        var count = 0
        for character in typed {
            if character.isNumber { return false }
            if character.isLetter {
                hasLetter = true
                count += 1
                if !character.isUppercase { isCapital = false }
            }
        }
        return hasLetter && !(isCapital && count > 1)
    }

    /// The words that may have been meant, likeliest first; none if the vocabulary knows the word
    /// or nothing is near.
    ///
    /// - Requires: the word is folded.
    func corrections<Vocabulary: SpellingVocabulary>(
        of word: [UInt8], in vocabulary: Vocabulary, limit: Int = 5
    ) throws(Vocabulary.Failure) -> [Correction] {
        guard let letterCount = Self.letterCount(of: word), letterCount > 1, limit > 0,
            try vocabulary.frequency(of: word) == 0
        else { return [] }
        let isShort = letterCount < fewestLetters
        let greatest =
            isShort
            ? greatestShortCost
            : min(greatestCost, greatestCostPerLetter * Float(letterCount))
        // A slip that costs more than one letter is looked for only if no lesser one explains
        // the word: the wider search takes ten times as long.
        for distance in 1...2 {
            let candidates = try vocabulary.candidates(
                near: word, distance: distance, limit: Self.candidateCount)
            let ranked = rank(candidates, for: word, greatestCost: greatest)
            if let best = ranked.first, distance == 2 || best.cost <= Self.certainlyNear {
                return Array(ranked.prefix(limit))
            }
            if isShort { return Array(ranked.prefix(limit)) }
        }
        return []
    }

    /// Up to which cost the nearest candidates of distance 1 make a search of distance 2 needless.
    private static let certainlyNear: Float = 0.9

    /// The word that is taken for the meant one without being asked; `nil` if none is sure enough.
    func correction<Vocabulary: SpellingVocabulary>(
        of word: [UInt8], in vocabulary: Vocabulary
    ) throws(Vocabulary.Failure) -> Correction? {
        guard let best = try corrections(of: word, in: vocabulary, limit: 1).first, best.isSure
        else { return nil }
        return best
    }

    private func rank(
        _ candidates: [(term: [UInt8], frequency: Int)], for word: [UInt8], greatestCost: Float
    ) -> [Correction] {
        var scored: [(score: Float, correction: Correction)] = []
        for (term, frequency) in candidates where term != word {
            guard
                let cost = SpellingCosts.cost(
                    typed: word.span, meant: term, limit: greatestCost)
            else { continue }
            let score = frequencyWeight * logf(Float(max(frequency, 1))) - costWeight * cost
            scored.append(
                (
                    score,
                    Correction(
                        term: term, cost: cost, frequency: frequency, confidence: 0, share: 0)
                ))
        }
        scored.sort { left, right in
            if left.score != right.score { return left.score > right.score }
            return left.correction.term.lexicographicallyPrecedes(right.correction.term)
        }
        guard let best = scored.first?.score else { return [] }
        let length = Float(min(Self.letterCount(of: word) ?? 0, 12))
        let asWritten = unknownWord - unknownWordByLetter * (length - 8)
        let total = scored.reduce(Float(0)) { $0 + expf($1.score - best) }
        return scored.map { entry in
            var correction = entry.correction
            correction.share = expf(entry.score - best) / total
            correction.confidence = 1 / (1 + expf(asWritten - entry.score))
            return correction
        }
    }

    /// How many letters a word has; `nil` if it has a digit.
    private static func letterCount(of word: [UInt8]) -> Int? {
        var count = 0
        for byte in word {
            if byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { return nil }
            if byte & 0xC0 != 0x80 { count += 1 }
        }
        return count
    }
}
