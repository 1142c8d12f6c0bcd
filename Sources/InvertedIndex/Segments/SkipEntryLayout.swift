/// Where the parts of the skip entries of a term are: places take two bytes where all of them fit.
///
/// ```
/// last document u32 | place of the block in units u16 or u32
/// | place of its positions none, u16 or u32 | document code u8 | frequency code u8
/// | greatest frequency u8 | least length code u8 | [impact u16]
/// ```
///
/// Which it is follows from what the dictionary tells of the term.
struct SkipEntryLayout: Equatable {
    /// The bytes of an entry.
    let byteCount: Int
    /// Where the place of the positions is.
    private let positionsOffset: Int
    /// Where the codes are; bounds and impact follow.
    let codesOffset: Int
    private let placeMask: UInt32
    private let positionsMask: UInt32

    private static let placeOffset = 4
    /// Blocks of at most so many bytes have places of two bytes.
    private static let greatestNarrowPlace = 1 << 16

    /// The layout of a term with so many bytes of postings and positions.
    @inline(__always)
    init(_ format: PostingsFormat, postingsByteCount: UInt64, positionsByteCount: UInt64) {
        var placeByteCount = 4
        var positionsPlaceByteCount = 4
        if format.hasNarrowPlaces {
            if postingsByteCount <= UInt64(Self.greatestNarrowPlace << format.placeShift) {
                placeByteCount = 2
            }
            if positionsByteCount <= UInt64(Self.greatestNarrowPlace) {
                positionsPlaceByteCount = positionsByteCount == 0 ? 0 : 2
            }
        }
        placeMask = Self.mask(placeByteCount)
        positionsMask = Self.mask(positionsPlaceByteCount)
        positionsOffset = Self.placeOffset &+ placeByteCount
        codesOffset = positionsOffset &+ positionsPlaceByteCount
        byteCount = codesOffset &+ (format.hasImpacts ? 6 : 4)
    }

    @inline(__always)
    private static func mask(_ byteCount: Int) -> UInt32 {
        UInt32(truncatingIfNeeded: (1 as UInt64) &<< UInt64(byteCount &* 8) &- 1)
    }

    /// The place of the block, in units.
    @inline(__always)
    func place(_ entry: UnsafeRawPointer) -> UInt32 {
        entry.loadUnaligned(fromByteOffset: Self.placeOffset, as: UInt32.self) & placeMask
    }

    /// The place of the positions.
    @inline(__always)
    func positionsPlace(_ entry: UnsafeRawPointer) -> UInt32 {
        entry.loadUnaligned(fromByteOffset: positionsOffset, as: UInt32.self) & positionsMask
    }

    /// Appends an entry.
    ///
    /// - Requires: `rest` are codes, bounds and impact.
    func write(
        lastDocument: UInt32, place: UInt32, positionsPlace: UInt32, rest: UnsafeRawBufferPointer,
        to output: inout GrowingBytes
    ) {
        let target = output.reserve(byteCount + 4)
        target.storeBytes(of: lastDocument, as: UInt32.self)
        // Each part overwrites what the one before it has too much.
        target.storeBytes(of: place, toByteOffset: Self.placeOffset, as: UInt32.self)
        target.storeBytes(of: positionsPlace, toByteOffset: positionsOffset, as: UInt32.self)
        (target + codesOffset).copyMemory(
            from: rest.baseAddress ?? UnsafeRawPointer(target), byteCount: rest.count)
        output.extend(by: byteCount)
    }
}
