/// The loop for terms of which one at least must match.
///
/// Window by window; where nothing is counted a window is about as long as a block of the most
/// frequent term, so that the bounds of blocks tell windows apart, and longer ones follow as long as
/// none can be passed over. The terms are put in order of what they can bring at most in the window;
/// those at the lower end that cannot reach the worst kept hit all together bring no candidates
/// (MaxScore): they are asked for the candidates of the others only, as long as these can still
/// get above it. A posting that even with all that the other terms can bring does not get above it
/// is left out by its frequency, before it is scored. Scores are always summed in that order,
/// whatever was left out, so that a document has the same score in every search.
///
/// - Source: Turtle and Flood, "Query evaluation: strategies and optimizations", 1995; windows as
///   in Ding and Suel, "Faster top-k document retrieval using block-max indexes", 2011.
struct DisjunctionSearch {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let documentCount: UInt32
    private let target: PlainTarget
    private let memory: Memory

    /// What a search needs beside its terms.
    private final class Memory {
        /// The documents of the window with any term.
        let all = WindowBits.allocateWindow()
        /// Those that essential terms have.
        let found = WindowBits.allocateWindow()
        /// The scores of the window, zero between windows.
        let scores: UnsafeMutablePointer<Float>
        /// The postings of a block that are scored.
        let block = ScoredPostings()
        /// The bound of each term in the window, their order, and sums from the least on.
        let bounds: UnsafeMutablePointer<Float>
        let order: UnsafeMutablePointer<Int>
        let below: UnsafeMutablePointer<Float>

        init(termCount: Int) {
            let size = Int(DocumentWindow.size)
            scores = .allocate(capacity: size)
            scores.initialize(repeating: 0, count: size)
            bounds = .allocate(capacity: termCount)
            order = .allocate(capacity: termCount)
            below = .allocate(capacity: termCount + 1)
        }

        deinit {
            all.deallocate()
            found.deallocate()
            scores.deallocate()
            block.deallocate()
            bounds.deallocate()
            order.deallocate()
            below.deallocate()
        }
    }

    /// Gathers the documents that have any of the terms.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let search = DisjunctionSearch(
            terms: terms.first, count: terms.count, documentCount: documentCount,
            target: target, memory: Memory(termCount: terms.count))
        if target.ranks {
            for term in 0..<terms.count {
                try collector.best.raise(
                    toReach: terms.first[term].reachedScore(limit: collector.best.limit, target))
            }
        }
        let least = target.counts ? DocumentWindow.size : search.windowSize()
        var size = least
        var start: UInt32 = 0
        var windows = 0
        while start < documentCount {
            var next = noDocument
            for term in 0..<search.count { next = min(next, try search.next(term, start)) }
            if next >= documentCount { break }
            let window = DocumentWindow(from: next, size: size, documentCount: documentCount)
            if windows & 15 == 0 { try collector.checkDeadline() }
            windows &+= 1
            let isPassed = try search.run(window, &collector)
            size = isPassed ? least : min(size &* 2, DocumentWindow.size)
            start = window.end
        }
        withExtendedLifetime(terms) {}
    }

    /// The least size of a window: below it, going from one to the next costs more than is spared.
    private static let leastWindowSize: UInt32 = 256

    /// About the documents over which a block of the most frequent term goes; more with more terms,
    /// since each window costs something for each of them.
    private func windowSize() -> UInt32 {
        var frequency: UInt32 = 1
        for term in 0..<count { frequency = max(frequency, terms[term].documentFrequency) }
        let span =
            UInt64(documentCount) * UInt64(BitPacking.blockCount) / UInt64(frequency)
            * UInt64(max(1, count - 1))
        var size = DisjunctionSearch.leastWindowSize
        while size < DocumentWindow.size, UInt64(size) * 2 <= span { size *= 2 }
        return size
    }

    /// A lower bound of the next document of a term, without decoding.
    @inline(__always)
    private func next(_ term: Int, _ start: UInt32) throws(IndexError) -> UInt32 {
        if terms[term].scan.isAtEnd { return noDocument }
        if terms[term].scan.cursor.blockIndex < 0
            || terms[term].scan.cursor.blockLastDocument < start
        {
            guard try terms[term].scan.cursor.skipToBlock(containing: start) else {
                terms[term].scan.isAtEnd = true
                return noDocument
            }
            terms[term].scan.index = 0
        }
        return max(start, terms[term].scan.cursor.blockFirstBound)
    }

    /// Takes a window; true if nothing in it can be among the best, and nothing is counted.
    private func run(
        _ window: DocumentWindow, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let all = memory.all
        guard target.ranks else {
            for term in 0..<count { try terms[term].scan.fill(window, all) }
            countAll(window, &collector)
            return false
        }
        let threshold = collector.best.threshold
        try orderTerms(window)
        // The first `optional` terms in order cannot bring a hit by themselves.
        var optional = 0
        while optional < count, memory.below[optional &+ 1] <= threshold { optional &+= 1 }
        if optional == count, !target.counts { return true }
        var place = count &- 1
        while place >= optional {
            let term = memory.order[place]
            try add(
                &terms[term], window, above: floor(of: term, threshold),
                isAlone: optional == count &- 1)
            place &-= 1
        }
        var candidates = optional < count ? 1 : 0
        while place >= 0 {
            if candidates > 0 {
                // Of one term only what is not to be given up was added.
                candidates =
                    place == count &- 2
                    ? memory.found.count(window.wordCount)
                    : drop(window, rest: memory.below[place &+ 1], threshold)
            }
            let term = memory.order[place]
            if target.counts {
                if candidates > 0 {
                    try fillAndAdd(&terms[term], window)
                } else {
                    try terms[term].scan.fill(window, all)
                }
            } else if candidates == 0 {
                break
            } else if candidates &* DisjunctionSearch.askingCost
                < postings(terms[term].documentFrequency, window)
            {
                try askFor(&terms[term], window)
            } else {
                try fillAndAdd(&terms[term], window)
            }
            place &-= 1
        }
        if candidates > 0 { offerFound(window, &collector) }
        if target.counts { countAll(window, &collector) }
        return false
    }

    /// Sorts the terms by what they can bring in the window, least first.
    private func orderTerms(_ window: DocumentWindow) throws(IndexError) {
        for term in 0..<count {
            let bound = try terms[term].maximum(from: window.base, to: window.end)
            memory.bounds[term] = bound
            var place = term
            while place > 0, memory.bounds[memory.order[place &- 1]] > bound {
                memory.order[place] = memory.order[place &- 1]
                place &-= 1
            }
            memory.order[place] = term
        }
        var sum: Float = 0
        memory.below[0] = 0
        for place in 0..<count {
            sum += memory.bounds[memory.order[place]]
            memory.below[place &+ 1] = sum * BM25.boundSlack
        }
    }

    /// A score of a term that together with all that the others can bring in the window does not
    /// get above the threshold.
    @inline(__always)
    private func floor(of term: Int, _ threshold: Float) -> Float {
        var others: Float = 0
        for place in 0..<count where place != term { others += memory.bounds[place] }
        return threshold / BM25.boundSlack - others
    }

    /// Adds the documents and scores of a term in the window that are above a score; all of these
    /// and no other where only this term brings candidates.
    private func add(
        _ term: inout PlainTerm, _ window: DocumentWindow, above floor: Float, isAlone: Bool
    ) throws(IndexError) {
        let total = term.greatestTotal(scoringAtMost: floor)
        let block = memory.block
        guard try term.scan.enter(window) else { return }
        repeat {
            if target.counts { try term.scan.fillBlock(window, memory.all) }
            if term.blockTotal <= total { continue }
            let places = try term.scan.decode(in: window)
            let count = try block.take(
                &term, places, above: floor, total: total, isExact: isAlone)
            for place in 0..<count {
                let offset = block.documents[place] &- window.base
                memory.found.insert(offset)
                memory.scores[Int(offset)] += block.scores[place]
            }
        } while try term.scan.nextBlock(of: window)
    }

    /// A candidate is asked for where it costs less than passing this many postings.
    private static let askingCost = 6

    /// About how many postings of a term are in a window.
    @inline(__always)
    private func postings(_ frequency: UInt32, _ window: DocumentWindow) -> Int {
        Int(UInt64(frequency) * UInt64(window.end - window.base)) / Int(documentCount)
    }

    /// Gives up candidates that cannot get above the threshold; returns how many are left.
    private func drop(_ window: DocumentWindow, rest: Float, _ threshold: Float) -> Int {
        let found = memory.found
        let scores = memory.scores
        var left = 0
        for word in 0..<window.wordCount where found[word] != 0 {
            var bits = found[word]
            var kept = bits
            while bits != 0 {
                let bit = bits & (0 &- bits)
                bits ^= bit
                let offset = word &* 64 &+ bit.trailingZeroBitCount
                if (scores[offset] + rest) * BM25.boundSlack <= threshold {
                    scores[offset] = 0
                    kept ^= bit
                }
            }
            found[word] = kept
            left &+= kept.nonzeroBitCount
        }
        return left
    }

    /// Adds the scores of a term to the candidates that have it.
    private func askFor(_ term: inout PlainTerm, _ window: DocumentWindow) throws(IndexError) {
        let found = memory.found
        for word in 0..<window.wordCount {
            var bits = found[word]
            while bits != 0 {
                let offset = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                let wanted = window.base &+ UInt32(truncatingIfNeeded: offset)
                let document = try term.scan.seek(wanted)
                if document == wanted {
                    try term.scan.cursor.decodeFrequencies()
                    let frequency = term.scan.cursor.frequencies[term.scan.index]
                    memory.scores[offset] += term.score(frequency: frequency, document)
                } else if document >= window.end {
                    return
                }
            }
        }
    }

    /// Adds the scores of a term to the candidates that have it, and all of its documents to those
    /// counted.
    private func fillAndAdd(
        _ term: inout PlainTerm, _ window: DocumentWindow
    ) throws(IndexError) {
        let block = memory.block
        guard try term.scan.enter(window) else { return }
        repeat {
            if target.counts { try term.scan.fillBlock(window, memory.all) }
            let first = max(window.base, term.scan.cursor.blockFirstBound) &- window.base
            let last = min(window.end &- 1, term.scan.cursor.blockLastDocument) &- window.base
            guard memory.found.containsAny(from: first, through: last) else { continue }
            let places = try term.scan.decode(in: window)
            let count = try block.take(&term, places, in: memory.found, of: window)
            for place in 0..<count {
                memory.scores[Int(block.documents[place] &- window.base)] += block.scores[place]
            }
        } while try term.scan.nextBlock(of: window)
    }

    private func offerFound(_ window: DocumentWindow, _ collector: inout SearchCollector) {
        let found = memory.found
        let scores = memory.scores
        for word in 0..<window.wordCount where found[word] != 0 {
            var bits = found[word]
            found[word] = 0
            while bits != 0 {
                let offset = word &* 64 &+ bits.trailingZeroBitCount
                bits &= bits &- 1
                let score = scores[offset]
                scores[offset] = 0
                if score > collector.best.threshold {
                    let document = window.base &+ UInt32(truncatingIfNeeded: offset)
                    if target.isLive(document) {
                        collector.best.offer(score, target.base &+ document)
                    }
                }
            }
        }
    }

    /// Counts the documents of the window and clears them.
    private func countAll(_ window: DocumentWindow, _ collector: inout SearchCollector) {
        let all = memory.all
        if let deletions = target.deletions {
            let first = Int(window.base / 64)
            deletions.words.withUnsafeBufferPointer { words in
                for word in 0..<min(DocumentWindow.wordCount, words.count &- first) {
                    all[word] &= ~words[first &+ word]
                }
            }
        }
        collector.totalHits &+= all.windowCount()
        all.clearWindow()
    }
}
