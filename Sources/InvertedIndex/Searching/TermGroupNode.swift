/// Documents with any of some terms of one segment; scored as one term.
final class TermGroupNode: WindowNode {
    private struct Alternative {
        var matching: PostingsScan
        var scoring: PostingsScan
        var bound: PostingsBound
        let normalization: LengthNormalization
        let lengths: FieldLengths?
        /// Where frequencies are left for others.
        let frequencies: WindowFrequencies?
        /// About how many of its postings fall into a window.
        let perWindow: Int
    }

    private var alternatives: [Alternative]
    private let factor: Float
    private let k1: Float
    private let totals: UnsafeMutablePointer<Float>
    private var boundBase = noDocument
    private var lastBound: Float = 0

    /// A group; nil if none of its terms is in the segment.
    init?(
        _ group: PlannedGroup, _ segment: Segment, _ ordinal: Int,
        _ kept: KeptFrequencies? = nil
    ) throws(IndexError) {
        var alternatives: [Alternative] = []
        var cost: UInt64 = 0
        for term in group.alternatives {
            guard let entry = term.entries[ordinal] else { continue }
            let cursor = try segment.postings(entry, term.field)
            alternatives.append(
                Alternative(
                    matching: PostingsScan(cursor),
                    scoring: PostingsScan(try segment.postings(entry, term.field)),
                    bound: PostingsBound(cursor, impactScale: term.impactScales[ordinal]),
                    normalization: term.normalization, lengths: segment.lengths(term.field),
                    frequencies: kept?.give(term),
                    perWindow: Int(
                        UInt64(entry.documentFrequency) * UInt64(DocumentWindow.size)
                            / UInt64(segment.documentCount))))
            cost += UInt64(entry.documentFrequency)
        }
        if alternatives.isEmpty { return nil }
        self.alternatives = alternatives
        factor = group.factor
        k1 = group.k1
        totals = .allocate(capacity: Int(DocumentWindow.size))
        totals.initialize(repeating: 0, count: Int(DocumentWindow.size))
        super.init(cost: cost)
    }

    deinit { totals.deallocate() }

    override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
        var first = noDocument
        for index in alternatives.indices {
            first = min(first, try alternatives[index].matching.seek(target))
        }
        return first
    }

    override func match(
        _ window: DocumentWindow, _ candidates: WindowBits
    ) throws(IndexError) {
        matches.clearWindow()
        let asked = candidates.windowCount()
        for index in alternatives.indices {
            // Asking for a document costs about as much as passing a dozen postings.
            if asked * 12 < alternatives[index].perWindow {
                try alternatives[index].matching.fill(window, askingFor: candidates, matches)
            } else {
                try alternatives[index].matching.fill(window, matches)
            }
        }
        matches.formIntersection(candidates)
    }

    override func maximumScore(_ window: DocumentWindow) throws(IndexError) -> Float {
        if boundBase == window.base { return lastBound }
        var total: Float = 0
        for index in alternatives.indices {
            total += try alternatives[index].bound.maximum(
                from: window.base, to: window.end,
                inverse: alternatives[index].normalization.inverse)
        }
        boundBase = window.base
        lastBound = max(0, factor * total / (k1 + total)) * BM25.boundSlack
        return lastBound
    }

    override func score(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        for index in alternatives.indices {
            let frequencies = alternatives[index].frequencies
            frequencies?.begin(window)
            try alternatives[index].scoring.addTotals(
                window, of: documents, inverse: alternatives[index].normalization.inverse,
                lengths: alternatives[index].lengths?.codes, to: totals, keepingIn: frequencies)
        }
        documents.forEachOffset { offset in
            let place = Int(offset)
            let total = totals[place]
            if total == 0 { return }
            totals[place] = 0
            scores[place] += factor * total / (k1 + total)
        }
    }

    override var canRepeatFew: Bool { true }

    override func scoreFew(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        for index in alternatives.indices {
            alternatives[index].scoring.reopen(from: window.base)
        }
        try score(window, documents, scores)
    }
}
