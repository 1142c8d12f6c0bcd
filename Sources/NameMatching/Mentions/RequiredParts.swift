import TextAnalysis

/// Which parts of a name have to be in a text for the name to be there.
struct RequiredParts {
    var name = MentionList.Name()

    /// The parts of a name of an entity.
    init(
        _ units: [FoundUnit], _ kind: EntityDescription.Kind, _ text: String,
        _ vocabulary: NameVocabulary
    ) {
        switch kind {
        case .person: person(units, vocabulary)
        case .organization: organization(units, vocabulary)
        case .place:
            name.traits = .place
            for place in units.indices { name.required |= 1 << UInt32(place) }
        }
        if text.contains(",") { name.traits.insert(.comma) }
        if text.contains(" и ") { name.traits.insert(.joining) }
        if kind == .organization, units.count == 1,
            units[0].role == .acronym || Self.isCapitals(text)
        {
            name.required = 1
            name.proper = 0
            name.traits = .acronym
        } else if kind != .place, name.required.nonzeroBitCount == 1,
            !name.traits.contains(.generic)
        {
            name.traits.insert(.lone)
        }
    }

    private static func isCapitals(_ text: String) -> Bool {
        text.count > 1 && text.allSatisfy { $0.isUppercase }
    }

    private static func kinds(_ unit: FoundUnit, _ vocabulary: NameVocabulary)
        -> [NameConcept.Class]
    {
        [unit.concept, unit.otherConcept].filter { $0 != FoundUnit.noConcept }
            .map { vocabulary.concepts[Int($0)].kind }
    }

    /// All but a patronymic, initials and titles, if two parts are left without them.
    private mutating func person(_ units: [FoundUnit], _ vocabulary: NameVocabulary) {
        name.traits = .person
        var titles: UInt32 = 0
        var initials: UInt32 = 0
        var patronymics: UInt32 = 0
        for (place, unit) in units.enumerated() {
            let bit: UInt32 = 1 << UInt32(place)
            let kinds = Self.kinds(unit, vocabulary)
            if unit.role == .patronymic {
                patronymics |= bit
            } else if unit.role == .initial {
                initials |= bit
            } else if kinds.contains(.title) || kinds.contains(.marker) {
                titles |= bit
            } else {
                name.required |= bit
            }
        }
        for others in [initials, patronymics, titles]
        where name.required.nonzeroBitCount < 2 { name.required |= others }
        name.proper = name.required
    }

    private mutating func organization(_ units: [FoundUnit], _ vocabulary: NameVocabulary) {
        var hasType = false
        var titles: UInt32 = 0
        var initials: UInt32 = 0
        let hasEponym = units.contains(where: \.isEponym)
        for (place, unit) in units.enumerated() {
            let bit: UInt32 = 1 << UInt32(place)
            let kinds = Self.kinds(unit, vocabulary)
            switch unit.role {
            case .initial: initials |= bit
            case .number: name.required |= bit
            case .word, .surname, .patronymic, .acronym:
                name.required |= bit
                name.proper |= bit
                if unit.role == .acronym { hasType = true }
            case .concept:
                if unit.isEponym {
                    name.required |= bit
                    name.proper |= bit
                } else if kinds.contains(.type) {
                    name.required |= bit
                    hasType = true
                } else if kinds.contains(.marker) {
                    name.markers |= bit
                } else if kinds.contains(.legal) || kinds.contains(.title) && hasEponym {
                    // Of «Жазушылар одағы» the writers are the subject.
                    titles |= bit
                } else if kinds.contains(.status) || kinds.contains(.area) {
                    name.wanted |= bit
                } else {
                    name.required |= bit
                    if kinds.contains(.place) || kinds.contains(.people) { name.proper |= bit }
                }
            }
        }
        dropGivenNames(units)
        // «National Commission»: nothing else tells it.
        for others in [name.wanted, titles]
        where name.proper == 0 || name.required.nonzeroBitCount < 2 {
            name.required |= others
        }
        // Single letters may be words that join others: «и».
        if name.required.nonzeroBitCount < 2 { name.required |= initials }
        name.wanted &= ~name.required
        name.markers &= ~name.required
        // «Q University»: the initial is its name.
        if name.required & initials != 0 { name.proper |= initials }
        if !hasType, titles & name.required == 0 {
            name.traits.insert(.title)
        } else if name.proper == 0 {
            name.traits.insert(.generic)
        }
    }

    /// «Сарсен Аманжолов атындағы»: the surname is enough.
    private mutating func dropGivenNames(_ units: [FoundUnit]) {
        for role in [NameUnit.Role.surname, .patronymic] {
            let places = units.indices.filter { units[$0].isEponym && units[$0].role == role }
            guard !places.isEmpty else { continue }
            for place in units.indices
            where units[place].isEponym && units[place].role != role {
                let bit: UInt32 = 1 << UInt32(place)
                name.required &= ~bit
                name.proper &= ~bit
            }
            return
        }
    }
}
