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
        case 1: unpackRows(1, input, output)
        case 2: unpackRows(2, input, output)
        case 3: unpackRows(3, input, output)
        case 4: unpackRows(4, input, output)
        case 5: unpackRows(5, input, output)
        case 6: unpackRows(6, input, output)
        case 7: unpackRows(7, input, output)
        case 8: unpackRows(8, input, output)
        case 9: unpackRows(9, input, output)
        case 10: unpackRows(10, input, output)
        case 11: unpackRows(11, input, output)
        case 12: unpackRows(12, input, output)
        case 13: unpackRows(13, input, output)
        case 14: unpackRows(14, input, output)
        case 15: unpackRows(15, input, output)
        case 16: unpackRows(16, input, output)
        case 17: unpackRows(17, input, output)
        case 18: unpackRows(18, input, output)
        case 19: unpackRows(19, input, output)
        case 20: unpackRows(20, input, output)
        case 21: unpackRows(21, input, output)
        case 22: unpackRows(22, input, output)
        case 23: unpackRows(23, input, output)
        case 24: unpackRows(24, input, output)
        case 25: unpackRows(25, input, output)
        case 26: unpackRows(26, input, output)
        case 27: unpackRows(27, input, output)
        case 28: unpackRows(28, input, output)
        case 29: unpackRows(29, input, output)
        case 30: unpackRows(30, input, output)
        case 31: unpackRows(31, input, output)
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
        var carried = SIMD4<UInt32>(repeating: base)
        for row in 0..<32 {
            var sum =
                rows.loadUnaligned(fromByteOffset: row &* 16, as: SIMD4<UInt32>.self) &+ one
            sum &+= SIMD4(0, sum[0], sum[1], sum[2])
            sum &+= SIMD4(0, 0, sum[0], sum[1])
            sum &+= carried
            rows.storeBytes(of: sum, toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
            carried = SIMD4(repeating: sum[3])
        }
    }

    /// All 32 rows; `width` is a constant at each call, so that every test in `row` folds away.
    @inline(__always)
    private static func unpackRows(
        _ width: Int, _ input: UnsafeRawPointer, _ output: UnsafeMutableRawPointer
    ) {
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
        _ row: Int, _ width: Int, _ input: UnsafeRawPointer, _ output: UnsafeMutableRawPointer,
        _ word: inout SIMD4<UInt32>
    ) {
        let bit = row &* width
        let shift = bit & 31
        let offset = (bit &>> 5) &* 16
        if shift == 0 {
            word = input.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt32>.self)
        }
        var value = word &>> UInt32(truncatingIfNeeded: shift)
        if shift &+ width > 32 {
            word = input.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD4<UInt32>.self)
            value |= word &<< UInt32(truncatingIfNeeded: 32 &- shift)
        }
        let mask: UInt32 = (1 &<< UInt32(truncatingIfNeeded: width)) &- 1
        output.storeBytes(
            of: value & SIMD4(repeating: mask), toByteOffset: row &* 16, as: SIMD4<UInt32>.self)
    }
}
