/// Packs 128 numbers at a fixed number of bits each, four lanes side by side.
///
/// Number `i` goes to lane `i % 4`; each lane packs its 32 numbers from the lowest bit on into
/// `width` words of 32 bits, and the words of the four lanes alternate. So four neighbours are
/// unpacked by one shift and one mask, and a block takes `16 · width` bytes. Little-endian.
///
/// - Source: the vertical layout of Lemire and Boytsov, "Decoding billions of integers per second
///   through vectorization", section 4 (SIMD-BP128).
enum BitPacking {
    /// The numbers of a block; 32 rows of four lanes.
    static let blockCount = 128

    /// The bytes of a block.
    static func byteCount(width: Int) -> Int { 16 &* width }

    /// The bits that the greatest of 128 numbers takes; 0 where all are 0.
    static func width(of values: UnsafePointer<UInt32>) -> Int {
        let rows = UnsafeRawPointer(values)
        var all = SIMD4<UInt32>()
        for row in 0..<32 {
            all |= rows.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
        }
        return 32 &- (all[0] | all[1] | all[2] | all[3]).leadingZeroBitCount
    }

    /// Packs 128 numbers into `byteCount(width:)` bytes.
    ///
    /// - Requires: `width` is at most 32 and at least that of the numbers.
    static func pack(
        _ values: UnsafePointer<UInt32>, width: Int, into output: UnsafeMutableRawPointer
    ) {
        precondition(width >= 0 && width <= 32, "a number has at most 32 bits")
        if width == 0 { return }
        let input = UnsafeRawPointer(values)
        var word = SIMD4<UInt32>()
        var used = 0
        var offset = 0
        for row in 0..<32 {
            let value = input.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self)
            word |= value &<< UInt32(truncatingIfNeeded: used)
            used &+= width
            if used >= 32 {
                output.storeBytes(of: word, toByteOffset: offset, as: SIMD4<UInt32>.self)
                offset &+= 16
                used &-= 32
                // A shift by 32 is a shift by 0 here, hence the test.
                word =
                    used == 0
                    ? SIMD4<UInt32>() : value &>> UInt32(truncatingIfNeeded: width &- used)
            }
        }
    }

    /// One of 128 packed numbers.
    ///
    /// - Requires: the packed bytes may be read; `width` is at most 32, `place` below 128.
    @inline(__always)
    static func number(_ input: UnsafeRawPointer, width: Int, at place: Int) -> UInt32 {
        if width == 0 { return 0 }
        let bit = (place &>> 2) &* width
        let offset = (bit &>> 5) &* 16 &+ (place & 3) &* 4
        let shift = bit & 31
        var pair = UInt64(input.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        if shift &+ width > 32 {
            let next = input.loadUnaligned(fromByteOffset: offset &+ 16, as: UInt32.self)
            pair |= UInt64(next) &<< 32
        }
        let mask = UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
        return UInt32(truncatingIfNeeded: pair &>> UInt64(truncatingIfNeeded: shift) & mask)
    }

    /// Unpacks 128 numbers from `byteCount(width:)` bytes.
    ///
    /// - Requires: `width` is at most 32; all the bytes may be read.
    static func unpack(
        _ input: UnsafeRawPointer, width: Int, into values: UnsafeMutablePointer<UInt32>
    ) {
        let output = UnsafeMutableRawPointer(values)
        // One straight run of instructions for each width: about 0.3 ns a number.
        switch width {
        case 0: values.update(repeating: 0, count: blockCount)
        case 1: unpack1(input, output)
        case 2: unpack2(input, output)
        case 3: unpack3(input, output)
        case 4: unpack4(input, output)
        case 5: unpack5(input, output)
        case 6: unpack6(input, output)
        case 7: unpack7(input, output)
        case 8: unpack8(input, output)
        case 9: unpack9(input, output)
        case 10: unpack10(input, output)
        case 11: unpack11(input, output)
        case 12: unpack12(input, output)
        case 13: unpack13(input, output)
        case 14: unpack14(input, output)
        case 15: unpack15(input, output)
        case 16: unpack16(input, output)
        case 17: unpack17(input, output)
        case 18: unpack18(input, output)
        case 19: unpack19(input, output)
        case 20: unpack20(input, output)
        case 21: unpack21(input, output)
        case 22: unpack22(input, output)
        case 23: unpack23(input, output)
        case 24: unpack24(input, output)
        case 25: unpack25(input, output)
        case 26: unpack26(input, output)
        case 27: unpack27(input, output)
        case 28: unpack28(input, output)
        case 29: unpack29(input, output)
        case 30: unpack30(input, output)
        case 31: unpack31(input, output)
        case 32: output.copyMemory(from: input, byteCount: 512)
        default: preconditionFailure("a number has at most 32 bits")
        }
    }

    /// Replaces 128 distances by the numbers they lead to.
    ///
    /// Each is one more than its distance after the number before it, the first after `base`.
    /// Wraps around at 32 bits.
    static func accumulate(_ values: UnsafeMutablePointer<UInt32>, after base: UInt32) {
        let rows = UnsafeMutableRawPointer(values)
        let one = SIMD4<UInt32>(repeating: 1)
        let upperHalf = SIMD4<UInt32>(0, 0, .max, .max)
        var carried = SIMD4<UInt32>(repeating: base)
        for row in 0..<32 {
            var sum =
                rows.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self) &+ one
            // Within both pairs, as numbers of 64 bits; then from the lower pair to the upper.
            let pairs = unsafeBitCast(sum, to: SIMD2<UInt64>.self) &<< SIMD2(repeating: 32)
            sum &+= unsafeBitCast(pairs, to: SIMD4<UInt32>.self)
            sum &+= SIMD4(repeating: sum[1]) & upperHalf
            rows.storeBytes(of: sum &+ carried, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
            carried &+= SIMD4(repeating: sum[3])
        }
    }

    private typealias Input = UnsafeRawPointer
    private typealias Output = UnsafeMutableRawPointer

    // A function for each width: in one alone the optimiser gives up before all are unrolled.
    private static func unpack1(_ input: Input, _ output: Output) { rows(1, input, output) }
    private static func unpack2(_ input: Input, _ output: Output) { rows(2, input, output) }
    private static func unpack3(_ input: Input, _ output: Output) { rows(3, input, output) }
    private static func unpack4(_ input: Input, _ output: Output) { rows(4, input, output) }
    private static func unpack5(_ input: Input, _ output: Output) { rows(5, input, output) }
    private static func unpack6(_ input: Input, _ output: Output) { rows(6, input, output) }
    private static func unpack7(_ input: Input, _ output: Output) { rows(7, input, output) }
    private static func unpack8(_ input: Input, _ output: Output) { rows(8, input, output) }
    private static func unpack9(_ input: Input, _ output: Output) { rows(9, input, output) }
    private static func unpack10(_ input: Input, _ output: Output) { rows(10, input, output) }
    private static func unpack11(_ input: Input, _ output: Output) { rows(11, input, output) }
    private static func unpack12(_ input: Input, _ output: Output) { rows(12, input, output) }
    private static func unpack13(_ input: Input, _ output: Output) { rows(13, input, output) }
    private static func unpack14(_ input: Input, _ output: Output) { rows(14, input, output) }
    private static func unpack15(_ input: Input, _ output: Output) { rows(15, input, output) }
    private static func unpack16(_ input: Input, _ output: Output) { rows(16, input, output) }
    private static func unpack17(_ input: Input, _ output: Output) { rows(17, input, output) }
    private static func unpack18(_ input: Input, _ output: Output) { rows(18, input, output) }
    private static func unpack19(_ input: Input, _ output: Output) { rows(19, input, output) }
    private static func unpack20(_ input: Input, _ output: Output) { rows(20, input, output) }
    private static func unpack21(_ input: Input, _ output: Output) { rows(21, input, output) }
    private static func unpack22(_ input: Input, _ output: Output) { rows(22, input, output) }
    private static func unpack23(_ input: Input, _ output: Output) { rows(23, input, output) }
    private static func unpack24(_ input: Input, _ output: Output) { rows(24, input, output) }
    private static func unpack25(_ input: Input, _ output: Output) { rows(25, input, output) }
    private static func unpack26(_ input: Input, _ output: Output) { rows(26, input, output) }
    private static func unpack27(_ input: Input, _ output: Output) { rows(27, input, output) }
    private static func unpack28(_ input: Input, _ output: Output) { rows(28, input, output) }
    private static func unpack29(_ input: Input, _ output: Output) { rows(29, input, output) }
    private static func unpack30(_ input: Input, _ output: Output) { rows(30, input, output) }
    private static func unpack31(_ input: Input, _ output: Output) { rows(31, input, output) }

    /// All 32 rows; `width` is a constant at each call, so that every test in `row` folds away.
    @inline(__always)
    private static func rows(_ width: Int, _ input: Input, _ output: Output) {
        var word = SIMD4<UInt32>()
        row(0, width, input, output, &word)
        row(1, width, input, output, &word)
        row(2, width, input, output, &word)
        row(3, width, input, output, &word)
        row(4, width, input, output, &word)
        row(5, width, input, output, &word)
        row(6, width, input, output, &word)
        row(7, width, input, output, &word)
        row(8, width, input, output, &word)
        row(9, width, input, output, &word)
        row(10, width, input, output, &word)
        row(11, width, input, output, &word)
        row(12, width, input, output, &word)
        row(13, width, input, output, &word)
        row(14, width, input, output, &word)
        row(15, width, input, output, &word)
        row(16, width, input, output, &word)
        row(17, width, input, output, &word)
        row(18, width, input, output, &word)
        row(19, width, input, output, &word)
        row(20, width, input, output, &word)
        row(21, width, input, output, &word)
        row(22, width, input, output, &word)
        row(23, width, input, output, &word)
        row(24, width, input, output, &word)
        row(25, width, input, output, &word)
        row(26, width, input, output, &word)
        row(27, width, input, output, &word)
        row(28, width, input, output, &word)
        row(29, width, input, output, &word)
        row(30, width, input, output, &word)
        row(31, width, input, output, &word)
    }

    @inline(__always)
    private static func row(
        _ row: Int, _ width: Int, _ input: Input, _ output: Output, _ word: inout SIMD4<UInt32>
    ) {
        let bit = row &* width
        let shift = bit & 31
        let offset = (bit &>> 5) &* 16
        if shift == 0 {
            word = input.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
        }
        let mask = SIMD4<UInt32>(
            repeating: (1 &<< UInt32(truncatingIfNeeded: width)) &- 1)
        var value = word &>> UInt32(truncatingIfNeeded: shift)
        if shift &+ width > 32 {
            word = input.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD4<UInt32>.self)
            // Masked before it is joined: otherwise this is taken for a rotation, which the
            // processor has for single numbers only.
            value |= (word &<< UInt32(truncatingIfNeeded: 32 &- shift)) & mask
        } else if shift &+ width < 32 {
            value &= mask
        }
        output.storeBytes(of: value, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
}
