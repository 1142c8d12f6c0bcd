/// The words that may stand at one place of a phrase, in one segment.
struct PhraseSlot {
    /// Scans that tell which documents have a word.
    var matching: [PostingsScan]
    /// Scans that give positions.
    var reading: [PostingsScan]
    /// Scans of the skip data.
    var bounds: [PostingsBound]
    /// The positions in the present document, strictly ascending.
    var positions: [UInt32] = []
    private var more: [UInt32] = []

    /// The words of a slot; nil if none is in the segment.
    init?(_ terms: [PlannedTerm], _ segment: Segment, _ ordinal: Int) throws(IndexError) {
        matching = []
        reading = []
        bounds = []
        for term in terms {
            guard let entry = term.entries[ordinal] else { continue }
            let cursor = try segment.postings(entry, term.field)
            matching.append(PostingsScan(cursor))
            reading.append(PostingsScan(try segment.postings(entry, term.field)))
            bounds.append(PostingsBound(cursor, impactScale: term.impactScales[ordinal]))
        }
        if matching.isEmpty { return nil }
    }

    /// About how many documents have one of the words.
    var cost: UInt64 { matching.reduce(0) { $0 + UInt64($1.cursor.documentFrequency) } }

    /// The first document from `target` on with one of the words.
    mutating func advance(to target: UInt32) throws(IndexError) -> UInt32 {
        var first = noDocument
        for index in matching.indices { first = min(first, try matching[index].seek(target)) }
        return first
    }

    /// Collects the positions of all words in a document.
    mutating func read(_ document: UInt32) throws(IndexError) {
        positions.removeAll(keepingCapacity: true)
        for index in reading.indices {
            guard try reading[index].seek(document) == document else { continue }
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
        let normalization: LengthNormalization
        let lengths: FieldLengths?
        let factor: Float
        let matches: WindowBits
        let frequencies: UnsafeMutablePointer<Float>
    }

    private var fields: [Field]
    private var counter: PhraseCounter
    private let k1: Float
    private let scratch: WindowBits
    private let totals: UnsafeMutablePointer<Float>
    private var boundBase = noDocument
    private var lastBound: Float = 0

    /// A phrase; nil if no field of the segment has all its words.
    init?(_ phrase: PlannedPhrase, _ segment: Segment, _ ordinal: Int) throws(IndexError) {
        var fields: [Field] = []
        var cost: UInt64 = 0
        for field in phrase.fields {
            var slots: [PhraseSlot] = []
            for terms in field.slots {
                guard let slot = try PhraseSlot(terms, segment, ordinal) else { break }
                slots.append(slot)
            }
            guard slots.count == field.slots.count else { continue }
            let order = slots.indices.sorted { slots[$0].cost < slots[$1].cost }
            cost += slots[order[0]].cost
            fields.append(
                Field(
                    slots: slots, order: order, normalization: field.normalization,
                    lengths: segment.lengths(field.field), factor: field.factor,
                    matches: .allocateWindow(),
                    frequencies: .allocate(capacity: Int(DocumentWindow.size))))
        }
        if fields.isEmpty { return nil }
        self.fields = fields
        counter = PhraseCounter(offsets: phrase.offsets, slop: phrase.slop)
        k1 = phrase.k1
        scratch = .allocateWindow()
        totals = .allocate(capacity: Int(DocumentWindow.size))
        // Reading positions costs more than passing postings.
        super.init(cost: cost * 4)
    }

    deinit {
        scratch.deallocate()
        totals.deallocate()
        for field in fields {
            field.matches.deallocate()
            field.frequencies.deallocate()
        }
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
        try match(window, candidates, joins: true)
    }

    override func matchFew(
        _ window: DocumentWindow, _ candidates: WindowBits
    ) throws(IndexError) {
        try match(window, candidates, joins: false)
    }

    private func match(
        _ window: DocumentWindow, _ candidates: WindowBits, joins: Bool
    ) throws(IndexError) {
        matches.clearWindow()
        for field in fields.indices {
            try match(window, candidates, joins: joins, &fields[field])
            matches.formUnion(fields[field].matches)
        }
    }

    /// Joins the postings of the words before positions are read, or looks for each candidate in them.
    private func match(
        _ window: DocumentWindow, _ candidates: WindowBits, joins: Bool, _ field: inout Field
    ) throws(IndexError) {
        let found = field.matches
        found.copyWindow(from: candidates)
        for slot in field.order where joins {
            scratch.clearWindow()
            for index in field.slots[slot].matching.indices {
                try field.slots[slot].matching[index].fill(window, scratch)
            }
            found.formIntersection(scratch)
            if found.isWindowEmpty() { return }
        }
        for word in 0..<DocumentWindow.wordCount {
            var rest = found[word]
            while rest != 0 {
                let offset = word * 64 + rest.trailingZeroBitCount
                rest &= rest &- 1
                let document = window.base + UInt32(offset)
                for slot in field.slots.indices { try field.slots[slot].read(document) }
                let count = counter.count(field.slots)
                if count == 0 {
                    found[word] &= ~(1 &<< UInt64(offset & 63))
                } else {
                    field.frequencies[offset] = Float(count)
                }
            }
        }
    }

    override func maximumScore(_ window: DocumentWindow) throws(IndexError) -> Float {
        if boundBase == window.base { return lastBound }
        var sum: Float = 0
        for field in fields.indices {
            let inverse = fields[field].normalization.inverse
            var least = Float.infinity
            // With slop several starts may share a later word, so only the first slot bounds.
            for slot in fields[field].slots.indices where slot == 0 || counter.slop == 0 {
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
            let (factor, inverse) = (fields[field].factor, fields[field].normalization.inverse)
            let lengths = fields[field].lengths?.codes
            let least = fields[field].frequencies
            documents.forEachOffset { least[Int($0)] = .infinity }
            // With slop several starts may share a later word, so only the first slot bounds.
            for slot in fields[field].slots.indices where slot == 0 || counter.slop == 0 {
                documents.forEachOffset { totals[Int($0)] = 0 }
                for index in fields[field].slots[slot].matching.indices {
                    try fields[field].slots[slot].matching[index].addTotals(
                        window, of: documents, inverse: inverse, lengths: lengths, to: totals)
                }
                documents.forEachOffset { least[Int($0)] = min(least[Int($0)], totals[Int($0)]) }
            }
            documents.forEachOffset { offset in
                let total = least[Int(offset)]
                bounds[Int(offset)] += factor * total / (k1 + total)
            }
        }
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
