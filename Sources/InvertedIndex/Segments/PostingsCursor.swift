/// The documents that hold one term, read block by block.
///
/// A block is entered by what the skip entries tell of it, and decoded only when asked. The
/// buffers belong to the cursor and all its copies: use one copy only.
///
/// - Shape: documents strictly ascend and are in the segment; a block holds 1 to 128 of them; only
///   the last may be short.
/// - Throws: all methods throw `IndexError.corrupt` where the bytes break the format.
/// - Source: `index/README.md`, section Postings.
struct PostingsCursor {
    /// The documents that hold the term.
    let documentFrequency: UInt32
    /// The number of blocks.
    let blockCount: Int
    /// The current block; −1 before the first.
    private(set) var blockIndex = -1
    /// The postings in the current block.
    private(set) var count = 0
    /// No document of the current block is smaller.
    private(set) var blockFirstBound: UInt32 = 0
    /// The last document of the current block.
    private(set) var blockLastDocument: UInt32 = 0
    /// No frequency in the current block is greater; `.max` where it is not known.
    private(set) var blockMaxFrequency: UInt32 = 0
    /// No length code in the current block is smaller.
    private(set) var blockMinLength: UInt8 = 0
    /// No `frequency · inverse[length code]` in the current block is greater, where `inverse` is
    /// the standard one of the field in the segment; infinity where it is not known.
    private(set) var blockImpact: Float = .infinity
    /// The documents of the current block, after `decodeDocuments`; room for 128.
    let documents: UnsafePointer<UInt32>
    /// Their frequencies, after `decodeFrequencies`; room for 128.
    let frequencies: UnsafePointer<UInt32>

    private let buffers: PostingsBuffers
    private let file: MappedFile
    private let format: PostingsFormat
    private let segmentDocumentCount: UInt32
    private let entry: TermEntry
    private let lengths: FieldLengths?
    private let hasPositions: Bool
    /// The skip entries, or the head of the only block; then the blocks.
    private let postings: UnsafeRawBufferPointer
    /// Where the blocks begin.
    private let blocksOffset: Int
    private let positionBytes: UnsafeRawBufferPointer

    private var blockOffset = 0
    private var documentCode = BlockCode.packed(width: 0)
    private var frequencyCode = BlockCode.packed(width: 0)
    private var positionsOffset = 0
    private var hasDocuments = false
    private var hasFrequencies = false
    private var hasSteps = false
    private var steps = PositionsBlock.Layout()

    /// Stands before the first block; the bytes are those of the term.
    ///
    /// - Requires: after the bytes come 8 that may be read.
    init(
        _ entry: TermEntry, file: MappedFile, postings: UnsafeRawBufferPointer,
        positions: UnsafeRawBufferPointer, format: PostingsFormat, documentCount: UInt32,
        lengths: FieldLengths?,
        hasPositions: Bool, buffers: PostingsBuffers
    ) throws(IndexError) {
        self.entry = entry
        self.file = file
        self.postings = postings
        positionBytes = positions
        self.format = format
        segmentDocumentCount = documentCount
        self.lengths = lengths
        self.hasPositions = hasPositions
        documentFrequency = entry.documentFrequency
        blockCount = PostingsFormat.blockCount(entry.documentFrequency)
        self.buffers = buffers
        documents = UnsafePointer(buffers.documents)
        frequencies = UnsafePointer(buffers.frequencies)
        if entry.documentFrequency == 1 {
            blocksOffset = 0
        } else if blockCount == 1 {
            blocksOffset =
                entry.documentFrequency >= PostingsFormat.boundedCount ? 4 : 2
        } else {
            blocksOffset =
                blockCount &* format.skipEntryByteCount &+ format.bestByteCount(blockCount)
        }
        guard blocksOffset <= postings.count else { throw corrupt("postings end too early") }
    }

    /// Goes back before the first block.
    mutating func rewind() {
        blockIndex = -1
        count = 0
    }

    /// Goes to the next block without decoding it; false at the end.
    @inline(__always)
    mutating func nextBlock() throws(IndexError) -> Bool {
        guard blockIndex &+ 1 < blockCount else {
            blockIndex = blockCount
            count = 0
            return false
        }
        try enter(blockIndex &+ 1)
        return true
    }

    /// Goes to the first block, from the current one on, that does not end before `target`.
    ///
    /// False where there is none. Only skip entries are read.
    mutating func skipToBlock(containing target: UInt32) throws(IndexError) -> Bool {
        if blockIndex >= 0, blockIndex < blockCount, blockLastDocument >= target { return true }
        guard blockIndex &+ 1 < blockCount else { return try nextBlock() }
        if blockCount == 1 {
            guard try nextBlock() else { return false }
            return blockLastDocument >= target ? true : try nextBlock()
        }
        // Ever longer steps, then halving: the block is near more often than not.
        var low = blockIndex &+ 1
        var step = 1
        var high = low
        while high < blockCount, lastDocument(high) < target {
            low = high &+ 1
            high &+= step
            step &*= 2
        }
        high = min(high, blockCount)
        while low < high {
            let middle = (low &+ high) &>> 1
            if lastDocument(middle) < target {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        guard low < blockCount else {
            blockIndex = blockCount
            count = 0
            return false
        }
        try enter(low)
        guard blockLastDocument >= target else { throw corrupt("skip entries do not ascend") }
        return true
    }

    /// Decodes the documents of the current block, once.
    ///
    /// - Requires: there is a current block.
    @inline(__always)
    mutating func decodeDocuments() throws(IndexError) {
        if hasDocuments { return }
        try readDocuments()
    }

    /// Decodes the frequencies of the current block, once.
    ///
    /// - Requires: there is a current block.
    @inline(__always)
    mutating func decodeFrequencies() throws(IndexError) {
        if hasFrequencies { return }
        try readFrequencies()
    }

    /// Adds those documents of the current block that are in a window to a set, by words; false
    /// where the block has to be decoded for it.
    ///
    /// - Requires: there is a current block.
    @inline(__always)
    func fillByWords(
        _ window: DocumentWindow, _ bits: WindowBits
    ) throws(IndexError) -> Bool {
        guard count == BitPacking.blockCount, documentCode.isBits || documentCode.isRun,
            let base = postings.baseAddress
        else { return false }
        if documentCode.isBits {
            // `enter` proved that its last document is in the segment.
            try checkBlock()
            DocumentBits.fill(
                base + blockOffset, unitCount: documentCode.unitCount,
                base: blockFirstBound &- 1, through: blockLastDocument, window, bits)
        } else {
            DocumentBits.fillRun(from: blockFirstBound, through: blockLastDocument, window, bits)
        }
        return true
    }

    /// Replaces `positions` by those of a posting of the current block, ascending.
    ///
    /// - Requires: the field has positions; `index` is below `count`.
    mutating func positions(
        at index: Int, into positions: inout [UInt32]
    ) throws(IndexError) {
        precondition(index >= 0 && index < count, "the posting is in the block")
        if documentFrequency == 1, entry.totalFrequency == 1 {
            guard hasPositions else { throw corrupt("the field has no positions") }
            positions.removeAll(keepingCapacity: true)
            positions.append(entry.position)
            return
        }
        try readSteps()
        let first = Int(buffers.stepStarts[index])
        let number = Int(buffers.stepStarts[index &+ 1]) &- first
        guard let base = positionBytes.baseAddress else { throw corrupt("positions are absent") }
        let layout = steps
        let exceptions = UnsafePointer(buffers.exceptions)
        // What is there is overwritten: the same array goes from posting to posting.
        if positions.count > number {
            positions.removeLast(positions.count &- number)
        }
        while positions.count < number { positions.append(0) }
        var position: UInt64 = 0
        positions.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            PositionsBlock.read(
                base, layout, exceptions: exceptions, from: first, count: number, into: start)
            for place in 0..<number {
                // At most 2²⁴ steps of 32 bits.
                position &+= UInt64(start[place])
                start[place] = UInt32(truncatingIfNeeded: position)
            }
        }
        guard position <= UInt64(UInt32.max) else { throw corrupt("a position beyond 32 bits") }
    }

    /// The steps of all postings of the current block, posting after posting, each with as many
    /// as its frequency; for merging and checking.
    ///
    /// - Requires: the field has positions; there is a current block.
    mutating func readAllSteps(
        into buffer: inout GrowingBytes
    ) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
        buffer.truncate()
        if documentFrequency == 1, entry.totalFrequency == 1 {
            buffer.u32(entry.position)
        } else {
            try readSteps()
            guard let base = positionBytes.baseAddress else {
                throw corrupt("positions are absent")
            }
            let target = buffer.reserve(steps.count &* 4)
            PositionsBlock.read(
                base, steps, exceptions: buffers.exceptions, from: 0, count: steps.count,
                into: target.bindMemory(to: UInt32.self, capacity: steps.count))
            buffer.extend(by: steps.count &* 4)
        }
        let count = buffer.count / 4
        return UnsafeBufferPointer(
            start: buffer.bytes.baseAddress?.assumingMemoryBound(to: UInt32.self), count: count)
    }

    /// Whether the postings that count most are stored.
    var hasBest: Bool { format.bestByteCount(blockCount) > 0 }

    /// One of the postings that count most.
    ///
    /// - Requires: they are stored; `place` is below `BestPostings.count`.
    func best(at place: Int) throws(IndexError) -> BestPostings.Posting {
        precondition(hasBest && place < BestPostings.count, "there is such a posting")
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        // `init` proved that they are there.
        let posting = BestPostings.read(
            base + blockCount &* format.skipEntryByteCount, at: place)
        guard posting.document < segmentDocumentCount else {
            throw corrupt("a document that is not in the segment")
        }
        return posting
    }

    /// The most that `frequency · inverse[length code]` can be in the current block, where
    /// `impactScale` is the greatest ratio of the 256 values of `inverse` to the standard ones of
    /// the field in the segment.
    @inline(__always)
    func blockTotal(_ inverse: UnsafePointer<Float>, impactScale: Float) -> Float {
        min(
            Float(blockMaxFrequency) * inverse[Int(blockMinLength)],
            blockImpact * impactScale)
    }

    /// Where the block and its positions are, for the inspector.
    var blockLayout: (offset: Int, documents: BlockCode, frequencies: BlockCode, positions: Int) {
        (blockOffset, documentCode, frequencyCode, positionsOffset)
    }

    /// Where the positions of the current block end, in those of the term; for checking.
    var stepsEnd: Int {
        steps.start &+ LinearPacking.byteCount(steps.count, width: steps.width)
    }

    /// Where the current block ends, in the postings of the term; for checking.
    ///
    /// - Requires: its documents and frequencies were decoded.
    var blockEnd: Int {
        let end = frequenciesOffset &+ partByteCount(at: frequenciesOffset, frequencyCode)
        let isAligned = format.hasCodes && count == BitPacking.blockCount
        return isAligned
            ? blocksOffset &+ (end &- blocksOffset &+ PostingsBlock.alignment &- 1)
                & ~(PostingsBlock.alignment &- 1) : end
    }
}

// MARK: - Blocks

extension PostingsCursor {
    @inline(__always)
    private func lastDocument(_ block: Int) -> UInt32 {
        // `init` proved that the entries of all blocks are there.
        postings.loadUnaligned(
            fromByteOffset: block &* format.skipEntryByteCount, as: UInt32.self)
    }

    /// Makes a block the current one.
    @inline(__always)
    private mutating func enter(_ block: Int) throws(IndexError) {
        hasDocuments = false
        hasFrequencies = false
        hasSteps = false
        guard blockCount > 1 else { return try enterOnlyBlock() }
        let offset = block &* format.skipEntryByteCount
        let last = lastDocument(block)
        let firstBound: UInt32
        if block == 0 {
            firstBound = 0
        } else {
            let before = lastDocument(block &- 1)
            // Also where entries were passed over: before the new block lies the old one.
            guard before < last, blockIndex < 0 || before >= blockLastDocument else {
                throw corrupt("skip entries do not ascend")
            }
            firstBound = before &+ 1
        }
        guard last < segmentDocumentCount else {
            throw corrupt("a document that is not in the segment")
        }
        let place = postings.loadUnaligned(fromByteOffset: offset &+ 4, as: UInt32.self)
        let positionsPlace = postings.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt32.self)
        let tail = postings.loadUnaligned(fromByteOffset: offset &+ 12, as: UInt32.self)
        documentCode = BlockCode(rawValue: UInt8(truncatingIfNeeded: tail))
        frequencyCode = BlockCode(rawValue: UInt8(truncatingIfNeeded: tail &>> 8))
        blockMaxFrequency = PostingsFormat.frequencyBound(
            UInt8(truncatingIfNeeded: tail &>> 16))
        blockMinLength = UInt8(truncatingIfNeeded: tail &>> 24)
        if format.hasImpacts {
            blockImpact = ImpactCode.number(
                postings.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt16.self))
        }
        blockIndex = block
        count =
            block &+ 1 < blockCount
            ? BitPacking.blockCount
            : Int(documentFrequency) &- block &* BitPacking.blockCount
        blockFirstBound = firstBound
        blockLastDocument = last
        // 32 bits and a multiple of 16 do not overflow.
        blockOffset = blocksOffset &+ Int(place) &<< format.placeShift
        positionsOffset = Int(positionsPlace)
    }

    /// Proves the codes and all that can be told of the end without reading the block; before it is
    /// read, since most blocks are only passed over.
    @inline(__always)
    private func checkBlock() throws(IndexError) {
        guard format.allows(documents: documentCode, frequencies: frequencyCode),
            count == BitPacking.blockCount
                || documentCode.isPacked && frequencyCode.isPacked,
            blockOffset &+ PostingsBlock.leastByteCount(count: count, documentCode)
                &+ PostingsBlock.leastByteCount(count: count, frequencyCode) <= postings.count
        else { throw corrupt("a block of postings runs past its end") }
    }

    /// The bytes of the documents or frequencies that begin at a place.
    ///
    /// - Requires: `checkBlock` or `checkEnd` proved the place.
    @inline(__always)
    private func partByteCount(at offset: Int, _ code: BlockCode) -> Int {
        guard let base = postings.baseAddress else { return 0 }
        return PostingsBlock.byteCount(base + offset, count: count, code)
    }

    /// Where the frequencies of the current block begin.
    @inline(__always)
    private var frequenciesOffset: Int {
        blockOffset &+ partByteCount(at: blockOffset, documentCode)
    }

    /// Proves the end of a part with its exceptions, and that another part has room after it.
    @inline(__always)
    private func checkEnd(
        _ offset: Int, _ code: BlockCode, rest: Int = 0
    ) throws(IndexError) {
        guard
            !code.isPatched
                || offset &+ partByteCount(at: offset, code) &+ rest <= postings.count
        else { throw corrupt("exceptions of a block run past its end") }
    }

    /// The only block of a term is decoded at once, since its last document stands nowhere else.
    private mutating func enterOnlyBlock() throws(IndexError) {
        blockIndex = 0
        count = Int(documentFrequency)
        blockFirstBound = 0
        positionsOffset = 0
        if documentFrequency == 1 {
            guard entry.totalFrequency <= UInt64(PostingsBlock.greatestFrequency) else {
                throw corrupt("a frequency that is too great")
            }
            buffers.documents[0] = entry.document
            buffers.frequencies[0] = UInt32(truncatingIfNeeded: entry.totalFrequency)
            hasDocuments = true
            hasFrequencies = true
            blockLastDocument = entry.document
            blockMaxFrequency = buffers.frequencies[0]
            blockMinLength = lengths?[entry.document] ?? 0
            return
        }
        documentCode = BlockCode(rawValue: postings[0])
        frequencyCode = BlockCode(rawValue: postings[1])
        blockOffset = blocksOffset
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        try checkDocuments()
        guard
            let last = PostingsBlock.readOnlyDocuments(
                base + blockOffset, count: count, documentCode, into: buffers.documents),
            last < segmentDocumentCount
        else { throw corrupt("a document that is not in the segment") }
        hasDocuments = true
        blockLastDocument = last
        guard count < PostingsFormat.boundedCount else {
            blockMaxFrequency = PostingsFormat.frequencyBound(postings[2])
            blockMinLength = postings[3]
            return
        }
        try readFrequencies()
        var most: UInt32 = 0
        var least: UInt8 = lengths == nil ? 0 : .max
        for index in 0..<count {
            most = max(most, buffers.frequencies[index])
            if let lengths { least = min(least, lengths[buffers.documents[index]]) }
        }
        blockMaxFrequency = most
        blockMinLength = least
    }

    private mutating func readDocuments() throws(IndexError) {
        precondition(count > 0, "there is a current block")
        try checkDocuments()
        guard let base = postings.baseAddress,
            PostingsBlock.readDocuments(
                base + blockOffset, count: count, documentCode,
                base: blockFirstBound &- 1, last: blockLastDocument, into: buffers.documents)
        else { throw corrupt("documents do not end at the last one of their block") }
        hasDocuments = true
    }

    /// Proves that the documents end in the block, before the frequencies.
    @inline(__always)
    private func checkDocuments() throws(IndexError) {
        try checkBlock()
        try checkEnd(
            blockOffset, documentCode,
            rest: PostingsBlock.leastByteCount(count: count, frequencyCode))
    }

    private mutating func readFrequencies() throws(IndexError) {
        precondition(count > 0, "there is a current block")
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        try checkDocuments()
        let offset = frequenciesOffset
        try checkEnd(offset, frequencyCode)
        PostingsBlock.readFrequencies(
            base + offset, count: count, frequencyCode, into: buffers.frequencies)
        hasFrequencies = true
    }

    /// Finds the steps of the current block, once.
    private mutating func readSteps() throws(IndexError) {
        if hasSteps { return }
        guard hasPositions else { throw corrupt("the field has no positions") }
        try decodeFrequencies()
        var sum: UInt32 = 0
        for index in 0..<count {
            buffers.stepStarts[index] = sum
            // At most 128 · 2²⁴.
            sum &+= buffers.frequencies[index]
        }
        buffers.stepStarts[count] = sum
        guard let base = positionBytes.baseAddress, positionsOffset <= positionBytes.count else {
            throw corrupt("positions lie outside of their section")
        }
        var cursor = ByteCursor(
            base: base, position: positionsOffset, end: positionBytes.count)
        guard
            let layout = PositionsBlock.readLayout(
                &cursor, count: Int(sum), exceptions: buffers.exceptions)
        else { throw corrupt("positions of a block are broken") }
        steps = layout
        hasSteps = true
    }

    private func corrupt(_ reason: String) -> IndexError {
        guard let start = file.bytes.baseAddress, let here = postings.baseAddress else {
            return file.corrupt(at: 0, reason)
        }
        return file.corrupt(at: here - start, reason)
    }
}
