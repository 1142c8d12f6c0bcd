/// What to look for when a text is highlighted: the terms of a query, as they are in the index.
struct HighlightTerms: Sendable {
    /// Exact forms that were typed; marked as `exact`, or as `layout` where the text was read by
    /// another layout.
    var exact = TermSet()
    /// Why exact forms match.
    var exactVia = SearchResponse.Match.Via.exact
    /// Stems of what was typed; a token that matches by them alone is marked as `forms`, or as
    /// `scripts` if it is in a script in which nothing was typed.
    var stems = TermSet()
    /// The scripts of the typed words.
    var scripts: Set<WordScript> = []
    /// Exact forms and stems that stand for what was typed in another way, by that way; a way that
    /// explains more comes first.
    private(set) var related: [Related] = []
    /// The words that were also looked for in other languages, to say which of them did it.
    var translated: [TranslatedWord] = []
    /// Beginnings of words; marked as `exact`.
    var prefixes: [[UInt8]] = []
    /// Phrases; their words are marked only where they stand together.
    var phrases: [Phrase] = []

    /// Words of the query whose terms are not in the sets yet: most answers are shown unmarked.
    var units: [QueryUnit] = []
    /// Whether other forms of these words match.
    var usesForms = true

    /// Terms that stand for what was typed in one way.
    struct Related: Sendable {
        /// The way.
        let via: SearchResponse.Match.Via
        var exact = TermSet()
        var stems = TermSet()
    }

    /// A phrase of exact forms.
    struct Phrase: Sendable {
        /// The forms that may stand at each place.
        var slots: [TermSet]
        /// How many positions they may be further apart, all together.
        var slop: Int
    }

    /// Whether there is nothing to look for.
    var isEmpty: Bool {
        exact.isEmpty && stems.isEmpty && related.isEmpty && prefixes.isEmpty && phrases.isEmpty
    }

    /// The same with the terms of all words.
    var complete: HighlightTerms {
        var result = self
        result.units = []
        for unit in units { result.insert(unit) }
        return result
    }

    /// Adds what a unit stands for.
    private mutating func insert(_ unit: QueryUnit) {
        switch unit {
        case .word(let word): insert(word)
        case .compound(let parts, let whole): for word in parts + [whole] { insert(word) }
        case .name(let parts, _): for part in parts { insert(part) }
        case .translated(let parts, let translations):
            for part in parts { insert(part) }
            for stem in translations.flatMap(\.stems) {
                insert(RelatedTerm(term: stem, isStem: true, weight: 1, via: .language))
            }
        }
    }

    private mutating func insert(_ word: QueryWord) {
        // A function word marked wherever it stands would hide the words that matter.
        guard !word.isStopWord else { return }
        for form in word.exact {
            exact.insert(form)
            scripts.insert(WordScript(form))
        }
        if usesForms { for stem in word.stems { stems.insert(stem) } }
        for term in word.related { insert(term) }
    }

    /// Adds a term that stands for a typed word in another way.
    mutating func insert(_ term: RelatedTerm) {
        let place = place(of: term.via)
        if term.isStem {
            related[place].stems.insert(term.term)
        } else {
            related[place].exact.insert(term.term)
        }
    }

    private mutating func place(of via: SearchResponse.Match.Via) -> Int {
        if let place = related.firstIndex(where: { $0.via == via }) { return place }
        let place = related.firstIndex { $0.via.rank > via.rank } ?? related.endIndex
        related.insert(Related(via: via), at: place)
        return place
    }
}

/// The scripts that words are told apart by.
enum WordScript: Hashable {
    case latin, cyrillic, arabic, other

    /// The script of a folded word, by its first letter.
    init(_ word: some Collection<UInt8>) {
        switch word.first ?? 0 {
        case 0x61...0x7A, 0xC3...0xC9: self = .latin
        case 0xD0...0xD4: self = .cyrillic
        case 0xD8...0xDB: self = .arabic
        default: self = .other
        }
    }
}

/// A set of terms that can be asked with bytes in place, without making an array of them.
struct TermSet: Sendable {
    private var terms: [UInt64: [[UInt8]]] = [:]
    /// A bit for each length and last byte that a term has: nearly all words of a text are none of
    /// the terms, and need not be hashed to know it.
    private var endings: UInt64 = 0

    /// The set of some terms.
    init(_ terms: some Sequence<[UInt8]> = EmptyCollection()) {
        for term in terms { insert(term) }
    }

    /// Whether it holds nothing.
    var isEmpty: Bool { terms.isEmpty }

    /// Adds a term.
    mutating func insert(_ term: [UInt8]) {
        endings |= Self.ending(term[...])
        let hash = Self.hash(term[...])
        if terms[hash]?.contains(term) != true { terms[hash, default: []].append(term) }
    }

    /// Whether a term is in the set.
    func contains(_ term: ArraySlice<UInt8>) -> Bool {
        guard endings & Self.ending(term) != 0, let candidates = terms[Self.hash(term)] else {
            return false
        }
        return candidates.contains { $0.elementsEqual(term) }
    }

    private static func ending(_ term: ArraySlice<UInt8>) -> UInt64 {
        1 << UInt64((term.count &* 11 &+ Int(term.last ?? 0)) & 63)
    }

    private static func hash(_ term: ArraySlice<UInt8>) -> UInt64 {
        var hash = FNVHash()
        hash.take(term)
        return hash.value
    }
}
