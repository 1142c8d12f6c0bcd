/// The loop for a query of one term.
enum TermSearch {
    /// Gathers the documents of a term.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let term = terms.first
        let scores = UnsafeMutablePointer<Float>.allocate(capacity: 128)
        defer { scores.deallocate() }
        if target.ranks {
            try collector.best.raise(
                toReach: term.pointee.reachedScore(limit: collector.best.limit, target))
        }
        if target.counts {
            if target.deletions == nil {
                collector.totalHits += Int(term.pointee.documentFrequency)
            } else {
                try countLive(term, scores, target, &collector)
                return
            }
        }
        guard target.ranks else { return }
        var blocks = 0
        while try term.pointee.scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 63 == 0 { try collector.checkDeadline() }
            if term.pointee.blockMaximum <= collector.best.threshold { continue }
            try rankBlock(term, scores, target, &collector)
        }
    }

    /// With deletions every block is read to count what is left.
    private static func countLive(
        _ term: UnsafeMutablePointer<PlainTerm>, _ scores: UnsafeMutablePointer<Float>,
        _ target: PlainTarget, _ collector: inout SearchCollector
    ) throws(IndexError) {
        var blocks = 0
        while try term.pointee.scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 63 == 0 { try collector.checkDeadline() }
            try term.pointee.scan.cursor.decodeDocuments()
            var live = 0
            for place in 0..<term.pointee.scan.cursor.count
            where target.isLive(term.pointee.scan.cursor.documents[place]) {
                live &+= 1
            }
            collector.totalHits &+= live
            if !target.ranks || term.pointee.blockMaximum <= collector.best.threshold { continue }
            try rankBlock(term, scores, target, &collector)
        }
    }

    @inline(__always)
    private static func rankBlock(
        _ term: UnsafeMutablePointer<PlainTerm>, _ scores: UnsafeMutablePointer<Float>,
        _ target: PlainTarget, _ collector: inout SearchCollector
    ) throws(IndexError) {
        try term.pointee.scan.cursor.decodeDocuments()
        try term.pointee.scan.cursor.decodeFrequencies()
        term.pointee.scoreBlock(into: scores)
        Candidates.offer(
            term.pointee.scan.cursor.documents, scores, term.pointee.scan.cursor.count, target,
            &collector.best)
    }
}
