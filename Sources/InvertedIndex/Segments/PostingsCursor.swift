/// The documents that hold one term, read block by block.
///
/// A block is entered by what the skip data tell of it, and decoded only when asked. The buffers
/// belong to the cursor and all its copies: use one copy only.
///
/// - Shape: documents strictly ascend; a block holds 1 to 128 of them; only the last may be short.
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
    /// The documents of the current block, after `decodeDocuments`; room for 128.
    let documents: UnsafePointer<UInt32>
    /// Their frequencies, after `decodeFrequencies`; room for 128.
    let frequencies: UnsafePointer<UInt32>

    /// Goes to the next block without decoding it; false at the end.
    mutating func nextBlock() throws(IndexError) -> Bool { fatalError() }

    /// Goes to the first block, from the current one on, whose last document is not before
    /// `target`; false where there is none.
    mutating func skipToBlock(containing target: UInt32) throws(IndexError) -> Bool { fatalError() }

    /// Decodes the documents of the current block, once.
    mutating func decodeDocuments() throws(IndexError) { fatalError() }

    /// Decodes the frequencies of the current block, once.
    mutating func decodeFrequencies() throws(IndexError) { fatalError() }

    /// Replaces `positions` by those of a posting of the current block, ascending.
    mutating func positions(
        at index: Int, into positions: inout [UInt32]
    ) throws(IndexError) { fatalError() }
}
