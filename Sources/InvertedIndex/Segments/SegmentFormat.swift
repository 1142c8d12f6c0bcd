/// The sections of a segment file; `index/README.md` tells them byte by byte.
///
/// Stored in files; never change a value.
enum SegmentSection {
    /// The fields, their counts, and where their columns are.
    static let fields: UInt32 = 1
    /// The first bytes and the place of each block of terms.
    static let termIndex: UInt32 = 2
    /// The blocks of terms.
    static let terms: UInt32 = 3
    /// Documents and frequencies.
    static let postings: UInt32 = 4
    /// Positions.
    static let positions: UInt32 = 5
    /// A byte for each document and text field.
    static let lengths: UInt32 = 6
    /// The columns of keyword fields.
    static let keywords: UInt32 = 7
    /// The columns of number fields.
    static let numbers: UInt32 = 8
    /// The keys in the order of documents; before format 6.
    static let keys: UInt32 = 9
    /// The place of each group of keys; before format 6.
    static let keyIndex: UInt32 = 10
    /// The stored bytes, in compressed blocks.
    static let stored: UInt32 = 11
    /// The place, checksum and first byte of each block of stored bytes.
    static let storedBlocks: UInt32 = 12
    /// Where the stored bytes of each document begin.
    static let storedIndex: UInt32 = 13
    /// The keys of terms, in blocks; only where a field has them.
    static let termKeys: UInt32 = 14
    /// The first bytes, the place and the greatest frequency of each block of these.
    static let termKeyIndex: UInt32 = 15
    /// The terms of fields of text in the order of their last letters; only where there are many, and
    /// not in a segment that is soon merged.
    static let termSuffixes: UInt32 = 16
    /// What the blocks of stored bytes are compressed with; only where that is worth it.
    static let storedDictionary: UInt32 = 17
    /// For each document the place of its key among the terms of the field of keys.
    static let keyPlaces: UInt32 = 18
}

/// Limits of the segment format.
///
/// Beyond them numbers do not fit the fields of the format.
public enum SegmentLimits {
    /// The greatest length of a term, keyword or key in bytes; longer ones are not taken in.
    public static let termByteCount = 16_384
    /// The greatest length of the stored bytes of a document.
    public static let storedByteCount = 16 << 20
    /// The greatest number of documents.
    public static let documentCount: UInt32 = 1 << 31
}
