/// What a document tells as a whole: where it is set, whom it names in full.
struct DocumentContext {
    /// How often each place is named, in whatever form, with all that it lies in.
    private(set) var places: [NameVocabulary.ConceptID: Int] = [:]
    /// How often each place itself is named.
    private(set) var named: [NameVocabulary.ConceptID: Int] = [:]
    private var entities: Set<UInt64> = []
    private let vocabulary: NameVocabulary
    private var countries: [NameVocabulary.ConceptID: Int] = [:]

    /// How many times as often another country may be named than the one a document is set in.
    private static let mostAbroad = 3
    /// How many mentions of its country the language of a text is worth.
    private static let languageCount = 3

    /// The places of a document; a Kazakh one is set in Kazakhstan, as far as it does not say.
    init(
        _ text: MentionText, _ known: TextWords, _ tree: PlaceTree,
        _ vocabulary: NameVocabulary
    ) {
        self.vocabulary = vocabulary
        var end = 0
        for place in text.words.indices where place >= end {
            var concepts: [NameVocabulary.ConceptID] = []
            if let phrase = text.phrase(at: place) {
                concepts = phrase.concepts
                end = place + phrase.count
            } else if known.traits(text.words[place].number).contains(.place) {
                concepts = known.words[Int(text.words[place].number)].concepts
            }
            let best = concepts.filter { vocabulary.concepts[Int($0)].kind == .place }
                .min { vocabulary.rank($0) < vocabulary.rank($1) }
            if let best { add(best, tree, 1) }
        }
        if text.isKazakh, let home = tree.concept(Self.home) {
            add(home, tree, Self.languageCount)
        }
    }

    private mutating func add(
        _ place: NameVocabulary.ConceptID, _ tree: PlaceTree, _ count: Int
    ) {
        named[place, default: 0] += count
        let chain = tree.chain(place)
        for place in chain { places[place, default: 0] += count }
        if let country = chain.last, vocabulary.places[Int(country)]?.kind == "country" {
            countries[country, default: 0] += count
        }
    }

    /// Where Kazakh is the language of institutions.
    static let home = "kazakhstan"

    /// Whether a document is set in the country of some places more than in others.
    func isSet(in others: [NameVocabulary.ConceptID]) -> Bool {
        guard let country = country(of: others), let count = countries[country] else {
            return false
        }
        return count * Self.mostAbroad >= countries.values.max() ?? 0
    }

    /// The country among the places of an entity; its region may stand behind it.
    private func country(of places: [NameVocabulary.ConceptID]) -> NameVocabulary.ConceptID? {
        places.last { vocabulary.places[Int($0)]?.kind == "country" }
    }

    private static func key(_ list: Int, _ entity: UInt32) -> UInt64 {
        UInt64(list) << 32 | UInt64(entity)
    }

    /// Notes what is named in full, and that institutions are where they are.
    mutating func note(_ matches: [NameMatch], _ lists: [MentionList]) {
        for match in matches where match.method != .short {
            guard entities.insert(Self.key(match.list, match.entity)).inserted,
                let entity = lists[match.list].entities[match.entity],
                entity.kind == .organization
            else { continue }
            for place in entity.places { places[place, default: 0] += 1 }
            if let country = country(of: entity.places) { countries[country, default: 0] += 1 }
        }
    }

    /// Whether the entity of a match is named in full.
    func names(_ match: NameMatch) -> Bool {
        entities.contains(Self.key(match.list, match.entity))
    }
}
