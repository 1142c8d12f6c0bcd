/// Documents that may be among the best, side by side with what they have of their score so far.
enum Candidates {
    /// Keeps those that may still get above a threshold with `rest` more; returns how many.
    ///
    /// Without branches, which would be foreseen badly.
    @inline(__always)
    static func keep(
        _ documents: UnsafeMutablePointer<UInt32>, _ scores: UnsafeMutablePointer<Float>,
        _ count: Int, above threshold: Float, rest: Float
    ) -> Int {
        var kept = 0
        for place in 0..<count {
            let score = scores[place]
            documents[kept] = documents[place]
            scores[kept] = score
            kept &+= (score + rest) * BM25.boundSlack > threshold ? 1 : 0
        }
        return kept
    }

    /// Offers those that are not deleted and above the worst kept hit.
    @inline(__always)
    static func offer(
        _ documents: UnsafeMutablePointer<UInt32>, _ scores: UnsafeMutablePointer<Float>,
        _ count: Int, _ target: PlainTarget, _ best: inout TopK
    ) {
        for place in 0..<count where scores[place] > best.threshold {
            if target.isLive(documents[place]) {
                best.offer(scores[place], target.base &+ documents[place])
            }
        }
    }
}
