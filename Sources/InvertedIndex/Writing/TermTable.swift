import CKernels
import Glibc

/// The terms of a segment that is being built, numbered as they come.
///
/// A table of hashes points to terms, and these hold their bytes where they are short.
///
/// Nearly all the time of a lookup goes to waiting for memory: for a slot of the table, then for the
/// term. So lookups are taken in batches, and each of these steps is begun for all of a batch before
/// it is needed for the first.
///
/// Not copied, freed with its owner. Places have 32 bits: the arena holds at most 4 GiB.
struct TermTable: ~Copyable {
    /// What is known of one term.
    struct Term {
        /// Where its bytes are in the arena, if they are more than `words` holds.
        var bytesOffset: UInt32
        /// How many there are.
        var byteCount: UInt16
        /// Its field.
        var field: UInt16
        /// The last document of a key or keyword; `.max` before the first.
        var lastDocument: UInt32
        // Halves, since a whole would begin at a multiple of 32 bytes.
        private var low: SIMD2<UInt64>
        private var high: SIMD2<UInt64>

        /// A term that no document has.
        init(byteCount: UInt16, field: UInt16, words: Words) {
            bytesOffset = 0
            self.byteCount = byteCount
            self.field = field
            lastDocument = .max
            low = words.lowHalf
            high = words.highHalf
        }

        /// Its bytes with zeros after the end, if they are at most `inlineByteCount`.
        @inline(__always)
        var words: Words { Words(lowHalf: low, highHalf: high) }
    }

    /// The bytes of a short term.
    typealias Words = SIMD4<UInt64>

    /// The greatest length of a term that needs no bytes in the arena.
    static let inlineByteCount = 32
    private static let wordsOffset = 16

    /// An occurrence that waits for its batch.
    private struct Waiting {
        var words: Words
        var hash: UInt64
        /// Its place in the log of its field.
        var place: Int
        /// The caller's number of the term; `noNumber` without one.
        var number: UInt32
        var byteCount: UInt16
        var field: UInt16
        /// The term that it seems to be of; −1 where none was found.
        var candidate: Int
    }

    /// The number of a term for which the caller has none.
    static let noNumber: UInt32 = .max

    /// More hide more waiting, until they push each other out of the nearest cache.
    private static let batchCount = 32
    /// An odd number without pattern, for mixing.
    private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// The terms, in the order in which they came.
    private(set) var terms: UnsafeMutablePointer<Term>
    /// The number of terms.
    private(set) var count = 0
    private var termCapacity = 1 << 10
    /// A tag of 32 bits above, the number of a term plus one below; 0 for none.
    private var slots: UnsafeMutablePointer<UInt64>
    private var slotMask = (1 << 12) - 1
    private var arena = GrowingBytes(capacity: 1 << 16)
    private let waiting: UnsafeMutablePointer<Waiting>
    private var waitingCount = 0
    /// Not to be guessed from outside, so that nobody can make documents that collide.
    private let seed = UInt64.random(in: 0 ... .max)

    /// No terms.
    init() {
        terms = Self.allocate(termCapacity, of: Term.self)
        slots = Self.allocate(slotMask + 1, of: UInt64.self)
        slots.initialize(repeating: 0, count: slotMask + 1)
        waiting = Self.allocate(Self.batchCount, of: Waiting.self)
    }

    deinit {
        free(terms)
        free(slots)
        free(waiting)
    }

    /// The memory in use, in bytes.
    var byteCount: Int {
        arena.count + count * MemoryLayout<Term>.stride + (slotMask + 1) * 8
    }

    /// The bytes of a term, in place until the next change.
    @inline(__always)
    func bytes(of term: Int) -> UnsafeRawBufferPointer {
        let byteCount = Int(terms[term].byteCount)
        let base =
            byteCount <= Self.inlineByteCount
            ? UnsafeRawPointer(terms + term) + Self.wordsOffset
            : UnsafeRawPointer(arena.base + Int(terms[term].bytesOffset))
        return UnsafeRawBufferPointer(start: base, count: byteCount)
    }

    /// Forgets all terms; their memory is kept for the next ones.
    mutating func removeAll() {
        precondition(waitingCount == 0, "the last document was ended")
        count = 0
        slots.update(repeating: 0, count: slotMask + 1)
        arena.truncate()
    }

    // MARK: - Occurrences

    /// Adds an occurrence of a term to the log of its field; which term it is, and its number where
    /// there is one, is noted now or with its batch, which `flush` ends.
    ///
    /// - Requires: the term has at most `SegmentLimits.termByteCount` bytes; the position is not
    ///   before the last in the same document and field.
    @inline(__always)
    mutating func add(
        _ term: UnsafeRawBufferPointer, number: UInt32 = Self.noNumber, field: UInt16,
        position: UInt32, to targets: OccurrenceTargets
    ) {
        let place = targets.logs[Int(field)].add(0, position: position)
        guard term.count <= Self.inlineByteCount else {
            targets.note(self.number(of: term, field: field), number, field: field, place)
            return
        }
        let words = Self.words(term)
        let hash = hash(words, term.count, field)
        ck_prefetch(slots + (Int(truncatingIfNeeded: hash) & slotMask))
        (waiting + waitingCount).initialize(
            to: Waiting(
                words: words, hash: hash, place: place, number: number,
                byteCount: UInt16(term.count), field: field, candidate: -1))
        waitingCount &+= 1
        if waitingCount == Self.batchCount { flush(to: targets) }
    }

    /// Notes the terms that wait.
    @inline(__always)
    mutating func flush(to targets: OccurrenceTargets) {
        if waitingCount > 0 { addWaiting(to: targets) }
    }

    private mutating func addWaiting(to targets: OccurrenceTargets) {
        for index in 0..<waitingCount {
            let entry = waiting + index
            let tag = entry.pointee.hash &>> 32
            var slot = Int(truncatingIfNeeded: entry.pointee.hash) & slotMask
            var held = slots[slot]
            while held != 0, held &>> 32 != tag {
                slot = (slot &+ 1) & slotMask
                held = slots[slot]
            }
            if held == 0 { continue }
            let candidate = Int(held & 0xFFFF_FFFF) &- 1
            entry.pointee.candidate = candidate
            ck_prefetch(terms + candidate)
        }
        for index in 0..<waitingCount {
            let entry = waiting + index
            var number = entry.pointee.candidate
            if number < 0 || !isTerm(number, entry.pointee.words, entry) {
                // New, or another term with the same tag; maybe new since this batch began.
                number = self.number(
                    of: entry.pointee.words, Int(entry.pointee.byteCount), entry.pointee.field,
                    hash: entry.pointee.hash)
            }
            targets.note(
                number, entry.pointee.number, field: entry.pointee.field, entry.pointee.place)
        }
        waitingCount = 0
    }

    @inline(__always)
    private func isTerm(
        _ number: Int, _ words: Words, _ entry: UnsafeMutablePointer<Waiting>
    ) -> Bool {
        terms[number].words == words && terms[number].byteCount == entry.pointee.byteCount
            && terms[number].field == entry.pointee.field
    }

    /// Whether a document is another than the last that was noted for a term, and notes it.
    mutating func note(_ document: UInt32, of number: Int) -> Bool {
        defer { terms[number].lastDocument = document }
        return terms[number].lastDocument != document
    }

    /// Asks for a term that is needed soon.
    @inline(__always)
    func prefetch(term number: UInt32) {
        ck_prefetch(terms + Int(number))
    }
}

// MARK: - Terms

extension TermTable {
    private mutating func allocate(_ byteCount: Int) -> UInt32 {
        let start = arena.count
        precondition(
            start &+ byteCount < 1 << 32, "a builder is written before it holds 4 GiB")
        _ = arena.reserve(byteCount)
        arena.extend(by: byteCount)
        return UInt32(truncatingIfNeeded: start)
    }

    /// The number of a term, new or known.
    ///
    /// - Requires: it has at most `SegmentLimits.termByteCount` bytes.
    mutating func number(of term: UnsafeRawBufferPointer, field: UInt16) -> Int {
        guard term.count > Self.inlineByteCount else {
            let words = Self.words(term)
            return number(
                of: words, term.count, field, hash: hash(words, term.count, field))
        }
        let hash = longHash(term, field)
        let tag = hash &>> 32
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
            if slots[slot] &>> 32 == tag, terms[number].field == field,
                TermDictionary.compare(term, bytes(of: number)) == 0
            {
                return number
            }
            slot = (slot &+ 1) & slotMask
        }
        let number = insert(Words(), term.count, field, slot: slot, tag: tag)
        let start = allocate(term.count)
        if let source = term.baseAddress {
            (arena.base + Int(start)).copyMemory(from: source, byteCount: term.count)
        }
        terms[number].bytesOffset = start
        growSlotsIfFull()
        return number
    }

    private mutating func number(
        of words: Words, _ byteCount: Int, _ field: UInt16, hash: UInt64
    ) -> Int {
        let tag = hash &>> 32
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while slots[slot] != 0 {
            let number = Int(slots[slot] & 0xFFFF_FFFF) &- 1
            if slots[slot] &>> 32 == tag, terms[number].words == words,
                Int(terms[number].byteCount) == byteCount, terms[number].field == field
            {
                return number
            }
            slot = (slot &+ 1) & slotMask
        }
        let number = insert(words, byteCount, field, slot: slot, tag: tag)
        growSlotsIfFull()
        return number
    }

    private mutating func insert(
        _ words: Words, _ byteCount: Int, _ field: UInt16, slot: Int, tag: UInt64
    ) -> Int {
        if count == termCapacity {
            let grown = Self.allocate(termCapacity * 2, of: Term.self)
            grown.update(from: terms, count: count)
            free(terms)
            terms = grown
            termCapacity *= 2
        }
        (terms + count).initialize(
            to: Term(byteCount: UInt16(byteCount), field: field, words: words))
        slots[slot] = tag &<< 32 | UInt64(truncatingIfNeeded: count &+ 1)
        count &+= 1
        return count &- 1
    }

    private mutating func growSlotsIfFull() {
        precondition(count < Int(UInt32.max), "a builder is written before it holds 4 GiB")
        guard count &* 2 > slotMask else { return }
        let capacity = (slotMask + 1) * 2
        free(slots)
        slots = Self.allocate(capacity, of: UInt64.self)
        slots.initialize(repeating: 0, count: capacity)
        slotMask = capacity - 1
        for number in 0..<count {
            let term = terms[number]
            let hash =
                Int(term.byteCount) <= Self.inlineByteCount
                ? hash(term.words, Int(term.byteCount), term.field)
                : longHash(bytes(of: number), term.field)
            var slot = Int(truncatingIfNeeded: hash) & slotMask
            while slots[slot] != 0 { slot = (slot + 1) & slotMask }
            slots[slot] = (hash >> 32) << 32 | UInt64(number + 1)
        }
    }

    /// A short term with zeros after its end, without reading past it.
    ///
    /// - Requires: it has at most `inlineByteCount` bytes.
    @inline(__always)
    private static func words(_ term: UnsafeRawBufferPointer) -> Words {
        var words = Words()
        guard let base = term.baseAddress, term.count > 0 else { return words }
        let count = term.count
        guard count >= 8 else {
            if count >= 4 {
                // Two halves that overlap; where they do, they are equal.
                let low = base.loadUnaligned(as: UInt32.self)
                let high = base.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
                words[0] = UInt64(low) | UInt64(high) &<< UInt64(8 &* (count &- 4))
            } else {
                for index in 0..<count {
                    words[0] |= UInt64(term[index]) &<< UInt64(8 &* index)
                }
            }
            return words
        }
        var word = 0
        while (word &+ 1) &* 8 <= count {
            words[word] = base.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
            word &+= 1
        }
        let rest = count & 7
        if rest > 0 {
            let last = base.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
            words[word] = last &>> UInt64(8 &* (8 &- rest))
        }
        return words
    }

    /// Eight bytes a step, each folded in by a product of 128 bits.
    @inline(__always)
    private func hash(_ words: Words, _ byteCount: Int, _ field: UInt16) -> UInt64 {
        var hash = seed ^ (UInt64(field) &<< 48 | UInt64(truncatingIfNeeded: byteCount))
        hash = Self.mixed(hash ^ words[0])
        if byteCount > 8 { hash = Self.mixed(hash ^ words[1]) }
        if byteCount > 16 { hash = Self.mixed(hash ^ words[2]) }
        if byteCount > 24 { hash = Self.mixed(hash ^ words[3]) }
        return Self.mixed(hash)
    }

    private func longHash(_ term: UnsafeRawBufferPointer, _ field: UInt16) -> UInt64 {
        var hash = seed ^ (UInt64(field) &<< 48 | UInt64(truncatingIfNeeded: term.count))
        var offset = 0
        while term.count &- offset >= 8 {
            hash = Self.mixed(
                hash ^ term.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        let last = term.loadUnaligned(fromByteOffset: term.count &- 8, as: UInt64.self)
        return Self.mixed(Self.mixed(hash ^ last))
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }

    /// Memory from a line of cache on; much of it in great pages, where the system has them, since
    /// it is read all over.
    private static func allocate<Element>(
        _ count: Int, of type: Element.Type
    ) -> UnsafeMutablePointer<Element> {
        let greatPage = 2 << 20
        let byteCount = count * MemoryLayout<Element>.stride
        let isGreat = byteCount >= 2 * greatPage
        var memory: UnsafeMutableRawPointer?
        guard posix_memalign(&memory, isGreat ? greatPage : 64, byteCount) == 0, let memory else {
            preconditionFailure("out of memory")
        }
        // Only a hint: without it all works as well, a little slower.
        if isGreat { madvise(memory, byteCount, MADV_HUGEPAGE) }
        return memory.bindMemory(to: type, capacity: count)
    }
}

/// Where it is noted which term an occurrence is of.
struct OccurrenceTargets {
    /// The logs, by field.
    let logs: UnsafeMutablePointer<OccurrenceLog>
    /// The terms by the numbers of the caller, by field.
    let numbered: UnsafeMutablePointer<NumberedTerms>

    /// Notes the term of an occurrence in a log, and of a number.
    @inline(__always)
    fileprivate func note(_ term: Int, _ number: UInt32, field: UInt16, _ place: Int) {
        logs[Int(field)].setTerm(term, at: place)
        if number != TermTable.noNumber { numbered[Int(field)].note(number, term: term) }
    }
}
