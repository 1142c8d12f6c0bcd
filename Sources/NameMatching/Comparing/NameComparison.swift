import TextAnalysis

/// Compares the parts of an asked name with those of names of a list.
///
/// Each part of one takes at most one part of the other (an acronym takes the words that it stands
/// for), the surest pairs first. What is left on both sides speaks against the match, what only the
/// list has little. Keeps what it has found out of words, and its buffers, from name to name and
/// from asked name to asked name; not thread-safe.
struct NameComparison {
    let vocabulary: NameVocabulary
    let weights = NameWeights()
    private(set) var asked: [NameUnit] = []
    private var askedContext: NameContext?
    /// The parts of the asked name in each context, as they are needed.
    private(set) var askedParts = [NameParts](
        repeating: NameParts(), count: NameContext.allCases.count)
    private var hasAskedParts = [Bool](repeating: false, count: NameContext.allCases.count)
    private(set) var foundParts = NameParts()
    /// The places in which the entity is that is compared.
    private(set) var locations: ArraySlice<NameVocabulary.ConceptID> = []
    var words = WordLikeness()
    private var known = LikenessCache()
    let acronyms: AcronymReader
    var alignment = NameAlignment()
    private var candidates: [Candidate] = []
    /// What was known of each asked part and each part of the name when that was looked at.
    private var seen: [WordLikeness.Result?] = []
    /// The asked parts that the name surely has a word for.
    private(set) var sure = PlaceSet()
    private var hasAcronym = false

    /// A comparison that is asked for nothing yet.
    init(vocabulary: NameVocabulary) {
        self.vocabulary = vocabulary
        acronyms = AcronymReader(vocabulary: vocabulary)
    }

    /// Compares with one reading of a name.
    init(asked: [NameUnit], vocabulary: NameVocabulary) {
        self.init(vocabulary: vocabulary)
        ask(asked)
    }

    /// Compares with another name from now on.
    mutating func ask(_ units: [NameUnit]) {
        asked = units
        askedContext = NameContext.of(units, vocabulary)
        for place in hasAskedParts.indices { hasAskedParts[place] = false }
        hasAcronym = units.indices.contains { units[$0].role == .acronym }
        known.removeAll()
        words.ask(for: units.count)
    }

    /// A pair in the making.
    private struct Candidate {
        var asked: Int
        var found: Int
        var value: Float
        var relation: NameRelation

        var distance: Int { abs(asked - found) }
    }

    /// Whether the asked name says that it is one of an institution.
    var isOrganization: Bool { askedContext == .organization }

    /// The likeness of a part of the asked name and a form; kept for further names.
    mutating func wordLikeness(_ place: Int, _ form: UInt32, _ forms: borrowing NameForms)
        -> WordLikeness.Result?
    {
        let key = UInt64(place) << 32 | UInt64(form)
        if let known = known[key] { return known.value > 0 ? known : nil }
        let found = words.likeness(asked, place, form, in: forms)
        known[key] = found ?? WordLikeness.Result(value: 0, relation: .missing)
        return found
    }

    /// Keeps the likeness of a part and a form that was found out before.
    mutating func know(_ place: Int, _ entry: LikenessTable.Entry) {
        known[UInt64(place) << 32 | UInt64(entry.form)] = WordLikeness.Result(
            value: entry.value, relation: entry.relation)
    }

    /// The likeness of a name of a list, of an entity that is in some places.
    mutating func likeness(
        _ found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms,
        locations: ArraySlice<NameVocabulary.ConceptID> = [], explains: Bool = false
    ) -> NameLikeness {
        guard !asked.isEmpty, !found.isEmpty else { return NameLikeness(score: 0) }
        self.locations = locations
        let context = askedContext ?? NameContext.of(found, vocabulary) ?? .person
        look(at: found)
        findCandidates(found, forms)
        alignment.removeAll()
        take(from: Self.sure)
        takeJoined(found, forms)
        take(from: 0)
        alignment.doubtCrossedEndings(asked)
        if context == .person { alignment.doubtOtherGender(asked, found, forms) }
        if hasAcronym || found.contains(where: { $0.role == .acronym }) {
            takeAcronyms(found, forms)
        }
        if !hasAskedParts[context.rawValue] {
            askedParts[context.rawValue].read(asked, context, vocabulary, weights)
            hasAskedParts[context.rawValue] = true
        }
        foundParts.read(found, context, vocabulary, weights)
        return score(context, explains: explains)
    }

    /// Pairs from here on are taken before two words are joined to be one.
    private static let sure: Float = 0.88

    private mutating func take(from least: Float) {
        for candidate in candidates {
            if candidate.value < least { return }
            guard alignment.areFree(candidate.asked, candidate.found) else { continue }
            alignment.take(
                PlaceSet(candidate.asked), PlaceSet(candidate.found), value: candidate.value,
                candidate.relation)
        }
    }

    /// All pairs of parts that may be one, the surest first; of those alike, the nearest.
    private mutating func findCandidates(
        _ found: ArraySlice<FoundUnit>, _ forms: borrowing NameForms
    ) {
        candidates.removeAll(keepingCapacity: true)
        var askedInitials = 0
        for left in asked.indices {
            var foundInitials = 0
            // Where a word is surely there, no other one needs to be compared with it.
            let hasSure = sure.contains(left)
            for (right, unit) in found.enumerated() {
                if hasSure, unit.role != .initial, seen[left * found.count + right] == nil,
                    unit.concept == FoundUnit.noConcept
                {
                    continue
                }
                if let (value, relation) = likeness(
                    left, unit, areSameInitial: askedInitials == foundInitials, forms)
                {
                    insert(
                        Candidate(asked: left, found: right, value: value, relation: relation))
                }
                if unit.role == .initial { foundInitials += 1 }
            }
            if asked[left].role == .initial { askedInitials += 1 }
        }
    }

    /// Looks up what is known of the words of a name, once for all that is asked of them.
    mutating func look(at found: ArraySlice<FoundUnit>) {
        seen.removeAll(keepingCapacity: true)
        sure = PlaceSet()
        for left in asked.indices {
            for unit in found {
                let known = known[UInt64(left) << 32 | UInt64(unit.form)]
                seen.append(known)
                if let known, Self.isSure(known) { sure.insert(left) }
            }
        }
    }

    /// Whether a part of the name that was looked at is known to be like an asked one or not.
    func isKnown(_ right: Int, of count: Int) -> Bool {
        for left in asked.indices where seen[left * count + right] != nil { return true }
        return false
    }

    private static func isSure(_ known: WordLikeness.Result) -> Bool {
        known.relation == .exact || known.relation == .spelling && known.value > 0.95
    }

    private mutating func insert(_ candidate: Candidate) {
        var place = candidates.count
        while place > 0 {
            let before = candidates[place - 1]
            if before.value > candidate.value
                || before.value == candidate.value && before.distance <= candidate.distance
            {
                break
            }
            place -= 1
        }
        candidates.insert(candidate, at: place)
    }
}
