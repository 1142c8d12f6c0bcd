/// Which place lies in which, by concepts of the gazetteer.
struct PlaceTree: Sendable {
    private let first: Int
    private var parents: [NameVocabulary.ConceptID?] = []
    private var numbers: [String: NameVocabulary.ConceptID] = [:]

    /// The tree of a vocabulary's gazetteer.
    init(_ vocabulary: NameVocabulary) {
        first = vocabulary.firstPlace
        var ids: [String: NameVocabulary.ConceptID] = [:]
        for number in first..<vocabulary.concepts.count {
            guard let place = vocabulary.places[number] else { continue }
            let concept = NameVocabulary.ConceptID(number)
            ids[place.id] = concept
            for name in place.names.values.joined() {
                if let other = numbers[name], vocabulary.rank(other) <= vocabulary.rank(concept) {
                    continue
                }
                numbers[name] = concept
            }
        }
        for number in first..<vocabulary.concepts.count {
            parents.append(vocabulary.places[number]?.within.flatMap { ids[$0] })
        }
        // Ids are surer than names.
        numbers.merge(ids) { _, id in id }
    }

    /// The concept of a place by its id, or else the best known of that name.
    func concept(_ name: String) -> NameVocabulary.ConceptID? { numbers[name] }

    /// A place and all that it lies in, the country last.
    func chain(_ place: NameVocabulary.ConceptID) -> [NameVocabulary.ConceptID] {
        var chain = [place]
        // A table with a ring would have no end.
        while chain.count < 8, let last = chain.last, let next = parent(last),
            !chain.contains(next)
        {
            chain.append(next)
        }
        return chain
    }

    /// The place that a place lies in.
    func parent(_ place: NameVocabulary.ConceptID) -> NameVocabulary.ConceptID? {
        let index = Int(place) - first
        return parents.indices.contains(index) ? parents[index] : nil
    }
}
