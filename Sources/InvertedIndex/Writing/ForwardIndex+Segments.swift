extension ForwardIndex {
    /// Which terms of segments a forward index has.
    struct Choice {
        /// The least documents of a term: rarer ones tell little of the order for what they cost.
        var leastFrequency: UInt64
        /// The most documents of a term: what most documents have tells them not apart.
        var greatestFrequency: UInt64
        /// What terms and documents may take in memory together; rarer terms are left out beyond.
        var byteCount = 256 << 20

        /// The usual choice for as many documents.
        ///
        /// A term in a thousandth of the documents, or in 128 of a large index, is worth its time:
        /// between 32 and 256 the time falls by a third, the log-gaps rise by a hundredth.
        init(documentCount: Int) {
            leastFrequency = UInt64(min(128, max(8, documentCount / 1024)))
            greatestFrequency = UInt64(documentCount / 2)
        }
    }

    /// A term of the choice in one segment.
    private struct Holder {
        var entry: TermEntry
        var source: Int
        var field: Int
        var number: UInt32
    }

    /// Reads the terms of segments' documents, which are numbered as their maps say.
    ///
    /// Terms are those of text fields with lengths of their own: other text fields hold forms of the
    /// same words.
    ///
    /// - Returns: `nil` where it was told to stop.
    init?(
        _ sources: [MergeSource], documentCount: Int, _ choice: Choice, shouldStop: () -> Bool
    ) throws(IndexError) {
        guard let holders = try Self.holders(sources, choice, shouldStop) else { return nil }
        var starts = [UInt32](repeating: 0, count: documentCount + 1)
        for holder in holders {
            if shouldStop() { return nil }
            try Self.forEachDocument(of: holder, sources) { document in
                starts[document] &+= 1
            }
        }
        var sum: UInt32 = 0
        for document in starts.indices {
            sum += starts[document]
            starts[document] = sum
        }
        var terms = [UInt32](repeating: 0, count: Int(sum))
        // Backwards, so that in the end each start is where the first term stands.
        for holder in holders {
            if shouldStop() { return nil }
            try Self.forEachDocument(of: holder, sources) { document in
                starts[document] &-= 1
                terms[Int(starts[document])] = holder.number
            }
        }
        self.init(
            starts: starts, terms: terms,
            termCount: holders.last.map { Int($0.number) + 1 } ?? 0)
    }

    /// The terms of the choice, field by field.
    private static func holders(
        _ sources: [MergeSource], _ choice: Choice, _ shouldStop: () -> Bool
    ) throws(IndexError) -> [Holder]? {
        var holders: [Holder] = []
        var frequencies: [UInt64] = []
        let fields = sources.first?.segment.content.fields.fields ?? []
        for number in fields.indices where fields[number].kind == .text && fields[number].hasLengths
        {
            var queue = TermQueue<TermCursor>()
            for (place, source) in sources.enumerated() {
                let content = source.segment.content
                try queue.add(
                    TermCursor(content.dictionary, content.fields.fields[number], from: []), place)
            }
            var term: [UInt8] = []
            while let place = queue.first {
                term.removeAll(keepingCapacity: true)
                term.append(contentsOf: queue.term(of: place))
                let first = holders.count
                var frequency: UInt64 = 0
                while let place = queue.first, queue.term(of: place) == term {
                    let entry = queue.entry(of: place)
                    frequency += UInt64(entry.documentFrequency)
                    holders.append(
                        Holder(
                            entry: entry, source: place, field: number,
                            number: UInt32(truncatingIfNeeded: frequencies.count)))
                    try queue.advance()
                }
                if frequency >= choice.leastFrequency, frequency <= choice.greatestFrequency {
                    frequencies.append(frequency)
                    if frequencies.count % 4096 == 0, shouldStop() { return nil }
                } else {
                    holders.removeSubrange(first...)
                }
            }
        }
        return limited(holders, frequencies, choice)
    }

    /// Leaves out the rarest terms where all would take too much memory.
    private static func limited(
        _ holders: [Holder], _ frequencies: [UInt64], _ choice: Choice
    ) -> [Holder] {
        // Places are of 32 bits.
        let limit = min(UInt64(choice.byteCount) / 4, UInt64(UInt32.max))
        var total: UInt64 = 0
        var least: UInt64 = 0
        for frequency in frequencies.sorted(by: >) {
            total += frequency
            guard total <= limit else {
                least = frequency + 1
                break
            }
        }
        guard least > 0 else { return holders }
        var numbers: [UInt32?] = []
        var next: UInt32 = 0
        for frequency in frequencies {
            numbers.append(frequency >= least ? next : nil)
            if frequency >= least { next += 1 }
        }
        return holders.compactMap { holder in
            guard let number = numbers[Int(holder.number)] else { return nil }
            var holder = holder
            holder.number = number
            return holder
        }
    }

    private static func forEachDocument(
        of holder: Holder, _ sources: [MergeSource], _ body: (Int) -> Void
    ) throws(IndexError) {
        let source = sources[holder.source]
        let content = source.segment.content
        let map = source.documentMap
        var cursor = try content.postings(
            holder.entry, content.fields.fields[holder.field], buffers: source.buffers)
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            for index in 0..<cursor.count {
                let document = map[Int(cursor.documents[index])]
                if document != .max { body(Int(document)) }
            }
        }
    }
}
