import NameMatching
import TextAnalysis

/// What a search asks of those who know names.
struct QueryNameSource {
    /// Whether names take part in the search.
    var isReady: Bool
    /// The listed entities that a text names.
    var links: (String) throws(EngineError) -> [QueryNames.Link]
    /// How alike two words are as names, 0 to 1.
    var likeness: (String, String) throws(EngineError) -> Float
}

/// Finds the names of listed entities in a query: who is meant, and how else they are written.
struct QueryNames {
    /// A stretch of the query that names somebody or something.
    struct Link: Equatable {
        /// The words of the stretch, as they were typed.
        var words: [String]
        /// Who may be meant, the likeliest first.
        var entities: [Entity]
        /// How the typed words are written in other names of the entity.
        var spellings: [Spelling]

        /// Whether the typed words are all of a name, and not a part that others may share.
        var isSure: Bool { (entities.first?.score ?? 0) >= QueryNames.sureScore }
    }

    /// An entity that a query names.
    struct Entity: Equatable {
        var id: String
        var name: String
        var score: Float
    }

    /// Another spelling of a typed word.
    struct Spelling: Equatable {
        var typed: String
        var form: [UInt8]
        /// How well both agree, 0 to 1.
        var score: Float
    }

    /// From this likeness on a stretch is taken for a name.
    private static let leastScore: Float = 0.7
    /// A lone word, such as a surname, names less surely.
    private static let leastWordScore: Float = 0.65
    /// From this likeness on a word is the whole name, in whatever spelling.
    private static let sureScore: Float = 0.9
    /// How much less alike than the best others may be that are searched for too.
    private static let tolerance: Float = 0.04
    private static let mostEntities = 4
    /// The most names of one entity that spellings are taken from.
    private static let mostNames = 24
    /// Of longer queries only the capitals tell where a name may be.
    private static let mostWords = 24
    private static let mostSmallWords = 5

    let search: NameSearch
    /// Whether stretches are passed over that no name can have all words of; without it the same is
    /// found.
    var passesOver = true

    /// The names in a text, without overlaps.
    func links(in text: String) throws(EngineError) -> [Link] {
        let words = TypedWords.words(of: text)
        guard !words.isEmpty, words.count <= Self.mostWords else { return [] }
        let shapes = words.map { CapitalShape($0) }
        let spans = spans(shapes)
        guard !spans.isEmpty else { return [] }
        var links: [Link] = []
        var taken = [Bool](repeating: false, count: words.count)
        let named = passesOver ? namedWords(words, shapes) : nil
        for span in spans where !taken[span].contains(true) {
            if let named, !named.contains(where: { $0.mayName(span) }) { continue }
            guard let link = try link(words[span].map { String($0) }) else { continue }
            links.append(link)
            for place in span { taken[place] = true }
        }
        return links
    }

    /// Which names of each directory have the words, where that tells of all stretches what a
    /// lookup would: most texts have words that nobody bears together, and are not looked up at all.
    private func namedWords(_ words: [Substring], _ shapes: [CapitalShape]) -> [NamedWords]? {
        // Capitals make acronyms, and those of one word alone others than those of several.
        guard words.count > 1, !shapes.contains(where: { $0.mostCapitals > 1 }) else { return nil }
        return search.lookup.read(wordByWord: words).map { search.namedWords(of: $0) }
    }

    /// The stretches that may be names, those first that are to win.
    private func spans(_ words: [CapitalShape]) -> [Range<Int>] {
        var spans = [words.indices]
        var start = 0
        while start < words.count {
            guard words[start].isCapitalized else {
                start += 1
                continue
            }
            var end = start
            while end < words.count, words[end].isCapitalized { end += 1 }
            spans.append(start..<end)
            start = end
        }
        for place in words.indices where words[place].capitalCount >= 2 {
            spans.append(place..<place + 1)
        }
        if words.count <= Self.mostSmallWords, !words.contains(where: \.isCapitalized) {
            for count in [3, 2] where count < words.count {
                for start in 0...(words.count - count) { spans.append(start..<start + count) }
            }
        }
        // One or two letters name nobody.
        return spans.filter { $0.count > 1 || words[$0.lowerBound].letterCount >= 3 }
    }

    private func link(_ words: [String]) throws(EngineError) -> Link? {
        let text = words.joined(separator: " ")
        let asked = search.lookup.read(text)
        let least = words.count > 1 ? Self.leastScore : Self.leastWordScore
        let candidates = search.candidates(
            asked, type: nil, limit: Self.mostEntities, threshold: least)
        var link = Link(words: words, entities: [], spellings: [])
        var best: Float?
        for candidate in candidates where isSure(candidate, asked, text) {
            guard candidate.hit.score >= (best ?? 0) - Self.tolerance else { break }
            best = best ?? candidate.hit.score
            link.entities.append(try entity(candidate))
            addSpellings(candidate, asked, text, &link)
        }
        return link.entities.isEmpty ? nil : link
    }

    /// Whether all typed words are words of the name: who looks for texts wants no near name.
    private func isSure(
        _ candidate: NameSearch.Candidate, _ asked: ParsedName, _ text: String
    ) -> Bool {
        let directory = search.directory(of: candidate)
        return search.lookup.explanation(
            of: candidate.hit.name, asked: asked, typed: text, in: directory
        )
        .allSatisfy { $0.weight < 0.1 || $0.relation != .typo && $0.relation != .missing }
    }

    private func entity(_ candidate: NameSearch.Candidate) throws(EngineError) -> Entity {
        let id: String
        if let source = candidate.source {
            id = try search.document(candidate, search.sources[source]).key
        } else {
            id = search.entry(of: candidate).id
        }
        return Entity(
            id: id, name: search.directory(of: candidate).text(of: candidate.hit.name),
            score: candidate.hit.score)
    }

    /// The words that other names of an entity have in the place of the typed ones.
    private func addSpellings(
        _ candidate: NameSearch.Candidate, _ asked: ParsedName, _ text: String,
        _ link: inout Link
    ) {
        let directory = search.directory(of: candidate)
        let names = directory.names(besides: candidate.hit.name).prefix(Self.mostNames)
        for pairs in search.lookup.explanations(
            of: names, asked: asked, typed: text, in: directory)
        {
            for pair in pairs {
                switch pair.relation {
                case .exact, .spelling, .inflected, .ending: break
                default: continue
                }
                guard !pair.asked.contains(" "), !pair.found.contains(" "), pair.score > 0.8 else {
                    continue
                }
                let form = Array(pair.found.utf8)
                if !link.spellings.contains(where: { $0.typed == pair.asked && $0.form == form }) {
                    link.spellings.append(
                        Spelling(typed: pair.asked, form: form, score: pair.score))
                }
            }
        }
    }
}
