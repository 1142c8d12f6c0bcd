/// Takes what a writer of postings has made, now and then and in order.
protocol PostingsOutput: AnyObject {
    /// Writes what follows in both sections.
    func write(
        postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
    ) throws(IndexError)
}

/// Where postings and positions stand in their sections.
struct PostingsPlaces {
    /// The bytes of postings before.
    var postings: UInt64 = 0
    /// The bytes of positions before.
    var positions: UInt64 = 0
}

/// Writes the postings and positions of term after term.
///
/// They gather in memory and go to the output from time to time. Of the current term the postings
/// are held back, at most 8 bytes a document, since its skip entries come first.
///
/// Not a class: those check each access to their properties for overlaps, here for each posting.
struct PostingsWriter: ~Copyable {
    private let output: any PostingsOutput
    /// How many bytes are gathered for the output.
    private let bufferByteCount: Int
    private var written = GrowingBytes(capacity: 1 << 14)
    private var positions = GrowingBytes(capacity: 1 << 14)
    /// Where `written` and `positions` begin.
    private var places: PostingsPlaces

    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    private let lengthCodes: UnsafeMutablePointer<UInt8>
    private var steps = GrowingBytes(capacity: 1 << 14)
    private var skips = GrowingBytes()
    private var head = GrowingBytes()
    private var blocks = GrowingBytes(capacity: 1 << 14)

    private let normalization: LengthNormalization
    private var best = BestPostings()
    private var hasPositions = false
    private let keepsDocuments: Bool
    private let effort: SegmentEffort
    private var termDocuments = GrowingBytes()
    private var pending = 0
    private var base: UInt32 = .max
    private var documentFrequency: UInt32 = 0
    private var totalFrequency: UInt64 = 0
    private var positionsOffset: UInt64 = 0

    /// Writes the terms of a field.
    ///
    /// - Parameters:
    ///   - output: takes the bytes.
    ///   - lengths: the statistics of the field's lengths.
    ///   - keepsDocuments: whether the documents of a term are asked for when it was ended.
    ///   - places: where the bytes will begin in their sections.
    ///   - bufferByteCount: how many bytes are gathered for the output.
    ///   - effort: whether exceptions are looked for.
    init(
        output: any PostingsOutput, lengths: FieldStatistics, keepsDocuments: Bool = false,
        from places: PostingsPlaces = PostingsPlaces(), bufferByteCount: Int = 1 << 18,
        effort: SegmentEffort = .full
    ) {
        self.effort = effort
        self.output = output
        self.places = places
        self.bufferByteCount = bufferByteCount
        self.keepsDocuments = keepsDocuments
        normalization = LengthNormalization(standard: lengths)
        documents = .allocate(capacity: BitPacking.blockCount)
        frequencies = .allocate(capacity: BitPacking.blockCount)
        lengthCodes = .allocate(capacity: BitPacking.blockCount)
    }

    deinit {
        documents.deallocate()
        frequencies.deallocate()
        lengthCodes.deallocate()
    }

    /// Begins a term.
    mutating func begin(hasPositions: Bool) {
        self.hasPositions = hasPositions
        documentFrequency = 0
        totalFrequency = 0
        termDocuments.truncate()
        base = .max
        positionsOffset = positionsEnd
        resetBlock()
    }

    /// Adds a posting; where the field has positions its steps follow by `addSteps`.
    ///
    /// - Requires: documents ascend; `frequency` is 1 to `PostingsBlock.greatestFrequency`.
    @inline(__always)
    mutating func add(document: UInt32, frequency: UInt32, lengthCode: UInt8) throws(IndexError) {
        if pending == BitPacking.blockCount { try flushBlock() }
        documents[pending] = document
        frequencies[pending] = frequency
        lengthCodes[pending] = lengthCode
        pending &+= 1
        documentFrequency &+= 1
        totalFrequency &+= UInt64(frequency)
    }

    /// Whether the term has a posting.
    var hasPostings: Bool { documentFrequency > 0 }

    /// Adds position steps of the last posting: the first position, then distances.
    @inline(__always)
    mutating func addSteps(_ more: UnsafeBufferPointer<UInt32>) {
        steps.append(UnsafeRawBufferPointer(more))
    }

    /// Adds one position step of the last posting.
    @inline(__always)
    mutating func addStep(_ step: UInt32) {
        let target = steps.reserve(4)
        target.storeBytes(of: step, as: UInt32.self)
        steps.extend(by: 4)
    }

    /// Ends the term; the ordinal of what it returns is the caller's.
    ///
    /// - Requires: there was a posting.
    mutating func finish() throws(IndexError) -> TermEntry {
        precondition(documentFrequency > 0, "a term is in at least one document")
        var entry = TermEntry()
        entry.documentFrequency = documentFrequency
        entry.totalFrequency = totalFrequency
        entry.postingsOffset = places.postings + UInt64(written.count)
        entry.positionsOffset = positionsOffset
        if documentFrequency == 1 {
            keepDocuments()
            entry.document = documents[0]
            if hasPositions, totalFrequency == 1 {
                entry.position = stepsBuffer.first ?? 0
            } else if hasPositions {
                try writePositions()
            }
        } else {
            try flushBlock()
            head.truncate()
            if documentFrequency <= BitPacking.blockCount {
                // A part of what would be its skip entry.
                let count = documentFrequency < PostingsFormat.boundedCount ? 2 : 4
                head.append(UnsafeRawBufferPointer(rebasing: skips.bytes[12..<12 + count]))
            } else {
                writeSkips(positionsByteCount: positionsEnd - positionsOffset)
            }
            written.append(head.bytes)
            written.append(blocks.bytes)
            entry.postingsByteCount = UInt64(head.count + blocks.count)
        }
        entry.positionsByteCount = positionsEnd - entry.positionsOffset
        resetBlock()
        blocks.truncate()
        skips.truncate()
        best.removeAll()
        if written.count >= bufferByteCount { try flush() }
        return entry
    }

    /// Gives the output what was gathered.
    mutating func flush() throws(IndexError) {
        try output.write(postings: written.bytes, positions: positions.bytes)
        places.postings += UInt64(written.count)
        places.positions += UInt64(positions.count)
        written.truncate()
        positions.truncate()
    }

    private var positionsEnd: UInt64 { places.positions + UInt64(positions.count) }

    /// The documents of the term that was ended, in place until the next begins; none where the field
    /// does not keep them.
    var documentsOfTerm: UnsafeBufferPointer<UInt32> {
        // `keepDocuments` wrote whole numbers only.
        termDocuments.bytes.assumingMemoryBound(to: UInt32.self)
    }

    private mutating func keepDocuments() {
        guard keepsDocuments else { return }
        termDocuments.append(
            UnsafeRawBufferPointer(UnsafeBufferPointer(start: documents, count: pending)))
    }

    /// Writes the skip entries and the best postings to `head`.
    private mutating func writeSkips(positionsByteCount: UInt64) {
        let format = PostingsFormat.current
        let bestByteCount = format.bestByteCount(blockCount)
        func layout(_ postingsByteCount: Int) -> SkipEntryLayout {
            SkipEntryLayout(
                format, postingsByteCount: UInt64(postingsByteCount),
                positionsByteCount: positionsByteCount)
        }
        // What is short with short entries has them: readers know the sum alone.
        let restByteCount = bestByteCount + blocks.count
        let short = layout(0)
        let layout = layout(short.byteCount * blockCount + restByteCount)
        let entries = skips.bytes
        for block in 0..<blockCount {
            let offset = block * Self.skipByteCount
            func number(_ place: Int) -> UInt32 {
                entries.loadUnaligned(fromByteOffset: offset + place * 4, as: UInt32.self)
            }
            layout.write(
                lastDocument: number(0), place: number(1), positionsPlace: number(2),
                rest: UnsafeRawBufferPointer(
                    rebasing: entries[offset + 12..<offset + Self.skipByteCount]), to: &head)
        }
        if bestByteCount > 0 { best.write(to: &head) }
    }

    /// The bytes of a skip entry as they are held: all places take four.
    private static let skipByteCount = 18

    private var blockCount: Int { PostingsFormat.blockCount(documentFrequency) }

    private var stepsBuffer: UnsafeBufferPointer<UInt32> {
        // `addStep` and `addSteps` wrote whole numbers only.
        steps.bytes.assumingMemoryBound(to: UInt32.self)
    }

    private mutating func resetBlock() {
        pending = 0
        steps.truncate()
    }

    private mutating func flushBlock() throws(IndexError) {
        keepDocuments()
        let last = documents[pending - 1]
        let place = blocks.count
        let positionsPlace = positionsEnd - positionsOffset
        let bounds = blockBounds()
        let codes = PostingsBlock.write(
            documents: documents, frequencies: frequencies, count: pending, base: base,
            effort, to: &blocks)
        guard let position32 = UInt32(exactly: positionsPlace),
            let place32 = UInt32(exactly: place &>> PostingsFormat.current.placeShift)
        else {
            throw .limit(
                what: "positions of one term in a segment", found: Int(positionsPlace),
                allowed: Int(UInt32.max))
        }
        skips.u32(last)
        skips.u32(place32)
        skips.u32(position32)
        skips.u8(codes.documents.rawValue)
        skips.u8(codes.frequencies.rawValue)
        skips.u8(PostingsFormat.frequencyByte(bounds.frequency))
        skips.u8(bounds.length)
        skips.u16(ImpactCode.code(of: bounds.total))
        base = last
        if hasPositions { try writePositions() }
        resetBlock()
    }

    /// What no posting of the block exceeds; offers them to the best.
    private mutating func blockBounds() -> (frequency: UInt32, length: UInt8, total: Float) {
        let inverse = normalization.inverse
        var frequency: UInt32 = 0
        var length: UInt8 = .max
        var total: Float = 0
        // Every other one apart, so that a maximum need not wait for the one before.
        var other: Float = 0
        var index = 0
        while index &+ 1 < pending {
            frequency = max(frequency, max(frequencies[index], frequencies[index &+ 1]))
            length = min(length, min(lengthCodes[index], lengthCodes[index &+ 1]))
            let first = Float(frequencies[index]) * inverse[Int(lengthCodes[index])]
            let second = Float(frequencies[index &+ 1]) * inverse[Int(lengthCodes[index &+ 1])]
            total = first > total ? first : total
            other = second > other ? second : other
            index &+= 2
        }
        if index < pending {
            frequency = max(frequency, frequencies[index])
            length = min(length, lengthCodes[index])
            total = max(total, Float(frequencies[index]) * inverse[Int(lengthCodes[index])])
        }
        total = max(total, other)
        // A term that ends with its first, short block has none.
        let isOffered = pending == BitPacking.blockCount || blockCount > 1
        guard isOffered, total > best.threshold else { return (frequency, length, total) }
        for index in 0..<pending {
            let posting = BestPostings.Posting(
                document: documents[index], frequency: frequencies[index],
                lengthCode: lengthCodes[index])
            best.offer(
                posting, total: Float(posting.frequency) * inverse[Int(posting.lengthCode)])
        }
        return (frequency, length, total)
    }

    private mutating func writePositions() throws(IndexError) {
        PositionsBlock.write(stepsBuffer, effort, to: &positions)
        if positions.count >= bufferByteCount { try flush() }
    }
}
