/// The words that may stand at one place of a phrase, in one segment.
struct PhraseSlot {
    /// Scans that tell which documents have a word.
    var matching: [PostingsScan]
    /// Scans that give positions.
    var reading: [PostingsScan]
    /// Scans of the skip data.
    var bounds: [PostingsBound]
    /// The frequencies in documents that are scored, of those words of which they are kept.
    let kept: [WindowFrequencies?]
    /// The positions in the present document, strictly ascending.
    var positions: [UInt32] = []
    private var more: [UInt32] = []

    /// The words of a slot; nil if none is in the segment.
    init?(
        _ terms: [PlannedTerm], _ segment: Segment, _ ordinal: Int,
        _ frequencies: KeptFrequencies? = nil
    ) throws(IndexError) {
        matching = []
        reading = []
        bounds = []
        var kept: [WindowFrequencies?] = []
        for term in terms {
            guard let entry = term.entries[ordinal] else { continue }
            let cursor = try segment.postings(entry, term.field)
            matching.append(PostingsScan(cursor))
            reading.append(PostingsScan(try segment.postings(entry, term.field)))
            bounds.append(PostingsBound(cursor, impactScale: term.impactScales[ordinal]))
            kept.append(frequencies?[term])
        }
        self.kept = kept
        if matching.isEmpty { return nil }
    }

    /// Whether the frequencies of all words are kept.
    var isKept: Bool { kept.allSatisfy { $0 != nil } }

    /// About how many documents have one of the words.
    var cost: UInt64 { matching.reduce(0) { $0 + UInt64($1.cursor.documentFrequency) } }

    /// The first document from `target` on with one of the words.
    mutating func advance(to target: UInt32) throws(IndexError) -> UInt32 {
        var first = noDocument
        for index in matching.indices { first = min(first, try matching[index].seek(target)) }
        return first
    }

    /// Whether a document has one of the words.
    mutating func find(_ document: UInt32) throws(IndexError) -> Bool {
        var isFound = false
        for index in reading.indices {
            if try reading[index].seek(document) == document { isFound = true }
        }
        return isFound
    }

    /// Collects the positions of all words in a document.
    ///
    /// - Requires: `find` found it.
    mutating func read(_ document: UInt32) throws(IndexError) {
        positions.removeAll(keepingCapacity: true)
        for index in reading.indices where isAt(document, index) {
            if positions.isEmpty {
                try reading[index].cursor.positions(at: reading[index].index, into: &positions)
            } else {
                try reading[index].cursor.positions(at: reading[index].index, into: &more)
                positions.append(contentsOf: more)
                positions.sort()
            }
        }
        PhraseSlot.dropRepeated(&positions)
    }

    /// What the words count in a document all together.
    ///
    /// - Requires: `find` found it.
    mutating func total(_ document: UInt32, _ inverse: Float) throws(IndexError) -> Float {
        var total: Float = 0
        for index in reading.indices where isAt(document, index) {
            try reading[index].cursor.openFrequencies(forPlaces: 1)
            total +=
                Float(reading[index].cursor.frequency(at: reading[index].index)) * inverse
        }
        return total
    }

    private func isAt(_ document: UInt32, _ index: Int) -> Bool {
        !reading[index].isAtEnd
            && reading[index].cursor.documents[reading[index].index] == document
    }

    /// Makes ready for documents from one on, also where they have been read.
    mutating func reopen(from document: UInt32) {
        for index in reading.indices { reading[index].reopen(from: document) }
    }

    /// Keeps one of equal neighbours: a word may stand twice at one position.
    private static func dropRepeated(_ positions: inout [UInt32]) {
        var kept = 0
        for index in positions.indices where index == 0 || positions[index] != positions[kept - 1] {
            positions[kept] = positions[index]
            kept += 1
        }
        positions.removeLast(positions.count - kept)
    }
}

/// Counts phrases in the positions of their slots.
struct PhraseCounter {
    /// Where each slot stands relative to the first.
    let offsets: [Int64]
    /// How many positions may be too many, all together.
    let slop: Int64
    private var places: [Int]

    /// A counter of a phrase.
    init(offsets: [Int64], slop: Int64) {
        self.offsets = offsets
        self.slop = slop
        places = [Int](repeating: 0, count: offsets.count)
    }

    /// The number of positions of the first slot from which the others follow: each not nearer to
    /// the one before than the offsets say, and all together at most `slop` further away.
    ///
    /// The least position that is allowed is taken each time; any other choice ends further away.
    mutating func count(_ slots: [PhraseSlot]) -> Int {
        for index in places.indices { places[index] = 0 }
        var count = 0
        starts: for start in slots[0].positions {
            var position = Int64(start)
            for slot in 1..<slots.count {
                let wanted = position + offsets[slot] - offsets[slot - 1]
                var place = places[slot]
                while place < slots[slot].positions.count,
                    Int64(slots[slot].positions[place]) < wanted
                { place += 1 }
                places[slot] = place
                // A later start asks for no earlier position.
                if place == slots[slot].positions.count { break starts }
                position = Int64(slots[slot].positions[place])
            }
            let extra = position - Int64(start) - (offsets[offsets.count - 1] - offsets[0])
            if extra <= slop { count += 1 }
        }
        return count
    }
}

/// Documents in which words stand in order.
final class PhraseNode: WindowNode {
    private struct Field {
        var slots: [PhraseSlot]
        /// The slots, fewest documents first.
        let order: [Int]
        /// The slots in the order in which they are looked for in a document.
        let lookingOrder: [Int]
        /// So many of them, the first, tell how often the phrase can stand in a document.
        let boundingCount: Int
        let normalization: LengthNormalization
        let lengths: FieldLengths?
        let factor: Float
        let matches: WindowBits
        let frequencies: UnsafeMutablePointer<Float>
        private var counter: PhraseCounter

        init(
            _ field: PlannedPhrase.Field, _ slots: [PhraseSlot], offsets: [Int64], slop: Int64,
            _ lengths: FieldLengths?
        ) {
            self.slots = slots
            order = slots.indices.sorted { slots[$0].cost < slots[$1].cost }
            let bounding = Self.bounding(slots, order, slop: slop)
            lookingOrder = bounding + order.filter { !bounding.contains($0) }
            boundingCount = bounding.count
            normalization = field.normalization
            self.lengths = lengths
            factor = field.factor
            matches = .allocateWindow()
            frequencies = .allocate(capacity: Int(DocumentWindow.size))
            counter = PhraseCounter(offsets: offsets, slop: slop)
        }

        /// The slots that tell how often the phrase can stand in a document: those whose frequencies
        /// are known, else the one that is the cheapest to read.
        private static func bounding(_ slots: [PhraseSlot], _ order: [Int], slop: Int64) -> [Int] {
            // With slop several starts may share a later word, so only the first slot bounds.
            if slop > 0 { return [0] }
            let known = order.filter { slots[$0].isKept }
            return known.isEmpty ? [order[0]] : known
        }

        func deallocate() {
            matches.deallocate()
            frequencies.deallocate()
        }

        /// Sets `matches` to those of some documents in which the words stand in order, with how
        /// often they do, and puts what that counts into bounds in place of what was added to them.
        mutating func count(
            _ window: DocumentWindow, _ documents: WindowBits, k1: Float,
            _ bounds: UnsafeMutablePointer<Float>? = nil
        ) throws(IndexError) {
            if bounds != nil {
                for slot in slots.indices { slots[slot].reopen(from: window.base) }
            }
            matches.copyWindow(from: documents)
            try matches.keep { offset throws(IndexError) in
                let (count, change) = try look(window.base &+ offset, k1: k1)
                bounds?[Int(offset)] += change
                if count > 0 { frequencies[Int(offset)] = Float(count) }
                return count > 0
            }
        }

        /// How often the words stand in order in a document, and by how much that counts less than
        /// `addBounds` added.
        private mutating func look(
            _ document: UInt32, k1: Float
        ) throws(IndexError) -> (count: Int, change: Float) {
            let inverse = normalization.inverse
            let code = lengths.map { Int($0[document]) } ?? 0
            var least = Float.infinity
            for place in lookingOrder.indices {
                let slot = lookingOrder[place]
                guard try slots[slot].find(document) else {
                    // With slop what was added is not known here.
                    if place < boundingCount || counter.slop > 0 { return (0, 0) }
                    return (0, -factor * least / (k1 + least))
                }
                if place < boundingCount {
                    least = min(least, try slots[slot].total(document, inverse[code]))
                }
            }
            for slot in order { try slots[slot].read(document) }
            let count = counter.count(slots)
            if counter.slop > 0 { return (count, 0) }
            let total = Float(count) * inverse[code]
            return (count, factor * total / (k1 + total) - factor * least / (k1 + least))
        }
    }

    private var fields: [Field]
    private let slop: Int64
    private let k1: Float
    private let scratch: WindowBits
    private let totals: UnsafeMutablePointer<Float>
    private var boundBase = noDocument
    private var lastBound: Float = 0

    /// A phrase; nil if no field of the segment has all its words.
    init?(
        _ phrase: PlannedPhrase, _ segment: Segment, _ ordinal: Int,
        _ kept: KeptFrequencies? = nil
    ) throws(IndexError) {
        var fields: [Field] = []
        var cost: UInt64 = 0
        for field in phrase.fields {
            var slots: [PhraseSlot] = []
            for terms in field.slots {
                guard let slot = try PhraseSlot(terms, segment, ordinal, kept) else {
                    break
                }
                slots.append(slot)
            }
            guard slots.count == field.slots.count else { continue }
            let own = Field(
                field, slots, offsets: phrase.offsets, slop: phrase.slop,
                segment.lengths(field.field))
            cost += slots[own.order[0]].cost
            fields.append(own)
        }
        if fields.isEmpty { return nil }
        self.fields = fields
        slop = phrase.slop
        k1 = phrase.k1
        scratch = .allocateWindow()
        totals = .allocate(capacity: Int(DocumentWindow.size))
        // Reading positions costs more than passing postings.
        super.init(cost: cost * 4)
    }

    deinit {
        scratch.deallocate()
        totals.deallocate()
        for field in fields { field.deallocate() }
    }

    override func advance(to target: UInt32) throws(IndexError) -> UInt32 {
        var first = noDocument
        for field in fields.indices {
            var next = target
            for slot in fields[field].order where next != noDocument {
                next = try fields[field].slots[slot].advance(to: next)
            }
            first = min(first, next)
        }
        return first
    }

    override func match(
        _ window: DocumentWindow, _ candidates: WindowBits
    ) throws(IndexError) {
        matches.clearWindow()
        for field in fields.indices {
            try match(window, candidates, &fields[field])
            matches.formUnion(fields[field].matches)
        }
    }

    /// Joins the postings of the words before positions are read.
    private func match(
        _ window: DocumentWindow, _ candidates: WindowBits, _ field: inout Field
    ) throws(IndexError) {
        field.matches.copyWindow(from: candidates)
        for slot in field.order {
            scratch.clearWindow()
            for index in field.slots[slot].matching.indices {
                try field.slots[slot].matching[index].fill(window, scratch)
            }
            field.matches.formIntersection(scratch)
            if field.matches.isWindowEmpty() { return }
        }
        try field.count(window, field.matches, k1: k1)
    }

    override func maximumScore(_ window: DocumentWindow) throws(IndexError) -> Float {
        if boundBase == window.base { return lastBound }
        var sum: Float = 0
        for field in fields.indices {
            let inverse = fields[field].normalization.inverse
            var least = Float.infinity
            // With slop several starts may share a later word, so only the first slot bounds.
            for slot in fields[field].slots.indices where slot == 0 || slop == 0 {
                var total: Float = 0
                for index in fields[field].slots[slot].bounds.indices {
                    total += try fields[field].slots[slot].bounds[index].maximum(
                        from: window.base, to: window.end, inverse: inverse)
                }
                least = min(least, total)
            }
            sum += max(0, fields[field].factor * least / (k1 + least))
        }
        boundBase = window.base
        lastBound = sum * BM25.boundSlack
        return lastBound
    }

    /// A phrase stands in a document at most as often as its rarest word does.
    override func addBounds(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        for field in fields.indices {
            let least = fields[field].frequencies
            let left = fields[field].matches
            left.copyWindow(from: documents)
            for place in 0..<fields[field].boundingCount {
                let slot = fields[field].lookingOrder[place]
                try addTotals(window, left, slot, &fields[field])
                left.keep {
                    let total =
                        place == 0 ? totals[Int($0)] : min(least[Int($0)], totals[Int($0)])
                    least[Int($0)] = total
                    return total > 0
                }
                if left.isWindowEmpty() { break }
            }
            let factor = fields[field].factor
            left.forEachOffset { offset in
                let total = least[Int(offset)]
                bounds[Int(offset)] += factor * total / (k1 + total)
            }
        }
    }

    /// Sets the totals of a slot in some documents; gives up those of which it is plain that they
    /// have no word of it.
    private func addTotals(
        _ window: DocumentWindow, _ documents: WindowBits, _ slot: Int, _ field: inout Field
    ) throws(IndexError) {
        let inverse = field.normalization.inverse
        let lengths = field.lengths?.codes
        let kept = field.slots[slot].kept
        if kept.count == 1, let known = kept[0], known.isOf(window) {
            documents.formIntersection(known.found)
        }
        documents.forEachOffset { totals[Int($0)] = 0 }
        for index in kept.indices {
            if let known = kept[index], known.isOf(window) {
                documents.forEachOffset { offset in
                    guard known.found.contains(offset) else { return }
                    let code = lengths.map { Int($0[Int(window.base &+ offset)]) } ?? 0
                    totals[Int(offset)] += Float(known.number(offset)) * inverse[code]
                }
            } else {
                try field.slots[slot].matching[index].addTotals(
                    window, of: documents, inverse: inverse, lengths: lengths, to: totals)
            }
        }
    }

    override var canRepeatFew: Bool { true }

    /// Looks for each document in the postings of the words.
    override func narrow(
        _ window: DocumentWindow, _ documents: WindowBits, _ bounds: UnsafeMutablePointer<Float>,
        above threshold: Float
    ) throws(IndexError) {
        for index in fields.indices {
            try fields[index].count(window, documents, k1: k1, bounds)
        }
        documents.keep { bounds[Int($0)] * BM25.boundSlack > threshold }
    }

    override func scoreFew(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        try score(window, documents, scores)
    }

    override func score(
        _ window: DocumentWindow, _ documents: WindowBits, _ scores: UnsafeMutablePointer<Float>
    ) throws(IndexError) {
        for field in fields {
            let found = field.matches
            documents.forEachOffset { offset in
                guard found.contains(offset) else { return }
                let code = field.lengths.map { Int($0[window.base + offset]) } ?? 0
                let total = field.frequencies[Int(offset)] * field.normalization.inverse[code]
                scores[Int(offset)] += field.factor * total / (k1 + total)
            }
        }
    }
}
