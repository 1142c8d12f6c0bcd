/// Parts joined by and, or, not.
final class BooleanNode: WindowNode {
    private let required: [WindowNode]
    private let scoredRequired: [WindowNode]
    private let should: [WindowNode]
    /// The same, cheapest first.
    private let cheapestShould: [WindowNode]
    private let mustNot: [WindowNode]
    private let minimumShould: Int
    private let scratch: WindowBits
    /// The planes of a counter for each document; one more than the digits of `minimumShould`.
    private let planes: [WindowBits]

    /// Joins parts.
    ///
    /// - Requires: `minimumShould` is at most the number of `should`.
    init(
        must: [WindowNode], filter: [WindowNode], should: [WindowNode], mustNot: [WindowNode],
        minimumShould: Int, documentCount: UInt64
    ) {
        required = (must + filter).sorted { $0.cost < $1.cost }
        scoredRequired = must
        self.should = should
        cheapestShould = should.sorted { $0.cost < $1.cost }
        self.mustNot = mustNot
        self.minimumShould = minimumShould
        scratch = .allocateWindow()
        let digits = minimumShould > 1 ? Int.bitWidth - should.count.leadingZeroBitCount : 0
        planes = (0..<digits).map { _ in .allocateWindow() }
        var cost = required.first?.cost ?? documentCount
        if minimumShould > 0 { cost = min(cost, should.reduce(0) { $0 + $1.cost }) }
        super.init(cost: cost)
    }

    deinit {
        scratch.deallocate()
        for plane in planes { plane.deallocate() }
    }

    override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
        var next = target
        for node in required {
            next = try node.advance(to: next)
            if next == noDocument { return next }
        }
        if minimumShould > 0 {
            var first = noDocument
            for node in should { first = min(first, try node.advance(to: next)) }
            next = first
        }
        return next
    }

    /// The one part that gives all of the score, if there is one: others only filter.
    private var onlyScored: WindowNode? {
        scoredRequired.count == 1 && should.isEmpty ? scoredRequired[0] : nil
    }

    private var isOptional: Bool { minimumShould == 0 && !should.isEmpty }

    override func match(
        _ window: DocumentWindow, _ candidates: WindowBits
    ) throws(IndexError) {
        try match(window, candidates, isComplete: true)
    }

    private func match(
        _ window: DocumentWindow, _ candidates: WindowBits, isComplete: Bool
    ) throws(IndexError) {
        let only = isComplete ? nil : onlyScored
        matches.copyWindow(from: candidates)
        for node in required {
            if node === only {
                try node.matchRequired(window, matches)
            } else {
                try node.match(window, matches)
            }
            matches.copyWindow(from: node.matches)
            if matches.isWindowEmpty() { return }
        }
        if minimumShould == 1 {
            scratch.clearWindow()
            for node in should {
                try node.match(window, matches)
                scratch.formUnion(node.matches)
            }
            matches.formIntersection(scratch)
        } else if minimumShould > 1 {
            try matchSeveral(window)
        } else if isComplete {
            // They are scored later, for some of these documents.
            for node in should { try node.match(window, matches) }
        }
        for node in mustNot {
            if matches.isWindowEmpty() { return }
            try node.match(window, matches)
            matches.subtract(node.matches)
        }
    }

    /// Counts the matching parts of 64 documents at a time: plane `p` holds digit `p` of 64 counts.
    private func matchSeveral(_ window: DocumentWindow) throws(IndexError) {
        for plane in planes { plane.clearWindow() }
        for node in should {
            try node.match(window, matches)
            for word in 0..<DocumentWindow.wordCount {
                var carry = node.matches[word]
                for plane in planes {
                    if carry == 0 { break }
                    let sum = plane[word] ^ carry
                    carry &= plane[word]
                    plane[word] = sum
                }
            }
        }
        for word in 0..<DocumentWindow.wordCount {
            // Compares digit by digit from the highest: greater, or still equal at the end.
            var isGreater: UInt64 = 0
            var isEqual = UInt64.max
            for (digit, plane) in planes.enumerated().reversed() {
                let wanted: UInt64 = minimumShould >> digit & 1 == 1 ? .max : 0
                isGreater |= isEqual & plane[word] & ~wanted
                isEqual &= ~(plane[word] ^ wanted)
            }
            matches[word] &= isGreater | isEqual
        }
    }

    override func maximumScore(_ window: DocumentWindow) throws(IndexError) -> Float {
        var sum: Float = 0
        for node in scoredRequired { sum += try node.maximumScore(window) }
        for node in should { sum += try node.maximumScore(window) }
        return sum * BM25.boundSlack
    }

    override func score(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        // A parent may ask for documents that match another of its parts only.
        let own = WindowBits.allocateWindow()
        defer { own.deallocate() }
        own.copyWindow(from: documents)
        own.formIntersection(matches)
        if own.isWindowEmpty() { return }
        for node in scoredRequired { try node.score(window, own, scores) }
        for node in should { try node.score(window, own, scores) }
    }

    // MARK: Parts that only add to scores

    override var hasOptionalPart: Bool { isOptional || onlyScored?.hasOptionalPart == true }

    override func matchRequired(
        _ window: DocumentWindow, _ candidates: WindowBits
    ) throws(IndexError) {
        try match(window, candidates, isComplete: false)
    }

    override func scoreRequired(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        if !isOptional, let onlyScored {
            return try onlyScored.scoreRequired(window, documents, scores)
        }
        for node in scoredRequired { try node.score(window, documents, scores) }
    }

    override func greatestOptional(_ window: DocumentWindow) throws(IndexError) -> Float {
        guard isOptional else { return try onlyScored?.greatestOptional(window) ?? 0 }
        var sum: Float = 0
        for node in should { sum += try node.maximumScore(window) }
        return sum
    }

    override func addOptionalBounds(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        guard isOptional else {
            try onlyScored?.addOptionalBounds(window, documents, bounds)
            return
        }
        for node in should { try node.addBounds(window, documents, bounds) }
    }

    override func scoreOptional(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>,
        _ bounds: UnsafeMutablePointer<Float>, above threshold: Float
    ) throws(IndexError) {
        guard isOptional else {
            try onlyScored?.scoreOptional(window, documents, scores, bounds, above: threshold)
            return
        }
        try narrowByParts(window, documents, bounds, above: threshold)
        if documents.isWindowEmpty() { return }
        for node in should { try node.scoreFew(window, documents, scores) }
    }

    override var canRepeatOptional: Bool {
        isOptional
            ? should.allSatisfy(\.canRepeatFew) : onlyScored?.canRepeatOptional ?? false
    }

    // MARK: Being a part that only adds to scores

    /// Whether this is a union of its parts and nothing else: they add to scores one by one.
    private var isUnion: Bool { required.isEmpty && mustNot.isEmpty && minimumShould <= 1 }

    override func addBounds(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        guard isUnion else { return try super.addBounds(window, documents, bounds) }
        for node in should { try node.addBounds(window, documents, bounds) }
    }

    override func narrow(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>,
        above threshold: Float
    ) throws(IndexError) {
        if isUnion { try narrowByParts(window, documents, bounds, above: threshold) }
    }

    /// The cheapest part first; it is the rarest, which adds most.
    private func narrowByParts(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>,
        above threshold: Float
    ) throws(IndexError) {
        for node in cheapestShould {
            try node.narrow(window, documents, bounds, above: threshold)
            if documents.isWindowEmpty() { return }
        }
    }

    override func scoreFew(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        guard isUnion else { return try super.scoreFew(window, documents, scores) }
        for node in should { try node.scoreFew(window, documents, scores) }
    }

    override var canRepeatFew: Bool { isUnion && should.allSatisfy(\.canRepeatFew) }
}
