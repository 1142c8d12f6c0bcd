/// What to look for when a text is highlighted: the terms of a query, as they are in the index.
struct HighlightTerms: Sendable {
    /// Exact forms that were typed; marked as `exact`.
    var exact = TermSet()
    /// Stems of what was typed; a token that matches by them alone is marked as `forms`.
    var stems = TermSet()
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
        exact.isEmpty && stems.isEmpty && prefixes.isEmpty && phrases.isEmpty
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
