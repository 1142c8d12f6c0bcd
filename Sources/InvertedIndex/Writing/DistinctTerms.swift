/// Walks the distinct terms of the keyed fields of a segment that is being written, in the order of
/// their bytes.
struct DistinctTerms {
    /// The current term.
    ///
    /// - Requires: `next` returned true.
    private(set) var term: [UInt8] = []
    /// What the keys of terms tell of it.
    private(set) var entry = TermKeys.Entry()
    /// The keyed fields that have it, by their place in the list, and its place in each.
    private(set) var holders: [(field: Int, place: Int)] = []

    private let fields: [FieldTable.Field]
    private var queue = TermQueue<TermCursor>()

    /// Stands before the first term.
    init(_ terms: WrittenTerms) throws(IndexError) {
        fields = terms.fields
        for (place, field) in fields.enumerated() {
            try queue.add(TermCursor(terms.dictionary, field, from: []), place)
        }
    }

    /// Goes to the next term; false at the end.
    mutating func next() throws(IndexError) -> Bool {
        guard let first = queue.first else { return false }
        term.removeAll(keepingCapacity: true)
        term.append(contentsOf: queue.term(of: first))
        holders.removeAll(keepingCapacity: true)
        // The first is of the first field with the term.
        entry = TermKeys.Entry(frequency: 0, ordinal: queue.entry(of: first).ordinal)
        while let field = queue.first, field == first || queue.term(of: field) == term {
            // A field has each term once, so the one that was first is not first again.
            if field == first, !holders.isEmpty { break }
            let found = queue.entry(of: field)
            entry = entry.adding(found.documentFrequency)
            holders.append((field, Int(found.ordinal - fields[field].firstOrdinal)))
            try queue.advance()
        }
        return true
    }
}
