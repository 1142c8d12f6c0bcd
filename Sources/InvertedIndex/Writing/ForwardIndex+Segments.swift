extension ForwardIndex {
    /// Which terms of segments a forward index has.
    struct Choice {
        /// The least documents of a term: rarer ones tell little of the order for what they cost.
        var leastFrequency: UInt64
        /// The most documents of a term: what most documents have tells them not apart.
        var greatestFrequency: UInt64
        /// What terms and documents may take in memory together, below 16 GiB; rarer terms are left
        /// out beyond.
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

    /// How many terms are walked between two questions whether to stop.
    private static let termsPerCheck = 4096

    /// The terms of the choice, field by field.
    private static func holders(
        _ sources: [MergeSource], _ choice: Choice, _ shouldStop: () -> Bool
    ) throws(IndexError) -> [Holder]? {
        var chosen = Chosen(choice)
        var untilCheck = termsPerCheck
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
                untilCheck -= 1
                if untilCheck == 0 {
                    untilCheck = termsPerCheck
                    if shouldStop() { return nil }
                }
                let prefix = queue.prefix(of: place)
                term.removeAll(keepingCapacity: true)
                term.append(contentsOf: queue.term(of: place))
                while let place = queue.first, queue.isAt(term, prefix, in: place) {
                    chosen.add(queue.entry(of: place), source: place, field: number)
                    try queue.advance()
                }
                chosen.endTerm()
            }
        }
        return chosen.holders
    }

    /// The terms that were met and are taken; the rarer ones of them are dropped again where all
    /// would take too much memory.
    private struct Chosen {
        private var choice: Choice
        private(set) var holders: [Holder] = []
        /// For each term the documents that have it.
        private var frequencies: [UInt64] = []
        private var postingCount: UInt64 = 0
        /// The first holder of the term that is not ended.
        private var first = 0
        private var frequency: UInt64 = 0

        init(_ choice: Choice) { self.choice = choice }

        mutating func add(_ entry: TermEntry, source: Int, field: Int) {
            frequency += UInt64(entry.documentFrequency)
            holders.append(
                Holder(
                    entry: entry, source: source, field: field,
                    number: UInt32(truncatingIfNeeded: frequencies.count)))
        }

        mutating func endTerm() {
            if frequency >= choice.leastFrequency, frequency <= choice.greatestFrequency {
                frequencies.append(frequency)
                postingCount += frequency
                first = holders.count
                while byteCount > choice.byteCount { dropRare() }
            } else {
                holders.removeSubrange(first...)
            }
            frequency = 0
        }

        private var byteCount: Int {
            // At most 2³² postings of each term that is held.
            Int(postingCount) * 4 + holders.count * MemoryLayout<Holder>.stride
        }

        private mutating func dropRare() {
            choice.leastFrequency = max(1, choice.leastFrequency) * 2
            let (least, old) = (choice.leastFrequency, frequencies)
            var numbers: [UInt32] = []
            frequencies.removeAll(keepingCapacity: true)
            for frequency in old {
                numbers.append(UInt32(truncatingIfNeeded: frequencies.count))
                if frequency >= least { frequencies.append(frequency) }
            }
            holders.removeAll { old[Int($0.number)] < least }
            for place in holders.indices {
                holders[place].number = numbers[Int(holders[place].number)]
            }
            postingCount = frequencies.reduce(0, +)
            first = holders.count
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
