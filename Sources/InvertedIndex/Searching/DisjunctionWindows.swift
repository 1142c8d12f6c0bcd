/// The best documents that have one at least of some terms, window by window.
///
/// A window is about as long as a block of the most frequent term, so that the bounds of blocks tell
/// windows apart, and longer ones follow as long as none can be passed over. The terms at the
/// frequent end that cannot reach the worst kept hit all together bring no candidates (MaxScore):
/// they are asked for the candidates of the others only, as long as these can still get above it. A
/// posting that even with all that the other terms can bring does not get above it is left out by
/// its frequency, before it is scored.
///
/// A score is summed rarest term first, whatever was left out, so that a document has the same
/// score in every search.
///
/// - Source: Turtle and Flood, "Query evaluation: strategies and optimizations", 1995; windows as
///   in Ding and Suel, "Faster top-k document retrieval using block-max indexes", 2011.
struct DisjunctionWindows {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let documentCount: UInt32
    private let target: PlainTarget
    private let memory: Memory

    /// What a search needs beside its terms.
    private final class Memory {
        /// The documents that essential terms have.
        let found = WindowBits.allocateWindow()
        /// The scores of the window, zero between windows.
        let scores: UnsafeMutablePointer<Float>
        /// The postings of a block that are scored.
        let block = ScoredPostings()
        /// The bound of each term in the window, and sums of these from the most frequent on.
        let bounds: UnsafeMutablePointer<Float>
        let below: UnsafeMutablePointer<Float>

        init(termCount: Int) {
            let size = Int(DocumentWindow.size)
            scores = .allocate(capacity: size)
            scores.initialize(repeating: 0, count: size)
            bounds = .allocate(capacity: termCount)
            below = .allocate(capacity: termCount + 1)
        }

        deinit {
            found.deallocate()
            scores.deallocate()
            block.deallocate()
            bounds.deallocate()
            below.deallocate()
        }
    }

    /// Gathers the best documents that have any of the terms.
    ///
    /// - Requires: the terms come rarest first.
    static func run(
        _ terms: PlainTerms, _ target: PlainTarget, documentCount: UInt32,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let search = DisjunctionWindows(
            terms: terms.first, count: terms.count, documentCount: documentCount,
            target: target, memory: Memory(termCount: terms.count))
        let least = search.windowSize()
        var size = least
        var start: UInt32 = 0
        var windows = 0
        while start < documentCount {
            let next = try terms.nextBound(from: start)
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
        let frequency = terms[count &- 1].documentFrequency
        let span =
            UInt64(documentCount) * UInt64(BitPacking.blockCount) / UInt64(frequency)
            * UInt64(max(1, count - 1))
        var size = DisjunctionWindows.leastWindowSize
        while size < DocumentWindow.size, UInt64(size) * 2 <= span { size *= 2 }
        return size
    }

    /// Takes a window; true if nothing in it can be among the best.
    private func run(
        _ window: DocumentWindow, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let threshold = collector.best.threshold
        try boundTerms(window)
        // The first terms, which can bring a hit by themselves.
        var essential = count
        while essential > 0, memory.below[essential &- 1] <= threshold { essential &-= 1 }
        if essential == 0 { return true }
        for term in 0..<essential {
            try add(
                &terms[term], window, above: floor(of: term, threshold),
                isAlone: essential == 1)
        }
        for term in essential..<count {
            // Of one term only what is not to be given up was added.
            let candidates =
                term == 1
                ? memory.found.count(window.wordCount)
                : drop(window, rest: memory.below[term], threshold)
            if candidates == 0 { return false }
            if candidates &* DisjunctionWindows.askingCost
                < postings(terms[term].documentFrequency, window)
            {
                try askFor(&terms[term], window)
            } else {
                try addFound(&terms[term], window)
            }
        }
        offerFound(window, &collector)
        return false
    }

    /// Bounds what each term, and each with those after it, can bring in the window.
    private func boundTerms(_ window: DocumentWindow) throws(IndexError) {
        var sum: Float = 0
        memory.below[count] = 0
        var term = count &- 1
        while term >= 0 {
            let bound = try terms[term].maximum(from: window.base, to: window.end)
            memory.bounds[term] = bound
            sum += bound
            memory.below[term] = sum * BM25.boundSlack
            term &-= 1
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

    /// Adds the scores of a term to the candidates that have it, by passing all of its documents.
    private func addFound(
        _ term: inout PlainTerm, _ window: DocumentWindow
    ) throws(IndexError) {
        let block = memory.block
        guard try term.scan.enter(window) else { return }
        repeat {
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
}
