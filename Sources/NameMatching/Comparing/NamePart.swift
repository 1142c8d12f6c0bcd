/// What the score needs to know of a part of a name.
struct NamePart {
    var role: NameUnit.Role
    var kind: NameConcept.Class?
    var weight: Float
    /// Whether it is a proper name that tells an institution from others.
    var isIdentity = false
    /// Whether it says that a place is no settlement.
    var isArea = false

    /// A part with its meanings, as two names are compared in a context.
    ///
    /// `first` and `second` are its first two meanings, `FoundUnit.noConcept` where it has none.
    init(
        _ role: NameUnit.Role, _ first: NameVocabulary.ConceptID,
        _ second: NameVocabulary.ConceptID, isEponym: Bool, _ context: NameContext,
        _ vocabulary: NameVocabulary, _ weights: NameWeights
    ) {
        self.role = role
        weight = weights.word
        var kind: NameConcept.Class?
        if first != FoundUnit.noConcept {
            kind = vocabulary.kind(first)
            isArea = kind == .area && vocabulary.isArea(first)
            // «академик» before a person is a title, whatever it may be elsewhere.
            if context == .person, second != FoundUnit.noConcept, vocabulary.kind(second) == .title
            {
                kind = .title
            }
        }
        self.kind = isEponym ? nil : kind
        switch (role, context) {
        case (.concept, .organization) where isEponym:
            weight = 1
            isIdentity = true
        case (.concept, .person):
            // Words of the vocabulary are names of people too: Алтай, Абай.
            switch kind {
            case .marker: weight = 0
            case .title, .legal: weight = 0.1
            default: break
            }
        case (.concept, _):
            if first != FoundUnit.noConcept { weight = vocabulary.weight(first) }
        case (.surname, _):
            weight = weights.surname
            isIdentity = true
        case (.word, .organization):
            weight = 1
            isIdentity = true
        case (.word, _): isIdentity = true
        case (.initial, .organization): weight = 0.1
        case (.initial, _): weight = weights.initial
        case (.number, _): weight = weights.number
        case (.patronymic, .organization): weight = 0.2
        case (.patronymic, _), (.acronym, _): break
        }
        if context == .organization, role == .acronym { weight = 1 }
    }
}

/// The parts of a name with their weights.
struct NameParts {
    private(set) var parts: [NamePart] = []
    /// Whether one is a patronymic.
    private(set) var hasPatronymic = false
    /// Whether the name is that of a person or a place, without any word for an institution.
    private(set) var isBare = false

    subscript(place: Int) -> NamePart { parts[place] }

    /// Reads the parts of an asked name.
    mutating func read(
        _ units: [NameUnit], _ context: NameContext, _ vocabulary: NameVocabulary,
        _ weights: NameWeights
    ) {
        parts.removeAll(keepingCapacity: true)
        // By place: units are dear to copy.
        for place in units.indices {
            let concepts = units[place].concepts
            append(
                NamePart(
                    units[place].role, concepts.first ?? FoundUnit.noConcept,
                    concepts.count > 1 ? concepts[1] : FoundUnit.noConcept,
                    isEponym: units[place].isEponym, context, vocabulary, weights),
                followsHyphen: units[place].followsHyphen, context)
        }
        finish(context, weights)
    }

    /// Reads the parts of a name of a list.
    mutating func read(
        _ units: ArraySlice<FoundUnit>, _ context: NameContext, _ vocabulary: NameVocabulary,
        _ weights: NameWeights
    ) {
        parts.removeAll(keepingCapacity: true)
        for unit in units {
            append(
                NamePart(
                    unit.role, unit.concept, unit.otherConcept, isEponym: unit.isEponym, context,
                    vocabulary, weights), followsHyphen: unit.followsHyphen, context)
        }
        finish(context, weights)
    }

    private mutating func append(
        _ part: NamePart, followsHyphen: Bool, _ context: NameContext
    ) {
        var part = part
        // Both halves of a double name count as one and a bit.
        if context == .person, followsHyphen, let last = parts.last, last.weight > 0.5 {
            parts[parts.count - 1].weight *= 0.6
            part.weight *= 0.6
        }
        parts.append(part)
    }

    private mutating func finish(_ context: NameContext, _ weights: NameWeights) {
        hasPatronymic = parts.contains { $0.role == .patronymic }
        isBare = Self.isBare(parts)
        if context == .organization { lightenGivenNames(weights) }
        // A name of nothing but words that join others: they are all that it has.
        if parts.allSatisfy({ $0.weight < 0.05 }) {
            for place in parts.indices { parts[place].weight = weights.word }
        }
    }

    private static func isBare(_ parts: [NamePart]) -> Bool {
        var words = 0
        var isNamed = false
        for part in parts {
            switch part.kind {
            case .type, .legal, .subject, .status: return false
            case .place: isNamed = true
            default: break
            }
            switch part.role {
            case .acronym, .number: return false
            case .surname, .patronymic, .initial: isNamed = true
            case .word: words += 1
            case .concept: break
            }
        }
        return isNamed || words > 1
    }

    /// «Sarsen Amanzholov»: the surname tells an institution, the given name little.
    private mutating func lightenGivenNames(_ weights: NameWeights) {
        var place = 0
        while place < parts.count {
            guard parts[place].isIdentity else {
                place += 1
                continue
            }
            var end = place
            while end < parts.count, parts[end].isIdentity { end += 1 }
            if end - place > 1 {
                let hasSurname = parts[place..<end].contains { $0.role == .surname }
                for index in place..<end where hasSurname && parts[index].role != .surname {
                    parts[index].weight = weights.eponymGivenName
                    parts[index].isIdentity = false
                }
                if !hasSurname {
                    for index in place..<end { parts[index].weight /= Float(end - place) * 0.75 }
                }
            }
            place = end
        }
    }
}
