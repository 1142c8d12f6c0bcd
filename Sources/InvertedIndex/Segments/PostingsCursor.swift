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

    // What the other files of this type read; what moves the cursor is here.

    /// Room for what is decoded.
    let buffers: PostingsBuffers
    /// The term.
    let entry: TermEntry
    /// How postings are laid out.
    let format: PostingsFormat
    /// The documents of the segment.
    let segmentDocumentCount: UInt32
    /// Whether the field has positions.
    let hasPositions: Bool
    /// The skip entries, or the head of the only block; then the blocks.
    let postings: UnsafeRawBufferPointer
    /// How the skip entries are laid out.
    let skips: SkipEntryLayout
    /// Where the blocks begin.
    let blocksOffset: Int
    /// The positions of the term.
    let positionBytes: UnsafeRawBufferPointer
    private let file: MappedFile
    private let lengths: FieldLengths?

    /// Where the current block begins, and how it is packed.
    private(set) var blockOffset = 0
    private(set) var documentCode = BlockCode.packed(width: 0)
    private(set) var frequencyCode = BlockCode.packed(width: 0)
    /// Where the positions of the current block begin.
    private(set) var positionsOffset = 0
    /// What of the current block is decoded.
    var hasDocuments = false
    var hasFrequencies = false
    var hasSteps = false
    /// How the steps of the current block are packed, after they were looked for.
    var steps = PositionsBlock.Layout()

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
        skips = SkipEntryLayout(
            format, postingsByteCount: entry.postingsByteCount,
            positionsByteCount: entry.positionsByteCount)
        if entry.documentFrequency == 1 {
            blocksOffset = 0
        } else if blockCount == 1 {
            blocksOffset =
                entry.documentFrequency >= PostingsFormat.boundedCount ? 4 : 2
        } else {
            blocksOffset =
                blockCount &* skips.byteCount &+ format.bestByteCount(blockCount)
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
}

// MARK: - Entering blocks

extension PostingsCursor {
    @inline(__always)
    private func lastDocument(_ block: Int) -> UInt32 {
        // `init` proved that the entries of all blocks are there.
        postings.loadUnaligned(fromByteOffset: block &* skips.byteCount, as: UInt32.self)
    }

    /// Makes a block the current one.
    @inline(__always)
    private mutating func enter(_ block: Int) throws(IndexError) {
        hasDocuments = false
        hasFrequencies = false
        hasSteps = false
        guard blockCount > 1 else { return try enterOnlyBlock() }
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        let skip = base + block &* skips.byteCount
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
        let tail = skip.loadUnaligned(fromByteOffset: skips.codesOffset, as: UInt32.self)
        documentCode = BlockCode(rawValue: UInt8(truncatingIfNeeded: tail))
        frequencyCode = BlockCode(rawValue: UInt8(truncatingIfNeeded: tail &>> 8))
        blockMaxFrequency = PostingsFormat.frequencyBound(
            UInt8(truncatingIfNeeded: tail &>> 16))
        blockMinLength = UInt8(truncatingIfNeeded: tail &>> 24)
        if format.hasImpacts {
            blockImpact = ImpactCode.number(
                skip.loadUnaligned(fromByteOffset: skips.codesOffset &+ 4, as: UInt16.self))
        }
        blockIndex = block
        count =
            block &+ 1 < blockCount
            ? BitPacking.blockCount
            : Int(documentFrequency) &- block &* BitPacking.blockCount
        blockFirstBound = firstBound
        blockLastDocument = last
        // 32 bits and a multiple of 16 do not overflow.
        blockOffset = blocksOffset &+ Int(skips.place(skip)) &<< format.placeShift
        positionsOffset = Int(skips.positionsPlace(skip))
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

    /// The postings of the term are broken.
    func corrupt(_ reason: String) -> IndexError {
        guard let start = file.bytes.baseAddress, let here = postings.baseAddress else {
            return file.corrupt(at: 0, reason)
        }
        return file.corrupt(at: here - start, reason)
    }
}
