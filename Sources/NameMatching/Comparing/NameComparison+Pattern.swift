import TextAnalysis

/// What tells names apart that are compared, so that those that are alike are compared once.
extension NameComparison {
    /// What the likeness of a name depends on if each word of the asked one is surely in it, as a
    /// hash: those words, which initials the others may have, and what part they play; `nil` for
    /// other names.
    mutating func pattern(
        of found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms
    ) -> UInt64? {
        look(at: found)
        var hash = KeyTable.emptyHash
        func add(_ value: UInt64) {
            hash = (hash ^ value) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        for left in asked.indices {
            switch asked[left].role {
            case .word, .surname, .concept, .patronymic:
                guard sure.contains(left) else { return nil }
            case .initial:
                for unit in found {
                    // Initials of both names are taken in their order.
                    guard unit.role != .initial else { return nil }
                    add(UInt64((initials(left, unit, forms)?.0 ?? 0).bitPattern))
                }
            case .number, .acronym: return nil
            }
        }
        for (right, unit) in found.enumerated() {
            guard unit.role != .acronym else { return nil }
            // What is no word of the asked name counts by the part that it plays and its meaning.
            let tells = unit.concept != FoundUnit.noConcept || isKnown(right, of: found.count)
            add(tells ? UInt64(unit.form) << 1 : 1)
            let flags: UInt64 =
                (unit.followsHyphen ? 1 : 0) | (unit.isAbbreviation ? 2 : 0)
                | (unit.isEponym ? 4 : 0)
            let meanings = UInt64(unit.concept) << 32 | UInt64(unit.otherConcept) << 48
            add(meanings | UInt64(unit.role.rawValue) << 8 | flags)
        }
        return hash
    }
}
