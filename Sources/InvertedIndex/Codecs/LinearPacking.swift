/// Packs any number of numbers at a fixed number of bits each, one after the other.
///
/// Number `i` takes the bits from `i · width` on, counted from the lowest bit of the first byte.
/// Each can be read without the others.
enum LinearPacking {
    /// How far behind the first byte of the last number a reader may look: it loads eight bytes.
    ///
    /// Safe in every file, since after its last section come 32 bytes of footer.
    static let readAhead = 8

    /// The bytes of `count` numbers.
    ///
    /// - Requires: `count` is below 2⁵⁶, `width` at most 32.
    @inline(__always)
    static func byteCount(_ count: Int, width: Int) -> Int { (count &* width &+ 7) &>> 3 }

    /// The bits that the greatest number takes; 0 where all are 0.
    static func width(of values: UnsafeBufferPointer<UInt32>) -> Int {
        var all: UInt32 = 0
        for value in values { all |= value }
        return 32 &- all.leadingZeroBitCount
    }

    /// The bits that the numbers from 0 to below `count` take at most.
    static func width(below count: UInt64) -> Int {
        count < 2 ? 0 : 64 - (count - 1).leadingZeroBitCount
    }

    /// Appends `byteCount(values.count, width:)` bytes; bits above `width` are left out.
    ///
    /// - Requires: `width` is at most 32.
    static func pack(
        _ values: UnsafeBufferPointer<UInt32>, width: Int, into output: inout GrowingBytes
    ) {
        precondition(width >= 0 && width <= 32, "a number has at most 32 bits")
        if width == 0 { return }
        let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: width)) &- 1
        let byteCount = byteCount(values.count, width: width)
        // The last store may be of eight bytes where fewer count.
        let target = output.reserve(byteCount &+ 8)
        var offset = 0
        var held: UInt64 = 0
        var used: UInt64 = 0
        for value in values {
            // At most 31 bits are held, at most 32 come.
            held |= (UInt64(value) & mask) &<< used
            used &+= UInt64(truncatingIfNeeded: width)
            if used >= 32 {
                target.storeBytes(
                    of: UInt32(truncatingIfNeeded: held), toByteOffset: offset, as: UInt32.self)
                offset &+= 4
                held &>>= 32
                used &-= 32
            }
        }
        target.storeBytes(of: held, toByteOffset: offset, as: UInt64.self)
        output.extend(by: byteCount)
    }

    /// The number at an index.
    ///
    /// - Requires: its bytes and `readAhead` more may be read; `width` is at most 32.
    @inline(__always)
    static func value(_ input: UnsafeRawPointer, at index: Int, width: Int) -> UInt32 {
        let bit = index &* width
        let word = input.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
        let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: width)) &- 1
        return UInt32(truncatingIfNeeded: (word &>> UInt64(bit & 7)) & mask)
    }

    /// Unpacks `count` numbers from an index on.
    ///
    /// - Requires: as `value`; there is room for `count`.
    @inline(__always)
    static func unpack(
        _ input: UnsafeRawPointer, from first: Int = 0, count: Int, width: Int,
        into values: UnsafeMutablePointer<UInt32>
    ) {
        if width == 0 {
            values.update(repeating: 0, count: count)
            return
        }
        let mask: UInt64 = (1 &<< UInt64(truncatingIfNeeded: width)) &- 1
        var bit = first &* width
        for index in 0..<count {
            let word = input.loadUnaligned(fromByteOffset: bit &>> 3, as: UInt64.self)
            values[index] = UInt32(truncatingIfNeeded: (word &>> UInt64(bit & 7)) & mask)
            bit &+= width
        }
    }
}
