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
    /// The names that each concept stands in, by its number.
    var conceptStarts: [UInt32] = [0]
    var conceptNames: [NameID] = []
    /// The forms of each primary key and skeleton, by hash.
    var primary = KeyTable()
    var skeleton = KeyTable()
    /// The primary keys with one letter left out, by hash; of each the forms.
    var deletions = KeyTable()
    /// The names that an acronym may stand for, by the hash of its letters.
    var acronyms = KeyTable()

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

    func names(ofConcept concept: NameVocabulary.ConceptID) -> ArraySlice<NameID> {
        guard Int(concept) + 1 < conceptStarts.count else { return [] }
        return conceptNames[
            Int(conceptStarts[Int(concept)])..<Int(conceptStarts[Int(concept) + 1])]
    }

    func units(of name: NameID) -> ArraySlice<FoundUnit> { units[names[Int(name)].units.range] }

    /// About how many bytes it takes.
    public var byteCount: Int {
        names.count * MemoryLayout<Name>.stride + units.count * MemoryLayout<FoundUnit>.stride
            + texts.count + (formNames.count + conceptNames.count + formStarts.count) * 4
            + forms.byteCount + primary.byteCount + skeleton.byteCount + deletions.byteCount
            + acronyms.byteCount
    }
}

/// Numbers by the hash of a key: sorted once, searched by a table of the hashes' first bits.
struct KeyTable: Sendable {
    private var hashes: [UInt32] = []
    private var values: [UInt32] = []
    private var starts: [UInt32] = []
    private var shift: UInt32 = 32

    /// An empty table.
    init() {}

    /// A table of pairs of a hash and a number; pairs that are there twice count once.
    init(_ pairs: [UInt64]) {
        let sorted = pairs.sorted()
        hashes.reserveCapacity(sorted.count)
        values.reserveCapacity(sorted.count)
        var last: UInt64?
        for pair in sorted where pair != last {
            last = pair
            hashes.append(UInt32(truncatingIfNeeded: pair >> 32))
            values.append(UInt32(truncatingIfNeeded: pair))
        }
        var bits: UInt32 = 1
        while 1 << bits < hashes.count, bits < 24 { bits += 1 }
        shift = 32 - bits
        starts = Array(repeating: 0, count: (1 << Int(bits)) + 1)
        for hash in hashes { starts[Int(hash >> shift) + 1] += 1 }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
    }

    /// The numbers of a hash.
    subscript(hash: UInt32) -> ArraySlice<UInt32> {
        guard !hashes.isEmpty else { return [] }
        let bucket = Int(hash >> shift)
        var first = Int(starts[bucket])
        let end = Int(starts[bucket + 1])
        while first < end, hashes[first] < hash { first += 1 }
        var last = first
        while last < end, hashes[last] == hash { last += 1 }
        return values[first..<last]
    }

    var byteCount: Int { (hashes.count + values.count + starts.count) * 4 }

    /// The hash of the bytes of a key, from which one may be left out.
    static func hash(_ key: some Sequence<UInt8>, without place: Int = -1) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for (index, byte) in key.enumerated() where index != place {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}
