/// How the numbers of a full block are packed, and at which width: one byte of its skip entry.
///
/// ```
/// 0 to 32          packed: all bits of each number
/// 64 + width       patched: the lower bits of each number, and a list of what some have above
/// 128 + n          a set of bits, n times 128 documents long; of documents only
/// ```
///
/// Formats before 4 know the first alone.
struct BlockCode: Equatable {
    /// The byte.
    let rawValue: UInt8

    private static let patched: UInt8 = 64
    private static let bits: UInt8 = 128
    /// Documents that are spread further are packed.
    static let greatestUnitCount = 32

    /// A byte of a file, not proved.
    @inline(__always)
    init(rawValue: UInt8) { self.rawValue = rawValue }

    /// All bits of each number.
    static func packed(width: Int) -> BlockCode { BlockCode(rawValue: UInt8(width)) }
    /// The lower bits of each number, and exceptions.
    static func patched(width: Int) -> BlockCode { BlockCode(rawValue: patched | UInt8(width)) }
    /// A set of bits.
    static func bits(unitCount: Int) -> BlockCode { BlockCode(rawValue: bits | UInt8(unitCount)) }

    /// Whether all bits of each number are packed.
    @inline(__always)
    var isPacked: Bool { rawValue < BlockCode.patched }

    /// Whether documents follow each other without a gap.
    @inline(__always)
    var isRun: Bool { rawValue == 0 }

    /// Whether there are exceptions.
    @inline(__always)
    var isPatched: Bool { rawValue & 0xC0 == BlockCode.patched }

    /// Whether it is a set of bits.
    @inline(__always)
    var isBits: Bool { rawValue >= BlockCode.bits }

    /// The bits of a packed number.
    @inline(__always)
    var width: Int { Int(rawValue & 63) }

    /// The 128 documents that a set of bits goes over, so many times.
    @inline(__always)
    var unitCount: Int { Int(rawValue & 127) }

    /// The bytes of 128 numbers without exceptions: those of bits as well as of packed numbers.
    @inline(__always)
    var packedByteCount: Int { 16 &* Int(rawValue & (isBits ? 127 : 63)) }

    /// Whether documents may be packed so.
    @inline(__always)
    var isForDocuments: Bool {
        rawValue <= 32 || (isPatched && width < 32)
            || (isBits && unitCount > 0 && unitCount <= BlockCode.greatestUnitCount)
    }

    /// Whether frequencies may be packed so; less one they are below 2²⁴.
    @inline(__always)
    var isForFrequencies: Bool {
        rawValue <= UInt8(PostingsBlock.greatestFrequencyWidth)
            || (isPatched
                && width &+ PatchedPacking.upperWidth
                    <= PostingsBlock.greatestFrequencyWidth)
    }
}

extension BlockCode: CustomStringConvertible {
    /// For people.
    var description: String {
        if isBits { return "a set over \(unitCount * 128)" }
        return isPatched ? "\(width) bits with exceptions" : "\(width) bits"
    }
}
