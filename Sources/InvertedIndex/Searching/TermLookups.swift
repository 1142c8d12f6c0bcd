import Synchronization

/// Where the terms of a snapshot, or of one segment, are that were asked for, so that each is looked
/// up once: understanding, planning and searching one query ask for the same terms, and queries have
/// words that others had.
final class TermLookups: Sendable {
    /// Most terms that are kept; 0 for none.
    private let limit: Int
    private let known = Mutex(KnownTerms())

    /// Segments of fewer documents are merged before long, and looking a term up in them is cheap:
    /// nothing is kept of them alone.
    static let smallSegment: UInt32 = 1 << 12
    private let smallSegment: UInt32

    /// Nothing looked up yet.
    init(limit: Int, smallSegment: UInt32 = smallSegment) {
        self.limit = limit
        self.smallSegment = smallSegment
    }

    /// The lookups of some segments; those of a lone one outlive the snapshot.
    static func lookups(of segments: [Segment], limit: Int) -> TermLookups {
        segments.count == 1 ? segments[0].content.lookups : TermLookups(limit: limit)
    }

    /// A term in some segments, in their order; `nil` where a segment does not have it, nothing
    /// where none has it.
    ///
    /// - Requires: the segments are always the same, but for what is deleted of them.
    func entries(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> [TermEntry?] {
        guard limit > 0 else { return try lookUp(field, term, hash: 0, in: segments).entries }
        let hash = KnownTerms.hash(field, term)
        let found = known.withLock { $0.entries(field, term, hash: hash) }
        if let found { return found }
        return try lookUp(field, term, hash: hash, in: segments).entries
    }

    /// In how many documents of some segments a term stands, deleted ones included.
    ///
    /// - Requires: as `entries`.
    func documentFrequency(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> Int {
        guard limit > 0 else {
            return try lookUp(field, term, hash: 0, in: segments).documentFrequency
        }
        let hash = KnownTerms.hash(field, term)
        let found = known.withLock { $0.documentFrequency(field, term, hash: hash) }
        if let found { return found }
        return try lookUp(field, term, hash: hash, in: segments).documentFrequency
    }

    private func lookUp(
        _ field: FieldID, _ term: [UInt8], hash: UInt64, in segments: [Segment]
    ) throws(IndexError) -> (entries: [TermEntry?], documentFrequency: Int) {
        var entries: [TermEntry?] = []
        var frequency = 0
        for (place, segment) in segments.enumerated() {
            let isKept =
                limit > 0 && segments.count > 1 && segment.documentCount >= smallSegment
            guard
                let entry = isKept
                    ? try segment.content.lookups.entry(field, term, hash: hash, in: segment)
                    : try segment.lookup(field, term.span)
            else { continue }
            // Most words stand in few fields: no room is taken for the others.
            if entries.isEmpty { entries = Array(repeating: nil, count: segments.count) }
            frequency += Int(entry.documentFrequency)
            entries[place] = entry
        }
        keep(field, term, hash: hash, entries, documentFrequency: frequency)
        return (entries, frequency)
    }

    /// A term in the only segment.
    private func entry(
        _ field: FieldID, _ term: [UInt8], hash: UInt64, in segment: Segment
    ) throws(IndexError) -> TermEntry? {
        let found = known.withLock { $0.entries(field, term, hash: hash) }
        if let found { return found.first ?? nil }
        let entry = try segment.lookup(field, term.span)
        keep(
            field, term, hash: hash, entry.map { [$0] } ?? [],
            documentFrequency: Int(entry?.documentFrequency ?? 0))
        return entry
    }

    private func keep(
        _ field: FieldID, _ term: [UInt8], hash: UInt64, _ entries: [TermEntry?],
        documentFrequency: Int
    ) {
        guard limit > 0 else { return }
        known.withLock { known in
            // Beginning anew costs less than to know what is asked for seldom.
            if known.count >= limit { known.removeAll() }
            known.keep(field, term, hash: hash, entries, documentFrequency: documentFrequency)
        }
    }
}
