import TextAnalysis

/// Finds whom an institution is named after, by the words that say so.
enum Eponyms {
    /// The concept of «named after» in the table of words.
    static let slug = "named-after"

    /// Marks the parts before `атындағы`, behind `имени` and `named after`.
    ///
    /// What the vocabulary knows of them (a town of the same name) is not what they are there for.
    static func mark(_ units: inout [NameUnit], _ vocabulary: NameVocabulary) {
        guard let marker = units.firstIndex(where: { isMarker($0, vocabulary) }) else { return }
        if isKazakh(units[marker]) {
            for place in (0..<marker).reversed() {
                guard !isType(units[place], vocabulary) else { break }
                mark(&units[place], vocabulary)
            }
        } else {
            for place in units.index(after: marker)..<units.count {
                guard !isType(units[place], vocabulary) else { break }
                mark(&units[place], vocabulary)
            }
        }
    }

    private static func mark(_ unit: inout NameUnit, _ vocabulary: NameVocabulary) {
        if unit.role == .number || unit.role == .acronym { return }
        let kinds = unit.concepts.map { vocabulary.concepts[Int($0)].kind }
        if kinds.contains(.title) || kinds.contains(.marker) || kinds.contains(.legal) { return }
        unit.isEponym = true
    }

    private static func isMarker(_ unit: NameUnit, _ vocabulary: NameVocabulary) -> Bool {
        unit.concepts.contains { vocabulary.concepts[Int($0)].slug == slug }
    }

    private static func isType(_ unit: NameUnit, _ vocabulary: NameVocabulary) -> Bool {
        unit.concepts.contains {
            let kind = vocabulary.concepts[Int($0)].kind
            return kind == .type || kind == .legal
        }
    }

    /// `атындағы`, `ат.`, `atyndağy`, `اتىنداعى`: in Kazakh the name stands before it.
    private static func isKazakh(_ unit: NameUnit) -> Bool {
        ScriptKey.key(of: unit.folded).starts(with: "AT".utf8)
    }
}
