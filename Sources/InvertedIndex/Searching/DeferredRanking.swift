/// Ranks in two passes: what only adds to scores, as the nearness of words does, is looked for in
/// those documents alone that may become one of the best by it.
///
/// The first pass, window by window, gives each document that matches a bound of its score, and
/// keeps what may get above the threshold by it: as many documents as are wanted will have at least
/// the scores that they have without such parts. The second takes the documents with the greatest
/// bounds first, so that the threshold is high when the others are looked at.
struct DeferredRanking {
    private let root: WindowNode
    /// The number of the segment's first document among those of all segments.
    private let base: UInt32
    private let documentCount: UInt32
    private let canRepeat: Bool
    private let window: WindowMemory
    private let memory = Memory()
    /// The best without what is deferred.
    private var least: TopK
    /// What waits for the second pass, documents ascending.
    private var waiting: [Waiting] = []

    private struct Waiting {
        let document: UInt32
        let score: Float
        let bound: Float

        @inline(__always)
        func canEnter(above threshold: Float) -> Bool {
            bound * BM25.boundSlack > threshold
        }
    }

    private final class Memory {
        /// What documents of the window may score at most.
        let bounds = UnsafeMutablePointer<Float>.allocate(capacity: Int(DocumentWindow.size))
        /// The documents of the window that may be among the best.
        let candidates = WindowBits.allocateWindow()

        deinit {
            bounds.deallocate()
            candidates.deallocate()
        }
    }

    /// So many times as many documents are taken after those that were taken first: blocks are
    /// decoded anew each time.
    private static let growth = 4
    /// More documents do not wait.
    private static let greatestWaitingCount = 4096

    /// Ranks for a tree with an optional part; the scores of `window` are zero between windows.
    init(
        root: WindowNode, base: UInt32, documentCount: UInt32, window: WindowMemory, limit: Int
    ) {
        self.root = root
        self.base = base
        self.documentCount = documentCount
        self.window = window
        canRepeat = root.canRepeatOptional
        least = TopK(limit: limit)
    }

    /// Takes what matches in a window.
    ///
    /// - Requires: `matchRequired` was called for the window.
    mutating func add(
        _ window: DocumentWindow, _ collector: inout SearchCollector
    ) throws(IndexError) {
        if try root.maximumScore(window) <= collector.best.threshold { return }
        let (scores, bounds, candidates) = (self.window.scores, memory.bounds, memory.candidates)
        try root.scoreRequired(window, root.matches, scores)
        root.matches.forEachOffset { least.offer(scores[Int($0)], window.base + $0) }
        if least.threshold > -.infinity { collector.best.raise(toReach: least.threshold) }
        try bound(window, above: collector.best.threshold)
        candidates.forEachOffset { offset in
            waiting.append(
                Waiting(
                    document: window.base + offset, score: scores[Int(offset)],
                    bound: bounds[Int(offset)]))
        }
        root.matches.forEachOffset { scores[Int($0)] = 0 }
        if !canRepeat || waiting.count > DeferredRanking.greatestWaitingCount {
            try finish(&collector)
        }
    }

    /// Gives bounds to what may get above a threshold.
    private func bound(_ window: DocumentWindow, above threshold: Float) throws(IndexError) {
        let (scores, bounds, candidates) = (self.window.scores, memory.bounds, memory.candidates)
        candidates.copyWindow(from: root.matches)
        let greatest = try root.greatestOptional(window)
        candidates.keep { (scores[Int($0)] + greatest) * BM25.boundSlack > threshold }
        if candidates.isWindowEmpty() { return }
        if threshold == -.infinity {
            // Perhaps there are no more documents than are wanted.
            candidates.forEachOffset { bounds[Int($0)] = scores[Int($0)] + greatest }
            return
        }
        candidates.forEachOffset { bounds[Int($0)] = scores[Int($0)] }
        try root.addOptionalBounds(window, candidates, bounds)
        candidates.keep { bounds[Int($0)] * BM25.boundSlack > threshold }
    }

    /// Offers what waits; to be called when all windows were added.
    mutating func finish(_ collector: inout SearchCollector) throws(IndexError) {
        // Documents do not come in their order.
        collector.best.isAscending = false
        var count = collector.best.limit
        while true {
            let threshold = collector.best.threshold
            waiting.removeAll { !$0.canEnter(above: threshold) }
            guard canRepeat, waiting.count > 2 * count else { break }
            try rank(takeGreatest(count), &collector)
            count *= DeferredRanking.growth
        }
        try rank(waiting, &collector)
        waiting.removeAll(keepingCapacity: true)
        collector.best.isAscending = true
    }

    /// Takes the documents with the greatest bounds out of those that wait.
    private mutating func takeGreatest(_ count: Int) -> [Waiting] {
        var greatest = TopK(limit: count)
        for place in waiting.indices {
            greatest.offer(waiting[place].bound, UInt32(truncatingIfNeeded: place))
        }
        let places = greatest.sorted().map(\.number).sorted()
        let taken = places.map { waiting[Int($0)] }
        var next = 0
        var left = 0
        for place in waiting.indices {
            if next < places.count, Int(places[next]) == place {
                next += 1
            } else {
                waiting[left] = waiting[place]
                left += 1
            }
        }
        waiting.removeLast(waiting.count - left)
        return taken
    }

    /// Scores and offers documents in ascending order.
    private func rank(
        _ documents: [Waiting], _ collector: inout SearchCollector
    ) throws(IndexError) {
        let (scores, bounds, candidates) = (window.scores, memory.bounds, memory.candidates)
        var place = 0
        var late: IndexError?
        while place < documents.count {
            if late == nil {
                do throws(IndexError) {
                    try collector.checkDeadline()
                } catch {
                    // Of what was found before the best are shown, with all of their scores.
                    guard collector.isKept(error) else { throw error }
                    late = error
                }
            }
            let window = DocumentWindow(
                around: documents[place].document, documentCount: documentCount)
            let start = place
            candidates.clearWindow()
            while place < documents.count, documents[place].document < window.end {
                let one = documents[place]
                place += 1
                guard one.canEnter(above: collector.best.threshold) else { continue }
                let offset = one.document - window.base
                candidates.insert(offset)
                scores[Int(offset)] = one.score
                bounds[Int(offset)] = one.bound
            }
            if candidates.isWindowEmpty() { continue }
            try root.scoreOptional(
                window, candidates, scores, bounds, above: collector.best.threshold)
            candidates.forEachOffset {
                collector.best.offer(scores[Int($0)], base + window.base + $0)
            }
            for one in documents[start..<place] { scores[Int(one.document - window.base)] = 0 }
        }
        if let late { throw late }
    }
}
