import TextAnalysis

extension AcronymReader {
    /// A word of a name as acronyms see it.
    struct Word {
        /// Its letters; of several words each by itself.
        var words: [[UInt16]]
        var concepts: [NameVocabulary.ConceptID]
        var script: NameToken.Script
        /// Whether an acronym may have a letter for it.
        var mayTake: Bool
        /// Whether a hyphen joins it to the word before.
        var followsHyphen: Bool
        /// Whether it is a proper name of which no table knows what it means.
        var isProper: Bool { concepts.isEmpty }

        init(_ unit: NameUnit, _ vocabulary: NameVocabulary) {
            words = Self.words(unit.folded[...])
            concepts = unit.concepts
            script = unit.script
            followsHyphen = unit.followsHyphen
            mayTake = Self.mayTake(unit.role, concepts, vocabulary) && !unit.isEponym
        }

        init(
            _ unit: FoundUnit, _ forms: borrowing NameForms, _ vocabulary: NameVocabulary
        ) {
            words = Self.words(forms.folded(unit.form))
            concepts = [unit.concept, unit.otherConcept].filter { $0 != FoundUnit.noConcept }
            script = forms.forms[Int(unit.form)].script
            followsHyphen = unit.followsHyphen
            mayTake = Self.mayTake(unit.role, concepts, vocabulary) && !unit.isEponym
        }

        private static func mayTake(
            _ role: NameUnit.Role, _ concepts: [NameVocabulary.ConceptID],
            _ vocabulary: NameVocabulary
        ) -> Bool {
            guard role == .concept || role == .word || role == .surname else { return false }
            return concepts.isEmpty
                || concepts.contains { vocabulary.concepts[Int($0)].isInAcronyms }
        }

        private static func words(_ folded: ArraySlice<UInt8>) -> [[UInt16]] {
            folded.split(separator: 0x20).map { Array(String(decoding: $0, as: UTF8.self).utf16) }
        }

        /// Its letters and, of a compound, those of its parts.
        var literalForms: [[[UInt16]]] {
            guard words.count == 1, let parts = AcronymSpelling.compound(words[0]) else {
                return [words]
            }
            return [words, parts]
        }
    }
}
