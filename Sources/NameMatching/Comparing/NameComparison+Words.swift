import TextAnalysis

/// How alike single parts of two names are.
extension NameComparison {
    /// The likeness of a part of the asked name and one of a found name; `nil` if they cannot be
    /// one.
    ///
    /// `areSameInitial` says that as many initials stand before one as before the other.
    mutating func likeness(
        _ left: Int, _ right: FoundUnit, areSameInitial: Bool, _ forms: borrowing NameForms
    ) -> (Float, NameRelation)? {
        switch (asked[left].role, right.role) {
        case (.number, .number):
            return forms.isSpelt(right.form, asked[left].folded) ? (1, .number) : nil
        case (.number, _), (_, .number): return nil
        case (.initial, .initial):
            // In their order: `О.Н.` is not `Н.О.`
            guard areSameInitial else { return nil }
            return initials(left, right, forms)
        case (.initial, .patronymic):
            return initials(left, right, forms).map { ($0.0 * 0.9, $0.1) }
        // What begins with a letter of its own is not that letter.
        case (.initial, .acronym), (.acronym, .initial): return nil
        case (.initial, _), (_, .initial): return initials(left, right, forms)
        default: break
        }
        if let found = meaning(left, right, forms) { return found }
        if asked[left].isAbbreviation || right.isAbbreviation {
            let unit = asked[left]
            let other = forms.folded(right.form)
            let isShort =
                unit.isAbbreviation
                ? other.count > unit.folded.count && other.starts(with: unit.folded)
                : unit.folded.count > other.count && unit.folded.starts(with: other)
            if isShort { return (0.95, .initial) }
        }
        // The father's name of one is not the given name of another.
        if asked[left].role == .patronymic {
            guard right.role == .patronymic || right.role == .surname else { return nil }
        } else if right.role == .patronymic {
            guard asked[left].role == .surname else { return nil }
        }
        guard let word = wordLikeness(left, right.form, forms) else { return nil }
        // A few letters that stand for words are no slip of a word.
        if asked[left].role == .acronym, right.role != .acronym, word.relation == .typo,
            asked[left].isSmallAcronym || asked[left].segments.count <= Self.shortAcronym
        {
            return nil
        }
        // Acronyms that are nearly alike are two, unless they say the same in two languages.
        if asked[left].role == .acronym, right.role == .acronym, word.value < Self.sameAcronym {
            return nil
        }
        switch (asked[left].role == .patronymic, right.role == .patronymic) {
        case (true, true):
            return word.relation == .exact ? (1, .exact) : (word.value, .patronymic)
        // Құдайбердіұлы, Кудайбердиев.
        case (true, false), (false, true): return (word.value * 0.95, .patronymic)
        case (false, false): break
        }
        // Words that the vocabulary tells apart are no slips of each other.
        if word.relation != .exact, !asked[left].concepts.isEmpty,
            right.concept != FoundUnit.noConcept, word.value < 0.93,
            // «Жамбылский» is a district that has the name of the town.
            word.relation != .ending || vocabulary.kind(right.concept) != .place
        {
            return nil
        }
        return (word.value, word.relation)
    }

    /// The likeness of parts of one meaning.
    private mutating func meaning(
        _ left: Int, _ right: FoundUnit, _ forms: borrowing NameForms
    ) -> (Float, NameRelation)? {
        guard right.concept != FoundUnit.noConcept,
            let concept = right.means(asked[left].concepts)
        else { return nil }
        if forms.isSpelt(right.form, asked[left].folded) { return (1, .exact) }
        // Of names of one meaning the one that sounds alike is nearer.
        if let word = wordLikeness(left, right.form, forms), word.value > weights.meaningMatch {
            return (word.value, word.relation)
        }
        let isFirst = asked[left].concepts.first == right.concept
        let value = isFirst ? weights.meaningMatch : weights.otherMeaningMatch
        guard vocabulary.kind(concept) == .place else { return (value, .meaning) }
        // A district is not its town, whatever else the table says of the name.
        let areAlike =
            vocabulary.tellsArea(asked[left].folded[...])
            == vocabulary.tellsArea(forms.folded(right.form))
        return (areAlike || isOrganization ? value : value * weights.areaOrTown, .place)
    }

    /// The most parts of an acronym that is not as well a word in capitals: NARXOZ.
    private static let shortAcronym = 5
    /// From this likeness on two acronyms are spellings of one.
    private static let sameAcronym: Float = 0.9

    // MARK: Initials

    /// How sure a part is the initial of another, or both are one.
    func initials(_ left: Int, _ right: FoundUnit, _ forms: borrowing NameForms)
        -> (Float, NameRelation)?
    {
        let role = asked[left].role
        if right.role == .concept || role == .concept {
            let concept = right.role == .concept ? right.concept : asked[left].concepts.first
            if let concept, concept != FoundUnit.noConcept, vocabulary.kind(concept) != .place {
                return nil
            }
        }
        guard let own = asked[left].sounds.first, let first = forms.sound(right.form, 0) else {
            return nil
        }
        let areBoth = role == .initial && right.role == .initial
        if areBoth, forms.isSpelt(right.form, asked[left].folded) {
            return (1, .exact)
        }
        guard Self.begins(own, first) else { return nil }
        // Ю and Я begin alike and are two.
        if asked[left].sounds.count > 1, own.main == .i,
            let otherSecond = forms.sound(right.form, 1)?.main
        {
            let second = asked[left].sounds[1].main
            if second.isVowel, otherSecond.isVowel, second != otherSecond { return nil }
        }
        return (areBoth ? 0.9 : weights.initialMatch, .initial)
    }

    /// Whether a name of one first sound may have an initial of another.
    private static func begins(_ left: NameSound, _ right: NameSound) -> Bool {
        if left.main == right.main { return true }
        if left.main.isNarrow, right.main.isNarrow { return true }
        let both = left.main.bit | right.main.bit
        return initialPairs.contains(both)
    }

    /// J for й and ж, W for у, H for х and г, E for э, i for я and ю.
    private static let initialPairs: [UInt32] = ["IJ", "UV", "OU", "IU", "IA"].map { pair in
        pair.utf8.compactMap { NameSound.Class(letter: $0)?.bit }.reduce(0, |)
    }
}
