/// Adds up what speaks for and against two names being of one entity.
struct NameTally {
    /// What all parts of the asked name weigh.
    private(set) var askedWeight: Float = 0
    private var foundWeight: Float = 0
    private var askedMatched: Float = 0
    /// Whether an acronym of one name stands for words of the other.
    var hasAcronym = false
    /// Whether one of the names has no word for an institution.
    var isBare = false
    /// Whether a proper name was found in both.
    private(set) var hasIdentity = false
    private var matchedKinds: ClassSet = ClassSet()

    // What only one of the names has.
    private var missing: Float = 0
    private var surplus: Float = 0
    private var missingKinds: ClassSet = ClassSet()
    private var surplusKinds: ClassSet = ClassSet()
    private var missingIdentity = false
    private var surplusIdentity = false
    private var hasLoneArea = false
    private var hasLonePatronymic = false
    private var missingNumber = false
    private var surplusNumber = false

    /// Counts two parts that were taken for one.
    mutating func matched(
        asked: Float, found: Float, value: Float, kind: NameConcept.Class?, isIdentity: Bool
    ) {
        askedWeight += asked
        foundWeight += found
        askedMatched += asked * value
        // What the parts do not have in common is in both names.
        missing += asked * (1 - value)
        surplus += found * (1 - value)
        if isIdentity, asked > 0.3, value > 0.6 { hasIdentity = true }
        if let kind { matchedKinds.insert(kind) }
    }

    /// Counts a place of the asked name in which the found entity is: its name need not say so.
    mutating func located(weight: Float, value: Float) {
        askedWeight += weight
        askedMatched += weight * value
    }

    /// Counts a part that only the asked name has.
    mutating func missing(_ part: NamePart, weight: Float) {
        askedWeight += weight
        missing += weight
        if let kind = part.kind, weight > 0.02 { missingKinds.insert(kind) }
        if part.isIdentity, weight > 0.3 { missingIdentity = true }
        if part.role == .number { missingNumber = true }
        if part.isArea { hasLoneArea = true }
        if part.role == .patronymic { hasLonePatronymic = true }
    }

    /// Counts a part that only the found name has.
    mutating func surplus(_ part: NamePart, weight: Float) {
        foundWeight += weight
        surplus += weight
        if let kind = part.kind, weight > 0.02 { surplusKinds.insert(kind) }
        if part.isIdentity, weight > 0.3 { surplusIdentity = true }
        if part.role == .number { surplusNumber = true }
        if part.isArea { hasLoneArea = true }
        if part.role == .patronymic { hasLonePatronymic = true }
    }

    private static let distinctive = ClassSet(.subject, .direction, .place, .ordinal, .people)

    /// The score, 0 to 1.
    func score(_ context: NameContext, _ weights: NameWeights) -> Float {
        guard askedWeight > 0, foundWeight > 0, askedMatched > 0 else { return 0 }
        let share = context == .person ? weights.personSurplus : weights.organizationSurplus
        var score = askedMatched / askedWeight
        score *= 1 - share * surplus / foundWeight
        score *= 1 - weights.conflict * min(missing, surplus) / min(askedWeight, foundWeight)
        if missingNumber && surplusNumber {
            score *= 0.5
        } else if missingNumber || surplusNumber {
            score *= 0.7
        }
        switch context {
        case .person: break
        case .place:
            if missingKinds.contains(.area), surplusKinds.contains(.area) {
                score *= 0.6
            } else if hasLoneArea {
                // A district or a lake is not the town of its name.
                score *= 0.72
            } else if missingKinds.contains(.title) || surplusKinds.contains(.title)
                || hasLonePatronymic
            {
                // A person after whom the place is named.
                score *= 0.75
            }
        case .organization: score *= differences
        }
        return min(1, max(0, score))
    }

    /// What differences of kind cost an institution.
    private var differences: Float {
        var factor: Float = 1
        let missingDistinct = !missingKinds.isDisjoint(with: Self.distinctive)
        let surplusDistinct = !surplusKinds.isDisjoint(with: Self.distinctive)
        if missingDistinct, surplusDistinct {
            factor *= 0.6
        } else if !hasIdentity, missingDistinct || surplusDistinct {
            factor *= 0.7
        }
        if missingKinds.contains(.type), surplusKinds.contains(.type) {
            factor *= 0.6
        } else if matchedKinds.contains(.type), !hasAcronym,
            missingKinds.contains(.type) || surplusKinds.contains(.type)
        {
            // A college at a university.
            factor *= 0.85
        }
        if isBare, missingKinds.contains(.type) || surplusKinds.contains(.type) { factor *= 0.75 }
        if missingKinds.contains(.status), surplusKinds.contains(.status) { factor *= 0.9 }
        if missingIdentity, surplusIdentity { factor *= 0.6 }
        return factor
    }
}

/// Classes of concepts, as bits.
struct ClassSet {
    private var bits: UInt16 = 0

    /// Some classes.
    init(_ kinds: NameConcept.Class...) { for kind in kinds { insert(kind) } }

    mutating func insert(_ kind: NameConcept.Class) { bits |= Self.bit(kind) }

    func contains(_ kind: NameConcept.Class) -> Bool { bits & Self.bit(kind) != 0 }

    func isDisjoint(with other: ClassSet) -> Bool { bits & other.bits == 0 }

    private static func bit(_ kind: NameConcept.Class) -> UInt16 {
        let place: UInt16 =
            switch kind {
            case .type: 0
            case .status: 1
            case .subject: 2
            case .people: 3
            case .direction: 4
            case .legal: 5
            case .marker: 6
            case .title: 7
            case .ordinal: 8
            case .area: 9
            case .place: 10
            }
        return 1 << place
    }
}
