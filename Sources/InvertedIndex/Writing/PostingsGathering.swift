/// Writes the postings of one term after the other in a new order of documents.
///
/// The postings of a term are gathered out of all segments and sorted. Of a term that occurs more
/// often than fits memory only those of a range of documents are, then those of the next, each
/// time reading all.
///
/// A class around what is gathered, which is lent as a whole: access to it is checked once a term.
final class PostingsGathering {
    /// A term in one of the segments, by its place among them.
    typealias Holder = (entry: TermEntry, source: Int)

    private let occurrenceLimit: Int
    private let documentCount: Int
    private var gathered: GatheredPostings

    /// For the segment of an order; of as many that share its memory.
    init(_ order: MergeOrder, share: Int) {
        documentCount = order.origins.count
        occurrenceLimit = max(1, order.occurrenceLimit / share)
        gathered = GatheredPostings(documentCount: documentCount)
    }

    /// Adds what is left of the postings of a term, sorted by their new documents.
    ///
    /// - Parameters:
    ///   - holders: the term in the segments that have it.
    ///   - sources: the postings of its field in the segments.
    ///   - postings: where a term was begun.
    ///   - steps: memory for positions.
    ///   - buffers: where postings are decoded to.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `limit`.
    func write(
        _ holders: [Holder], of sources: [SourcePostings],
        to postings: inout PostingsWriter, _ steps: inout GrowingBytes, _ buffers: PostingsBuffers
    ) throws(IndexError) {
        if let holder = holders.first, holders.count == 1, holder.entry.documentFrequency == 1 {
            return try sources[holder.source].copy(
                holder.entry, to: &postings, &steps, buffers)
        }
        for range in try ranges(holders, of: sources, &steps, buffers) {
            gathered.begin(range)
            for (entry, source) in holders {
                try sources[source].copy(entry, to: &gathered, &steps, buffers)
            }
            try gathered.write(to: &postings)
        }
    }

    /// Parts of the documents, in their order, with few enough occurrences each.
    private func ranges(
        _ holders: [Holder], of sources: [SourcePostings], _ steps: inout GrowingBytes,
        _ buffers: PostingsBuffers
    ) throws(IndexError) -> [Range<UInt32>] {
        let total = holders.reduce(UInt64(0)) { $0 &+ $1.entry.totalFrequency }
        if total <= UInt64(occurrenceLimit) { return [0..<UInt32.max] }
        var counts = OccurrenceCounts(documentCount: documentCount)
        for (entry, source) in holders {
            try sources[source].copy(entry, to: &counts, &steps, buffers)
        }
        return counts.ranges(of: occurrenceLimit)
    }
}

/// Postings of one term in a range of documents, in any order.
struct GatheredPostings: PostingsSink, ~Copyable {
    /// Where the steps of a posting are.
    private struct Place {
        var frequency: UInt32
        var start: UInt32
    }

    /// For each posting its document and, in the lower half, its number.
    private var keys = GrowingBytes(capacity: 1 << 12)
    private var sorted = GrowingBytes(capacity: 1 << 12)
    /// The postings by number.
    private var places = GrowingBytes(capacity: 1 << 12)
    private var lengthCodes = GrowingBytes(capacity: 1 << 9)
    private var steps = GrowingBytes(capacity: 1 << 14)
    private var range: Range<UInt32> = 0..<0
    private var isInRange = false
    private var count = 0
    /// How many bytes of a document's number differ.
    private let digitCount: Int

    /// For documents below a number.
    init(documentCount: Int) {
        digitCount = (Int.bitWidth - documentCount.leadingZeroBitCount + 7) / 8
    }

    /// Forgets all and takes postings of other documents.
    mutating func begin(_ range: Range<UInt32>) {
        self.range = range
        count = 0
        keys.truncate()
        places.truncate()
        lengthCodes.truncate()
        steps.truncate()
    }

    @inline(__always)
    mutating func add(document: UInt32, frequency: UInt32, lengthCode: UInt8) throws(IndexError) {
        isInRange = range.contains(document)
        guard isInRange else { return }
        guard let start = UInt32(exactly: steps.count / 4) else {
            throw .limit(
                what: "positions of one term in a segment", found: steps.count / 4,
                allowed: Int(UInt32.max))
        }
        keys.u64(UInt64(document) &<< 32 | UInt64(truncatingIfNeeded: count))
        places.u32(frequency)
        places.u32(start)
        lengthCodes.u8(lengthCode)
        count &+= 1
    }

    @inline(__always)
    mutating func addSteps(_ more: UnsafeBufferPointer<UInt32>) {
        if isInRange { steps.append(UnsafeRawBufferPointer(more)) }
    }

    @inline(__always)
    mutating func addStep(_ step: UInt32) {
        if isInRange { steps.u32(step) }
    }

    /// Adds all postings in the order of documents.
    mutating func write(to postings: inout PostingsWriter) throws(IndexError) {
        sort()
        let hasPositions = steps.count > 0
        // Written by `add` and `addSteps`, whole numbers each.
        let keys = keys.bytes.assumingMemoryBound(to: UInt64.self)
        let places = places.bytes.assumingMemoryBound(to: Place.self)
        let steps = steps.bytes.assumingMemoryBound(to: UInt32.self)
        for key in keys {
            let number = Int(key & 0xFFFF_FFFF)
            let place = places[number]
            try postings.add(
                document: UInt32(truncatingIfNeeded: key &>> 32), frequency: place.frequency,
                lengthCode: lengthCodes.bytes[number])
            if hasPositions {
                let start = Int(place.start)
                postings.addSteps(
                    UnsafeBufferPointer(rebasing: steps[start..<start &+ Int(place.frequency)]))
            }
        }
    }

    /// Sorts the keys: few by insertion, many byte by byte of their documents.
    private mutating func sort() {
        guard count >= 48 else {
            let keys = keys.base.assumingMemoryBound(to: UInt64.self)
            for place in 1..<max(1, count) {
                let key = keys[place]
                var hole = place
                while hole > 0, keys[hole &- 1] > key {
                    keys[hole] = keys[hole &- 1]
                    hole &-= 1
                }
                keys[hole] = key
            }
            return
        }
        let byteCount = count &* 8
        if sorted.count < byteCount {
            _ = sorted.reserve(byteCount &- sorted.count)
            sorted.extend(by: byteCount &- sorted.count)
        }
        for digit in 0..<digitCount {
            let from = keys.base.assumingMemoryBound(to: UInt64.self)
            let to = sorted.base.assumingMemoryBound(to: UInt64.self)
            let shift = UInt64(32 &+ 8 &* digit)
            var starts = InlineArray<256, Int>(repeating: 0)
            for place in 0..<count { starts[Int(from[place] &>> shift & 0xFF)] &+= 1 }
            var sum = 0
            for value in 0..<256 {
                let number = starts[value]
                starts[value] = sum
                sum &+= number
            }
            for place in 0..<count {
                let value = Int(from[place] &>> shift & 0xFF)
                to[starts[value]] = from[place]
                starts[value] &+= 1
            }
            swap(&keys, &sorted)
        }
        keys.truncate(to: min(keys.count, byteCount))
    }
}

/// Counts occurrences by documents, 1,024 neighbours together.
struct OccurrenceCounts: PostingsSink, ~Copyable {
    private static let shift: UInt32 = 10
    private var counts: [Int]

    /// For documents below a number, no occurrence yet.
    init(documentCount: Int) {
        counts = [Int](repeating: 0, count: documentCount >> Int(Self.shift) + 1)
    }

    mutating func add(document: UInt32, frequency: UInt32, lengthCode: UInt8) throws(IndexError) {
        counts[Int(document &>> Self.shift)] &+= Int(frequency)
    }

    mutating func addSteps(_ more: UnsafeBufferPointer<UInt32>) {}

    mutating func addStep(_ step: UInt32) {}

    /// Ranges of documents, one after the other, that have no more than a limit, or cannot be
    /// counted apart.
    func ranges(of limit: Int) -> [Range<UInt32>] {
        var ranges: [Range<UInt32>] = []
        var start: UInt32 = 0
        var sum = 0
        for (place, count) in counts.enumerated() {
            if sum > 0, sum + count > limit {
                let end = UInt32(truncatingIfNeeded: place) &<< Self.shift
                ranges.append(start..<end)
                start = end
                sum = 0
            }
            sum += count
        }
        return ranges + [start..<UInt32.max]
    }
}
