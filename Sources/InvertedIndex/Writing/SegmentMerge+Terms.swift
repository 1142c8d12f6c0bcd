extension SegmentMerge {
    /// Merges the terms of all fields; false where it was told to stop.
    func mergeTerms(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        var isStopped = false
        var gatherings: [PostingsGathering] = []
        if let order {
            gatherings = (0..<threads.count).map { _ in
                PostingsGathering(order, share: threads.count)
            }
        }
        let keyedFields = Set(writer.fields.keyedFields.values.joined())
        try writer.writeTerms { number throws(IndexError) in
            if isStopped { return }
            let isKeyword = writer.fields.fields[number].kind == .keyword
            let merge = try FieldMerge(
                self, number: number,
                isMapped: isKeyword || keyedFields.contains(UInt16(number)),
                gatherings: gatherings)
            isStopped = try !merge.run(shouldStop)
            for (source, map) in zip(sources, merge.maps) { source.ordinalMaps[number] = map }
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
    ///   - buffers: where postings are decoded to.
    /// - Throws: `IndexError.corrupt` where the segment is damaged; `io`, `limit`.
    func copyPostings(
        _ entry: TermEntry, _ number: Int, to postings: inout some PostingsSink & ~Copyable,
        _ steps: inout GrowingBytes, _ buffers: PostingsBuffers
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
