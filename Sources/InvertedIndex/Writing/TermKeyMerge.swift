/// Walks the entries of a relation as terms: a key, a zero byte and the term that has it.
///
/// So the order of these is that of the entries, since no key holds a zero byte.
struct KeyedTermCursor: SortedTerms {
    /// The key, a zero byte, the term.
    private(set) var term: [UInt8] = []
    /// The length of the key.
    private(set) var entry = 0

    private let relation: TermRelation
    private var keys: TermKeyCursor
    private var word: [UInt8] = []
    private var before: [UInt8] = []

    /// Stands before the first entry.
    init(_ relation: TermRelation) {
        self.relation = relation
        keys = TermKeyCursor(relation.keys)
    }

    mutating func next() throws(IndexError) -> Bool {
        guard try keys.next() else { return false }
        try relation.readTerm(of: keys.entry, into: &word)
        swap(&term, &before)
        term.removeAll(keepingCapacity: true)
        term.append(contentsOf: keys.key)
        term.append(0)
        term.append(contentsOf: word)
        entry = keys.key.count
        let isAscending = before.withUnsafeBytes { before in
            term.withUnsafeBytes { TermDictionary.isLess(before, $0) }
        }
        guard isAscending, !keys.key.contains(0) else {
            throw relation.keys.corrupt(0, "the terms of a key do not ascend")
        }
        return true
    }
}

extension SegmentMerge {
    /// How many entries are merged between two questions whether to stop.
    private static let keysPerCheck = 4096

    /// Merges the keys of terms; false where it was told to stop.
    ///
    /// Keys are those of the sources. What they lead to is looked up in the new dictionary, so
    /// frequencies are exact, and terms that no document holds any more are left out.
    func mergeTermKeys(
        _ sources: [MergeSource], _ writer: SegmentWriter, _ shouldStop: () -> Bool
    ) throws(IndexError) -> Bool {
        var isStopped = false
        try writer.writeTermKeys { number, terms, keys throws(IndexError) in
            if isStopped { return }
            var queue = TermQueue<KeyedTermCursor>()
            for (place, source) in sources.enumerated() {
                guard let relation = source.segment.content.relation(number) else {
                    preconditionFailure("the segments are of the schema")
                }
                try queue.add(KeyedTermCursor(relation), place)
            }
            var untilCheck = Self.keysPerCheck
            var last: [UInt8] = []
            while let place = queue.first {
                untilCheck -= 1
                if untilCheck == 0 {
                    untilCheck = Self.keysPerCheck
                    isStopped = shouldStop()
                    if isStopped { return }
                }
                last.removeAll(keepingCapacity: true)
                last.append(contentsOf: queue.term(of: place))
                let keyByteCount = queue.entry(of: place)
                while let place = queue.first, queue.term(of: place) == last {
                    try queue.advance()
                }
                try last.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                    let term = UnsafeRawBufferPointer(rebasing: bytes[(keyByteCount + 1)...])
                    guard
                        let entry = try TermRelation.entry(
                            of: term, in: terms.dictionary, terms.fields)
                    else { return }
                    try keys.add(UnsafeRawBufferPointer(rebasing: bytes[..<keyByteCount]), entry)
                }
            }
        }
        return !isStopped
    }
}
