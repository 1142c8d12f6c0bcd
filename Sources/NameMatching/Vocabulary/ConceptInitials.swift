import TextAnalysis

/// With which letters acronyms stand for concepts: the words of their forms, by language.
struct ConceptInitials: Sendable {
    /// Folded first letters (at most four) of the words of each form, by concept, then language.
    private var words: [[Language: [[[UInt16]]]]] = []

    /// Whether acronyms are likely to have a letter for a concept.
    private var isCommon: [Bool] = []

    /// The initials of all concepts.
    init(_ concepts: [NameConcept]) {
        for concept in concepts {
            var byLanguage: [Language: [[[UInt16]]]] = [:]
            if concept.isInAcronyms {
                for (language, forms) in concept.forms {
                    byLanguage[language] = Self.initials(of: forms)
                }
            }
            words.append(byLanguage)
            switch concept.kind {
            case .type, .status, .direction, .people, .subject: isCommon.append(true)
            default: isCommon.append(false)
            }
        }
    }

    /// The first letters of the words of forms, each once; abbreviations have none of their own.
    private static func initials(of forms: [String]) -> [[[UInt16]]] {
        var result: [[[UInt16]]] = []
        for form in forms where result.count < 6 {
            let words = VocabularyBuilder.words(of: form.lowercased())
            guard words.count > 1 || form != form.uppercased() else { continue }
            let initials = words.map { Array($0.utf16.prefix(4)) }
            if !result.contains(initials) { result.append(initials) }
        }
        return result
    }

    /// The forms of a concept in a language, each as the first letters of its words.
    func forms(_ concept: Int, _ language: Language) -> [[[UInt16]]] {
        words[concept][language] ?? []
    }

    /// The concepts that have a form of one word that begins so, in a language.
    func concepts(_ segment: [UInt16], _ language: Language) -> Set<Int> {
        var result: Set<Int> = []
        for (concept, byLanguage) in words.enumerated() where isCommon[concept] {
            for form in (byLanguage[language] ?? []).prefix(2)
            where form.count == 1 && form[0].starts(with: segment.prefix(4)) {
                result.insert(concept)
            }
        }
        return result
    }
}
