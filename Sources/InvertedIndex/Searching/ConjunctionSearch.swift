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
    private let block: ScoredPostings
    /// Where candidates were found: their places, and those in the block of the other term.
    private let candidatePlaces: UnsafeMutablePointer<UInt8>
    private let documentPlaces: UnsafeMutablePointer<UInt8>

    /// From one candidate in this many documents on counting by sets of bits is faster.
    private static let denseShare: UInt32 = 32

    /// Gathers the documents that have all terms.
    ///
    /// - Requires: the terms come rarest first.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let count = terms.count
        let base = terms.first
        let isDense =
            base.pointee.documentFrequency > documentCount / ConjunctionSearch.denseShare
        if target.counts, isDense {
            try countDense(base, count, target, documentCount, &collector)
            if !target.ranks { return }
        }
        let rest = UnsafeMutablePointer<Float>.allocate(capacity: count + 1)
        let block = ScoredPostings()
        let places = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * 129)
        defer {
            rest.deallocate()
            block.deallocate()
            places.deallocate()
        }
        let search = ConjunctionSearch(
            terms: base, count: count, owner: terms,
            target: PlainTarget(
                base: target.base, deletions: target.deletions, ranks: target.ranks,
                counts: target.counts && !isDense), rest: rest, candidates: block.documents,
            sums: block.scores, block: block, candidatePlaces: places, documentPlaces: places + 129)
        try search.run(&collector)
    }

    /// Counts documents with all terms by sets of bits; the terms stay before their first block.
    private static func countDense(
        _ terms: UnsafeMutablePointer<PlainTerm>, _ count: Int, _ target: PlainTarget,
        _ documentCount: UInt32, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let all = WindowBits.allocateWindow()
        let one = WindowBits.allocateWindow()
        defer {
            all.deallocate()
            one.deallocate()
        }
        // Copies share buffers with the terms, which are not in use yet and start anew after.
        var scans = (0..<count).map { terms[$0].scan }
        var start: UInt32 = 0
        while start < documentCount {
            let next = try scans[0].seek(start)
            if next >= documentCount { break }
            try collector.checkDeadline()
            let window = DocumentWindow(around: next, documentCount: documentCount)
            start = window.end
            Deletions.fillLive(target.deletions, window, all)
            for term in 0..<count {
                one.clearWindow()
                try scans[term].fill(window, one)
                all.formIntersection(one)
            }
            collector.totalHits &+= all.windowCount()
        }
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
        let threshold = collector.best.threshold
        let drops = ranks && !target.counts && threshold > -.infinity
        if ranks {
            let floor = drops ? threshold / BM25.boundSlack - rest[1] : -.infinity
            left = try block.take(
                &terms[0], 0..<left, above: floor,
                total: terms[0].greatestTotal(scoringAtMost: floor), isExact: true)
        } else {
            candidates.update(from: terms[0].scan.cursor.documents, count: left)
        }
        var isOver = false
        for term in 1..<count {
            if left == 0 { break }
            left = try filter(&terms[term], left, ranks: ranks, &isOver)
            if drops, term &+ 1 < count {
                left = Candidates.keep(
                    candidates, sums, left, above: threshold, rest: rest[term &+ 1])
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
            Candidates.offer(candidates, sums, left, target, &collector.best)
        }
        return !isOver
    }

    /// Keeps the candidates that a term has, and adds its scores; returns how many are left.
    @inline(__always)
    private func filter(
        _ term: inout PlainTerm, _ count: Int, ranks: Bool, _ isOver: inout Bool
    ) throws(IndexError) -> Int {
        var kept = 0
        var place = 0
        while place < count {
            let first = candidates[place]
            guard try term.scan.enterBlock(of: first) else {
                isOver = true
                break
            }
            let last = term.scan.cursor.blockLastDocument
            var end = place &+ 1
            while end < count, candidates[end] <= last { end &+= 1 }
            // The last of them may be before the block, since it lies between two blocks.
            if candidates[end &- 1] < term.scan.cursor.blockFirstBound {
                place = end
                continue
            }
            try term.scan.cursor.decodeDocuments()
            let found = BlockIntersection.find(
                candidates + place, end &- place, in: term.scan.cursor.documents,
                term.scan.cursor.count, candidatePlaces: candidatePlaces,
                documentPlaces: documentPlaces)
            if ranks, found > 0 {
                try term.scan.cursor.openFrequencies(forPlaces: found)
                for hit in 0..<found {
                    let from = place &+ Int(candidatePlaces[hit])
                    let document = candidates[from]
                    candidates[kept] = document
                    sums[kept] =
                        sums[from]
                        + term.score(
                            frequency: term.scan.cursor.frequency(at: Int(documentPlaces[hit])),
                            document)
                    kept &+= 1
                }
            } else {
                for hit in 0..<found {
                    candidates[kept] = candidates[place &+ Int(candidatePlaces[hit])]
                    kept &+= 1
                }
            }
            place = end
        }
        return kept
    }
}
