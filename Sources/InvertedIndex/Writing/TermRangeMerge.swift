/// Merges the terms of one range of a field on one thread.
final class TermRangeMerge: PostingsOutput {
    /// How many terms are merged between two questions whether to stop.
    private static let termsPerCheck = 4096
    /// The bytes of a range that has to wait for its turn before it goes on.
    private static let heldByteCount = 1 << 22

    private let merge: FieldMerge
    private let range: Int
    private let thread: Int
    private var merged = MergedTerms()
    /// Where the range begins in the sections; `nil` before something of it is written.
    private var places: PostingsPlaces?

    /// The merge of a range.
    init(_ merge: FieldMerge, range: Int, thread: Int) {
        self.merge = merge
        self.range = range
        self.thread = thread
    }

    /// Merges the terms from one on and before another, and ends the turn of the range.
    ///
    /// Where the merge was given up it returns as well.
    func run(
        from first: [UInt8], upTo end: [UInt8]?, _ shouldStop: () -> Bool
    ) throws(IndexError) {
        let sources = merge.sources
        let field = merge.field
        let number = merge.number
        let isMapped = merge.isMapped
        let gathering = merge.gatherings.isEmpty ? nil : merge.gatherings[thread]
        let isFirst = merge.turns.hasCome(for: range)
        var postings = PostingsWriter(
            output: self, lengths: merge.lengths,
            keepsDocuments: number == merge.writer.fields.keyField,
            bufferByteCount: isFirst ? 1 << 18 : Self.heldByteCount)
        let buffers = PostingsBuffers()
        let old = sources.map { SourcePostings($0, number) }
        var queue = TermQueue<TermCursor>()
        for (place, source) in sources.enumerated() {
            let content = source.segment.content
            try queue.add(
                TermCursor(content.dictionary, content.fields.fields[number], from: first), place)
        }
        var untilCheck = Self.termsPerCheck
        var term: [UInt8] = []
        var steps = GrowingBytes(capacity: 1 << 14)
        var holders: [PostingsGathering.Holder] = []
        let endPrefix = end.map { $0.withUnsafeBytes { TermDictionary.prefix($0) } }
        var met = [UInt64](repeating: 0, count: sources.count)
        while let place = queue.first {
            untilCheck -= 1
            if untilCheck == 0 {
                untilCheck = Self.termsPerCheck
                if shouldStop() { merge.turns.giveUp() }
                if merge.turns.isGivenUp { return }
                if merge.turns.hasCome(for: range) { try postings.flush() }
            }
            let prefix = queue.prefix(of: place)
            term.removeAll(keepingCapacity: true)
            term.append(contentsOf: queue.term(of: place))
            if let end, let endPrefix, !prefix.isBefore(endPrefix), !Self.isLess(term, end) {
                break
            }
            postings.begin(hasPositions: field.hasPositions)
            holders.removeAll(keepingCapacity: true)
            // All with this term, in the order of the segments.
            while let place = queue.first, queue.isAt(term, prefix, in: place) {
                let entry = queue.entry(of: place)
                if gathering == nil {
                    try old[place].copy(entry, to: &postings, &steps, buffers)
                }
                if isMapped || gathering != nil { holders.append((entry, place)) }
                met[place] &+= 1
                try queue.advance()
            }
            try gathering?.write(holders, of: old, to: &postings, &steps, buffers)
            guard postings.hasPostings else { continue }
            let entry = try postings.finish()
            merged.add(term, entry, isMapped ? holders : [], postings.documentsOfTerm)
        }
        try postings.flush()
        if merge.turns.isGivenUp { return }
        merge.count(met)
        merge.turns.end(range)
    }

    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { TermDictionary.isLess(left, $0) }
        }
    }

    /// Waits for the turn of the range and writes what it has so far.
    ///
    /// That are bytes, and terms before the one that is merged; nothing where the merge was given up.
    func write(
        postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
    ) throws(IndexError) {
        guard merge.turns.wait(for: range) else { return }
        let places = self.places ?? merge.writer.places
        self.places = places
        try merge.writer.write(postings: postings, positions: positions)
        try merged.write(to: merge, from: places)
    }
}

/// Terms that were merged and are not yet in the dictionary.
private struct MergedTerms: ~Copyable {
    private struct Term {
        var byteCount: Int
        var holderCount: Int
        var documentCount: Int
        /// With places counted from the begin of the range.
        var entry: TermEntry
    }

    private var bytes = GrowingBytes()
    private var terms: [Term] = []
    private var holders: [(ordinal: UInt64, source: Int)] = []
    private var documents: [UInt32] = []

    /// Adds a term, its holders where they are asked for, and its documents if it is a key.
    mutating func add(
        _ term: [UInt8], _ entry: TermEntry, _ holders: [PostingsGathering.Holder],
        _ documents: UnsafeBufferPointer<UInt32>
    ) {
        term.withUnsafeBytes { bytes.append($0) }
        terms.append(
            Term(
                byteCount: term.count, holderCount: holders.count,
                documentCount: documents.count, entry: entry))
        self.documents.append(contentsOf: documents)
        for (entry, source) in holders { self.holders.append((entry.ordinal, source)) }
    }

    /// Adds all to the dictionary and forgets them.
    ///
    /// - Requires: the caller has the turn.
    mutating func write(to merge: FieldMerge, from places: PostingsPlaces) throws(IndexError) {
        let dictionary = merge.writer.dictionary
        var start = 0
        var holder = 0
        var document = 0
        for term in terms {
            let ordinal = dictionary.termCount
            for (old, source) in holders[holder..<holder + term.holderCount] {
                merge.note(old, of: source, ordinal: ordinal)
            }
            holder += term.holderCount
            documents.withUnsafeBufferPointer { documents in
                merge.writer.noteKey(
                    of: UnsafeBufferPointer(
                        rebasing: documents[document..<document + term.documentCount]))
            }
            document += term.documentCount
            var entry = term.entry
            entry.postingsOffset += places.postings
            entry.positionsOffset += places.positions
            let end = start + term.byteCount
            try dictionary.add(
                UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<end]), entry,
                hasPositions: merge.field.hasPositions)
            start = end
        }
        bytes.truncate()
        terms.removeAll(keepingCapacity: true)
        holders.removeAll(keepingCapacity: true)
        documents.removeAll(keepingCapacity: true)
    }
}
