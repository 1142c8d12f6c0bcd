/// How the names of places are written, to tell a place from a word that only sounds like it.
struct PlaceSpellings: Sendable {
    private struct Place {
        /// Folded words of names of one word.
        var single: [[UInt8]] = []
        /// Folded words of longer names.
        var parts: [[UInt8]] = []
        /// What adjectives made of it begin with.
        var adjectives: [[UInt8]] = []
    }

    private let first: Int
    private var places: [Place] = []

    /// Letters, in bytes, that the end of a name may change in a case.
    private static let end = 2
    /// The same of a word of a longer name, which may be an adjective.
    private static let endOfPart = 6

    /// The spellings of a vocabulary's gazetteer.
    init(_ vocabulary: NameVocabulary) {
        first = vocabulary.firstPlace
        for number in first..<vocabulary.concepts.count {
            var spelling = Place()
            guard let place = vocabulary.places[number] else {
                places.append(spelling)
                continue
            }
            for name in place.names.values.joined() + place.formerNames.map(\.name) {
                let words = VocabularyBuilder.words(of: name.lowercased())
                    .map(VocabularyBuilder.folded)
                for word in words {
                    if words.count == 1 { spelling.single.append(word) }
                    if !spelling.parts.contains(word) { spelling.parts.append(word) }
                }
            }
            for adjective in place.adjectives {
                let stem = VocabularyBuilder.folded(String(adjective.lowercased().dropLast(2)))
                if stem.count > 6 { spelling.adjectives.append(stem) }
            }
            places.append(spelling)
        }
    }

    private func place(_ concept: NameVocabulary.ConceptID) -> Place? {
        let index = Int(concept) - first
        return places.indices.contains(index) ? places[index] : nil
    }

    /// Whether a folded word is a name of a place but for its end, or a word of such a name.
    func isSpelt(
        _ folded: ArraySlice<UInt8>, _ concept: NameVocabulary.ConceptID, isPart: Bool
    ) -> Bool {
        guard let place = place(concept) else { return true }
        let end = isPart ? Self.endOfPart : Self.end
        for word in isPart ? place.parts : place.single {
            var common = 0
            for (left, right) in zip(word, folded) {
                if left != right { break }
                common += 1
            }
            if common + end >= word.count, common >= 3, common * 2 > word.count { return true }
        }
        return false
    }

    /// Whether a folded word is an adjective made of a place.
    func isAdjective(_ folded: ArraySlice<UInt8>, _ concept: NameVocabulary.ConceptID) -> Bool {
        place(concept)?.adjectives.contains { folded.starts(with: $0) } ?? false
    }
}
