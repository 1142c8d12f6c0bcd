/// What the postings of a block, and the best of the term, count at most.
extension PostingsCursor {
    /// Whether the postings that count most are stored.
    var hasBest: Bool { format.bestByteCount(blockCount) > 0 }

    /// One of the postings that count most.
    ///
    /// - Requires: they are stored; `place` is below `BestPostings.count`.
    func best(at place: Int) throws(IndexError) -> BestPostings.Posting {
        precondition(hasBest && place < BestPostings.count, "there is such a posting")
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        // `init` proved that they are there.
        let posting = BestPostings.read(
            base + blockCount &* skips.byteCount, at: place)
        guard posting.document < segmentDocumentCount else {
            throw corrupt("a document that is not in the segment")
        }
        return posting
    }

    /// The most that `frequency · inverse[length code]` can be in the current block, where
    /// `impactScale` is the greatest ratio of the 256 values of `inverse` to the standard ones of
    /// the field in the segment.
    @inline(__always)
    func blockTotal(_ inverse: UnsafePointer<Float>, impactScale: Float) -> Float {
        min(
            Float(blockMaxFrequency) * inverse[Int(blockMinLength)],
            blockImpact * impactScale)
    }
}
