import Synchronization

/// Where the terms that were asked for are, so that each is looked up once: understanding, planning
/// and searching one query ask for the same terms.
final class TermLookups: Sendable {
    private struct Known {
        var field: FieldID
        var term: [UInt8]
        var entries: [TermEntry?]
        /// In how many documents of all segments the term stands.
        var documentFrequency = 0
    }

    /// Most terms that are kept; beyond, each is looked up as it is asked for.
    private let limit: Int
    /// The terms by their hash; of two terms of one hash the first is kept.
    private let known = Mutex<[UInt64: Known]>([:])

    /// Nothing looked up yet.
    init(limit: Int) { self.limit = limit }

    /// A term in some segments, in their order; `nil` where a segment does not have it.
    func entries(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> [TermEntry?] {
        try found(field, term, in: segments).entries
    }

    /// In how many documents of some segments a term stands, deleted ones included.
    func documentFrequency(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> Int {
        try found(field, term, in: segments).documentFrequency
    }

    private func found(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> Known {
        guard limit > 0 else { return try Self.lookUp(field, term, in: segments) }
        let hash = Self.hash(field, term)
        let found = known.withLock { known -> Known? in
            guard let entry = known[hash], entry.field == field, entry.term == term else {
                return nil
            }
            return entry
        }
        if let found { return found }
        let looked = try Self.lookUp(field, term, in: segments)
        known.withLock { known in
            if known.count < limit, known[hash] == nil { known[hash] = looked }
        }
        return looked
    }

    private static func lookUp(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> Known {
        var known = Known(field: field, term: term, entries: [])
        known.entries.reserveCapacity(segments.count)
        for segment in segments {
            let entry = try segment.lookup(field, term.span)
            known.documentFrequency += Int(entry?.documentFrequency ?? 0)
            known.entries.append(entry)
        }
        return known
    }

    /// FNV-1a, 64 bit; wrapping is its definition.
    private static func hash(_ field: FieldID, _ term: [UInt8]) -> UInt64 {
        var hash: UInt64 = (0xCBF2_9CE4_8422_2325 ^ UInt64(field.rawValue)) &* 0x100_0000_01B3
        for byte in term { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash
    }
}
