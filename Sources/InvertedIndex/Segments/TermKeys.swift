/// What a field of kind `termKeys` has in a segment: keys, and for each the terms that bear it.
///
/// One entry for each distinct term of the keyed fields that has a key, sorted by key and then by
/// term. A term is told by its place in the dictionary, so that its bytes are there once: a key
/// costs a few bytes.
///
/// ```
/// block    entries u8 | length of the keys varint | keys, each front-coded | values
/// value    frequency varint | place of the term in the dictionary, less that of the entry before
///          or 0, zigzag varint
/// index    entries u64 | place of the first block u64 | length of the blocks u64
///          | first 8 bytes of each first key u64 | place of each block u64
///          | greatest frequency of each block u32
/// ```
///
/// Blocks hold 32 entries, the last may hold fewer. Entries of one key may be in several blocks; a
/// key that is the one before it again shares all and adds nothing. The greatest frequencies let a
/// search for the most frequent terms pass over blocks unread.
///
/// Invariants:
/// 1. Entries strictly ascend by key and term; no key is empty or holds a zero byte.
/// 2. The place is that of the term in the first of the keyed fields that has it.
/// 3. The frequency is the sum of the document frequencies in all keyed fields, at most 2³² − 1.
enum TermKeys {
    /// As for terms: more save bytes, fewer save time.
    static let entriesPerBlock = 32
    /// The bytes before the columns of the index.
    static let headByteCount = 24

    /// A term that has a key.
    struct Entry: Sendable, Equatable {
        /// The documents that hold the term, the keyed fields summed, deleted ones included.
        var frequency: UInt32 = 0
        /// The place of the term in the dictionary of the segment.
        var ordinal: UInt64 = 0
    }

    /// The first bytes of a key as a number that is ordered as they are.
    static func prefix(_ key: UnsafeRawBufferPointer) -> UInt64 { TermDictionary.word(key, 0) }
}
