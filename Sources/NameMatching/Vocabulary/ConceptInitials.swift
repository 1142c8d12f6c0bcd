import TextAnalysis

/// With which letters acronyms stand for concepts: the words of their forms, by spelling.
struct ConceptInitials: Sendable {
    /// Folded first letters (at most four) of the words of each form, by concept, then spelling.
    private var words: [[AcronymSpelling: [[[UInt16]]]]] = []

    /// A word that is a form of a concept for which acronyms are likely to have a letter.
    private struct CommonWord {
        /// Its first letters.
        var initials: [UInt16]
        var concept: Int
    }

    /// These words of each spelling, in the order of their letters.
    private var common: [AcronymSpelling: [CommonWord]] = [:]

    /// The initials of all concepts.
    init(_ concepts: [NameConcept]) {
        for concept in concepts {
            var bySpelling: [AcronymSpelling: [[[UInt16]]]] = [:]
            if concept.isInAcronyms {
                for spelling in AcronymSpelling.allCases {
                    guard let forms = concept.forms[spelling.language] else { continue }
                    bySpelling[spelling] = Self.initials(
                        of: concept.kind == .place ? Self.shortest(forms) : forms, spelling)
                }
            }
            words.append(bySpelling)
            switch concept.kind {
            case .type, .status, .direction, .people, .subject: addCommon(bySpelling)
            default: break
            }
        }
        for spelling in common.keys {
            common[spelling]?.sort { $0.initials.lexicographicallyPrecedes($1.initials) }
        }
    }

    /// Adds the words of the last concept.
    private mutating func addCommon(_ bySpelling: [AcronymSpelling: [[[UInt16]]]]) {
        for (spelling, forms) in bySpelling {
            for form in forms.prefix(2) where form.count == 1 {
                common[spelling, default: []].append(
                    CommonWord(initials: form[0], concept: words.count - 1))
            }
        }
    }

    /// Forms without those that say beside another form what kind of place it is: of «Семей
    /// қаласы» and «Семей» the latter.
    private static func shortest(_ forms: [String]) -> [String] {
        forms.filter { form in
            !forms.contains { form.hasPrefix($0 + " ") || form.hasSuffix(" " + $0) }
        }
    }

    /// The first letters of the words of forms, each once; abbreviations have none of their own.
    private static func initials(
        of forms: [String], _ spelling: AcronymSpelling
    ) -> [[[UInt16]]] {
        var result: [[[UInt16]]] = []
        func add(_ words: [[UInt16]]) {
            let isRomanized = spelling == .russianInLatin || spelling == .kazakhInLatin
            let initials = cut(isRomanized ? words.map { AcronymSpelling.inLatin($0) } : words)
            if !result.contains(initials) { result.append(initials) }
        }
        for form in forms where result.count < 6 {
            let words = VocabularyBuilder.words(of: form.lowercased()).map { Array($0.utf16) }
            guard words.count > 1 || form != form.uppercased() else { continue }
            add(words)
            let telling = words.filter { !joining.contains($0) }
            if telling.count < words.count, !telling.isEmpty { add(telling) }
            if words.count == 1, let parts = AcronymSpelling.compound(words[0]) { add(parts) }
        }
        return result
    }

    /// The first letters of words, as forms have them.
    static func cut(_ words: [[UInt16]]) -> [[UInt16]] { words.map { Array($0.prefix(4)) } }

    /// Words within forms that need not have a letter: «мұнай және газ» is МГ.
    private static let joining: Set<[UInt16]> = Set(
        "және мен и по для of and for the".split(separator: " ").map { Array($0.utf16) })

    /// The forms of a concept in a spelling, each as the first letters of its words.
    func forms(_ concept: Int, _ spelling: AcronymSpelling) -> [[[UInt16]]] {
        words[concept][spelling] ?? []
    }

    /// The concepts that have a form of one word that begins so, in a spelling.
    func concepts(_ segment: [UInt16], _ spelling: AcronymSpelling) -> Set<Int> {
        let known = common[spelling] ?? []
        let wanted = segment.prefix(4)
        var (low, high) = (0, known.count)
        while low < high {
            let middle = (low + high) / 2
            if known[middle].initials.lexicographicallyPrecedes(wanted) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var result: Set<Int> = []
        while low < known.count, known[low].initials.starts(with: wanted) {
            result.insert(known[low].concept)
            low += 1
        }
        return result
    }
}
