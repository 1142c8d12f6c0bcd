/// How the postings of one term are laid out.
///
/// ```
/// 2 to 15      document code u8 | frequency code u8 | block
/// 16 to 128    document code u8 | frequency code u8 | greatest frequency u8
///              | least length code u8 | block
/// above 128    per block a skip entry | best postings, from 8 blocks on | blocks
/// ```
///
/// A skip entry tells the last document of its block, the place of the block in units of 4 bytes,
/// from the end of all before on, that of its positions, from those of the term on, codes, bounds
/// and impact; `SkipEntryLayout` has the bytes. A greatest frequency of 255 stands for 255 and more.
/// A full block takes a multiple of 4 bytes and only the last is not full, so that places fit their units. All that a search needs to pass
/// over a block stands together, apart from the blocks. `BlockCode` has the codes.
///
/// Segments of the formats 4 and 5 have exceptions in full blocks alone, and all places in 4 bytes;
/// those of 1 to 3 have packed numbers alone, and places in units of 16 bytes; those
/// of 1 and 2 have neither impacts nor best postings.
struct PostingsFormat: Sendable, Equatable {
    /// Whether there are impacts and best postings.
    let hasImpacts: Bool
    /// Whether there are sets of bits and exceptions.
    let hasCodes: Bool
    /// Whether blocks that are not full have exceptions, and those of positions are packed.
    let hasLists: Bool
    /// Whether skip entries have places of two bytes where these fit.
    @inline(__always)
    var hasNarrowPlaces: Bool { hasLists }
    /// The unit of places of blocks, as a power of two.
    @inline(__always)
    var placeShift: Int { hasCodes ? 2 : 4 }

    /// What is written.
    static let current = PostingsFormat(codec: currentCodec)
    /// The codec of the section of postings that is written; stored in files, never change it.
    static let currentCodec: UInt32 = 3

    private init(codec: UInt32) {
        hasImpacts = codec >= 1
        hasCodes = codec >= 2
        hasLists = codec >= 3
    }

    /// The format of a section of postings.
    init(of section: Section) throws(IndexError) {
        guard section.codec <= PostingsFormat.currentCodec else {
            throw section.file.corrupt(
                at: section.offset, "postings of a layout that is not known: \(section.codec)")
        }
        self.init(codec: section.codec)
    }

    /// The bytes of the best postings of a term.
    @inline(__always)
    func bestByteCount(_ blockCount: Int) -> Int {
        hasImpacts && blockCount >= BestPostings.leastBlockCount ? BestPostings.byteCount : 0
    }

    /// Whether a block of so many postings may be packed so.
    @inline(__always)
    func allows(count: Int, documents: BlockCode, frequencies: BlockCode) -> Bool {
        guard count == BitPacking.blockCount else {
            return allowsShort(documents, greatestWidth: 32)
                && allowsShort(frequencies, greatestWidth: PostingsBlock.greatestFrequencyWidth)
        }
        return documents.isForDocuments && frequencies.isForFrequencies
            && (hasCodes || documents.rawValue | frequencies.rawValue < 64)
    }

    @inline(__always)
    private func allowsShort(_ code: BlockCode, greatestWidth: Int) -> Bool {
        (code.isPacked || hasLists && code.isPatched) && code.width <= greatestWidth
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
