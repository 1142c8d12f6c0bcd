/// The search for documents that have one at least of some terms.
///
/// Ranking and counting share nothing: the best documents are found without reading most of them,
/// while all are counted by words of bits.
enum DisjunctionSearch {
    /// Gathers the documents that have any of the terms.
    ///
    /// - Requires: the terms come rarest first.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        if target.ranks { try rank(terms, target, documentCount: documentCount, &collector) }
        if target.counts {
            terms.rewind()
            try DisjunctionCount.run(terms, target, documentCount: documentCount, &collector)
        }
    }

    private static func rank(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        for term in 0..<terms.count {
            try collector.best.raise(
                toReach: terms.first[term].reachedScore(limit: collector.best.limit, target))
        }
        let isDone = try LeadingTermRanking.run(
            terms, target, documentCount: documentCount, &collector)
        if !isDone {
            terms.rewind()
            try DisjunctionWindows.run(terms, target, documentCount: documentCount, &collector)
        }
    }
}
