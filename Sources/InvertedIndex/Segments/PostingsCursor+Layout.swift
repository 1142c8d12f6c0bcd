/// Where blocks are, for the inspector and the check of a segment.
extension PostingsCursor {
    /// Where the block and its positions are, for the inspector.
    var blockLayout: (offset: Int, documents: BlockCode, frequencies: BlockCode, positions: Int) {
        (blockOffset, documentCode, frequencyCode, positionsOffset)
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
