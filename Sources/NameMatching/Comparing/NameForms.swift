import TextAnalysis

/// A stretch of an arena.
struct ArenaRange: Sendable, Equatable {
    var start: UInt32
    var count: UInt32

    /// No stretch.
    static let none = ArenaRange(start: 0, count: 0)

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
        /// What its sounds are together.
        var outline = SoundOutline()
        /// The same without the ending of a surname.
        var bareOutline = SoundOutline()
        var script: NameToken.Script
        var isAcronym: Bool
        var isPatronymic: Bool
        /// The end of the hash of its letters, which tells most words apart without these.
        var check: UInt16 = 0
    }

    private(set) var forms: [Form] = []
    private(set) var letters: [UInt8] = []
    private var sounds: [SoundAlphabet.Code] = []
    /// The sounds that they have.
    private(set) var alphabet = SoundAlphabet()
    /// One more than the number of a form, by the hash of its letters; 0 where there is none.
    private var slots = [UInt32](repeating: 0, count: 16)
    /// The parts of acronyms, each from a capital on.
    private(set) var segments: [UInt32: [[UInt16]]] = [:]

    /// The form of a unit, new or known.
    mutating func add(_ unit: NameUnit) -> UInt32 {
        // A patronymic has the sounds of its base alone.
        let isPatronymic = unit.role == .patronymic
        if let number = number(of: unit.folded, isPatronymic: isPatronymic) { return number }
        let number = UInt32(forms.count)
        append(
            unit.folded[...], unit.sounds.map { alphabet.add($0) }[...],
            bare: unit.bare.map { alphabet.add($0) }[...],
            Form(
                folded: .none, sounds: .none, bare: .none, script: unit.script,
                isAcronym: unit.role == .acronym, isPatronymic: isPatronymic))
        if unit.role == .acronym { segments[number] = unit.segments }
        return number
    }

    /// Adds a form that is not there yet, without its ranges.
    private mutating func append(
        _ folded: ArraySlice<UInt8>, _ sounds: ArraySlice<SoundAlphabet.Code>,
        bare: ArraySlice<SoundAlphabet.Code>, _ form: Form
    ) {
        var form = form
        form.folded = ArenaRange(start: UInt32(letters.count), count: UInt32(folded.count))
        letters += folded
        form.check = Self.check(of: folded)
        form.sounds = add(sounds)
        form.outline = SoundOutline(sounds, alphabet)
        form.bare = add(bare)
        form.bareOutline = SoundOutline(bare, alphabet)
        forms.append(form)
        if forms.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for number in forms.indices { insert(UInt32(number)) }
        } else {
            insert(UInt32(forms.count - 1))
        }
    }

    private mutating func add(_ added: ArraySlice<SoundAlphabet.Code>) -> ArenaRange {
        let range = ArenaRange(start: UInt32(sounds.count), count: UInt32(added.count))
        sounds += added
        return range
    }

    /// The number of a form by its folded letters; `nil` for a patronymic and what is none.
    func number(of folded: [UInt8]) -> UInt32? { number(of: folded, isPatronymic: false) }

    /// The number of a form by its folded letters and by whether it is a patronymic.
    func number(of folded: [UInt8], isPatronymic: Bool) -> UInt32? {
        var slot = Int(KeyTable.hash(folded)) & (slots.count - 1)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if forms[Int(number)].isPatronymic == isPatronymic, isSpelt(number, folded) {
                return number
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    private mutating func insert(_ number: UInt32) {
        var slot = Int(KeyTable.hash(folded(number))) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = number + 1
    }

    /// About how many bytes they take.
    var byteCount: Int {
        forms.count * MemoryLayout<Form>.stride + letters.count + slots.count * 4
            + sounds.count * 2 + alphabet.byteCount
    }

    /// Reads where forms are kept and their first sounds, one behind the other, so that memory is
    /// waited for once and not at each of them.
    ///
    /// - Returns: A number that means nothing: it keeps the reading from being left out.
    func readAhead(_ numbers: [UInt32]) -> Int {
        var sum = 0
        for number in numbers { sum &+= Int(forms[Int(number)].sounds.start) }
        for number in numbers {
            let range = forms[Int(number)].sounds
            if range.count > 0 { sum &+= Int(sounds[Int(range.start)]) }
        }
        return sum
    }

    /// Whether a form has some very letters.
    func isSpelt(_ form: UInt32, _ folded: [UInt8]) -> Bool {
        let range = forms[Int(form)].folded
        guard Int(range.count) == folded.count else { return false }
        return letters[range.range].elementsEqual(folded)
    }

    /// The same with the check of the letters, for words that are compared with many.
    func isSpelt(_ form: UInt32, _ folded: [UInt8], check: UInt16) -> Bool {
        forms[Int(form)].check == check && isSpelt(form, folded)
    }

    /// The check of some letters.
    static func check(of folded: some Sequence<UInt8>) -> UInt16 {
        UInt16(truncatingIfNeeded: KeyTable.hash(folded))
    }

    func folded(_ form: UInt32) -> ArraySlice<UInt8> { letters[forms[Int(form)].folded.range] }
    func soundCount(_ form: UInt32) -> Int { Int(forms[Int(form)].sounds.count) }
    func sounds(_ form: UInt32) -> ArraySlice<SoundAlphabet.Code> {
        sounds[forms[Int(form)].sounds.range]
    }
    func bare(_ form: UInt32) -> ArraySlice<SoundAlphabet.Code> {
        sounds[forms[Int(form)].bare.range]
    }
    /// A sound of a form; `nil` where it has none at a place.
    func sound(_ form: UInt32, _ place: Int) -> NameSound? {
        if place == 0 { return forms[Int(form)].outline.first.map { alphabet.sounds[Int($0)] } }
        let range = forms[Int(form)].sounds
        guard place < range.count else { return nil }
        return alphabet.sounds[Int(sounds[Int(range.start) + place])]
    }
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
