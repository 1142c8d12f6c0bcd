import CKernels

/// The terms of one field of a builder by the numbers under which the caller knows them.
///
/// Not copied, freed with its owner.
struct NumberedTerms: ~Copyable {
    /// The number of the builder plus one by that of the caller; 0 for one that was not met.
    private var terms: UnsafeMutablePointer<UInt32>
    private var count = 1 << 6

    /// No terms.
    init() {
        terms = .allocate(capacity: count)
        terms.initialize(repeating: 0, count: count)
    }

    deinit { terms.deallocate() }

    /// The memory in use, in bytes.
    var byteCount: Int { count * MemoryLayout<UInt32>.stride }

    /// The builder's number of a term, negative for one that was not met.
    @inline(__always)
    func term(_ number: UInt32) -> Int {
        Int(number) < count ? Int(terms[Int(number)]) &- 1 : -1
    }

    /// Asks for the place of a number that is needed soon.
    @inline(__always)
    func prefetch(_ number: UInt32) {
        if Int(number) < count { ck_prefetch(terms + Int(number)) }
    }

    /// Notes the builder's number of a term.
    mutating func note(_ number: UInt32, term: Int) {
        if Int(number) >= count { grow(toHold: Int(number)) }
        terms[Int(number)] = UInt32(truncatingIfNeeded: term &+ 1)
    }

    /// Forgets all terms.
    mutating func removeAll() {
        terms.update(repeating: 0, count: count)
    }

    private mutating func grow(toHold number: Int) {
        var capacity = count
        while capacity <= number { capacity *= 2 }
        let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity)
        grown.moveInitialize(from: terms, count: count)
        (grown + count).initialize(repeating: 0, count: capacity - count)
        terms.deallocate()
        terms = grown
        count = capacity
    }
}
