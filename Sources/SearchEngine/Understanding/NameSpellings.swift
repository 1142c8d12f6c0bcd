import NameMatching
import TextAnalysis

/// Finds other spellings of a word that looks like a name, though no list has it: Дюсембинов is
/// Дүйсенбинов and Dyussembinov.
///
/// Words of near script-neutral keys are candidates; those stay whose sounds are the same to who
/// compares names.
struct NameSpellings {
    let vocabulary: SearchedVocabulary
    let analysis: QueryAnalysis
    let weights: RankingWeights
    let limits: Limits
    let usesForms: Bool
    /// How alike two words are as names.
    let likeness: (String, String) throws(EngineError) -> Float

    /// Fewest letters: shorter words are near to too many.
    private static let fewestLetters = 5
    /// From here on two words are one name.
    private static let leastLikeness: Float = 0.9
    /// Keys of names differ by so much: -ссемб- and -йсенб-.
    private static let distance = 2
    private static let mostCandidates = 48

    /// Adds the spellings that documents have, if a word looks like a name.
    func expand(_ word: inout QueryWord) throws(EngineError) {
        guard Self.mayBeName(word) else { return }
        for form in word.exact {
            let key = ScriptKey.key(of: form)
            guard key.count >= Self.fewestLetters - 1 else { continue }
            let distance = key.count < 7 ? 1 : Self.distance
            for entry in try vocabulary.words(
                near: key, distance: distance, limit: Self.mostCandidates)
            where entry.term != form {
                try add(entry.term, isStem: false, of: form, to: &word)
            }
            guard usesForms else { continue }
            for entry in try vocabulary.stems(
                near: key, distance: distance, limit: Self.mostCandidates)
            where entry.term != form {
                try add(entry.term, isStem: true, of: form, to: &word)
            }
        }
    }

    private func add(_ term: [UInt8], isStem: Bool, of form: [UInt8], to word: inout QueryWord)
        throws(EngineError)
    {
        let likeness = try likeness(
            String(decoding: form, as: UTF8.self), String(decoding: term, as: UTF8.self))
        guard likeness >= Self.leastLikeness else { return }
        word.addRelated(
            RelatedTerm(
                term: term, isStem: isStem,
                weight: weights.scripts * likeness * (usesForms && !isStem ? weights.exactForm : 1),
                via: .scripts))
    }

    /// A capital or the ending of a surname.
    private static func mayBeName(_ word: QueryWord) -> Bool {
        guard word.kind == .word, !word.isStopWord, word.typed.count >= fewestLetters else {
            return false
        }
        return word.typed.first?.isUppercase == true || NameShape.isSurname(word.typed)
    }
}
