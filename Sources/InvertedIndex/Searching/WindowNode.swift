/// One operator of a query tree in one segment, run window by window.
///
/// Dispatch is by class, once for each node and window; what happens to single postings is inside
/// of the methods. All methods are called with windows that do not descend.
class WindowNode {
    /// About how many documents match: the cheapest required node leads.
    let cost: UInt64
    /// The documents of the current window that match; set by `match`.
    final let matches: WindowBits

    /// A node.
    init(cost: UInt64) {
        self.cost = cost
        matches = .allocateWindow()
    }

    deinit { matches.deallocate() }

    /// Whether any document can have a score other than zero.
    var isScored: Bool { true }

    /// A lower bound of the first matching document from `target` on; `noDocument` at the end.
    func advance(to target: UInt32) throws(IndexError) -> UInt32 { target }

    /// Sets `matches` to those of `candidates` that match.
    func match(_ window: DocumentWindow, _ candidates: WindowBits) throws(IndexError) {
        matches.clearWindow()
    }

    /// An upper bound of what `score` adds to a document of the window.
    func maximumScore(_ window: DocumentWindow) throws(IndexError) -> Float { 0 }

    /// Adds the score of those of `documents` that match; touches no other score.
    ///
    /// - Requires: `match` was called for this window with candidates that include `documents`.
    func score(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {}

    // MARK: Parts that only add to scores

    /// Whether some part only adds to scores, so that it can wait until it is known which documents
    /// need it: then `matchRequired`, `scoreRequired` and `scoreOptional` are called, in this order,
    /// in place of `match` and `score`.
    var hasOptionalPart: Bool { false }

    /// As `match`, without the parts that only add to scores.
    func matchRequired(_ window: DocumentWindow, _ candidates: WindowBits) throws(IndexError) {
        try match(window, candidates)
    }

    /// As `score`, without these parts.
    func scoreRequired(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        try score(window, documents, scores)
    }

    /// An upper bound of what these parts add to a document of the window.
    func greatestOptional(_ window: DocumentWindow) throws(IndexError) -> Float { 0 }

    /// Adds an upper bound of what these parts add to each of some documents.
    func addOptionalBounds(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>
    ) throws(IndexError) {}

    /// Gives up those of some documents that these parts do not bring above a threshold, and adds to
    /// the scores of the others what they add.
    ///
    /// - Requires: in `bounds` stands what `addOptionalBounds` made of the scores.
    func scoreOptional(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>,
        _ bounds: UnsafeMutablePointer<Float>, above threshold: Float
    ) throws(IndexError) {}

    /// Whether `scoreOptional` may be called again for windows that were passed.
    var canRepeatOptional: Bool { false }

    // MARK: Being such a part

    /// Adds an upper bound of what `scoreFew` would add to each of some documents.
    ///
    /// Called before `narrow` and `scoreFew`, and not where `match` is called.
    func addBounds(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        let bound = try maximumScore(window)
        documents.forEachOffset { bounds[Int($0)] += bound }
    }

    /// Puts what `scoreFew` will add into bounds in place of what `addBounds` added, where that is
    /// known before, and gives up the documents that are not above a threshold then.
    func narrow(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>,
        above threshold: Float
    ) throws(IndexError) {}

    /// Adds the scores of those of some documents that match; what is in `matches` then is not
    /// told.
    ///
    /// - Requires: `narrow` was called for the window and these documents.
    func scoreFew(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        try match(window, documents)
        try score(window, documents, scores)
    }

    /// Whether `narrow` and `scoreFew` may be called again for windows that were passed.
    var canRepeatFew: Bool { false }
}

/// Every document.
final class EverythingNode: WindowNode {
    override var isScored: Bool { false }

    override func match(_ window: DocumentWindow, _ candidates: WindowBits) {
        matches.copyWindow(from: candidates)
    }
}

/// The documents of a set over the whole segment, without score.
final class DocumentSetNode: WindowNode {
    private let words: [UInt64]

    /// A set; one bit for each document of the segment.
    init(words: [UInt64], cost: UInt64) {
        self.words = words
        super.init(cost: cost)
    }

    override var isScored: Bool { false }

    override func advance(to target: UInt32) -> UInt32 {
        words.withUnsafeBufferPointer { words in
            var word = Int(target / 64)
            guard word < words.count else { return noDocument }
            var bits = words[word] & (UInt64.max &<< UInt64(target & 63))
            while bits == 0 {
                word &+= 1
                // Of few documents most words are empty.
                while word &+ 4 <= words.count,
                    words[word] | words[word &+ 1] | words[word &+ 2] | words[word &+ 3] == 0
                {
                    word &+= 4
                }
                if word == words.count { return noDocument }
                bits = words[word]
            }
            return UInt32(word &* 64 &+ bits.trailingZeroBitCount)
        }
    }

    override func match(_ window: DocumentWindow, _ candidates: WindowBits) {
        let first = Int(window.base / 64)
        for word in 0..<DocumentWindow.wordCount {
            matches[word] = first + word < words.count ? candidates[word] & words[first + word] : 0
        }
    }
}

/// Documents whose value in a column passes a test, without score.
final class ColumnNode: WindowNode {
    private let passes: (UInt32) -> Bool

    /// A test by document; asked for candidates only.
    init(cost: UInt64, passes: @escaping (UInt32) -> Bool) {
        self.passes = passes
        super.init(cost: cost)
    }

    override var isScored: Bool { false }

    override func match(_ window: DocumentWindow, _ candidates: WindowBits) {
        matches.copyWindow(from: candidates)
        matches.keep { passes(window.base + $0) }
    }
}

extension WindowBits {
    /// Calls `body` with each offset in the window, ascending.
    @inline(__always)
    func forEachOffset<Failure: Error>(
        _ body: (UInt32) throws(Failure) -> Void
    ) throws(Failure) {
        for word in 0..<DocumentWindow.wordCount {
            var rest = self[word]
            while rest != 0 {
                let offset = UInt32(word &* 64 &+ rest.trailingZeroBitCount)
                rest &= rest &- 1
                try body(offset)
            }
        }
    }

    /// Keeps the offsets for which a test holds.
    @inline(__always)
    func keep<Failure: Error>(
        _ holds: (UInt32) throws(Failure) -> Bool
    ) throws(Failure) {
        for word in 0..<DocumentWindow.wordCount {
            var rest = self[word]
            var kept: UInt64 = 0
            while rest != 0 {
                let bit = rest & (0 &- rest)
                rest ^= bit
                if try holds(UInt32(word &* 64 &+ bit.trailingZeroBitCount)) { kept |= bit }
            }
            self[word] = kept
        }
    }
}
