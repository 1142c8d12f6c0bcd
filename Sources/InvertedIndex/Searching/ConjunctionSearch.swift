/// The loop for terms that must all match.
///
/// Blocks of the rarest term are candidates; each further term leaves fewer. A block whose bounds
/// cannot reach the worst kept hit is not decoded, and a candidate is given up as soon as what it
/// has and what the rest can bring are not enough.
struct ConjunctionSearch {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let owner: PlainTerms
    private let target: PlainTarget
    /// For each term what it and the terms after it can bring in the present block.
    private let rest: UnsafeMutablePointer<Float>
    /// The candidates of the present block and what they have so far.
    private let candidates: UnsafeMutablePointer<UInt32>
    private let sums: UnsafeMutablePointer<Float>

    /// Gathers the documents that have all terms.
    ///
    /// - Requires: the terms come rarest first.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let count = terms.terms.count
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: 4 * (count + 1 + 128 + 128), alignment: 16)
        defer { memory.deallocate() }
        let numbers = memory.bindMemory(to: Float.self, capacity: count + 1 + 128)
        let search = ConjunctionSearch(
            terms: terms.terms.baseAddress.unsafelyUnwrapped, count: count, owner: terms,
            target: target, rest: numbers,
            candidates: (memory + 4 * (count + 1 + 128)).bindMemory(
                to: UInt32.self, capacity: 128), sums: numbers + count + 1)
        try search.run(&collector)
    }

    private func run(_ collector: inout SearchCollector) throws(IndexError) {
        rest[count] = 0
        var blocks = 0
        while try terms[0].scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 63 == 0 { try collector.checkDeadline() }
            var ranks = target.ranks
            if ranks, collector.best.threshold > -.infinity {
                ranks = try canEnter(collector.best.threshold)
                if !ranks, !target.counts { continue }
            }
            guard try intersect(ranks: ranks, &collector) else { return }
        }
    }

    /// Whether the bounds over the present block are above a threshold.
    @inline(__always)
    private func canEnter(_ threshold: Float) throws(IndexError) -> Bool {
        let first = terms[0].scan.cursor.blockFirstBound
        let end = terms[0].scan.cursor.blockLastDocument &+ 1
        var sum: Float = 0
        var term = count &- 1
        while term > 0 {
            sum += try terms[term].maximum(from: first, to: end)
            rest[term] = sum
            term &-= 1
        }
        return terms[0].blockMaximum + sum > threshold
    }

    /// Passes the candidates of the present block through all terms; false where one has ended.
    @inline(__always)
    private func intersect(
        ranks: Bool, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        try terms[0].scan.cursor.decodeDocuments()
        var left = terms[0].scan.cursor.count
        candidates.update(from: terms[0].scan.cursor.documents, count: left)
        let threshold = collector.best.threshold
        let drops = ranks && !target.counts && threshold > -.infinity
        if ranks {
            try terms[0].scan.cursor.decodeFrequencies()
            terms[0].scoreBlock(into: sums)
            if drops { left = drop(left, below: threshold, rest: rest[1]) }
        }
        var isOver = false
        for term in 1..<count {
            if left == 0 { break }
            let kept =
                ranks
                ? try filterAndAdd(&terms[term], left, &isOver)
                : try filter(&terms[term], left, &isOver)
            left = kept
            if drops, term &+ 1 < count {
                left = drop(left, below: threshold, rest: rest[term &+ 1])
            }
        }
        if target.counts {
            if target.deletions == nil {
                collector.totalHits &+= left
            } else {
                for place in 0..<left where target.isLive(candidates[place]) {
                    collector.totalHits &+= 1
                }
            }
        }
        if ranks {
            for place in 0..<left where sums[place] > collector.best.threshold {
                if target.isLive(candidates[place]) {
                    collector.best.offer(sums[place], target.base &+ candidates[place])
                }
            }
        }
        return !isOver
    }

    /// Keeps candidates that may still get above a threshold.
    @inline(__always)
    private func drop(_ count: Int, below threshold: Float, rest: Float) -> Int {
        var kept = 0
        for place in 0..<count {
            let sum = sums[place]
            candidates[kept] = candidates[place]
            sums[kept] = sum
            kept &+= (sum + rest) * BM25.boundSlack > threshold ? 1 : 0
        }
        return kept
    }

    @inline(__always)
    private func filter(
        _ term: inout PlainTerm, _ count: Int, _ isOver: inout Bool
    ) throws(IndexError) -> Int {
        var kept = 0
        for place in 0..<count {
            let document = candidates[place]
            let found = try term.scan.seek(document)
            if found == document {
                candidates[kept] = document
                kept &+= 1
            } else if found == noDocument {
                isOver = true
                break
            }
        }
        return kept
    }

    @inline(__always)
    private func filterAndAdd(
        _ term: inout PlainTerm, _ count: Int, _ isOver: inout Bool
    ) throws(IndexError) -> Int {
        var kept = 0
        for place in 0..<count {
            let document = candidates[place]
            let found = try term.scan.seek(document)
            if found == document {
                try term.scan.cursor.decodeFrequencies()
                let frequency = term.scan.cursor.frequencies[term.scan.index]
                candidates[kept] = document
                sums[kept] = sums[place] + term.score(frequency: frequency, document)
                kept &+= 1
            } else if found == noDocument {
                isOver = true
                break
            }
        }
        return kept
    }
}
