/// Which segments become one, and when.
///
/// Segments fall into tiers of sizes; once a tier has more than `segmentsPerTier`, some of about
/// the same size are merged into one of the next tier, so that a document is written again only
/// once a tier. A segment of which a large share is deleted is written anew for the space.
public struct MergePolicy: Sendable, Equatable {
    /// How many segments of one size may stay; also how many are merged at once.
    public var segmentsPerTier: Int
    /// Segments smaller than this count as of this size, in bytes.
    public var floorByteCount: Int
    /// No merge makes a segment larger than this, in bytes, but `mergeAll`.
    public var maximumByteCount: Int
    /// More segments than this are merged whatever their size.
    public var maximumSegmentCount: Int
    /// The share of deleted documents, 0 to 1, above which a segment is written anew.
    public var deletedShare: Double

    /// A policy; by default 10 to a tier from 2 MiB, up to 2 GiB, at most 64 segments.
    public init(
        segmentsPerTier: Int = 10, floorByteCount: Int = 2 << 20,
        maximumByteCount: Int = 2 << 30, maximumSegmentCount: Int = 64,
        deletedShare: Double = 0.33
    ) {
        precondition(segmentsPerTier >= 2, "a merge takes two segments at least")
        precondition(maximumSegmentCount >= 1, "an index has one segment at least")
        self.segmentsPerTier = segmentsPerTier
        self.floorByteCount = max(1, floorByteCount)
        self.maximumByteCount = maximumByteCount
        self.maximumSegmentCount = maximumSegmentCount
        self.deletedShare = deletedShare
    }

    /// What the policy knows of a segment.
    struct Candidate: Sendable, Equatable {
        /// The length of its file.
        var byteCount: Int
        /// Its documents, deleted ones included.
        var documentCount: UInt32
        /// Those that are not deleted.
        var liveCount: UInt32

        /// What its live documents would take, about.
        var liveByteCount: Int {
            guard documentCount > 0 else { return 0 }
            return Int(Double(byteCount) * Double(liveCount) / Double(documentCount))
        }

        /// The share of deleted documents.
        var deletedShare: Double {
            guard documentCount > 0 else { return 1 }
            return 1 - Double(liveCount) / Double(documentCount)
        }
    }

    /// The next merge, as indexes in ascending order; `nil` where the segments may stay.
    ///
    /// - Returns: one index alone only for a segment that is to be written anew.
    func nextMerge(of segments: [Candidate]) -> [Int]? {
        let bySize = segments.indices.sorted {
            (segments[$0].liveByteCount, $0) < (segments[$1].liveByteCount, $1)
        }
        if segments.count > maximumSegmentCount {
            let count = min(
                segments.count, max(segmentsPerTier, segments.count - maximumSegmentCount + 1))
            return bySize.prefix(count).sorted()
        }
        return tierMerge(of: segments, bySize) ?? rewrite(of: segments)
    }

    /// The best run of neighbours by size, once there are more segments than the tiers hold.
    private func tierMerge(of segments: [Candidate], _ bySize: [Int]) -> [Int]? {
        // A segment above half the largest size could only be merged with small ones, again and
        // again; it stays as it is.
        let eligible = bySize.filter { segments[$0].liveByteCount <= maximumByteCount / 2 }
        let sizes = eligible.map { max(segments[$0].liveByteCount, floorByteCount) }
        guard let smallest = sizes.first, sizes.count > allowedCount(of: sizes, from: smallest)
        else { return nil }
        var best: (score: Double, run: Range<Int>)?
        for start in sizes.indices {
            var total = 0
            var end = start
            while end < sizes.count, end - start < segmentsPerTier,
                total + sizes[end] <= maximumByteCount
            {
                total += sizes[end]
                end += 1
            }
            guard end - start >= 2 else { continue }
            // The largest of the run over its sum: the less even the run, the more of the work is
            // copying what need not be copied. Fuller runs come first among even ones.
            let score = Double(sizes[end - 1]) / Double(total)
            if best.map({ score < $0.score }) ?? true { best = (score, start..<end) }
        }
        return best.map { eligible[$0.run].sorted() }
    }

    /// How many segments the tiers hold for this many bytes.
    private func allowedCount(of sizes: [Int], from smallest: Int) -> Int {
        var rest = Double(sizes.reduce(0, +))
        var size = Double(smallest)
        var count = 0
        while true {
            let inTier = rest / size
            if inTier <= Double(segmentsPerTier) { return count + Int(inTier.rounded(.up)) }
            count += segmentsPerTier
            rest -= size * Double(segmentsPerTier)
            size *= Double(segmentsPerTier)
        }
    }

    private func rewrite(of segments: [Candidate]) -> [Int]? {
        let worst = segments.indices.max {
            segments[$0].deletedShare < segments[$1].deletedShare
        }
        guard let worst, segments[worst].deletedShare > deletedShare else { return nil }
        return [worst]
    }
}
