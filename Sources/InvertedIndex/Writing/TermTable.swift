import Glibc

/// The terms of a segment that is being built, and their occurrences as chains of bytes.
///
/// A table of hashes points to terms; their bytes and occurrences lie in one arena. An occurrence
/// is a varint: twice the distance of its document from the one before, plus one, then, with
/// positions, a varint of the position; or, in the same document, twice the distance of the
/// position. So an occurrence costs no allocation and two or three bytes as a rule.
///
/// A chain is a list of slices, each twice as long as the one before, each followed by the place
/// of the next.
///
/// Not copied, freed with its owner. Places have 32 bits: the arena holds at most 4 GiB.
struct TermTable: ~Copyable {
    /// What is known of one term.
    struct Term {
        /// Where its bytes are.
        var bytesOffset: UInt32
        /// How many there are.
        var byteCount: UInt16
        /// Its field.
        var field: UInt16
        /// Where its chain begins.
        var head: UInt32
        /// Where the next byte of its chain goes.
        var tail: UInt32
        /// Where the current slice of its chain ends.
        var sliceEnd: UInt32
        /// The number of slices before the current one.
        var level: UInt32
        /// The last document; `.max` before the first.
        var lastDocument: UInt32
        /// The last position in it.
        var lastPosition: UInt32
    }

    /// The bytes of the first slice; each next is twice as long, up to `greatestSlice`.
    private static let firstSlice: UInt32 = 8
    private static let greatestSlice: UInt32 = 1 << 12
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
    /// Not to be guessed from outside, so that nobody can make documents that collide.
    private let seed = UInt64.random(in: 0 ... .max)

    /// No terms.
    init() {
        terms = .allocate(capacity: termCapacity)
        slots = .allocate(capacity: slotMask + 1)
        slots.initialize(repeating: 0, count: slotMask + 1)
    }

    deinit {
        terms.deallocate()
        slots.deallocate()
    }

    /// The memory in use, in bytes.
    var byteCount: Int {
        arena.count + count * MemoryLayout<Term>.stride + (slotMask + 1) * 8
    }

    /// The bytes of a term, in place until the next change.
    @inline(__always)
    func bytes(of term: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: arena.base + Int(terms[term].bytesOffset), count: Int(terms[term].byteCount))
    }

    /// The number of a term, new or known.
    ///
    /// - Requires: it has at most `SegmentLimits.termByteCount` bytes.
    @inline(__always)
    mutating func number(of term: UnsafeRawBufferPointer, field: UInt16) -> Int {
        let hash = hash(term, field)
        let tag = hash &>> 32
        var slot = Int(truncatingIfNeeded: hash) & slotMask
        while true {
            let held = slots[slot]
            if held == 0 { return insert(term, field, slot: slot, tag: tag) }
            if held &>> 32 == tag {
                let number = Int(held & 0xFFFF_FFFF) &- 1
                if terms[number].field == field, Int(terms[number].byteCount) == term.count,
                    isEqual(term, arena.base + Int(terms[number].bytesOffset))
                {
                    return number
                }
            }
            slot = (slot &+ 1) & slotMask
        }
    }

    /// Adds an occurrence with a position.
    ///
    /// - Requires: the document is not before the last, nor the position in the same document.
    @inline(__always)
    mutating func add(_ number: Int, document: UInt32, position: UInt32) {
        let term = terms + number
        if term.pointee.lastDocument == document {
            append(UInt64(position &- term.pointee.lastPosition) &<< 1, to: term)
        } else {
            let distance = document &- term.pointee.lastDocument
            append(UInt64(distance) &<< 1 | 1, to: term)
            append(UInt64(position), to: term)
            term.pointee.lastDocument = document
        }
        term.pointee.lastPosition = position
    }

    /// Adds an occurrence without position.
    @inline(__always)
    mutating func add(_ number: Int, document: UInt32) {
        let term = terms + number
        if term.pointee.lastDocument == document {
            append(0, to: term)
        } else {
            let distance = document &- term.pointee.lastDocument
            append(UInt64(distance) &<< 1 | 1, to: term)
            term.pointee.lastDocument = document
        }
    }

    /// Copies the chain of a term.
    func copyChain(of number: Int, into output: inout GrowingBytes) {
        output.truncate()
        let term = terms[number]
        var position = term.head
        var level: UInt32 = 0
        while level < term.level {
            let byteCount = Self.sliceByteCount(level)
            output.append(
                UnsafeRawBufferPointer(
                    start: arena.base + Int(position), count: Int(byteCount)))
            position = arena.base.loadUnaligned(
                fromByteOffset: Int(position + byteCount), as: UInt32.self)
            level += 1
        }
        output.append(
            UnsafeRawBufferPointer(
                start: arena.base + Int(position), count: Int(term.tail - position)))
    }

    @inline(__always)
    private static func sliceByteCount(_ level: UInt32) -> UInt32 {
        level < 9 ? firstSlice &<< level : greatestSlice
    }

    @inline(__always)
    private mutating func append(_ value: UInt64, to term: UnsafeMutablePointer<Term>) {
        // One byte, more often than not.
        if value < 0x80, term.pointee.tail < term.pointee.sliceEnd {
            arena.base.storeBytes(
                of: UInt8(truncatingIfNeeded: value), toByteOffset: Int(term.pointee.tail),
                as: UInt8.self)
            term.pointee.tail &+= 1
            return
        }
        appendBytes(value, to: term)
    }

    private mutating func appendBytes(_ value: UInt64, to term: UnsafeMutablePointer<Term>) {
        var rest = value
        while true {
            if term.pointee.tail == term.pointee.sliceEnd { addSlice(to: term) }
            let byte = UInt8(truncatingIfNeeded: rest) | (rest >= 0x80 ? 0x80 : 0)
            arena.base.storeBytes(
                of: byte, toByteOffset: Int(term.pointee.tail), as: UInt8.self)
            term.pointee.tail &+= 1
            if rest < 0x80 { return }
            rest &>>= 7
        }
    }

    private mutating func addSlice(to term: UnsafeMutablePointer<Term>) {
        let level = term.pointee.level &+ 1
        let byteCount = Self.sliceByteCount(level)
        let start = allocate(Int(byteCount) &+ 4)
        arena.base.storeBytes(
            of: start, toByteOffset: Int(term.pointee.sliceEnd), as: UInt32.self)
        term.pointee.level = level
        term.pointee.tail = start
        term.pointee.sliceEnd = start &+ byteCount
    }

    private mutating func allocate(_ byteCount: Int) -> UInt32 {
        let start = arena.count
        precondition(
            start &+ byteCount < 1 << 32, "a builder is written before it holds 4 GiB")
        _ = arena.reserve(byteCount)
        arena.extend(by: byteCount)
        return UInt32(truncatingIfNeeded: start)
    }

    @inline(never)
    private mutating func insert(
        _ term: UnsafeRawBufferPointer, _ field: UInt16, slot: Int, tag: UInt64
    ) -> Int {
        if count == termCapacity {
            let grown = UnsafeMutablePointer<Term>.allocate(capacity: termCapacity * 2)
            grown.update(from: terms, count: count)
            terms.deallocate()
            terms = grown
            termCapacity *= 2
        }
        let start = allocate(term.count &+ Int(Self.firstSlice) &+ 4)
        if let source = term.baseAddress {
            (arena.base + Int(start)).copyMemory(from: source, byteCount: term.count)
        }
        let head = start &+ UInt32(truncatingIfNeeded: term.count)
        (terms + count).initialize(
            to: Term(
                bytesOffset: start, byteCount: UInt16(term.count), field: field, head: head,
                tail: head, sliceEnd: head &+ Self.firstSlice, level: 0, lastDocument: .max,
                lastPosition: 0))
        slots[slot] = tag &<< 32 | UInt64(truncatingIfNeeded: count &+ 1)
        count &+= 1
        precondition(count < Int(UInt32.max), "a builder is written before it holds 4 GiB")
        if count &* 2 > slotMask { growSlots() }
        return count &- 1
    }

    private mutating func growSlots() {
        let capacity = (slotMask + 1) * 2
        slots.deallocate()
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        slotMask = capacity - 1
        for number in 0..<count {
            let hash = hash(bytes(of: number), terms[number].field)
            var slot = Int(truncatingIfNeeded: hash) & slotMask
            while slots[slot] != 0 { slot = (slot + 1) & slotMask }
            slots[slot] = (hash >> 32) << 32 | UInt64(number + 1)
        }
    }

    @inline(__always)
    private func isEqual(_ term: UnsafeRawBufferPointer, _ other: UnsafeRawPointer) -> Bool {
        guard let base = term.baseAddress else { return true }
        var offset = 0
        while term.count &- offset >= 8 {
            if base.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            {
                return false
            }
            offset &+= 8
        }
        while offset < term.count {
            if base.load(fromByteOffset: offset, as: UInt8.self)
                != other.load(fromByteOffset: offset, as: UInt8.self)
            {
                return false
            }
            offset &+= 1
        }
        return true
    }

    /// Eight bytes a step, each folded in by a product of 128 bits.
    @inline(__always)
    private func hash(_ term: UnsafeRawBufferPointer, _ field: UInt16) -> UInt64 {
        var hash = seed ^ (UInt64(field) &<< 48 | UInt64(truncatingIfNeeded: term.count))
        var offset = 0
        while term.count &- offset >= 8 {
            hash = Self.mixed(
                hash ^ term.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            offset &+= 8
        }
        if offset < term.count {
            var word: UInt64 = 0
            if term.count >= 8 {
                // The last eight bytes: some for the second time.
                word = term.loadUnaligned(fromByteOffset: term.count &- 8, as: UInt64.self)
            } else {
                while offset < term.count {
                    word = word &<< 8 | UInt64(term[offset])
                    offset &+= 1
                }
            }
            hash = Self.mixed(hash ^ word)
        }
        return Self.mixed(hash)
    }

    @inline(__always)
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value.multipliedFullWidth(by: multiplier)
        return product.high ^ product.low
    }
}
