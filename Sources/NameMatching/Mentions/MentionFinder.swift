public import TextAnalysis

/// Finds the institutions, people and places that a document mentions.
///
/// One pass over its words gives the names of lists that may stand there; the document as a whole
/// then decides those of doubt: a lone surname, an acronym that several bear, a place of the name
/// of a person. People that no list holds are gathered from titles, words of speech and the shape
/// of their names.
///
/// Not thread-safe, its buffers are reused: one for each thread and each set of lists.
public final class MentionFinder {
    /// The most lists.
    public static let mostLists = 16

    let lists: [MentionList]
    let vocabulary: NameVocabulary
    let tree: PlaceTree
    let spellings: PlaceSpellings
    let window: NameWindow
    let known: TextWords
    let text: MentionText
    private let people: PersonFinder
    private(set) var matches: [NameMatch] = []

    /// A finder of the names of lists.
    ///
    /// - Requires: at most `mostLists` lists, made with the same vocabulary.
    /// - Throws: `AnalysisError.unavailable` if ICU cannot be opened.
    public init(vocabulary: NameVocabulary, lists: [MentionList]) throws(AnalysisError) {
        precondition(lists.count <= Self.mostLists, "too many lists")
        self.lists = lists
        self.vocabulary = vocabulary
        tree = PlaceTree(vocabulary)
        spellings = PlaceSpellings(vocabulary)
        window = NameWindow(lists: lists, vocabulary: vocabulary)
        known = TextWords(lists, vocabulary)
        text = try MentionText(vocabulary)
        people = try PersonFinder(vocabulary)
    }

    /// What one text mentions.
    ///
    /// - Parameter bytes: UTF-8; other bytes part words.
    /// - Returns: All of them, none overlapping another.
    /// - Cost: linear in the text, about as much as analysing it.
    public func mentions(in bytes: Span<UInt8>) -> Mentions {
        begin()
        add(bytes)
        return finish()
    }

    /// What the texts of one document mention together, such as its title and its body.
    public func mentions(in texts: [String]) -> Mentions {
        begin()
        for text in texts { add(Array(text.utf8).span) }
        return finish()
    }

    /// Begins a document.
    public func begin() {
        text.removeAll()
        if known.makeRoom() { text.forgetPairs() }
    }

    /// Adds a text to the document; the first is number 0.
    ///
    /// - Parameter bytes: UTF-8 of, with the texts before it, less than 4 GiB.
    public func add(_ bytes: Span<UInt8>) { text.add(bytes, known) }

    /// What the document that was begun mentions.
    public func finish() -> Mentions {
        collect()
        var context = DocumentContext(text, known, tree, vocabulary)
        var accepted: [NameMatch] = []
        var doubtful: [NameMatch] = []
        for match in matches where !contradicts(match) {
            if isSure(match) { accepted.append(match) } else { doubtful.append(match) }
        }
        context.note(accepted, lists)
        accepted += decided(doubtful, context)
        var chosen = longest(accepted, context)
        chosen += shortForms(chosen)
        chosen.sort { $0.words.lowerBound < $1.words.lowerBound }
        var result = Mentions()
        result.people = people.people(in: text, known, except: chosen)
        result.mentions = chosen.map(mention)
        return result
    }

    private func mention(_ match: NameMatch) -> Mention {
        let range = text.source(withEnding(match.words))
        let (field, base) = text.field(at: UInt32(range.lowerBound))
        return Mention(
            field: field,
            source: ByteRange(
                start: UInt32(range.lowerBound) - base, count: UInt32(range.count)),
            list: match.list, entity: match.entity, name: match.name, method: match.method,
            score: match.score)
    }

    /// The ending of a case that a hyphen parts from an acronym belongs to it: ҚазҰУ-дың.
    private func withEnding(_ range: Range<Int>) -> Range<Int> {
        let next = range.upperBound
        guard next < text.words.count, text.words[next].shape.contains(.followsHyphen),
            text.words[next].capitalCount == 0,
            known.traits(text.words[next].number).contains(.ending)
        else { return range }
        return range.lowerBound..<next + 1
    }

    // MARK: Candidates

    /// The most names that are tried at one word.
    private static let mostTried = 512

    /// Gathers the names that stand in the document.
    private func collect() {
        matches.removeAll(keepingCapacity: true)
        for place in text.words.indices {
            let word = text.words[place]
            if known.traits(word.number).contains(.anchor) {
                for anchor in known.words[Int(word.number)].anchors.prefix(Self.mostTried) {
                    add(Int(anchor.list), anchor.name, place..<place + 1)
                }
            }
            guard let phrase = text.phrase(at: place) else { continue }
            for (number, list) in lists.enumerated() {
                for concept in phrase.concepts {
                    for name in list.names(anchoredAtConcept: concept).prefix(Self.mostTried) {
                        add(number, name, place..<place + phrase.count)
                    }
                }
            }
        }
    }

    private func add(_ list: Int, _ name: NameDirectory.NameID, _ anchor: Range<Int>) {
        guard let match = window.match(list, name, anchor: anchor, text, known) else { return }
        if let last = matches.last, last.words == match.words, last.list == list,
            last.entity == match.entity
        {
            // Of the names of an entity the one of the script and the letters of the text.
            if match.score > last.score { matches[matches.count - 1] = match }
            return
        }
        matches.append(match)
    }

    // MARK: Overlaps

    /// The longest matches, none of which overlaps another.
    private func longest(_ accepted: [NameMatch], _ context: DocumentContext) -> [NameMatch] {
        let sorted = accepted.sorted { left, right in
            let leftCount = text.source(left.words).count
            let rightCount = text.source(right.words).count
            if leftCount != rightCount { return leftCount > rightCount }
            if left.words.lowerBound != right.words.lowerBound {
                return left.words.lowerBound < right.words.lowerBound
            }
            if left.score != right.score { return left.score > right.score }
            return (left.list, left.name) < (right.list, right.name)
        }
        var taken = [Bool](repeating: false, count: text.words.count)
        var chosen: [NameMatch] = []
        var place = 0
        while place < sorted.count {
            var end = place
            while end < sorted.count, sorted[end].words == sorted[place].words { end += 1 }
            defer { place = end }
            let words = sorted[place].words
            if words.contains(where: { taken[$0] }) { continue }
            // Where nothing tells which of several is meant, what stands within may yet be found.
            guard let match = best(sorted[place..<end], context) else { continue }
            for word in words { taken[word] = true }
            chosen.append(match)
        }
        return chosen
    }

    /// The likeliest of several entities that bear the same name.
    private func best(_ matches: ArraySlice<NameMatch>, _ context: DocumentContext) -> NameMatch? {
        guard let first = matches.first else { return nil }
        let rivals = matches.filter {
            $0.score > first.score - 0.03
                && ($0.list != first.list || $0.entity != first.entity)
        }
        if rivals.isEmpty { return first }
        var best = (match: first, rank: rank(first, context))
        var isTie = false
        for match in rivals {
            let rank = rank(match, context)
            if rank == best.rank, match.list != best.match.list || match.entity != best.match.entity
            {
                isTie = true
            }
            if rank > best.rank {
                best = (match, rank)
                isTie = false
            }
        }
        if isTie { return nil }
        best.match.method = .context
        best.match.score *= 0.9
        return best.match
    }

    /// How much speaks for an entity in a document.
    private func rank(_ match: NameMatch, _ context: DocumentContext) -> Int {
        var rank = 0
        if context.names(match) { rank += 1000 }
        let places = lists[match.list].entities[match.entity]?.places ?? []
        // The nearer the place, the more it tells.
        for (depth, place) in places.enumerated() {
            let own = match.traits.contains(.place) && depth == 0
            if !own, context.places[place] != nil { rank += max(1, 8 - 2 * depth) }
        }
        if match.traits.contains(.place), let place = places.first {
            // Without any cue the best known place of a name.
            rank = rank * 16 + 15 - min(15, vocabulary.rank(place))
        }
        return rank
    }
}
