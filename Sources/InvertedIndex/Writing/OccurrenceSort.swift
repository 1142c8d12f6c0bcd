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
    struct Occurrence {
        // One number, so that it is written at once.
        private let bits: UInt64

        @inline(__always)
        init(document: UInt32, position: UInt32) {
            bits = UInt64(document) &<< 32 | UInt64(position)
        }

        /// The document.
        @inline(__always)
        var document: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) }
        /// The position; 0 in a field without positions.
        @inline(__always)
        var position: UInt32 { UInt32(truncatingIfNeeded: bits) }
    }

    /// The place of a term that is not in the window.
    private static let outside: UInt32 = .max

    private static let usualWindowCount = 1 << 20

    /// What the sort of a log of so many occurrences takes, in bytes.
    static func byteCount(termCount: Int, of count: Int) -> Int {
        min(count, usualWindowCount) * MemoryLayout<Occurrence>.stride + termCount * 8
    }

    private let windowCount: Int
    private let termCount: Int
    /// For each term its occurrences.
    private let counts: UnsafeMutablePointer<UInt32>
    /// For each term of the window the place of its next occurrence, in the end that after its last.
    private let places: UnsafeMutablePointer<UInt32>
    private var window: UnsafeMutablePointer<Occurrence>
    private var capacity = 0

    /// The sort of some terms.
    ///
    /// - Parameter windowCount: how many occurrences are sorted at once; more only of one term.
    init(termCount: Int, windowCount: Int = Self.usualWindowCount) {
        self.windowCount = windowCount
        self.termCount = termCount
        counts = .allocate(capacity: termCount)
        counts.initialize(repeating: 0, count: termCount)
        places = .allocate(capacity: termCount)
        places.initialize(repeating: Self.outside, count: termCount)
        window = .allocate(capacity: 1)
    }

    deinit {
        counts.deallocate()
        places.deallocate()
        window.deallocate()
    }

    /// Counts the occurrences of a log, of which each term is in no other log.
    mutating func count(_ log: borrowing OccurrenceLog) {
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
    ///   - log: the occurrences of the field.
    /// - Returns: the terms, at least one, of which `end(of:)` and `occurrences` tell now.
    mutating func sort(
        _ order: borrowing [UInt32], from first: Int, of log: borrowing OccurrenceLog
    ) -> Range<Int> {
        var end = first
        var sum = 0
        while end < order.count {
            let count = Int(counts[Int(order[end])])
            if sum > 0, sum &+ count > windowCount { break }
            places[Int(order[end])] = UInt32(truncatingIfNeeded: sum)
            sum &+= count
            end &+= 1
        }
        if capacity < sum {
            window.deallocate()
            // One more for the occurrences of other terms.
            window = .allocate(capacity: sum + 1)
            capacity = sum
        }
        write(log, outside: UInt32(truncatingIfNeeded: sum))
        return first..<end
    }

    /// The occurrences of the terms of the window, one term after the other.
    var occurrences: UnsafePointer<Occurrence> { UnsafePointer(window) }

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
    private func write(_ log: borrowing OccurrenceLog, outside: UInt32) {
        let (window, places) = (window, places)
        let (terms, steps, longSteps) = (log.terms, log.steps, log.longSteps)
        var start = 0
        var long = 0
        for end in log.ends {
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
                window[Int(min(place, outside))] = Occurrence(
                    document: end.document, position: position)
                places[term] = place == Self.outside ? place : place &+ 1
            }
            start = Int(end.end)
        }
    }
}
