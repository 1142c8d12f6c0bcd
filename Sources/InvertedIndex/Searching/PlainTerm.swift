/// One term of a query without alternatives, on its way through a segment.
///
/// The loops for bare terms, conjunctions, disjunctions and phrases are written for this one type:
/// nothing in them is dispatched or allocated.
struct PlainTerm {
    /// The postings.
    var scan: PostingsScan
    /// The bounds of coming blocks.
    private var bound: PostingsBound
    /// What an occurrence counts, by length code.
    let inverse: UnsafePointer<Float>
    /// The length codes by document.
    let codes: UnsafePointer<UInt8>
    /// What impacts are multiplied by.
    private let impactScale: Float
    /// `weight · idf · (k1 + 1)`; no score is greater.
    let factor: Float
    /// Saturation.
    let k1: Float
    /// The documents of the segment that have the term.
    let documentFrequency: UInt32
    // Keep what the pointers point into.
    private let normalization: LengthNormalization
    private let lengths: FieldLengths

    /// A term of a segment; nil where it is not, or where its field has no lengths there.
    init?(
        _ term: PlannedTerm, factor: Float, k1: Float, _ segment: Segment, _ ordinal: Int
    ) throws(IndexError) {
        guard let entry = term.entries[ordinal], let lengths = segment.lengths(term.field) else {
            return nil
        }
        let cursor = try segment.postings(entry, term.field)
        scan = PostingsScan(cursor)
        impactScale = term.impactScales[ordinal]
        // A copy that only passes over blocks; it may share the buffers.
        bound = PostingsBound(cursor, impactScale: impactScale)
        normalization = term.normalization
        inverse = normalization.inverse
        self.lengths = lengths
        codes = lengths.codes
        self.factor = factor
        self.k1 = k1
        documentFrequency = entry.documentFrequency
    }

    /// The score of a frequency in a document.
    @inline(__always)
    func score(frequency: UInt32, _ document: UInt32) -> Float {
        score(frequency: frequency, lengthCode: codes[Int(document)])
    }

    /// The score of a frequency in a document of some length.
    @inline(__always)
    private func score(frequency: UInt32, lengthCode: UInt8) -> Float {
        let total = Float(Int32(bitPattern: frequency)) * inverse[Int(lengthCode)]
        return factor * total / (k1 + total)
    }

    /// A score that at least `limit` live documents reach, from the best postings; minus infinity
    /// where it is not known.
    func reachedScore(limit: Int, _ target: PlainTarget) throws(IndexError) -> Float {
        guard limit > 0, limit <= BestPostings.count, scan.cursor.hasBest else {
            return -.infinity
        }
        // The `limit` greatest so far, descending, and room for one more.
        var scores = InlineArray<11, Float>(repeating: -.infinity)
        var count = 0
        for place in 0..<BestPostings.count {
            let posting = try scan.cursor.best(at: place)
            guard target.isLive(posting.document) else { continue }
            let score = score(frequency: posting.frequency, lengthCode: posting.lengthCode)
            var at = count
            while at > 0, scores[at &- 1] < score {
                scores[at] = scores[at &- 1]
                at &-= 1
            }
            scores[at] = score
            count = min(count &+ 1, limit)
        }
        return count == limit ? scores[limit &- 1] : -.infinity
    }

    /// The most that `frequency · inverse[length]` can be in the current block.
    @inline(__always)
    var blockTotal: Float { scan.cursor.blockTotal(inverse, impactScale: impactScale) }

    /// An upper bound of the scores in the current block.
    @inline(__always)
    var blockMaximum: Float {
        let total = blockTotal
        return factor * total / (k1 + total) * BM25.boundSlack
    }

    /// An upper bound of the scores in `first..<end`; ranges do not descend from call to call.
    @inline(__always)
    mutating func maximum(from first: UInt32, to end: UInt32) throws(IndexError) -> Float {
        let total = try bound.maximum(from: first, to: end, inverse: inverse)
        return factor * total / (k1 + total) * BM25.boundSlack
    }

    /// An upper bound of all scores of the term, told without reading far.
    ///
    /// - Requires: the bounds stand before the first block.
    mutating func greatestScore() throws(IndexError) -> Float {
        // Long lists come near to `factor` somewhere.
        guard scan.cursor.blockCount <= PlainTerm.readBoundCount else { return factor }
        let total = try bound.maximum(from: 0, to: noDocument, inverse: inverse)
        bound.rewind()
        return factor * total / (k1 + total) * BM25.boundSlack
    }

    /// The most blocks whose bounds are read for `greatestScore`.
    private static let readBoundCount = 64

    /// Goes back before the first posting.
    mutating func rewind() {
        scan.rewind()
        bound.rewind()
    }

    /// What a frequency counts in a document.
    @inline(__always)
    func total(frequency: UInt32, _ document: UInt32) -> Float {
        Float(Int32(bitPattern: frequency)) * inverse[Int(codes[Int(document)])]
    }

    /// A total that counts no more than `floor`: whatever is not above it scores no more.
    func greatestTotal(scoringAtMost floor: Float) -> Float {
        if floor <= 0 { return -1 }
        if floor >= factor { return .infinity }
        // Less by more than the rounding of both ways.
        return floor * k1 / (factor - floor) * (1 - 64 * Float.ulpOfOne)
    }

    /// A frequency of which the total is at most `total`, as are all below, in the current block.
    @inline(__always)
    func greatestFrequency(totallingAtMost total: Float) -> UInt32 {
        // No document of the block is shorter, so none counts an occurrence more.
        let frequency =
            total / inverse[Int(scan.cursor.blockMinLength)] * (1 - 16 * Float.ulpOfOne)
        return frequency < 1 ? 0 : UInt32(min(frequency, Float(1 << 24)))
    }

    /// Scores the postings of the current block.
    ///
    /// - Requires: documents and frequencies are decoded; `scores` has room for 128.
    @inline(__always)
    func scoreBlock(into scores: UnsafeMutablePointer<Float>) {
        score(scan.cursor.documents, scan.cursor.frequencies, scan.cursor.count, into: scores)
    }

    /// Scores some postings.
    @inline(__always)
    func score(
        _ documents: UnsafePointer<UInt32>, _ frequencies: UnsafePointer<UInt32>, _ count: Int,
        into scores: UnsafeMutablePointer<Float>
    ) {
        let factors = SIMD8<Float>(repeating: factor)
        let saturation = SIMD8<Float>(repeating: k1)
        var place = 0
        while place &+ 8 <= count {
            var inverses = SIMD8<Float>()
            for lane in 0..<8 {
                inverses[lane] = inverse[Int(codes[Int(documents[place &+ lane])])]
            }
            // Frequencies are below 2³¹, and signed numbers are converted by one instruction.
            let counts = UnsafeRawPointer(frequencies + place)
                .loadUnaligned(as: SIMD8<Int32>.self)
            let totals = SIMD8<Float>(counts) * inverses
            UnsafeMutableRawPointer(scores + place)
                .storeBytes(of: factors * totals / (saturation + totals), as: SIMD8<Float>.self)
            place &+= 8
        }
        while place < count {
            scores[place] = score(frequency: frequencies[place], documents[place])
            place &+= 1
        }
    }
}

/// The terms of a plain query; they stay where they are while a loop changes them.
final class PlainTerms {
    /// The first term.
    let first: UnsafeMutablePointer<PlainTerm>
    /// How many there are.
    private(set) var count = 0
    private let capacity: Int

    /// Room for terms.
    init(capacity: Int) {
        self.capacity = capacity
        first = .allocate(capacity: capacity)
    }

    /// Adds a term.
    func append(_ term: consuming PlainTerm) {
        precondition(count < capacity, "there is room for the term")
        (first + count).initialize(to: term)
        count += 1
    }

    /// A lower bound of the first document not before `start` that has any of the terms;
    /// `noDocument` at the end.
    @inline(__always)
    func nextBound(from start: UInt32) throws(IndexError) -> UInt32 {
        var next = noDocument
        for term in 0..<count { next = min(next, try first[term].scan.nextBound(from: start)) }
        return next
    }

    /// Goes back before the first posting of each term.
    func rewind() {
        for term in 0..<count { first[term].rewind() }
    }

    deinit {
        first.deinitialize(count: count)
        first.deallocate()
    }
}

/// How the hits of a plain query are gathered.
struct PlainTarget {
    /// The number of the segment's first document among those of all.
    let base: UInt32
    /// The deleted documents of the segment, if there are any.
    let deletions: Deletions?
    /// Whether scores are wanted at all.
    let ranks: Bool
    /// Whether every matching document is counted.
    let counts: Bool

    /// Whether a document is not deleted.
    @inline(__always)
    func isLive(_ document: UInt32) -> Bool {
        guard let deletions else { return true }
        return !deletions.contains(document)
    }
}
