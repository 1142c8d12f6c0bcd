extension SegmentMerge {
    /// How many terms are merged between two questions whether to stop.
    private static let termsPerCheck = 4096

    /// Merges the terms of all fields; false where it was told to stop.
    func mergeTerms(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        var isStopped = false
        let gathering = order.map { PostingsGathering($0) }
        let keyedFields = Set(writer.fields.keyedFields.values.joined())
        try writer.writeTerms { number, postings throws(IndexError) in
            if isStopped { return }
            let isKeyword = writer.fields.fields[number].kind == .keyword
            let isMapped = isKeyword || keyedFields.contains(UInt16(number))
            let hasPositions = writer.fields.fields[number].hasPositions
            var queue = TermQueue<TermCursor>()
            var maps: [[UInt32]] = []
            for (place, source) in sources.enumerated() {
                let record = source.segment.content.fields.fields[number]
                if isMapped {
                    maps.append([UInt32](repeating: .max, count: Int(record.termCount)))
                }
                let cursor = try TermCursor(
                    source.segment.content.dictionary, record, from: [])
                try queue.add(cursor, place)
            }
            var untilCheck = Self.termsPerCheck
            var term: [UInt8] = []
            var steps = GrowingBytes(capacity: 1 << 14)
            var holders: [PostingsGathering.Holder] = []
            while let place = queue.first {
                untilCheck -= 1
                if untilCheck == 0 {
                    untilCheck = Self.termsPerCheck
                    if shouldStop() {
                        isStopped = true
                        return
                    }
                }
                term.removeAll(keepingCapacity: true)
                term.append(contentsOf: queue.term(of: place))
                let ordinal = writer.dictionary.termCount
                postings.begin(hasPositions: hasPositions)
                holders.removeAll(keepingCapacity: true)
                // All with this term, in the order of the segments.
                while let place = queue.first, queue.term(of: place) == term {
                    let entry = queue.entry(of: place)
                    if gathering == nil {
                        try sources[place].copyPostings(entry, number, to: &postings, &steps)
                    }
                    if isMapped || gathering != nil { holders.append((entry, place)) }
                    try queue.advance()
                }
                try gathering?.write(holders, of: sources, number, to: &postings, &steps)
                guard postings.hasPostings else { continue }
                if isMapped {
                    for (entry, place) in holders {
                        let record = sources[place].segment.content.fields.fields[number]
                        maps[place][Int(entry.ordinal - record.firstOrdinal)] = UInt32(ordinal)
                    }
                }
                let entry = try postings.finish()
                writer.noteKey(of: postings.documentsOfTerm)
                try term.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                    try writer.dictionary.add(bytes, entry, hasPositions: hasPositions)
                }
            }
            for (source, map) in zip(sources, maps) { source.ordinalMaps[number] = map }
        }
        return !isStopped
    }
}

/// What takes postings one by one.
protocol PostingsSink: ~Copyable {
    /// Adds a posting; where the field has positions its steps follow.
    mutating func add(document: UInt32, frequency: UInt32, lengthCode: UInt8) throws(IndexError)
    /// Adds position steps of the last posting.
    mutating func addSteps(_ more: UnsafeBufferPointer<UInt32>)
    /// Adds one position step of the last posting.
    mutating func addStep(_ step: UInt32)
}

extension PostingsWriter: PostingsSink {}

extension MergeSource {
    /// Adds what is left of the postings of a term to a sink, in the order of this segment.
    ///
    /// - Parameters:
    ///   - entry: the term.
    ///   - number: its field.
    ///   - postings: the sink.
    ///   - steps: memory for positions.
    /// - Throws: `IndexError.corrupt` where the segment is damaged; `io`, `limit`.
    func copyPostings(
        _ entry: TermEntry, _ number: Int, to postings: inout some PostingsSink & ~Copyable,
        _ steps: inout GrowingBytes
    ) throws(IndexError) {
        let content = segment.content
        let field = content.fields.fields[number]
        let lengths = content.lengths(field)
        let map = documentMap
        if entry.documentFrequency == 1, entry.totalFrequency == 1 {
            let target = map[Int(entry.document)]
            if target == .max { return }
            try postings.add(
                document: target, frequency: 1, lengthCode: lengths?[entry.document] ?? 0)
            if field.hasPositions { postings.addStep(entry.position) }
            return
        }
        var cursor = try content.postings(entry, field, buffers: buffers)
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            var rest = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
            if field.hasPositions { rest = try cursor.readAllSteps(into: &steps) }
            var start = 0
            for index in 0..<cursor.count {
                let document = cursor.documents[index]
                let frequency = cursor.frequencies[index]
                let target = map[Int(document)]
                if target != .max {
                    try postings.add(
                        document: target, frequency: frequency,
                        lengthCode: lengths?[document] ?? 0)
                    if field.hasPositions {
                        postings.addSteps(
                            UnsafeBufferPointer(rebasing: rest[start..<start &+ Int(frequency)]))
                    }
                }
                start &+= Int(frequency)
            }
        }
    }
}
