/// How the postings of one term are laid out.
///
/// ```
/// 2 to 15      document width u8 | frequency width u8 | block
/// 16 to 128    document width u8 | frequency width u8 | greatest frequency u8
///              | least length code u8 | block
/// above 128    per block a skip entry of 16 bytes | blocks
/// skip entry   last document u32 | place of the block in units of 16 bytes, from the end of the
///              entries on u32 | place of its positions, from those of the term on u32
///              | document width u8 | frequency width u8 | greatest frequency u8
///              | least length code u8
/// ```
///
/// A greatest frequency of 255 stands for 255 and more. A full block takes a multiple of 16 bytes
/// and only the last is not full, so that places fit their units. All that a search needs to pass
/// over a block stands together, apart from the blocks.
enum PostingsFormat {
    /// The bytes of a skip entry.
    static let skipEntryByteCount = 16
    /// From how many postings on a single block tells its bounds; below they are computed.
    static let boundedCount = 16
    /// The byte of a greatest frequency that is not known.
    static let unboundedFrequency: UInt8 = 255

    /// The blocks of a term.
    @inline(__always)
    static func blockCount(_ documentFrequency: UInt32) -> Int {
        (Int(documentFrequency) &+ BitPacking.blockCount &- 1) / BitPacking.blockCount
    }

    /// The byte of a greatest frequency.
    static func frequencyByte(_ frequency: UInt32) -> UInt8 {
        UInt8(min(frequency, UInt32(unboundedFrequency)))
    }

    /// The greatest frequency of a byte.
    @inline(__always)
    static func frequencyBound(_ byte: UInt8) -> UInt32 {
        byte == unboundedFrequency ? .max : UInt32(byte)
    }
}
