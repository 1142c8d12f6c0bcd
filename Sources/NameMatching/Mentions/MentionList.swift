import TextAnalysis

/// A directory laid out to find its names in running text.
///
/// Each name is found by its rarest part, its anchor; the words around it tell whether the rest is
/// there. Immutable, so it is shared by all threads.
///
/// Invariants: 1. Anchors are required parts of their names. 2. A name has at most 32 parts.
public struct MentionList: Sendable {
    /// How a name has to be found.
    struct Name: Sendable {
        /// The part by which it is found.
        var anchor: UInt8 = 0
        /// Parts that have to be there, one bit each.
        var required: UInt32 = 0
        /// Parts that should be there.
        var wanted: UInt32 = 0
        /// Proper names and places among the parts that have to be there.
        var proper: UInt32 = 0
        /// Words that only join others; a name does not begin or end with them.
        var markers: UInt32 = 0
        var traits: Traits = []
    }

    struct Traits: OptionSet, Sendable {
        let rawValue: UInt8

        static let person = Traits(rawValue: 1)
        static let place = Traits(rawValue: 2)
        /// One part, capitals that stand for words.
        static let acronym = Traits(rawValue: 4)
        /// One part that tells too little by itself.
        static let lone = Traits(rawValue: 8)
        /// Words that many an institution is made of, and no proper name: Ministry of Defence.
        static let generic = Traits(rawValue: 16)
        /// It goes across a comma.
        static let comma = Traits(rawValue: 32)
        /// No word says that it is an institution: «Егемен Қазақстан».
        static let title = Traits(rawValue: 64)
        /// «И» joins two of its words: Министерство науки и высшего образования.
        static let joining = Traits(rawValue: 128)
    }

    /// What the caller told of an entity.
    struct Entity: Sendable {
        var kind: EntityDescription.Kind
        /// Its places and all that they lie in.
        var places: [NameVocabulary.ConceptID]
        /// Whether its full name has no proper part either.
        var isGeneric = true
    }

    /// The names.
    public let directory: NameDirectory
    private(set) var names: [Name] = []
    private(set) var entities: [UInt32: Entity] = [:]
    private var ofForm: [UInt32: [NameDirectory.NameID]] = [:]
    private var ofConcept: [NameVocabulary.ConceptID: [NameDirectory.NameID]] = [:]
    private(set) var isPatronymic: [Bool]
    /// Forms by the key of what is left when the ending of a case is cut off.
    private var stems: KeyTable

    /// The most names that one word or concept is the anchor of; further ones are not found, so
    /// that a frequent word has a bounded cost.
    static let mostNamesOfAnchor = 256

    /// A list of the names of a directory.
    ///
    /// - Parameters:
    ///   - directory: The names; its entities are those of the mentions.
    ///   - vocabulary: The vocabulary that the directory was built with.
    ///   - describe: What an entity is and where; asked once for each.
    /// - Cost: some microseconds a name.
    public init(
        _ directory: NameDirectory, vocabulary: NameVocabulary,
        describe: (UInt32) -> EntityDescription
    ) {
        self.directory = directory
        let tree = PlaceTree(vocabulary)
        isPatronymic = [Bool](repeating: false, count: directory.formCount)
        for unit in directory.units where unit.role == .patronymic {
            isPatronymic[Int(unit.form)] = true
        }
        stems = KeyTable(Self.stems(of: directory))
        names = [Name](repeating: Name(), count: directory.nameCount)
        for number in 0..<UInt32(directory.nameCount) {
            let id = directory.entity(of: number)
            let entity = entities[id] ?? Self.entity(describe(id), tree)
            entities[id] = entity
            add(number, entity, vocabulary)
        }
    }

    private static func entity(_ description: EntityDescription, _ tree: PlaceTree) -> Entity {
        var places: [NameVocabulary.ConceptID] = []
        for name in description.places {
            guard let concept = tree.concept(name) else { continue }
            for place in tree.chain(concept) where !places.contains(place) { places.append(place) }
        }
        return Entity(kind: description.kind, places: places)
    }

    /// Keys of the genitives of eponyms (`имени Абылкаса Сагинова`) without their endings.
    private static func stems(of directory: NameDirectory) -> [UInt64] {
        var pairs: [UInt64] = []
        var sounds = SoundReader()
        var known: Set<UInt32> = []
        for unit in directory.units
        where unit.isEponym && unit.role != .concept && known.insert(unit.form).inserted {
            let script = directory.forms.forms[Int(unit.form)].script
            guard script == .cyrillic else { continue }
            for base in CaseEndings.bases(
                of: directory.forms.folded(unit.form), script: script)
            where base.count >= 8 {
                sounds.read(base, script: script)
                let key = NameKey(sounds.sounds).primary
                pairs.append(UInt64(KeyTable.hash(key)) << 32 | UInt64(unit.form))
            }
        }
        return pairs
    }

    // MARK: Names

    private mutating func add(
        _ number: NameDirectory.NameID, _ entity: Entity, _ vocabulary: NameVocabulary
    ) {
        let units = Array(directory.units(of: number).prefix(32))
        let text = directory.text(of: number)
        var parts = RequiredParts(units, entity.kind, text, vocabulary)
        if entity.kind == .place, units.count == 1, units[0].role == .concept,
            let own = entity.places.first
        {
            // Of several places of one name each is found by itself.
            parts.name.anchor = 0
            append(number, concept: own)
            names[Int(number)] = parts.name
            return
        }
        guard let anchor = anchor(units, parts.name.required) else { return }
        parts.name.anchor = UInt8(anchor)
        names[Int(number)] = parts.name
        if !parts.name.traits.contains(.generic), !parts.name.traits.contains(.acronym) {
            entities[directory.entity(of: number)]?.isGeneric = false
        }
        let unit = units[anchor]
        append(number, form: unit.form)
        if entity.kind == .person { return }
        for concept in [unit.concept, unit.otherConcept] where concept != FoundUnit.noConcept {
            append(number, concept: concept)
        }
    }

    private mutating func append(_ number: UInt32, form: UInt32) {
        if ofForm[form]?.count ?? 0 < Self.mostNamesOfAnchor {
            ofForm[form, default: []].append(number)
        }
    }

    private mutating func append(_ number: UInt32, concept: NameVocabulary.ConceptID) {
        if ofConcept[concept]?.count ?? 0 < Self.mostNamesOfAnchor {
            ofConcept[concept, default: []].append(number)
        }
    }

    /// The rarest of the parts that have to be there.
    private func anchor(_ units: [FoundUnit], _ required: UInt32) -> Int? {
        var best: (place: Int, count: Int)?
        for (place, unit) in units.enumerated() where required & 1 << UInt32(place) != 0 {
            var count = directory.names(ofForm: unit.form).count
            if unit.concept != FoundUnit.noConcept {
                count = max(count, directory.names(ofConcept: unit.concept).count) * 2
            }
            if best.map({ count < $0.count }) ?? true { best = (place, count) }
        }
        return best?.place
    }

    /// The names whose anchor is a form.
    func names(anchoredAt form: UInt32) -> [NameDirectory.NameID] { ofForm[form] ?? [] }

    /// The names whose anchor is a concept.
    func names(anchoredAtConcept concept: NameVocabulary.ConceptID) -> [NameDirectory.NameID] {
        ofConcept[concept] ?? []
    }

    /// The forms whose base has a primary key.
    func forms(ofStem key: [UInt8]) -> ArraySlice<UInt32> { stems[KeyTable.hash(key)] }
}
