/// The best documents that have one at least of some terms, one leading term after another.
///
/// The documents of the leading term are candidates, block by block; each further term is asked for
/// those that can still get above the worst kept hit with all that it and the terms after it can
/// bring. What has an earlier leading term was taken with that. The rarest term leads first. Once
/// the terms left cannot reach the worst kept hit all together, none of them leads any more: for
/// most queries this is so after the first or second, since the best documents have several terms.
/// Where more would have to lead, taking all terms window by window is faster.
///
/// A score is summed rarest term first, whatever was left out, so that a document has the same
/// score in every search.
///
/// - Source: the partition of terms by what they can bring is MaxScore of Turtle and Flood, "Query
///   evaluation: strategies and optimizations", 1995, here with one essential term at a time.
struct LeadingTermRanking {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let documentCount: UInt32
    private let target: PlainTarget
    /// What each term can bring at most anywhere.
    private let greatest: UnsafeMutablePointer<Float>
    /// For each term what it and those after it can bring in the present block.
    private let rest: UnsafeMutablePointer<Float>
    /// The candidates of the present block with what they have so far.
    private let block: ScoredPostings
    /// Where candidates were found: their places, and those in the block of the other term.
    private let candidatePlaces: UnsafeMutablePointer<UInt8>
    private let documentPlaces: UnsafeMutablePointer<UInt8>

    /// Gathers the best documents that have any of the terms; false where that would take longer
    /// than by windows, and then only what score as many documents reach is learnt.
    ///
    /// - Requires: the terms come rarest first, and stand before their first block.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let count = terms.count
        let block = ScoredPostings()
        let places = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * 129)
        let sums = UnsafeMutablePointer<Float>.allocate(capacity: 2 * count + 1)
        defer {
            block.deallocate()
            places.deallocate()
            sums.deallocate()
        }
        let ranking = LeadingTermRanking(
            terms: terms.first, count: count, documentCount: documentCount, target: target,
            greatest: sums, rest: sums + count, block: block,
            candidatePlaces: places, documentPlaces: places + 129)
        let isDone = try ranking.run(&collector)
        if !isDone { collector.best.forget(from: target.base) }
        collector.best.isAscending = true
        withExtendedLifetime(terms) {}
        return isDone
    }

    private func run(_ collector: inout SearchCollector) throws(IndexError) -> Bool {
        if count > LeadingTermRanking.greatestCount { return false }
        for term in 0..<count { greatest[term] = try terms[term].greatestScore() }
        var lead = 0
        var leadCount = leadCount(collector.best.threshold)
        while lead < leadCount {
            guard leadCount == lead &+ 1 || isCheap(lead) else { return false }
            if lead > 0 {
                for term in 0..<count { terms[term].rewind() }
                collector.best.isAscending = false
            }
            try run(lead: lead, &collector)
            lead &+= 1
            leadCount = self.leadCount(collector.best.threshold)
        }
        return true
    }

    /// Of more terms none leads.
    private static let greatestCount = 5
    /// Of so many terms each may lead.
    private static let freeCount = 3
    /// Of more terms one may lead if it and those after it have so many postings for each of its.
    private static let rareShare: UInt64 = 64

    /// Whether the terms after a leading one are asked for few of their postings.
    private func isCheap(_ lead: Int) -> Bool {
        if count <= LeadingTermRanking.freeCount { return true }
        var sum: UInt64 = 0
        for term in lead..<count { sum &+= UInt64(terms[term].documentFrequency) }
        return UInt64(terms[lead].documentFrequency) * LeadingTermRanking.rareShare <= sum
    }

    /// How many terms have to lead: all that come after do not reach the threshold together.
    private func leadCount(_ threshold: Float) -> Int {
        var sum: Float = 0
        var leads = count
        while leads > 0 {
            sum += greatest[leads &- 1]
            if sum * BM25.boundSlack > threshold { break }
            leads &-= 1
        }
        return leads
    }

    /// Takes all documents of a term that have none of the terms before it.
    private func run(lead: Int, _ collector: inout SearchCollector) throws(IndexError) {
        rest[count] = 0
        var term = count &- 1
        while term > lead {
            rest[term] = rest[term &+ 1] + greatest[term]
            term &-= 1
        }
        let anywhere = rest[lead &+ 1]
        var blocks = 0
        while try terms[lead].scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 15 == 0 { try collector.checkDeadline() }
            let threshold = collector.best.threshold
            let maximum = terms[lead].blockMaximum
            if (maximum + anywhere) * BM25.boundSlack <= threshold { continue }
            try boundRest(lead)
            if (maximum + rest[lead &+ 1]) * BM25.boundSlack <= threshold { continue }
            try runBlock(lead, &collector)
        }
    }

    /// A term is asked for its bound over a block where it has about this many blocks at most.
    private static let boundedBlocks = 8

    /// Bounds what the terms after the leading one can bring in its present block.
    @inline(__always)
    private func boundRest(_ lead: Int) throws(IndexError) {
        let first = terms[lead].scan.cursor.blockFirstBound
        let end = terms[lead].scan.cursor.blockLastDocument &+ 1
        let near =
            UInt64(documentCount)
            * UInt64(LeadingTermRanking.boundedBlocks * BitPacking.blockCount)
        var term = count &- 1
        while term > lead {
            var bound = greatest[term]
            if UInt64(end &- first) * UInt64(terms[term].documentFrequency) < near {
                bound = min(bound, try terms[term].maximum(from: first, to: end))
            }
            rest[term] = rest[term &+ 1] + bound
            term &-= 1
        }
    }

    /// Passes the documents of the present block of the leading term through all terms after it.
    @inline(__always)
    private func runBlock(
        _ lead: Int, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let threshold = collector.best.threshold
        try terms[lead].scan.cursor.decodeDocuments()
        let floor = threshold / BM25.boundSlack - rest[lead &+ 1]
        var left = try block.take(
            &terms[lead], 0..<terms[lead].scan.cursor.count, above: floor,
            total: terms[lead].greatestTotal(scoringAtMost: floor), isExact: true)
        for term in lead &+ 1..<count {
            if left == 0 { return }
            try add(&terms[term], left, rest: rest[term &+ 1], threshold)
            left = Candidates.keep(
                block.documents, block.scores, left, above: threshold, rest: rest[term &+ 1])
        }
        for term in 0..<lead {
            if left == 0 { return }
            left = try exclude(&terms[term], left)
        }
        Candidates.offer(block.documents, block.scores, left, target, &collector.best)
    }

    /// Adds the scores of a term to the candidates that have it, but for those that would not get
    /// above a threshold with them and with what the terms after it can bring.
    @inline(__always)
    private func add(
        _ term: inout PlainTerm, _ count: Int, rest: Float, _ threshold: Float
    ) throws(IndexError) {
        let documents = block.documents
        let scores = block.scores
        var place = 0
        while place < count {
            guard try term.scan.enterBlock(of: documents[place]) else { return }
            let last = term.scan.cursor.blockLastDocument
            var best = scores[place]
            var end = place &+ 1
            while end < count, documents[end] <= last {
                best = max(best, scores[end])
                end &+= 1
            }
            let isPossible =
                (best + term.blockMaximum + rest) * BM25.boundSlack > threshold
            // The last of them may be before the block, since it lies between two blocks.
            if isPossible, documents[end &- 1] >= term.scan.cursor.blockFirstBound {
                try term.scan.cursor.decodeDocuments()
                let found = BlockIntersection.find(
                    documents + place, end &- place, in: term.scan.cursor.documents,
                    term.scan.cursor.count, candidatePlaces: candidatePlaces,
                    documentPlaces: documentPlaces)
                if found > 0 {
                    try term.scan.cursor.openFrequencies(forPlaces: found)
                    for hit in 0..<found {
                        let at = place &+ Int(candidatePlaces[hit])
                        scores[at] += term.score(
                            frequency: term.scan.cursor.frequency(at: Int(documentPlaces[hit])),
                            documents[at])
                    }
                }
            }
            place = end
        }
    }

    /// Keeps the candidates that a term does not have; returns how many are left.
    private func exclude(
        _ term: inout PlainTerm, _ count: Int
    ) throws(IndexError) -> Int {
        var kept = 0
        for place in 0..<count {
            let document = block.documents[place]
            block.documents[kept] = document
            block.scores[kept] = block.scores[place]
            kept &+= try term.scan.seek(document) == document ? 0 : 1
        }
        return kept
    }
}
