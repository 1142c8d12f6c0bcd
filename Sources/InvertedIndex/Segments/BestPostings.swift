/// The postings of a frequent term that count most, stored beside its blocks.
///
/// A search for the best hits starts with what the last of them scores, so that it need not read
/// blocks only to learn how good a hit has to be.
///
/// Invariants:
/// 1. What counts more comes first, equals by document.
/// 2. `frequency · inverse[length code]` of no other posting of the term is greater than of the last.
///
/// - Source: the stored thresholds of Kane and Tompa, "Split-lists and initial thresholds for
///   WAND-based search", 2018; with their documents, so that they hold whatever was deleted and
///   whatever the weights are.
struct BestPostings {
    /// How many are stored.
    static let count = 10
    /// The bytes that they take.
    static let byteCount = count * 8
    /// The fewest blocks of a term that has them; shorter lists are searched as fast without.
    static let leastBlockCount = 8

    /// One of them.
    struct Posting: Equatable {
        /// The document.
        var document: UInt32
        /// How often it has the term.
        var frequency: UInt32
        /// The code of its length.
        var lengthCode: UInt8
    }

    /// The postings so far, at most `count`.
    private(set) var postings: [Posting] = []
    private var totals: [Float] = []

    /// None.
    init() {
        postings.reserveCapacity(BestPostings.count + 1)
        totals.reserveCapacity(BestPostings.count + 1)
    }

    /// What a posting has to count more than to be taken in.
    @inline(__always)
    var threshold: Float {
        totals.count < BestPostings.count ? -1 : totals[BestPostings.count - 1]
    }

    /// Takes a posting in; documents come ascending.
    mutating func offer(_ posting: Posting, total: Float) {
        guard total > threshold else { return }
        var place = totals.count
        while place > 0, totals[place - 1] < total { place -= 1 }
        totals.insert(total, at: place)
        postings.insert(posting, at: place)
        if totals.count > BestPostings.count {
            totals.removeLast()
            postings.removeLast()
        }
    }

    /// Forgets all.
    mutating func removeAll() {
        postings.removeAll(keepingCapacity: true)
        totals.removeAll(keepingCapacity: true)
    }

    /// Appends the stored form.
    ///
    /// - Requires: there are `count`; frequencies are at most `PostingsBlock.greatestFrequency`.
    func write(to bytes: inout GrowingBytes) {
        precondition(postings.count == BestPostings.count, "all are there")
        for posting in postings {
            bytes.u32(posting.document)
            // Less 1, so that 2²⁴ has room.
            bytes.u32((posting.frequency - 1) | UInt32(posting.lengthCode) << 24)
        }
    }

    /// One of those stored.
    ///
    /// - Requires: `byteCount` bytes may be read; `place` is below `count`.
    @inline(__always)
    static func read(_ bytes: UnsafeRawPointer, at place: Int) -> Posting {
        let rest = bytes.loadUnaligned(fromByteOffset: place &* 8 &+ 4, as: UInt32.self)
        return Posting(
            document: bytes.loadUnaligned(fromByteOffset: place &* 8, as: UInt32.self),
            frequency: rest & 0xFF_FFFF &+ 1,
            lengthCode: UInt8(truncatingIfNeeded: rest &>> 24))
    }
}
