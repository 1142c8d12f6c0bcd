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

/// The postings of one field of a segment that is merged.
final class SourcePostings {
    private let content: SegmentContent
    private let field: FieldTable.Field
    private let lengths: FieldLengths?
    private let map: [UInt32]
    private let shift: UInt32?

    /// Those of a field.
    init(_ source: MergeSource, _ number: Int) {
        content = source.segment.content
        field = content.fields.fields[number]
        lengths = content.lengths(field)
        map = source.documentMap
        shift = source.shift
    }

    /// Adds what is left of the postings of a term to a sink, in the order of the segment.
    ///
    /// - Parameters:
    ///   - entry: the term.
    ///   - postings: the sink.
    ///   - steps: memory for positions.
    ///   - buffers: where postings are decoded to.
    /// - Throws: `IndexError.corrupt` where the segment is damaged; `io`, `limit`.
    func copy(
        _ entry: TermEntry, to postings: inout some PostingsSink & ~Copyable,
        _ steps: inout GrowingBytes, _ buffers: PostingsBuffers
    ) throws(IndexError) {
        if entry.documentFrequency == 1, entry.totalFrequency == 1 {
            let target = target(entry.document)
            if target == .max { return }
            try postings.add(
                document: target, frequency: 1, lengthCode: lengths?[entry.document] ?? 0)
            if field.hasPositions { postings.addStep(entry.position) }
            return
        }
        var cursor = try content.postings(entry, field, lengths: lengths, buffers: buffers)
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            var rest = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
            if field.hasPositions { rest = try cursor.readAllSteps(into: &steps) }
            var start = 0
            for index in 0..<cursor.count {
                let document = cursor.documents[index]
                let frequency = cursor.frequencies[index]
                let target = target(document)
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

    /// The new number of a document; a sum where that does, since the map of many sources together
    /// does not fit the nearest cache.
    ///
    /// - Requires: it is in the segment.
    @inline(__always)
    private func target(_ document: UInt32) -> UInt32 {
        if let shift { return shift &+ document }
        return map[Int(document)]
    }
}
