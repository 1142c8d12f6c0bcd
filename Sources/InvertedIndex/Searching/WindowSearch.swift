/// Runs a tree of operators over one segment.
struct WindowSearch {
    private let segment: Segment
    private let root: WindowNode
    /// The number of the segment's first document among those of all segments.
    private let base: UInt32

    /// A search of a segment.
    init(segment: Segment, root: WindowNode, base: UInt32) {
        self.segment = segment
        self.root = root
        self.base = base
    }

    /// Adds what matches to a collector.
    func run(_ collector: inout SearchCollector) throws(IndexError) {
        let memory = WindowMemory()
        var facets: [(FieldID, FacetCounter)] = []
        for field in Set(collector.options.facets) {
            if let column = try segment.keywords(field) {
                facets.append((field, FacetCounter(column)))
            }
        }
        var ranges: [(FieldID, NumberColumn)] = []
        for field in collector.options.numberRanges {
            if let column = try segment.numbers(field) { ranges.append((field, column)) }
        }
        var sortColumn: NumberColumn?
        if case .number(let field, _) = collector.options.order {
            sortColumn = try segment.numbers(field)
        }
        // An order by a number needs no scores but those that are shown.
        var deferred =
            root.hasOptionalPart && collector.byNumber == nil && collector.options.limit > 0
            ? DeferredRanking(
                root: root, base: base, documentCount: segment.documentCount, window: memory,
                limit: collector.best.limit) : nil
        var target: UInt32 = 0
        while target < segment.documentCount {
            // Of equal scores the first documents are the best, so none behind them is.
            if !root.isScored, !collector.countsAll, collector.best.threshold >= 0 { break }
            let next = try root.advance(to: target)
            if next >= segment.documentCount { break }
            do throws(IndexError) {
                try collector.checkDeadline()
            } catch {
                if collector.isKept(error) { try deferred?.finish(&collector) }
                throw error
            }
            let window = DocumentWindow(around: next, documentCount: segment.documentCount)
            target = window.end
            if !collector.countsAll,
                try root.maximumScore(window) <= collector.best.threshold
            {
                continue
            }
            Deletions.fillLive(segment.deletions, window, memory.live)
            if deferred != nil {
                try root.matchRequired(window, memory.live)
            } else {
                try root.match(window, memory.live)
            }
            let count = root.matches.windowCount()
            if count == 0 { continue }
            collector.totalHits += count
            for index in facets.indices {
                root.matches.forEachOffset { facets[index].1.count(window.base + $0) }
            }
            for (field, column) in ranges { widen(&collector.numberRanges[field], window, column) }
            if deferred != nil {
                try deferred?.add(window, &collector)
            } else {
                try rank(window, memory, sortColumn, &collector)
            }
        }
        try deferred?.finish(&collector)
        for (field, counter) in facets {
            try counter.add(to: &collector.facets[field, default: [:]])
        }
    }

    private func rank(
        _ window: DocumentWindow, _ memory: WindowMemory, _ sortColumn: NumberColumn?,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        if collector.options.limit <= 0 { return }
        let bound = try root.maximumScore(window)
        let scores = memory.scores
        if collector.byNumber == nil {
            if bound <= collector.best.threshold { return }
            if bound > 0 { try root.score(window, root.matches, scores) }
            root.matches.forEachOffset { offset in
                let score = scores[Int(offset)]
                scores[Int(offset)] = 0
                collector.best.offer(score, base + window.base + offset)
            }
            return
        }
        if bound > 0 { try root.score(window, root.matches, scores) }
        root.matches.forEachOffset { offset in
            let score = scores[Int(offset)]
            scores[Int(offset)] = 0
            let document = window.base + offset
            collector.byNumber?.offer(
                sortColumn?.value(of: document), score, base + document)
        }
    }

    private func widen(
        _ range: inout ClosedRange<Int64>?, _ window: DocumentWindow, _ column: NumberColumn
    ) {
        root.matches.forEachOffset { offset in
            guard let value = column.value(of: window.base + offset) else { return }
            if let old = range {
                range = min(old.lowerBound, value)...max(old.upperBound, value)
            } else {
                range = value...value
            }
        }
    }
}

/// The bits and scores of the present window of a search.
final class WindowMemory {
    /// The documents that are not deleted.
    let live: WindowBits
    /// The scores; all zero between windows.
    let scores: UnsafeMutablePointer<Float>

    /// Zeros.
    init() {
        live = .allocateWindow()
        scores = .allocate(capacity: Int(DocumentWindow.size))
        scores.initialize(repeating: 0, count: Int(DocumentWindow.size))
    }

    deinit {
        live.deallocate()
        scores.deallocate()
    }
}
