import CKernels

/// Puts the occurrences of a builder in the order of their terms, and within one as they came.
///
/// They are counted, so that each has its place, and then written there: of some terms at a time,
/// as many as have a window of occurrences. The log is read once for each window, from its start to
/// its end; what is written all over is small enough for a cache.
///
/// Not copied, freed with its owner.
struct OccurrenceSort: ~Copyable {
    /// Where a term occurs.
    struct Occurrence: Equatable {
        /// The document.
        var document: UInt32
        /// The position; 0 in a field without positions.
        var position: UInt32
    }

    /// Occurrences in 8 bytes each, or in 4 where both numbers fit 16 bits.
    struct Window {
        fileprivate let base: UnsafeRawPointer
        fileprivate let isNarrow: Bool

        /// One of them.
        ///
        /// - Requires: it is in the window.
        @inline(__always)
        subscript(place: Int) -> Occurrence {
            if isNarrow {
                let bits = base.load(fromByteOffset: place &* 4, as: UInt32.self)
                return Occurrence(document: bits &>> 16, position: bits & 0xFFFF)
            }
            let bits = base.load(fromByteOffset: place &* 8, as: UInt64.self)
            return Occurrence(
                document: UInt32(truncatingIfNeeded: bits &>> 32),
                position: UInt32(truncatingIfNeeded: bits))
        }
    }

    private static let usualWindowByteCount = 8 << 20
    /// The place of a term that is not in the window.
    private static let outside: UInt32 = .max

    /// What the sort of a log takes, in bytes.
    static func byteCount(termCount: Int, _ log: borrowing OccurrenceLog) -> Int {
        min(log.count * (log.isNarrow ? 4 : 8), usualWindowByteCount) + termCount * 8
    }

    private let windowByteCount: Int
    private let termCount: Int
    /// For each term its occurrences.
    private let counts: UnsafeMutablePointer<UInt32>
    /// For each term of the window the place of its next occurrence, in the end that after its last.
    private let places: UnsafeMutablePointer<UInt32>
    private var memory = GrowingBytes()
    private var isNarrow = false

    /// The sort of some terms.
    ///
    /// - Parameters:
    ///   - termCount: how many terms are numbered.
    ///   - windowByteCount: the bytes of a window; more only for one term.
    init(termCount: Int, windowByteCount: Int = Self.usualWindowByteCount) {
        self.windowByteCount = windowByteCount
        self.termCount = termCount
        counts = .allocate(capacity: termCount)
        counts.initialize(repeating: 0, count: termCount)
        places = .allocate(capacity: termCount)
        places.initialize(repeating: Self.outside, count: termCount)
    }

    deinit {
        counts.deallocate()
        places.deallocate()
    }

    /// Counts the occurrences of a log, of which each term is in no other log.
    mutating func count(_ log: borrowing OccurrenceLog) {
        let counts = counts
        for term in log.terms {
            precondition(Int(term) < termCount, "a term was numbered")
            counts[Int(term)] &+= 1
        }
    }

    /// Sorts the occurrences of the next terms of a field.
    ///
    /// - Parameters:
    ///   - order: the terms of the field in their order.
    ///   - first: the first of them that was not sorted yet.
    ///   - log: the occurrences of the field, all counted.
    /// - Returns: the terms, at least one, of which `end(of:)` and `window` tell now.
    mutating func sort(
        _ order: borrowing [UInt32], from first: Int, of log: borrowing OccurrenceLog
    ) -> Range<Int> {
        isNarrow = log.isNarrow
        let stride = isNarrow ? 4 : 8
        var end = first
        var sum = 0
        while end < order.count {
            let count = Int(counts[Int(order[end])])
            if sum > 0, (sum &+ count) &* stride > windowByteCount { break }
            places[Int(order[end])] = UInt32(truncatingIfNeeded: sum)
            sum &+= count
            end &+= 1
        }
        memory.truncate()
        // One more for the occurrences of other terms.
        let window = memory.reserve((sum + 1) * stride)
        if isNarrow {
            write(log, outside: sum, to: window.assumingMemoryBound(to: UInt32.self), shift: 16)
        } else {
            write(log, outside: sum, to: window.assumingMemoryBound(to: UInt64.self), shift: 32)
        }
        return first..<end
    }

    /// The occurrences of the terms of the window, one term after the other.
    var window: Window { Window(base: memory.base, isNarrow: isNarrow) }

    /// Asks for what `end(of:)` tells soon.
    @inline(__always)
    func prefetch(term: UInt32) { ck_prefetch(places + Int(term)) }

    /// Where those of a term end; called once for each term of the window, which leaves it.
    @inline(__always)
    mutating func end(of term: UInt32) -> Int {
        let end = Int(places[Int(term)])
        places[Int(term)] = Self.outside
        return end
    }

    /// Writes the occurrences of the log that are in the window to their places, all others to one
    /// that nobody reads: which it is cannot be foreseen, so there is no branch.
    @inline(__always)
    private func write<Bits: FixedWidthInteger & UnsignedInteger>(
        _ log: borrowing OccurrenceLog, outside: Int, to window: UnsafeMutablePointer<Bits>,
        shift: Bits
    ) {
        let places = places
        let outside = UInt32(truncatingIfNeeded: outside)
        let (terms, steps, longSteps) = (log.terms, log.steps, log.longSteps)
        var start = 0
        var long = 0
        for end in log.ends {
            let document = Bits(truncatingIfNeeded: end.document) &<< shift
            var position: UInt32 = 0
            for index in start..<Int(end.end) {
                if log.hasPositions {
                    var step = UInt32(steps[index])
                    if step == UInt32(OccurrenceLog.longStep) {
                        step = longSteps[long]
                        long &+= 1
                    }
                    position &+= step
                }
                let term = Int(terms[index])
                let place = places[term]
                window[Int(min(place, outside))] =
                    document | Bits(truncatingIfNeeded: position)
                places[term] = place == Self.outside ? place : place &+ 1
            }
            start = Int(end.end)
        }
    }
}
