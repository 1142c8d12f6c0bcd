/// Packs 128 numbers at the width of most of them, and lists what the others have above it.
///
/// A few far jumps between documents, or a few great frequencies, would otherwise widen all
/// numbers of their block.
///
/// ```
/// lower bits, as BitPacking | exceptions u8 | [place u8 | upper bits u8]
/// ```
///
/// - Source: Zukowski, Héman, Nes and Boncz, "Super-scalar RAM-CPU cache compression", 2006 (PFOR);
///   exceptions apart from the packed numbers as in Lemire and Boytsov's FastPFOR.
enum PatchedPacking {
    /// The bits of what is above the width.
    static let upperWidth = 8
    /// More exceptions take longer to put in than the bytes they spare are worth.
    static let greatestExceptionCount = 24
    /// How 128 numbers, of which the greatest has `width` bits, take the fewest bytes; without
    /// exceptions where these spare fewer bytes than `leastGain`, and half a byte for each, since
    /// each takes time.
    static func bestCode(
        _ values: UnsafePointer<UInt32>, width: Int, leastGain: Int
    ) -> BlockCode {
        if width < 2 { return .packed(width: width) }
        // How many numbers there are of each width.
        var histogram = InlineArray<33, Int>(repeating: 0)
        for place in 0..<BitPacking.blockCount {
            histogram[32 &- values[place].leadingZeroBitCount] &+= 1
        }
        var best = BlockCode.packed(width: width)
        // In halves of a byte.
        var leastCost = 2 &* (BitPacking.byteCount(width: width) &- leastGain)
        var exceptionCount = 0
        var lower = width
        while lower > 0, width &- lower < upperWidth {
            exceptionCount &+= histogram[lower]
            lower &-= 1
            guard exceptionCount <= greatestExceptionCount else { break }
            let cost = 2 &* (BitPacking.byteCount(width: lower) &+ 1) &+ 5 &* exceptionCount
            if cost <= leastCost {
                best = .patched(width: lower)
                leastCost = cost
            }
        }
        return best
    }

    /// Appends 128 numbers; may clear their upper bits.
    ///
    /// - Requires: `code` is that of `bestCode`.
    static func write(
        _ values: UnsafeMutablePointer<UInt32>, _ code: BlockCode, to output: inout GrowingBytes
    ) {
        var exceptions = InlineArray<24, UInt16>(repeating: 0)
        var count = 0
        if code.isPatched {
            let width = UInt32(truncatingIfNeeded: code.width)
            for place in 0..<BitPacking.blockCount where values[place] &>> width != 0 {
                exceptions[count] = UInt16(place) | UInt16(values[place] &>> width) &<< 8
                count &+= 1
                values[place] &= (1 &<< width) &- 1
            }
        }
        let byteCount = BitPacking.byteCount(width: code.width)
        BitPacking.pack(values, width: code.width, into: output.reserve(byteCount))
        output.extend(by: byteCount)
        guard code.isPatched else { return }
        output.u8(UInt8(count))
        for place in 0..<count { output.u16(exceptions[place]) }
    }

    /// The bytes of 128 numbers.
    ///
    /// - Requires: the packed bytes and one more may be read.
    @inline(__always)
    static func byteCount(_ input: UnsafeRawPointer, _ code: BlockCode) -> Int {
        let packed = code.packedByteCount
        if !code.isPatched { return packed }
        return packed &+ 1 &+ 2 &* Int(input.load(fromByteOffset: packed, as: UInt8.self))
    }

    /// One of 128 numbers, as `unpack` has it.
    ///
    /// - Requires: as `unpack`; `place` is below 128.
    @inline(__always)
    static func number(_ input: UnsafeRawPointer, _ code: BlockCode, at place: Int) -> UInt32 {
        var number = BitPacking.number(input, width: code.width, at: place)
        guard code.isPatched else { return number }
        // Some bytes that are not written have a place twice; `unpack` joins both too.
        forEachException(input, code) { if $0 == place { number |= $1 } }
        return number
    }

    /// Unpacks 128 numbers.
    ///
    /// - Requires: all of `byteCount` may be read; `code` is no set of bits.
    @inline(__always)
    static func unpack(
        _ input: UnsafeRawPointer, _ code: BlockCode, into values: UnsafeMutablePointer<UInt32>
    ) {
        BitPacking.unpack(input, width: code.width, into: values)
        guard code.isPatched else { return }
        forEachException(input, code) { values[$0] |= $1 }
    }

    /// Calls `body` with the place of each exception and the bits above the width that it adds;
    /// whatever the bytes are, the place is in the block.
    ///
    /// - Requires: all of `byteCount` may be read; `code` is patched.
    @inline(__always)
    private static func forEachException(
        _ input: UnsafeRawPointer, _ code: BlockCode, _ body: (_ place: Int, _ bits: UInt32) -> Void
    ) {
        let width = UInt32(truncatingIfNeeded: code.width)
        var next = input + code.packedByteCount
        let end = next + 1 + 2 &* Int(next.load(as: UInt8.self))
        next += 1
        while next < end {
            let exception = next.loadUnaligned(as: UInt16.self)
            body(Int(exception & 127), UInt32(exception &>> 8) &<< width)
            next += 2
        }
    }
}
