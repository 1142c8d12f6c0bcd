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
    /// Exact forms and stems that stand for what was typed in another way, by that way.
    var related: [SearchResponse.Match.Via: (exact: TermSet, stems: TermSet)] = [:]
    /// The words that were also looked for in other languages, to say which of them did it.
    var translated: [TranslatedWord] = []
    /// Beginnings of words; marked as `exact`.
    var prefixes: [[UInt8]] = []
    /// Phrases; their words are marked only where they stand together.
    var phrases: [Phrase] = []

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

    /// Adds a term that stands for a typed word in another way.
    mutating func insert(_ term: RelatedTerm) {
        var (exact, stems) = related[term.via] ?? (TermSet(), TermSet())
        if term.isStem { stems.insert(term.term) } else { exact.insert(term.term) }
        related[term.via] = (exact, stems)
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

    /// The set of some terms.
    init(_ terms: some Sequence<[UInt8]> = EmptyCollection()) {
        for term in terms { insert(term) }
    }

    /// Whether it holds nothing.
    var isEmpty: Bool { terms.isEmpty }

    /// Adds a term.
    mutating func insert(_ term: [UInt8]) {
        let hash = Self.hash(term[...])
        if terms[hash]?.contains(term) != true { terms[hash, default: []].append(term) }
    }

    /// Whether a term is in the set.
    func contains(_ term: ArraySlice<UInt8>) -> Bool {
        guard let candidates = terms[Self.hash(term)] else { return false }
        return candidates.contains { $0.elementsEqual(term) }
    }

    /// FNV-1a, 64 bit; wrapping is its definition.
    private static func hash(_ term: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
