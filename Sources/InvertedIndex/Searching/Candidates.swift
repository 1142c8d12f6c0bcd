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
        _ documents: UnsafePointer<UInt32>, _ scores: UnsafePointer<Float>,
        _ count: Int, _ target: PlainTarget, _ best: inout TopK
    ) {
        var place = 0
        while place < count {
            let end = min(place &+ groupSize, count)
            // In most groups is none, which is seen without a branch for each.
            if end &- place == groupSize, !isAnyOfGroup(scores + place, above: best.threshold) {
                place = end
                continue
            }
            while place < end {
                if scores[place] > best.threshold, target.isLive(documents[place]) {
                    best.offer(scores[place], target.base &+ documents[place])
                }
                place &+= 1
            }
        }
    }

    private static let groupSize = 8

    /// Whether any of `groupSize` scores is above a threshold.
    @inline(__always)
    private static func isAnyOfGroup(
        _ scores: UnsafePointer<Float>, above threshold: Float
    ) -> Bool {
        let bytes = UnsafeRawPointer(scores)
        let threshold = SIMD4(repeating: threshold)
        let first = bytes.loadUnaligned(as: SIMD4<Float>.self) .> threshold
        let second = bytes.loadUnaligned(fromByteOffset: 16, as: SIMD4<Float>.self) .> threshold
        // Read as two numbers: `any` goes through the lanes one by one.
        let lanes = unsafeBitCast(first .| second, to: SIMD2<UInt64>.self)
        return lanes[0] | lanes[1] != 0
    }
}
