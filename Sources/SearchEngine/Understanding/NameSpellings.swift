import NameMatching
import TextAnalysis

/// Finds other spellings of a word by its sounds: of a name that no list has (Дюсембинов is
/// Дүйсенбинов and Dyussembinov, Trump is Трамп), and of a word that another script borrowed
/// (`pinta` is пинта).
///
/// Words of near script-neutral keys are candidates; those stay whose sounds are the same to who
/// compares names.
struct NameSpellings {
    /// What a word is looked for as.
    enum Kind {
        /// A name: in all scripts.
        case name
        /// A word of no known translation: as another script spells it.
        case cognate
    }

    let vocabulary: SearchedVocabulary
    let weights: RankingWeights
    let usesForms: Bool
    /// How alike two words are as names.
    let likeness: (String, String) throws(EngineError) -> Float

    /// Fewest letters: shorter words are near to too many.
    private static let fewestLetters = 5
    /// From here on two words of one script are one name.
    private static let leastLikeness: Float = 0.9
    /// From here on two words of different scripts are one name: the score of a match of names.
    ///
    /// Letters tell less there, and few words of the other script are as near.
    private static let leastLikenessAcross: Float = 0.7
    /// Keys of names differ by so much: -ссемб- and -йсенб-.
    private static let distance = 2
    /// Shorter keys differ by less.
    private static let longKey = 6
    private static let mostCandidates = 48

    /// Adds the spellings that documents have, to a word of some length.
    func expand(_ word: inout QueryWord, as kind: Kind) throws(EngineError) {
        guard word.kind == .word, !word.isStopWord, word.typed.count >= Self.fewestLetters else {
            return
        }
        var keys: Set<[UInt8]> = []
        for form in usesForms ? word.stems + word.exact : word.exact {
            let key = ScriptKey.key(of: form)
            guard key.count >= Self.fewestLetters - 1, keys.insert(key).inserted else { continue }
            for entry in try near(key) where entry.term != form {
                try add(entry.term, of: form, kind, to: &word)
            }
        }
    }

    /// The terms of near keys: with two edits those that begin alike, with one also others.
    ///
    /// Stems where forms count: the stem of an inflected name is nearer than its form. To look for
    /// two edits from the first letter on would mean to look through most of the dictionary.
    private func near(_ key: [UInt8]) throws(EngineError) -> [SearchedVocabulary.Entry] {
        var found: [SearchedVocabulary.Entry] = []
        let isLong = key.count >= Self.longKey
        for (distance, prefix) in isLong ? [(Self.distance, 1), (1, 0)] : [(1, 0)] {
            let entries =
                usesForms
                ? try vocabulary.stems(
                    near: key, distance: distance, prefixLetters: prefix,
                    limit: Self.mostCandidates)
                : try vocabulary.words(
                    near: key, distance: distance, prefixLetters: prefix,
                    limit: Self.mostCandidates)
            for entry in entries where !found.contains(where: { $0.term == entry.term }) {
                found.append(entry)
            }
        }
        return found
    }

    private func add(
        _ term: [UInt8], of form: [UInt8], _ kind: Kind, to word: inout QueryWord
    ) throws(EngineError) {
        let isOtherScript = WordScript(form) != WordScript(term)
        guard isOtherScript || kind == .name else { return }
        let likeness = try likeness(
            String(decoding: form, as: UTF8.self), String(decoding: term, as: UTF8.self))
        guard likeness >= (isOtherScript ? Self.leastLikenessAcross : Self.leastLikeness) else {
            return
        }
        let weight = kind == .name ? weights.scripts : weights.cognate
        word.addRelated(
            RelatedTerm(
                term: term, isStem: usesForms, weight: weight * likeness,
                via: kind == .name ? .scripts : .language))
    }

    /// Whether a word looks like a name: by a capital or the ending of a surname.
    static func mayBeName(_ word: QueryWord) -> Bool {
        word.typed.first?.isUppercase == true || NameShape.isSurname(word.typed)
    }
}
