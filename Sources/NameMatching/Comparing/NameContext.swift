/// What two names are compared as.
enum NameContext: Int, CaseIterable {
    case person, organization, place

    /// What a name is of, as far as a part of it tells; `nil` where it says nothing.
    ///
    /// A type says more than an area, so `.organization` ends the search.
    static func told(
        by role: NameUnit.Role, _ concept: NameVocabulary.ConceptID, _ vocabulary: NameVocabulary
    ) -> NameContext? {
        if role == .acronym { return .organization }
        guard concept != FoundUnit.noConcept else { return nil }
        switch vocabulary.kind(concept) {
        case .type, .legal: return .organization
        case .area: return .place
        default: return nil
        }
    }

    /// What a read name is of.
    static func of(_ units: [NameUnit], _ vocabulary: NameVocabulary) -> NameContext? {
        var context: NameContext?
        // By place: units are dear to copy.
        for place in units.indices {
            if units[place].role == .acronym { return .organization }
            for concept in units[place].concepts {
                let told = told(by: units[place].role, concept, vocabulary)
                if told == .organization { return told }
                context = told ?? context
            }
        }
        return context
    }

    /// What a name of a list is of.
    static func of(_ units: ArraySlice<FoundUnit>, _ vocabulary: NameVocabulary) -> NameContext? {
        var context: NameContext?
        for unit in units {
            if unit.role == .acronym { return .organization }
            guard unit.concept != FoundUnit.noConcept else { continue }
            let first = told(by: unit.role, unit.concept, vocabulary)
            let second = told(by: unit.role, unit.otherConcept, vocabulary)
            if first == .organization || second == .organization { return .organization }
            context = second ?? first ?? context
        }
        return context
    }
}
