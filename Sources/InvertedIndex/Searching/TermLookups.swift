import Synchronization

/// Where the terms of a snapshot are that were asked for, so that each is looked up once:
/// understanding, planning and searching one query ask for the same terms, and queries have words
/// that others had.
final class TermLookups: Sendable {
    /// Most terms that are kept; 0 for none.
    private let limit: Int
    private let known = Mutex(KnownTerms())

    /// Nothing looked up yet.
    init(limit: Int) { self.limit = limit }

    /// A term in some segments, in their order; `nil` where a segment does not have it, nothing
    /// where none has it.
    func entries(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> [TermEntry?] {
        try found(field, term, in: segments) { $0.entries }
    }

    /// In how many documents of some segments a term stands, deleted ones included.
    func documentFrequency(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment]
    ) throws(IndexError) -> Int {
        try found(field, term, in: segments) { $0.documentFrequency }
    }

    /// Reads what is known of a term where it is kept: a copy would count its references.
    @inline(__always)
    private func found<Result: Sendable>(
        _ field: FieldID, _ term: [UInt8], in segments: [Segment],
        _ read: (borrowing KnownTerms.Term) -> Result
    ) throws(IndexError) -> Result {
        guard limit > 0 else { return read(try Self.lookUp(field, term, hash: 0, in: segments)) }
        let hash = KnownTerms.hash(field, term)
        let found = known.withLock { known -> Result? in
            known.place(of: field, term, hash: hash).map { read(known.terms[$0]) }
        }
        if let found { return found }
        let looked = try Self.lookUp(field, term, hash: hash, in: segments)
        known.withLock { known in
            // Beginning anew costs less than to know what is asked for seldom.
            if known.terms.count >= limit { known.removeAll() }
            known.keep(looked)
        }
        return read(looked)
    }

    private static func lookUp(
        _ field: FieldID, _ term: [UInt8], hash: UInt64, in segments: [Segment]
    ) throws(IndexError) -> KnownTerms.Term {
        var known = KnownTerms.Term(field: field, term: term, hash: hash)
        for (place, segment) in segments.enumerated() {
            guard let entry = try segment.lookup(field, term.span) else { continue }
            // Most words stand in few fields: no room is taken for the others.
            if known.entries.isEmpty {
                known.entries = Array(repeating: nil, count: segments.count)
            }
            known.documentFrequency += Int(entry.documentFrequency)
            known.entries[place] = entry
        }
        return known
    }
}

/// Terms that were looked up.
///
/// Open addressing with linear probing, at most half full.
private struct KnownTerms {
    /// A term of a field.
    struct Term {
        let field: FieldID
        let term: [UInt8]
        let hash: UInt64
        /// Where it is, segment by segment; empty where it is in none.
        var entries: [TermEntry?] = []
        /// In how many documents of all segments it stands.
        var documentFrequency = 0
    }

    private(set) var terms: [Term] = []
    /// One more than the place of a term; 0 is a free slot.
    private var slots: [UInt32] = []

    /// Where a term is kept.
    func place(of field: FieldID, _ term: [UInt8], hash: UInt64) -> Int? {
        guard !slots.isEmpty else { return nil }
        let number = slots[slot(of: field, term, hash: hash)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// Keeps a term, unless another thread has been faster.
    mutating func keep(_ term: Term) {
        if 2 * (terms.count + 1) > slots.count { widen() }
        let slot = slot(of: term.field, term.term, hash: term.hash)
        guard slots[slot] == 0 else { return }
        terms.append(term)
        slots[slot] = UInt32(terms.count)
    }

    /// Forgets all terms and keeps the room.
    mutating func removeAll() {
        terms.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    /// The slot of a term, or the free one where it belongs.
    private func slot(of field: FieldID, _ term: [UInt8], hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let place = Int(slots[slot]) - 1
            if terms[place].hash == hash, terms[place].field == field, terms[place].term == term {
                break
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func widen() {
        slots = [UInt32](repeating: 0, count: max(256, 2 * slots.count))
        let mask = slots.count - 1
        for (place, term) in terms.enumerated() {
            var slot = Int(truncatingIfNeeded: term.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(place + 1)
        }
    }

    /// Eight bytes at a time.
    static func hash(_ field: FieldID, _ term: [UInt8]) -> UInt64 {
        term.withUnsafeBytes { bytes in
            var hash = seed ^ (UInt64(field.rawValue) << 32 | UInt64(bytes.count)) &* multiplier
            var offset = 0
            while offset < bytes.count {
                hash = (hash ^ TermDictionary.word(bytes, offset)) &* multiplier
                hash ^= hash &>> 32
                offset += 8
            }
            return hash
        }
    }

    /// Not to be guessed from outside, so that nobody can make queries whose terms collide.
    private static let seed = UInt64.random(in: 0 ... .max)
    /// - Source: Knuth, "The Art of Computer Programming", volume 3, section 6.4: the golden ratio
    ///   of 2⁶⁴.
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
}
