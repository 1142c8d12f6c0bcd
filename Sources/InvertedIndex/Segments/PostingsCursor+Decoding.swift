/// The documents and frequencies of the current block.
extension PostingsCursor {
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

    /// Makes ready for `frequency(at:)` at so many places: of few only these are decoded then.
    ///
    /// - Requires: there is a current block.
    @inline(__always)
    mutating func openFrequencies(forPlaces placeCount: Int) throws(IndexError) {
        if hasFrequencies { return }
        guard placeCount <= PostingsCursor.singlyReadCount, count == BitPacking.blockCount else {
            return try readFrequencies()
        }
        try checkDocuments()
        try checkFrequencies(frequenciesOffset)
    }

    /// The frequency at a place of the current block.
    ///
    /// - Requires: `openFrequencies` was called for the block; the place is in it.
    @inline(__always)
    func frequency(at place: Int) -> UInt32 {
        guard !hasFrequencies, let base = postings.baseAddress else { return frequencies[place] }
        // Less one it is below 2²⁴.
        return PatchedPacking.number(base + frequenciesOffset, frequencyCode, at: place) &+ 1
    }

    /// From more places on a whole block is decoded faster.
    private static var singlyReadCount: Int { 4 }

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
    func checkDocuments() throws(IndexError) {
        try checkBlock()
        try checkEnd(
            blockOffset, documentCode, greatestWidth: 32,
            rest: PostingsBlock.leastByteCount(count: count, frequencyCode))
    }

    mutating func readFrequencies() throws(IndexError) {
        precondition(count > 0, "there is a current block")
        guard let base = postings.baseAddress else { throw corrupt("postings end too early") }
        try checkDocuments()
        let offset = frequenciesOffset
        try checkFrequencies(offset)
        PostingsBlock.readFrequencies(
            base + offset, count: count, frequencyCode, into: buffers.frequencies)
        hasFrequencies = true
    }

    /// Proves the codes and all that can be told of the end without reading the block; before it is
    /// read, since most blocks are only passed over.
    @inline(__always)
    private func checkBlock() throws(IndexError) {
        guard
            format.allows(
                count: count, documents: documentCode, frequencies: frequencyCode),
            blockOffset &+ PostingsBlock.leastByteCount(count: count, documentCode)
                &+ PostingsBlock.leastByteCount(count: count, frequencyCode) <= postings.count
        else { throw corrupt("a block of postings runs past its end") }
    }

    /// The bytes of the documents or frequencies that begin at a place.
    ///
    /// - Requires: `checkBlock` or `checkEnd` proved the place.
    @inline(__always)
    func partByteCount(at offset: Int, _ code: BlockCode) -> Int {
        guard let base = postings.baseAddress else { return 0 }
        return PostingsBlock.byteCount(base + offset, count: count, code)
    }

    /// Where the frequencies of the current block begin.
    @inline(__always)
    var frequenciesOffset: Int {
        blockOffset &+ partByteCount(at: blockOffset, documentCode)
    }

    @inline(__always)
    private func checkFrequencies(_ offset: Int) throws(IndexError) {
        try checkEnd(
            offset, frequencyCode, greatestWidth: PostingsBlock.greatestFrequencyWidth, rest: 0)
    }

    /// Proves the end of a part with its exceptions, that another part has room after it, and that
    /// the numbers of a block that is not full are no greater than they may be; codes alone tell
    /// that of full ones.
    @inline(__always)
    private func checkEnd(
        _ offset: Int, _ code: BlockCode, greatestWidth: Int, rest: Int
    ) throws(IndexError) {
        guard code.isPatched, let base = postings.baseAddress else { return }
        guard offset &+ partByteCount(at: offset, code) &+ rest <= postings.count,
            count == BitPacking.blockCount
                || PostingsBlock.shortWidth(base + offset, code) <= greatestWidth
        else { throw corrupt("exceptions of a block run past its end") }
    }
}
