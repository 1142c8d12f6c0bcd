import TextAnalysis

/// Finds the other spellings of a word: in other scripts, with and without the Kazakh letters.
///
/// Words of one script-neutral key are candidates; those that contradict the typed letters are
/// left out, the others weigh by how well they agree.
struct WordExpander {
    let vocabulary: SearchedVocabulary
    let analysis: QueryAnalysis
    let weights: RankingWeights
    let limits: Limits
    let usesForms: Bool

    /// Adds the spellings that documents have.
    func expand(_ word: inout QueryWord) throws(EngineError) {
        guard word.kind == .word || word.kind == .acronym || word.kind == .compound else { return }
        for form in word.exact { try expand(&word, from: form) }
        guard usesForms else { return }
        for stem in word.stems where !word.exact.contains(stem) {
            try expand(&word, from: stem)
        }
        if word.related.isEmpty, try !vocabulary.knows(word) { try expandInflected(&word) }
    }

    private func expand(_ word: inout QueryWord, from form: [UInt8]) throws(EngineError) {
        // More than one for a letter that may be read in two ways: `ý` is у or й.
        for key in ScriptKey.keys(of: form) { try expand(&word, from: form, key: key) }
    }

    private func expand(_ word: inout QueryWord, from form: [UInt8], key: [UInt8])
        throws(EngineError)
    {
        let stems =
            usesForms ? try vocabulary.stems(key: key, limit: limits.scriptExpansionCount) : []
        for entry in stems {
            guard let agreement = agreement(form, entry.term) else { continue }
            add(entry.term, isStem: true, agreement, to: &word)
        }
        for entry in try vocabulary.words(key: key, limit: limits.scriptExpansionCount) {
            guard let agreement = agreement(form, entry.term) else { continue }
            // Where its stem is counted too, the form itself counts as little beside it as a typed
            // one does. Plain Latin letters mostly stand in English text, where no Kazakh stem is.
            let hasStem =
                usesForms
                && (entry.term.contains { $0 >= 0x80 } || stems.contains { $0.term == entry.term })
            add(
                entry.term, isStem: false, agreement, to: &word,
                factor: hasStem ? weights.exactForm : 1)
            guard usesForms, agreement.isOtherSpelling else { continue }
            for stem in analysis.stems(of: entry.term, language: .kazakh) {
                add(stem, isStem: true, agreement, to: &word)
            }
        }
    }

    /// An inflected Kazakh word without its letters: no rule stems it, but what is left without
    /// endings has the key of a stem that documents have (`тарбиенин`: тәрбие).
    private func expandInflected(_ word: inout QueryWord) throws(EngineError) {
        for form in word.exact {
            let key = ScriptKey.key(of: form)
            for count in KazakhSuffixKeys.stemCounts(of: key) {
                let stem = Array(key[..<count])
                var isFound = false
                for entry in try vocabulary.stems(key: stem, limit: limits.scriptExpansionCount) {
                    word.addRelated(
                        RelatedTerm(
                            term: entry.term, isStem: true, weight: weights.scripts / 2,
                            via: .scripts))
                    isFound = true
                }
                // The longest stem that is known: a shorter one would be another word.
                if isFound { return }
            }
        }
    }

    /// How well a found term agrees with a typed one.
    private struct Agreement {
        var value: Float
        var isOtherSpelling: Bool
    }

    private func agreement(_ typed: [UInt8], _ found: [UInt8]) -> Agreement? {
        guard typed != found else { return Agreement(value: 1, isOtherSpelling: false) }
        return ScriptRelation.agreement(typed: typed.span, found: found.span).map {
            Agreement(value: $0, isOtherSpelling: true)
        }
    }

    private func add(
        _ term: [UInt8], isStem: Bool, _ agreement: Agreement, to word: inout QueryWord,
        factor: Float = 1
    ) {
        let weight = weights.scripts * agreement.value * factor
        guard weight > 0 else { return }
        word.addRelated(
            RelatedTerm(
                term: term, isStem: isStem, weight: weight,
                via: agreement.isOtherSpelling ? .scripts : .forms))
    }
}
