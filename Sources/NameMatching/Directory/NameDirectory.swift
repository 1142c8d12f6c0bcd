import TextAnalysis

/// The names of many entities, laid out to find those that sound like an asked one.
///
/// Immutable, so it is shared by all threads. Words are kept once, with their sounds; a name is a
/// row of numbers of words; each word knows the names that it stands in.
///
/// Invariants: 1. Names of one entity are neighbours. 2. The names of a word ascend.
public struct NameDirectory: Sendable {
    /// The number of a name in a directory.
    public typealias NameID = UInt32

    /// What a directory is made of.
    struct Name: Sendable {
        var entity: UInt32
        var text: ArenaRange
        var units: ArenaRange
        var kind: UInt8
    }

    var forms = NameForms()
    var names: [Name] = []
    var units: [FoundUnit] = []
    var texts: [UInt8] = []
    /// The names of each form: `formNames[formStarts[f]..<formStarts[f + 1]]`.
    var formStarts: [UInt32] = [0]
    var formNames: [NameID] = []
    /// Of each of `formNames` the other words of the name.
    var neighbours = NameNeighbours()
    /// The names that each concept stands in, by its number.
    var conceptStarts: [UInt32] = [0]
    var conceptNames: [NameID] = []
    /// The same of frequent forms and concepts as bits.
    var formBits = NameBitmaps()
    var conceptBits = NameBitmaps()
    /// The forms of each primary key and skeleton, by hash.
    var primary = KeyTable()
    var skeleton = KeyTable()
    /// The forms of each coarse key, by hash.
    var coarse = KeyTable()
    /// The primary keys with one letter left out, by hash; of each the forms.
    var deletions = KeyTable()
    /// The names that an acronym may stand for, by the hash of its letters.
    var acronyms = KeyTable()
    /// The names in which two neighbours, written as one, have a primary key, by its hash.
    var joined = KeyTable()

    /// What its words find in it.
    var likenesses = LikenessTable()
    /// Which asked words it was found to have; new for each directory.
    var presence = PresenceMemory()

    /// The places in which entities are that have told them.
    var locations: [UInt32: ArenaRange] = [:]
    var locationConcepts: [NameVocabulary.ConceptID] = []

    /// How many names there are.
    public var nameCount: Int { names.count }
    /// How many distinct words they are made of.
    public var formCount: Int { forms.forms.count }

    /// The entity of a name, as the builder was given it.
    public func entity(of name: NameID) -> UInt32 { names[Int(name)].entity }

    /// A name as it is written.
    public func text(of name: NameID) -> String {
        String(decoding: texts[names[Int(name)].text.range], as: UTF8.self)
    }

    /// The kind of a name, as the builder was given it.
    public func kind(of name: NameID) -> UInt8 { names[Int(name)].kind }

    /// All names of the entity that a name is of.
    public func names(besides name: NameID) -> Range<NameID> {
        let entity = entity(of: name)
        var first = name
        while first > 0, names[Int(first) - 1].entity == entity { first -= 1 }
        var end = name + 1
        while Int(end) < names.count, names[Int(end)].entity == entity { end += 1 }
        return first..<end
    }

    func names(ofForm form: UInt32) -> ArraySlice<NameID> {
        formNames[Int(formStarts[Int(form)])..<Int(formStarts[Int(form) + 1])]
    }

    /// How many names a form stands in.
    func nameCount(ofForm form: UInt32) -> Int {
        Int(formStarts[Int(form) + 1] - formStarts[Int(form)])
    }

    func names(ofConcept concept: NameVocabulary.ConceptID) -> ArraySlice<NameID> {
        guard Int(concept) + 1 < conceptStarts.count else { return [] }
        return conceptNames[
            Int(conceptStarts[Int(concept)])..<Int(conceptStarts[Int(concept) + 1])]
    }

    func units(of name: NameID) -> ArraySlice<FoundUnit> { units[names[Int(name)].units.range] }

    /// The places in which an entity is.
    func locations(of entity: UInt32) -> ArraySlice<NameVocabulary.ConceptID> {
        guard let range = locations[entity] else { return [] }
        return locationConcepts[range.range]
    }

    /// About how many bytes it takes.
    public var byteCount: Int {
        names.count * MemoryLayout<Name>.stride + units.count * MemoryLayout<FoundUnit>.stride
            + texts.count + (formNames.count + conceptNames.count + formStarts.count) * 4
            + neighbours.byteCount + formBits.byteCount + conceptBits.byteCount + forms.byteCount
            + primary.byteCount + likenesses.byteCount
            + skeleton.byteCount + deletions.byteCount
            + coarse.byteCount + acronyms.byteCount + joined.byteCount
    }
}
