import TextAnalysis

/// A stretch of an arena.
struct ArenaRange: Sendable, Equatable {
    var start: UInt32
    var count: UInt32

    var range: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// The distinct words of many names with their sounds and keys.
///
/// Invariants: 1. No two forms have the same folded letters and the same role of a patronymic.
/// 2. Numbers ascend from 0 without gaps.
struct NameForms: Sendable {
    /// A distinct word.
    struct Form: Sendable {
        var folded: ArenaRange
        var sounds: ArenaRange
        /// The sounds without the ending of a surname; empty without one.
        var bare: ArenaRange
        var script: NameToken.Script
        var isAcronym: Bool
    }

    private(set) var forms: [Form] = []
    private(set) var letters: [UInt8] = []
    private(set) var sounds: [NameSound] = []
    private var numbers: [[UInt8]: UInt32] = [:]
    /// The parts of acronyms, each from a capital on.
    private(set) var segments: [UInt32: [[UInt16]]] = [:]

    /// The form of a unit, new or known.
    mutating func add(_ unit: NameUnit) -> UInt32 {
        // A patronymic has the sounds of its base alone.
        let name = unit.role == .patronymic ? unit.folded + [0] : unit.folded
        if let number = numbers[name] { return number }
        let number = UInt32(forms.count)
        numbers[name] = number
        let folded = ArenaRange(start: UInt32(letters.count), count: UInt32(unit.folded.count))
        letters += unit.folded
        forms.append(
            Form(
                folded: folded, sounds: add(unit.sounds), bare: add(unit.bare),
                script: unit.script, isAcronym: unit.role == .acronym))
        if unit.role == .acronym { segments[number] = unit.segments }
        return number
    }

    /// The number of a form by its folded letters.
    func number(of folded: [UInt8]) -> UInt32? { numbers[folded] }

    private mutating func add(_ added: [NameSound]) -> ArenaRange {
        let range = ArenaRange(start: UInt32(sounds.count), count: UInt32(added.count))
        sounds += added
        return range
    }

    /// About how many bytes they take.
    var byteCount: Int {
        forms.count * (MemoryLayout<Form>.stride + 64) + 2 * letters.count
            + sounds.count * MemoryLayout<NameSound>.stride
    }

    /// Whether a form has some very letters.
    func isSpelt(_ form: UInt32, _ folded: [UInt8]) -> Bool {
        let range = forms[Int(form)].folded
        guard Int(range.count) == folded.count else { return false }
        let start = Int(range.start)
        for place in folded.indices where letters[start + place] != folded[place] { return false }
        return true
    }

    func folded(_ form: UInt32) -> ArraySlice<UInt8> { letters[forms[Int(form)].folded.range] }
    func sounds(_ form: UInt32) -> ArraySlice<NameSound> { sounds[forms[Int(form)].sounds.range] }
    func bare(_ form: UInt32) -> ArraySlice<NameSound> { sounds[forms[Int(form)].bare.range] }
}

/// A part of a name of a list: its form and what part it plays.
struct FoundUnit: Sendable, Equatable {
    /// Marks the absence of a concept.
    static let noConcept = NameVocabulary.ConceptID.max

    var form: UInt32
    var role: NameUnit.Role
    /// The first meanings; `noConcept` where there is none.
    var concept: NameVocabulary.ConceptID
    var otherConcept: NameVocabulary.ConceptID
    var followsHyphen: Bool
    /// Whether it may be the beginning of a longer word.
    var isAbbreviation: Bool
    /// Whether it names whom an institution is named after.
    var isEponym: Bool

    /// The part of a name that has been read.
    init(_ unit: NameUnit, form: UInt32) {
        self.form = form
        role = unit.role
        concept = unit.concepts.first ?? Self.noConcept
        otherConcept = unit.concepts.count > 1 ? unit.concepts[1] : Self.noConcept
        followsHyphen = unit.followsHyphen
        isAbbreviation = unit.isAbbreviation
        isEponym = unit.isEponym
    }

    /// Whether one of some meanings is its own.
    func means(_ concepts: [NameVocabulary.ConceptID]) -> NameVocabulary.ConceptID? {
        for own in concepts where own == concept || own == otherConcept { return own }
        return nil
    }
}
