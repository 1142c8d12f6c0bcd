import TextAnalysis

/// How alike two names are, and which part of one was taken for which of the other.
public struct NameLikeness: Sendable {
    /// Two parts that were taken for one, or a part that only one name has.
    public struct Pair: Sendable, Equatable {
        /// The places of the parts of the asked name; empty for a part that it does not have.
        public var asked: [Int]
        /// The places of the parts of the found name; empty for a part that it does not have.
        public var found: [Int]
        /// How they relate.
        public var relation: NameRelation
        /// How alike they are, 0 to 1.
        public var score: Float
        /// How much the parts count in their name, 0 to 1.
        public var weight: Float
    }

    /// How alike the names are, 0 to 1; from 0.7 on they are of one entity.
    public var score: Float
    /// Which part was taken for which; the heaviest first. Empty unless asked for.
    public var pairs: [Pair] = []
}

/// Compares the parts of an asked name with those of names of a list.
///
/// Each part of one takes at most one part of the other (an acronym takes the words that it stands
/// for), the surest pairs first. What is left on both sides speaks against the match, what only the
/// list has little. Keeps what it has found out of words, so one serves one asked name.
struct NameComparison {
    private let vocabulary: NameVocabulary
    private let weights = NameWeights()
    let asked: [NameUnit]
    private let askedContext: NameContext?
    private var words = WordLikeness()
    private var known: [UInt64: (value: Float, relation: NameRelation)?] = [:]
    private let acronyms: AcronymReader
    /// Which initial of the name each part is, counted from 0.
    private let askedInitials: [Int]

    /// Compares with one reading of a name.
    init(asked: [NameUnit], vocabulary: NameVocabulary) {
        self.asked = asked
        self.vocabulary = vocabulary
        askedInitials = Self.initialPlaces(asked.map(\.role))
        acronyms = AcronymReader(vocabulary: vocabulary)
        askedContext = Self.context(asked.lazy.map { ($0.role, $0.concepts) }, vocabulary)
    }

    /// A pair in the making.
    private struct Candidate {
        var asked: Int
        var found: Int
        var value: Float
        var relation: NameRelation
    }

    // MARK: Words

    /// The likeness of a part of the asked name and a form; kept for further names.
    mutating func wordLikeness(_ place: Int, _ form: UInt32, _ forms: borrowing NameForms)
        -> (value: Float, relation: NameRelation)?
    {
        let key = UInt64(place) << 32 | UInt64(form)
        if let known = known[key] { return known }
        let found = words.likeness(asked[place], form, in: forms)
        known[key] = .some(found)
        return found
    }

    /// Notes a likeness that is known from elsewhere.
    mutating func note(
        _ place: Int, _ form: UInt32, _ likeness: (value: Float, relation: NameRelation)?
    ) {
        known[UInt64(place) << 32 | UInt64(form)] = .some(likeness)
    }

    // MARK: Names

    /// The likeness of a name of a list.
    mutating func likeness(
        _ found: some RandomAccessCollection<FoundUnit>, _ forms: borrowing NameForms,
        explains: Bool = false
    ) -> NameLikeness {
        let found = Array(found)
        guard !asked.isEmpty, !found.isEmpty else { return NameLikeness(score: 0) }
        let context =
            askedContext
            ?? Self.context(
                found.lazy.map { unit in
                    (
                        unit.role,
                        [unit.concept, unit.otherConcept].filter { $0 != FoundUnit.noConcept }
                    )
                }, vocabulary) ?? .person
        let initials = Self.initialPlaces(found.map(\.role))
        var candidates: [Candidate] = []
        for left in asked.indices {
            for right in found.indices {
                if let (value, relation) = likeness(left, found[right], initials[right], forms) {
                    candidates.append(
                        Candidate(asked: left, found: right, value: value, relation: relation))
                }
            }
        }
        candidates.sort {
            $0.value != $1.value
                ? $0.value > $1.value
                : abs($0.asked - $0.found) < abs($1.asked - $1.found)
        }
        var alignment = Alignment(askedCount: asked.count, foundCount: found.count)
        for candidate in candidates { alignment.take(candidate) }
        alignment.doubtCrossedEndings(asked, found)
        if context == .person { alignment.doubtOtherGender(asked, found, forms) }
        takeAcronyms(&alignment, found, forms, context)
        takeJoined(&alignment, found, forms)
        return score(alignment, found, forms, context, explains: explains)
    }

    private mutating func likeness(
        _ left: Int, _ right: FoundUnit, _ foundInitials: Int, _ forms: borrowing NameForms
    ) -> (Float, NameRelation)? {
        let unit = asked[left]
        switch (unit.role, right.role) {
        case (.number, .number):
            return forms.folded(right.form).elementsEqual(unit.folded) ? (1, .number) : nil
        case (.number, _), (_, .number): return nil
        case (.initial, .initial):
            // In their order: `О.Н.` is not `Н.О.`
            guard askedInitials[left] == foundInitials else { return nil }
            return initials(unit, right, forms)
        case (.initial, _), (_, .initial):
            if right.role == .patronymic && unit.role == .initial {
                return initials(unit, right, forms).map { ($0.0 * 0.9, $0.1) }
            }
            return initials(unit, right, forms)
        default: break
        }
        if let concept = right.means(unit.concepts) {
            if forms.folded(right.form).elementsEqual(unit.folded) { return (1, .exact) }
            let isPlace = vocabulary.concepts[Int(concept)].kind == .place
            return (weights.meaningMatch, isPlace ? .place : .meaning)
        }
        if unit.isAbbreviation || right.isAbbreviation {
            let other = forms.folded(right.form)
            let isShort =
                unit.isAbbreviation
                ? other.count > unit.folded.count && other.starts(with: unit.folded)
                : unit.folded.count > other.count && unit.folded.starts(with: other)
            if isShort { return (0.95, .initial) }
        }
        guard let (value, relation) = wordLikeness(left, right.form, forms) else { return nil }
        switch (unit.role == .patronymic, right.role == .patronymic) {
        case (true, true): return relation == .exact ? (1, .exact) : (value, .patronymic)
        // Құдайбердіұлы, Кудайбердиев; but the father's name of one is not the given name of another.
        case (true, false): return right.role == .surname ? (value * 0.95, .patronymic) : nil
        case (false, true): return unit.role == .surname ? (value * 0.95, .patronymic) : nil
        case (false, false): break
        }
        // Words that the vocabulary tells apart are no slips of each other.
        if relation != .exact, !unit.concepts.isEmpty, right.concept != FoundUnit.noConcept,
            value < 0.93
        {
            return nil
        }
        return (value, relation)
    }

    private func initials(_ unit: NameUnit, _ right: FoundUnit, _ forms: borrowing NameForms)
        -> (Float, NameRelation)?
    {
        if right.role == .concept || unit.role == .concept {
            let slug = right.role == .concept ? right.concept : unit.concepts.first
            if let slug, slug != FoundUnit.noConcept,
                vocabulary.concepts[Int(slug)].kind != .place
            {
                return nil
            }
        }
        let other = forms.sounds(right.form)
        guard let own = unit.sounds.first, let first = other.first else { return nil }
        if unit.role == .initial, right.role == .initial,
            forms.folded(right.form).elementsEqual(unit.folded)
        {
            return (1, .exact)
        }
        guard Self.begins(own, first) else { return nil }
        // Ю and Я begin alike and are two.
        if unit.sounds.count > 1, other.count > 1, own.main == .i,
            unit.role == .initial || right.role == .initial,
            unit.sounds[1].main.isVowel, other[other.startIndex + 1].main.isVowel,
            unit.sounds[1].main != other[other.startIndex + 1].main
        {
            return nil
        }
        let areBoth = unit.role == .initial && right.role == .initial
        return (areBoth ? 0.9 : weights.initialMatch, .initial)
    }

    /// Whether a name of one first sound may have an initial of another.
    private static func begins(_ left: NameSound, _ right: NameSound) -> Bool {
        if left.main == right.main { return true }
        if left.main.isNarrow, right.main.isNarrow { return true }
        return initialPairs.contains(left.main.bit | right.main.bit)
    }

    /// J for й and ж, W for у, H for х and г, E for э, i for я and ю.
    private static let initialPairs: Set<UInt32> = Set(
        ["IJ", "UV", "OU", "IU", "IA"].map { pair in
            pair.utf8.compactMap { NameSound.Class(letter: $0)?.bit }.reduce(0, |)
        })

    private static func initialPlaces(_ roles: [NameUnit.Role]) -> [Int] {
        var count = 0
        return roles.map { role in
            defer { if role == .initial { count += 1 } }
            return count
        }
    }

    // MARK: Acronyms, compounds

    /// Lets acronyms of one name take the words of the other that they stand for.
    private func takeAcronyms(
        _ alignment: inout Alignment, _ found: [FoundUnit], _ forms: borrowing NameForms,
        _ context: NameContext
    ) {
        for left in asked.indices
        where asked[left].role == .acronym && alignment.pairOfAsked[left] == nil {
            let free = found.indices.filter { alignment.pairOfFound[$0] == nil }
            let reading = acronyms.reading(
                of: asked[left].segments, script: asked[left].script,
                isSmall: asked[left].isSmallAcronym,
                in: free.map { AcronymReader.Word(found[$0], forms) })
            if let reading {
                alignment.take(
                    [left], reading.words.map { free[$0] }, value: reading.value, .acronym)
            }
        }
        for right in found.indices
        where found[right].role == .acronym && alignment.pairOfFound[right] == nil {
            let free = asked.indices.filter { alignment.pairOfAsked[$0] == nil }
            let segments = forms.segments[found[right].form] ?? []
            let reading = acronyms.reading(
                of: segments, script: forms.forms[Int(found[right].form)].script, isSmall: false,
                in: free.map { AcronymReader.Word(asked[$0]) })
            if let reading {
                alignment.take(
                    reading.words.map { free[$0] }, [right], value: reading.value, .acronym)
            } else if let left = free.first(where: { asked[$0].role == .acronym }),
                acronyms.areTranslations(
                    asked[left].segments, asked[left].script, segments,
                    forms.forms[Int(found[right].form)].script)
            {
                alignment.take([left], [right], value: weights.acronymTranslation, .acronym)
            }
        }
    }

    /// `Касымжомарт` and `Қасым-Жомарт`.
    private mutating func takeJoined(
        _ alignment: inout Alignment, _ found: [FoundUnit], _ forms: borrowing NameForms
    ) {
        for left in asked.indices
        where alignment.pairOfAsked[left] == nil && asked[left].sounds.count > 5 {
            for right in found.indices.dropLast()
            where alignment.pairOfFound[right] == nil && alignment.pairOfFound[right + 1] == nil {
                let whole = forms.sounds(found[right].form) + forms.sounds(found[right + 1].form)
                let value = words.likeness(asked[left].sounds[...], whole[...])
                if value > 0.88 {
                    alignment.take([left], [right, right + 1], value: value * 0.96, .joined)
                    break
                }
            }
        }
        for right in found.indices
        where alignment.pairOfFound[right] == nil && forms.sounds(found[right].form).count > 5 {
            for left in asked.indices.dropLast()
            where alignment.pairOfAsked[left] == nil && alignment.pairOfAsked[left + 1] == nil {
                let whole = asked[left].sounds + asked[left + 1].sounds
                let value = words.likeness(whole[...], forms.sounds(found[right].form))
                if value > 0.88 {
                    alignment.take([left, left + 1], [right], value: value * 0.96, .joined)
                    break
                }
            }
        }
    }

    /// Who took whom.
    private struct Alignment {
        struct Taken {
            var asked: [Int]
            var found: [Int]
            var value: Float
            var relation: NameRelation
        }

        var pairs: [Taken] = []
        var pairOfAsked: [Int?]
        var pairOfFound: [Int?]

        init(askedCount: Int, foundCount: Int) {
            pairOfAsked = Array(repeating: nil, count: askedCount)
            pairOfFound = Array(repeating: nil, count: foundCount)
        }

        /// «Ермек Серіков» is not «Серік Ермеков»: where each name has an ending that the other
        /// lacks, given names and surnames are crossed.
        mutating func doubtCrossedEndings(_ asked: [NameUnit], _ found: [FoundUnit]) {
            let endings = pairs.indices.filter { pairs[$0].relation == .ending }
            let isLeft = endings.contains { !asked[pairs[$0].asked[0]].bare.isEmpty }
            let isRight = endings.contains { asked[pairs[$0].asked[0]].bare.isEmpty }
            guard isLeft, isRight else { return }
            for place in endings { pairs[place].value *= 0.3 }
        }

        /// «Алия Омарова» is not «Али Омаров»: where surnames differ in gender, near given names
        /// are of two people.
        mutating func doubtOtherGender(
            _ asked: [NameUnit], _ found: [FoundUnit], _ forms: borrowing NameForms
        ) {
            let differ = pairs.contains { pair in
                let unit = asked[pair.asked[0]]
                let other = found[pair.found[0]]
                guard unit.role == .surname, other.role == .surname else { return false }
                return PersonEndings.isFeminine(unit.folded[...])
                    != PersonEndings.isFeminine(forms.folded(other.form))
            }
            guard differ else { return }
            for place in pairs.indices
            where asked[pairs[place].asked[0]].role == .word
                && (pairs[place].value < 0.93 || pairs[place].relation == .inflected)
            {
                pairs[place].value *= 0.3
            }
        }

        mutating func take(_ candidate: Candidate) {
            guard pairOfAsked[candidate.asked] == nil, pairOfFound[candidate.found] == nil else {
                return
            }
            take([candidate.asked], [candidate.found], value: candidate.value, candidate.relation)
        }

        mutating func take(
            _ asked: [Int], _ found: [Int], value: Float, _ relation: NameRelation
        ) {
            for place in asked { pairOfAsked[place] = pairs.count }
            for place in found { pairOfFound[place] = pairs.count }
            pairs.append(Taken(asked: asked, found: found, value: value, relation: relation))
        }
    }

    // MARK: Score

    /// What a name is of, as far as its parts tell.
    private static func context(
        _ units: some Sequence<(NameUnit.Role, [NameVocabulary.ConceptID])>,
        _ vocabulary: NameVocabulary
    ) -> NameContext? {
        var context: NameContext?
        for (role, concepts) in units {
            if role == .acronym { return .organization }
            for concept in concepts {
                switch vocabulary.concepts[Int(concept)].kind {
                case .type, .legal: return .organization
                case .area: context = .place
                default: break
                }
            }
        }
        return context
    }

    private func score(
        _ alignment: Alignment, _ found: [FoundUnit], _ forms: borrowing NameForms,
        _ context: NameContext, explains: Bool
    ) -> NameLikeness {
        let left = parts(asked.map { PartShape($0) }, context, forms)
        let right = parts(found.map { PartShape($0) }, context, forms)
        var tally = NameTally()
        let bothHavePatronymics =
            asked.contains { $0.role == .patronymic } && found.contains { $0.role == .patronymic }
        func weight(_ part: Part) -> Float {
            part.role == .patronymic
                ? (bothHavePatronymics ? weights.patronymic : weights.lonePatronymic) : part.weight
        }
        for pair in alignment.pairs {
            var askedWeight = pair.asked.reduce(Float(0)) { $0 + weight(left[$1]) }
            var foundWeight = pair.found.reduce(Float(0)) { $0 + weight(right[$1]) }
            switch pair.relation {
            case .patronymic:
                // A surname of -ұлы counts as the surname that it is paired with.
                askedWeight = max(askedWeight, foundWeight)
                foundWeight = askedWeight
            case .initial
            where pair.asked.contains { asked[$0].role == .initial }
                || pair.found.contains { found[$0].role == .initial }:
                askedWeight = min(askedWeight, weights.initial)
                foundWeight = min(foundWeight, weights.initial)
            case .acronym:
                askedWeight = max(askedWeight, foundWeight)
                foundWeight = askedWeight
                tally.hasAcronym = true
            default: break
            }
            tally.matched(
                asked: askedWeight, found: foundWeight, value: pair.value,
                kind: left[pair.asked[0]].kind,
                isIdentity: pair.asked.contains { left[$0].isIdentity })
        }
        let takesAcronym = alignment.pairs.contains { $0.relation == .acronym }
        for place in left.indices where alignment.pairOfAsked[place] == nil {
            tally.missing(left[place], weight: weight(left[place]))
        }
        for place in right.indices where alignment.pairOfFound[place] == nil {
            let isUnspoken = takesAcronym && right[place].isIdentity
            tally.surplus(
                right[place],
                weight: weight(right[place]) * (isUnspoken ? weights.unspokenEponym : 1))
        }
        // A surname or a place alone is no institution that is named after it.
        tally.isBare = Self.isBare(left, vocabulary) || Self.isBare(right, vocabulary)
        var likeness = NameLikeness(score: tally.score(context, weights))
        guard explains else { return likeness }
        let total = max(tally.askedWeight, 0.001)
        for pair in alignment.pairs {
            likeness.pairs.append(
                .init(
                    asked: pair.asked, found: pair.found, relation: pair.relation,
                    score: pair.value,
                    weight: min(1, pair.asked.reduce(0) { $0 + weight(left[$1]) } / total)))
        }
        for place in left.indices where alignment.pairOfAsked[place] == nil {
            likeness.pairs.append(
                .init(
                    asked: [place], found: [], relation: .missing, score: 0,
                    weight: min(1, weight(left[place]) / total)))
        }
        for place in right.indices where alignment.pairOfFound[place] == nil {
            likeness.pairs.append(
                .init(
                    asked: [], found: [place], relation: .surplus, score: 0,
                    weight: min(1, weight(right[place]) / total)))
        }
        return likeness
    }

    /// What the score needs to know of a part.
    struct Part {
        var role: NameUnit.Role
        var kind: NameConcept.Class?
        var weight: Float
        /// Whether it is a proper name that tells an institution from others.
        var isIdentity: Bool
    }

    /// Whether a name is that of a person or a place, without any word for an institution.
    private static func isBare(_ parts: [Part], _ vocabulary: NameVocabulary) -> Bool {
        guard parts.allSatisfy({ $0.role != .acronym && $0.role != .number }) else { return false }
        var words = 0
        var isNamed = false
        for part in parts {
            switch part.kind {
            case .type, .legal, .subject, .status: return false
            case .place: isNamed = true
            default: break
            }
            switch part.role {
            case .surname, .patronymic, .initial: isNamed = true
            case .word: words += 1
            default: break
            }
        }
        return isNamed || words > 1
    }

    private struct PartShape {
        var role: NameUnit.Role
        var concepts: [NameVocabulary.ConceptID]
        var followsHyphen: Bool
        var isEponym: Bool

        init(_ unit: NameUnit) {
            isEponym = unit.isEponym
            role = unit.role
            concepts = Array(unit.concepts.prefix(2))
            followsHyphen = unit.followsHyphen
        }

        init(_ unit: FoundUnit) {
            isEponym = unit.isEponym
            role = unit.role
            concepts = [unit.concept, unit.otherConcept].filter { $0 != FoundUnit.noConcept }
            followsHyphen = unit.followsHyphen
        }
    }

    private func parts(
        _ shapes: [PartShape], _ context: NameContext, _ forms: borrowing NameForms
    ) -> [Part] {
        var parts: [Part] = []
        for (place, shape) in shapes.enumerated() {
            let kinds = shape.concepts.map { vocabulary.concepts[Int($0)].kind }
            // «академик» before a person is a title, whatever it may be elsewhere.
            let kind =
                context == .person && kinds.contains(.title) ? .title : kinds.first
            var part = Part(
                role: shape.role, kind: shape.isEponym ? nil : kind, weight: weights.word,
                isIdentity: false)
            switch (shape.role, context) {
            case (.concept, .organization) where shape.isEponym:
                part.weight = 1
                part.isIdentity = true
            case (.concept, .person):
                // Words of the vocabulary are names of people too: Алтай, Абай.
                switch kind {
                case .marker: part.weight = 0
                case .title, .legal: part.weight = 0.1
                default: break
                }
            case (.concept, _):
                part.weight =
                    shape.concepts.first.map { vocabulary.concepts[Int($0)].weight }
                    ?? weights.word
            case (.surname, _):
                part.weight = weights.surname
                part.isIdentity = true
            case (.word, .organization):
                part.weight = 1
                part.isIdentity = true
            case (.word, _): part.isIdentity = true
            case (.initial, .organization): part.weight = 0.1
            case (.initial, _): part.weight = weights.initial
            case (.number, _): part.weight = weights.number
            case (.patronymic, .organization): part.weight = 0.2
            case (.patronymic, _), (.acronym, _): break
            }
            if context == .organization, shape.role == .acronym { part.weight = 1 }
            // Both halves of a double name count as one and a bit.
            if context == .person, shape.followsHyphen, place > 0, parts[place - 1].weight > 0.5 {
                parts[place - 1].weight *= 0.6
                part.weight *= 0.6
            }
            parts.append(part)
        }
        if context == .organization { lightenGivenNames(&parts) }
        return parts
    }

    /// «Sarsen Amanzholov»: the surname tells an institution, the given name little.
    private func lightenGivenNames(_ parts: inout [Part]) {
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
