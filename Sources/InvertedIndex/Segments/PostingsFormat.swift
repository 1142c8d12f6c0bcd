/// How the postings of one term are laid out.
///
/// ```
/// 2 to 15      document width u8 | frequency width u8 | block
/// 16 to 128    document width u8 | frequency width u8 | greatest frequency u8
///              | least length code u8 | block
/// above 128    per block a skip entry of 18 bytes | best postings, from 8 blocks on | blocks
/// skip entry   last document u32 | place of the block in units of 16 bytes, from the end of all
///              before on u32 | place of its positions, from those of the term on u32
///              | document width u8 | frequency width u8 | greatest frequency u8
///              | least length code u8 | impact u16
/// ```
///
/// A greatest frequency of 255 stands for 255 and more. A full block takes a multiple of 16 bytes
/// and only the last is not full, so that places fit their units. All that a search needs to pass
/// over a block stands together, apart from the blocks.
///
/// Segments of the formats 1 and 2 have neither impacts nor best postings.
struct PostingsFormat: Sendable, Equatable {
    /// Whether there are impacts and best postings.
    let hasImpacts: Bool
    /// The bytes of a skip entry.
    @inline(__always)
    var skipEntryByteCount: Int { hasImpacts ? 18 : 16 }

    /// What is written.
    static let current = PostingsFormat(hasImpacts: true)
    /// The codec of the section of postings that is written; stored in files, never change it.
    static let currentCodec: UInt32 = 1

    private init(hasImpacts: Bool) {
        self.hasImpacts = hasImpacts
    }

    /// The format of a section of postings.
    init(of section: Section) throws(IndexError) {
        guard section.codec <= PostingsFormat.currentCodec else {
            throw section.file.corrupt(
                at: section.offset, "postings of a layout that is not known: \(section.codec)")
        }
        self.init(hasImpacts: section.codec == PostingsFormat.currentCodec)
    }

    /// The bytes of the best postings of a term.
    @inline(__always)
    func bestByteCount(_ blockCount: Int) -> Int {
        hasImpacts && blockCount >= BestPostings.leastBlockCount ? BestPostings.byteCount : 0
    }

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
