/// Answers queries over one snapshot.
///
/// A searcher is a value over immutable files: many threads may search at the same time. The
/// statistics behind scores are those of all segments together; deleted documents count until a
/// merge removes them.
public struct Searcher: Sendable {
    /// What is searched.
    public let snapshot: Snapshot
    let model: ScoringModel
    /// For each segment the number of its first document among those of all.
    let bases: [UInt32]
    let lookups: TermLookups

    /// A searcher with weights.
    ///
    /// - Parameters:
    ///   - snapshot: what is searched.
    ///   - scoring: the weights.
    ///   - remembersTerms: whether terms that were asked for before are not looked up again, in this
    ///     searcher and in others of the snapshot that remember them.
    /// - Cost: proportional to the number of segments; once for a snapshot and its weights, to that
    ///   of segments and fields.
    public init(
        snapshot: Snapshot, scoring: Scoring = Scoring(), remembersTerms: Bool = false
    ) {
        lookups = remembersTerms ? snapshot.lookups : TermLookups(limit: 0)
        self.snapshot = snapshot
        model = snapshot.model(of: scoring)
        var bases: [UInt32] = []
        var count: UInt32 = 0
        for segment in snapshot.segments {
            bases.append(count)
            count += segment.documentCount
        }
        self.bases = bases
    }

    var planner: QueryPlanner {
        QueryPlanner(segments: snapshot.segments, model: model, lookups: lookups)
    }

    /// Where a term is, segment by segment.
    func entries(_ field: FieldID, _ term: [UInt8]) throws(IndexError) -> [TermEntry?] {
        try lookups.entries(field, term, in: snapshot.segments)
    }

    /// Searches.
    ///
    /// - Throws: `IndexError.corrupt` if the index is found damaged, `deadlineExceeded` if the
    ///   deadline of the options goes by and partial results are not wanted, or if it is cancelled.
    public func search(
        _ query: Query, _ options: SearchOptions = SearchOptions()
    ) throws(IndexError) -> SearchResults {
        let plan = try planner.plan(query)
        var collector = SearchCollector(options, capacity: Int(model.documentCount))
        do throws(IndexError) {
            try run(plan, &collector)
        } catch {
            guard collector.isKept(error) else { throw error }
            var results = results(collector)
            results.isPartial = true
            return results
        }
        return results(collector)
    }

    /// How many live documents match.
    public func count(_ query: Query) throws(IndexError) -> Int {
        try search(query, SearchOptions(limit: 0)).totalHits
    }

    private func run(
        _ plan: PlannedQuery, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let plain = collector.isPlain ? PlainQuery(plan) : nil
        for ordinal in snapshot.segments.indices {
            if let plain,
                try plain.run(
                    snapshot.segments[ordinal], ordinal, base: bases[ordinal], &collector)
            {
                continue
            }
            try run(plan, ordinal, &collector)
        }
    }

    private func run(
        _ plan: PlannedQuery, _ ordinal: Int, _ collector: inout SearchCollector
    ) throws(IndexError) {
        let segment = snapshot.segments[ordinal]
        let builder = NodeBuilder(segment: segment, ordinal: ordinal)
        guard let root = try builder.node(plan) else { return }
        try WindowSearch(segment: segment, root: root, base: bases[ordinal]).run(&collector)
    }

    private func results(_ collector: SearchCollector) -> SearchResults {
        var results = SearchResults(totalHits: collector.totalHits)
        if let byNumber = collector.byNumber {
            results.hits = byNumber.sorted().map {
                ScoredDocument(address: address($0.number), score: $0.score, sortValue: $0.value)
            }
        } else {
            results.hits = collector.best.sorted().map {
                ScoredDocument(address: address($0.number), score: $0.score)
            }
        }
        results.totalHits = max(results.totalHits, results.hits.count)
        for field in collector.options.facets {
            results.facets[field] = (collector.facets[field] ?? [:])
                .map { (value: $0.key, count: $0.value) }
                .sorted {
                    $0.count != $1.count
                        ? $0.count > $1.count : $0.value.lexicographicallyPrecedes($1.value)
                }
        }
        results.numberRanges = collector.numberRanges
        return results
    }

    /// The place of a document by its number among those of all segments.
    private func address(_ number: UInt32) -> DocumentAddress {
        var segment = bases.count - 1
        while bases[segment] > number { segment -= 1 }
        return DocumentAddress(segment: segment, document: number - bases[segment])
    }
}
