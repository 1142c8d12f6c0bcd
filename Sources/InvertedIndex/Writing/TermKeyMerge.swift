/// The distinct terms that a merge wrote to the keyed fields of one relation, by rank: their place
/// in the order of their bytes.
struct TermRanks {
    /// What the keys of terms tell of each.
    private(set) var entries: [TermKeys.Entry] = []
    /// For each keyed field the ranks of its terms.
    private var ranks: [[UInt32]] = []

    /// Reads the terms that were written.
    init(_ terms: WrittenTerms) throws(IndexError) {
        for field in terms.fields {
            guard field.termCount < UInt32.max else {
                throw .limit(
                    what: "terms of a field that have keys", found: Int(field.termCount),
                    allowed: Int(UInt32.max) - 1)
            }
            ranks.append([UInt32](repeating: 0, count: Int(field.termCount)))
        }
        var distinct = try DistinctTerms(terms)
        while try distinct.next() {
            let rank = UInt32(truncatingIfNeeded: entries.count)
            entries.append(distinct.entry)
            for (field, place) in distinct.holders { ranks[field][place] = rank }
        }
    }

    /// The rank of a term by its place in a keyed field.
    func rank(_ field: Int, _ place: UInt32) -> UInt32 { ranks[field][Int(place)] }
}

/// Walks the keys of one segment that is merged, with the ranks of the terms that they lead to.
///
/// Its terms are the key, a zero byte and the rank, highest byte first: in their order keys ascend,
/// and for one key the terms, since no key holds a zero byte.
struct RankedKeyCursor: SortedTerms {
    /// The key, a zero byte, four bytes of rank.
    private(set) var term: [UInt8] = []
    /// The rank.
    private(set) var entry: UInt32 = 0

    private let source: MergeSource
    private let relation: TermRelation
    /// For each keyed field the new places of its terms.
    private let maps: [[UInt32]]
    private let ranks: TermRanks
    private var keys: TermKeyCursor
    private var before: [UInt8] = []
    private var word: [UInt8] = []

    /// Stands before the first key.
    init(_ source: MergeSource, _ relation: TermRelation, numbers: [Int], ranks: TermRanks) {
        self.source = source
        self.relation = relation
        maps = numbers.map { source.ordinalMaps[$0] ?? [] }
        self.ranks = ranks
        keys = TermKeyCursor(relation.keys)
    }

    /// Goes to the next key of a term that is left.
    mutating func next() throws(IndexError) -> Bool {
        while try keys.next() {
            guard let rank = try rank(of: keys.entry.ordinal) else { continue }
            entry = rank
            swap(&term, &before)
            term.removeAll(keepingCapacity: true)
            term.append(contentsOf: keys.key)
            term.append(0)
            for shift in [24, 16, 8, 0] as [UInt32] {
                term.append(UInt8(truncatingIfNeeded: rank &>> shift))
            }
            let isAscending = before.withUnsafeBytes { before in
                term.withUnsafeBytes { TermDictionary.isLess(before, $0) }
            }
            guard isAscending, !keys.key.contains(0) else {
                throw relation.keys.corrupt(0, "the terms of a key do not ascend")
            }
            return true
        }
        return false
    }

    private mutating func rank(of ordinal: UInt64) throws(IndexError) -> UInt32? {
        for (field, record) in relation.keyedFields.enumerated() {
            guard ordinal >= record.firstOrdinal else { continue }
            let place = ordinal - record.firstOrdinal
            guard place < record.termCount else { continue }
            if let rank = rank(field, place) { return rank }
            return try rankElsewhere(of: ordinal)
        }
        throw relation.keys.corrupt(0, "a key of a term that is in none of its fields")
    }

    private func rank(_ field: Int, _ place: UInt64) -> UInt32? {
        // As long as the field has terms.
        let new = maps[field][Int(place)]
        return new == .max ? nil : ranks.rank(field, new)
    }

    /// The rank of a term that its field has lost, by the other fields that have it.
    private mutating func rankElsewhere(of ordinal: UInt64) throws(IndexError) -> UInt32? {
        let lost = TermKeys.Entry(frequency: 0, ordinal: ordinal)
        try relation.readTerm(of: lost, into: &word)
        for (field, record) in relation.keyedFields.enumerated() {
            guard let found = try source.segment.content.lookup(record, word.span) else { continue }
            if let rank = rank(field, found.ordinal - record.firstOrdinal) { return rank }
        }
        return nil
    }
}

extension SegmentMerge {
    /// How many entries are merged between two questions whether to stop.
    private static let keysPerCheck = 4096

    /// Merges the keys of terms; false where it was told to stop.
    ///
    /// Keys are those of the segments; places and frequencies are those of the terms that were
    /// written, and terms that no document holds any more are left out.
    func mergeTermKeys(
        _ sources: [MergeSource], _ writer: SegmentWriter, _ shouldStop: () -> Bool
    ) throws(IndexError) -> Bool {
        var isStopped = false
        try writer.writeTermKeys { number, terms, keys throws(IndexError) in
            if isStopped { return }
            let ranks = try TermRanks(terms)
            let numbers = (writer.fields.keyedFields[number] ?? []).map { Int($0) }
            var queue = TermQueue<RankedKeyCursor>()
            for (place, source) in sources.enumerated() {
                guard let relation = source.segment.content.relation(number) else {
                    preconditionFailure("the segments are of the schema")
                }
                try queue.add(
                    RankedKeyCursor(source, relation, numbers: numbers, ranks: ranks), place)
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
                let term = queue.term(of: place)
                if term != last {
                    let entry = ranks.entries[Int(queue.entry(of: place))]
                    try term.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                        // Without the zero byte and the rank.
                        let key = UnsafeRawBufferPointer(rebasing: bytes.dropLast(5))
                        try keys.add(key, entry)
                    }
                    last.removeAll(keepingCapacity: true)
                    last.append(contentsOf: term)
                }
                try queue.advance()
            }
        }
        return !isStopped
    }
}
