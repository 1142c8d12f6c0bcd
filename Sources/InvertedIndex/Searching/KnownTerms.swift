import Glibc

/// Terms that were looked up in some segments, always the same.
///
/// Open addressing with linear probing, at most half full. Frequencies, which are asked for most,
/// are read without counting references.
struct KnownTerms {
    /// A term of a field.
    private struct Known {
        let hash: UInt64
        /// In how many documents of all segments it stands.
        let documentFrequency: Int
        /// Where its bytes are.
        let firstByte: Int
        let byteCount: Int
        let field: FieldID
    }

    private var terms: [Known] = []
    private var bytes: [UInt8] = []
    /// Where each term is, segment by segment; nothing where it is in none.
    private var entries: [[TermEntry?]] = []
    /// One more than the place of a term; 0 is a free slot.
    private var slots: [UInt32] = []

    /// How many terms are kept.
    var count: Int { terms.count }

    /// In how many documents a term stands, if that is known.
    func documentFrequency(_ field: FieldID, _ term: [UInt8], hash: UInt64) -> Int? {
        place(field, term, hash: hash).map { terms[$0].documentFrequency }
    }

    /// Where a term is, segment by segment, if that is known; nothing where it is in none.
    func entries(_ field: FieldID, _ term: [UInt8], hash: UInt64) -> [TermEntry?]? {
        place(field, term, hash: hash).map { entries[$0] }
    }

    /// Keeps a term, unless another thread has been faster.
    mutating func keep(
        _ field: FieldID, _ term: [UInt8], hash: UInt64, _ found: [TermEntry?],
        documentFrequency: Int
    ) {
        if 2 * (terms.count + 1) > slots.count { widen() }
        let slot = slot(field, term, hash: hash)
        guard slots[slot] == 0 else { return }
        terms.append(
            Known(
                hash: hash, documentFrequency: documentFrequency, firstByte: bytes.count,
                byteCount: term.count, field: field))
        bytes += term
        entries.append(found)
        slots[slot] = UInt32(terms.count)
    }

    /// Forgets all terms and keeps the room.
    mutating func removeAll() {
        terms.removeAll(keepingCapacity: true)
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        for slot in slots.indices { slots[slot] = 0 }
    }

    private func place(_ field: FieldID, _ term: [UInt8], hash: UInt64) -> Int? {
        guard !slots.isEmpty else { return nil }
        let number = slots[slot(field, term, hash: hash)]
        return number == 0 ? nil : Int(number) - 1
    }

    /// The slot of a term, or the free one where it belongs.
    private func slot(_ field: FieldID, _ term: [UInt8], hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0, !isTerm(Int(slots[slot]) - 1, field, term, hash: hash) {
            slot = (slot + 1) & mask
        }
        return slot
    }

    private func isTerm(_ place: Int, _ field: FieldID, _ term: [UInt8], hash: UInt64) -> Bool {
        let known = terms[place]
        guard known.hash == hash, known.field == field, known.byteCount == term.count else {
            return false
        }
        return bytes.withUnsafeBytes { bytes in
            term.withUnsafeBytes { term in
                guard let own = bytes.baseAddress, let other = term.baseAddress else {
                    return term.isEmpty
                }
                return memcmp(own + known.firstByte, other, term.count) == 0
            }
        }
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

    /// Eight bytes at a time, of which the last may be there twice.
    static func hash(_ field: FieldID, _ term: [UInt8]) -> UInt64 {
        term.withUnsafeBytes { bytes in
            var hash = seed ^ (UInt64(field.rawValue) << 32 | UInt64(bytes.count)) &* multiplier
            guard bytes.count >= 8 else { return mix(hash, TermDictionary.word(bytes, 0)) }
            var offset = 0
            while offset &+ 8 < bytes.count {
                hash = mix(hash, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
                offset &+= 8
            }
            return mix(
                hash, bytes.loadUnaligned(fromByteOffset: bytes.count &- 8, as: UInt64.self))
        }
    }

    @inline(__always)
    private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* multiplier
        return product ^ product &>> 32
    }

    /// Not to be guessed from outside, so that nobody can make queries whose terms collide.
    private static let seed = UInt64.random(in: 0 ... .max)
    /// - Source: Knuth, "The Art of Computer Programming", volume 3, section 6.4: the golden ratio
    ///   of 2⁶⁴.
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
}
