/// What a search gathers over all segments.
struct SearchCollector {
    /// The best by score.
    var best: TopK
    /// The first by a number, if that was asked for.
    var byNumber: NumberTopK?
    /// The matching documents so far.
    var totalHits = 0
    /// The counts by facet field and value.
    var facets: [FieldID: [[UInt8]: Int]] = [:]
    /// The least and greatest number by field.
    var numberRanges: [FieldID: ClosedRange<Int64>] = [:]
    /// What was asked for.
    let options: SearchOptions
    /// Whether each matching document must be seen.
    let countsAll: Bool

    /// An empty collector.
    init(_ options: SearchOptions, capacity: Int) {
        self.options = options
        let limit = min(max(0, options.limit), capacity)
        if case .number(_, let isDescending) = options.order {
            byNumber = NumberTopK(limit: limit, isDescending: isDescending)
            best = TopK(limit: 0)
        } else {
            best = TopK(limit: limit)
        }
        countsAll =
            options.countsAll || limit == 0 || byNumber != nil || !options.facets.isEmpty
            || !options.numberRanges.isEmpty
    }

    /// Whether hits are the best by score and nothing else is gathered but their number.
    var isPlain: Bool {
        byNumber == nil && options.facets.isEmpty && options.numberRanges.isEmpty
    }

    /// Throws if the time is over or nobody waits; to be called once a window.
    @inline(__always)
    func checkDeadline() throws(IndexError) {
        if let deadline = options.deadline, ContinuousClock.now >= deadline {
            throw .deadlineExceeded
        }
        if let cancellation = options.cancellation, cancellation.isCancelled {
            throw .deadlineExceeded
        }
    }

    /// Whether an error that ended the search leaves an answer of what was found before.
    func isKept(_ error: IndexError) -> Bool {
        error == .deadlineExceeded && options.keepsPartial
            && options.cancellation?.isCancelled != true
    }
}

/// Counts the values of a keyword field over documents of one segment.
struct FacetCounter {
    private let column: KeywordColumn
    private var counts: [UInt32]

    /// Counts from zero.
    init(_ column: KeywordColumn) {
        self.column = column
        counts = [UInt32](repeating: 0, count: Int(column.valueCount))
    }

    /// Counts the values of a document.
    mutating func count(_ document: UInt32) {
        for ordinal in column.ordinals(of: document) { counts[Int(ordinal)] += 1 }
    }

    /// Adds the counts to those of other segments.
    func add(to total: inout [[UInt8]: Int]) throws(IndexError) {
        for (ordinal, count) in counts.enumerated() where count > 0 {
            total[try column.value(UInt32(ordinal)), default: 0] += Int(count)
        }
    }
}
