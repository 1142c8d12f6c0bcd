/// Packs any number of numbers as `LinearPacking` at the width of most of them, after a list of what
/// the others have above it.
///
/// A few far jumps, as the first document of a rare term is one, would otherwise widen all numbers.
///
/// ```
/// exceptions u8 | bits of a gap + 16 · (bits of upper bits − 1) u8
/// | [gap] | [upper bits] | lower bits
/// ```
///
/// A gap is the numbers between an exception and the one before it. All three are packed at a width
/// of their own, each from a new byte on, so that the length is told by the first two bytes.
///
/// - Source: as `PatchedPacking`; that the positions and the upper bits of exceptions are packed too
///   is from Yan, Ding and Suel, "Inverted index compression and query processing with optimized
///   document ordering", 2009 (NewPFD).
enum PatchedLinearPacking {
    /// The exceptions of a list fit a byte.
    static let greatestExceptionCount = 255
    private static let greatestGapWidth = 15
    /// A number with more above the width widens all.
    private static let greatestUpperWidth = 16
    /// The bits that an exception has to spare, since each takes time.
    ///
    /// With none of these the lists of a large index have more than half as many exceptions again,
    /// and take as many bytes.
    private static let timeBits = 4

    /// How numbers are packed.
    struct Choice {
        /// The bits of the lower part.
        var width: Int
        /// The numbers that have more; without any there is no list.
        var exceptionCount = 0
        fileprivate var gapWidth = 0
        fileprivate var upperWidth = 0

        fileprivate init(width: Int) { self.width = width }
    }

    /// How numbers are packed with an effort; with the least there are no exceptions.
    static func choice(
        _ values: UnsafeBufferPointer<UInt32>, leastWidth: Int = 0, _ effort: SegmentEffort
    ) -> Choice {
        switch effort {
        case .full: bestChoice(values, leastWidth: leastWidth)
        case .least: Choice(width: max(LinearPacking.width(of: values), leastWidth))
        }
    }

    /// How numbers take few bytes, with a width of at least `leastWidth`.
    ///
    /// The width is chosen by what the gaps would be if exceptions were spread evenly; it is taken
    /// if the list then pays.
    static func bestChoice(
        _ values: UnsafeBufferPointer<UInt32>, leastWidth: Int = 0
    ) -> Choice {
        let greatest = LinearPacking.width(of: values)
        let plain = Choice(width: max(greatest, leastWidth))
        if greatest <= leastWidth || values.count == 1 { return plain }
        // How many numbers there are of each width.
        var histogram = InlineArray<33, Int>(repeating: 0)
        for value in values { histogram[32 &- value.leadingZeroBitCount] &+= 1 }
        var choice = plain
        var leastBits = values.count &* greatest
        var exceptionCount = 0
        var width = greatest
        while width > leastWidth, greatest &- width < greatestUpperWidth {
            exceptionCount &+= histogram[width]
            width &-= 1
            guard exceptionCount <= greatestExceptionCount else { break }
            let evenGapWidth = 65 &- (values.count / exceptionCount).leadingZeroBitCount
            let bits =
                values.count &* width &+ 16
                &+ exceptionCount &* (greatest &- width &+ evenGapWidth &+ timeBits)
            if bits < leastBits {
                leastBits = bits
                choice.width = width
                choice.exceptionCount = exceptionCount
            }
        }
        if choice.exceptionCount == 0 { return plain }
        choice.gapWidth = gapWidth(values, above: choice.width)
        choice.upperWidth = greatest &- choice.width
        let listByteCount = Header(choice).byteCount
        let byteCount = LinearPacking.byteCount(values.count, width: choice.width)
        guard choice.gapWidth <= greatestGapWidth,
            listByteCount &+ byteCount < LinearPacking.byteCount(values.count, width: plain.width)
        else { return plain }
        return choice
    }

    private static func gapWidth(_ values: UnsafeBufferPointer<UInt32>, above width: Int) -> Int {
        var all = 0
        forEachException(of: values, above: width) { gap, _ in all |= gap }
        return Int.bitWidth - all.leadingZeroBitCount
    }

    @inline(__always)
    private static func forEachException(
        of values: UnsafeBufferPointer<UInt32>, above width: Int,
        _ body: (_ gap: Int, _ upper: UInt32) -> Void
    ) {
        var next = 0
        for index in 0..<values.count {
            let upper = values[index] &>> UInt32(truncatingIfNeeded: width)
            if upper == 0 { continue }
            body(index &- next, upper)
            next = index &+ 1
        }
    }

    /// Appends numbers.
    ///
    /// - Requires: `choice` is that of `bestChoice`.
    static func write(
        _ values: UnsafeBufferPointer<UInt32>, _ choice: Choice, to output: inout GrowingBytes
    ) {
        if choice.exceptionCount > 0 {
            var gaps = InlineArray<255, UInt32>(repeating: 0)
            var uppers = gaps
            var count = 0
            forEachException(of: values, above: choice.width) { gap, upper in
                gaps[count] = UInt32(truncatingIfNeeded: gap)
                uppers[count] = upper
                count &+= 1
            }
            output.u8(UInt8(count))
            output.u8(UInt8(choice.gapWidth | (choice.upperWidth - 1) << 4))
            gaps.span.extracting(first: count).withUnsafeBufferPointer {
                LinearPacking.pack($0, width: choice.gapWidth, into: &output)
            }
            uppers.span.extracting(first: count).withUnsafeBufferPointer {
                LinearPacking.pack($0, width: choice.upperWidth, into: &output)
            }
        }
        LinearPacking.pack(values, width: choice.width, into: &output)
    }

    /// What the first two bytes of a list tell.
    struct Header {
        /// The number of exceptions.
        let exceptionCount: Int
        /// The bits of a gap.
        let gapWidth: Int
        /// The bits of upper bits.
        let upperWidth: Int

        /// The bytes of the header.
        static let ownByteCount = 2

        /// Reads it.
        ///
        /// - Requires: two bytes may be read.
        @inline(__always)
        init(_ input: UnsafeRawPointer) {
            exceptionCount = Int(input.load(as: UInt8.self))
            let widths = input.load(fromByteOffset: 1, as: UInt8.self)
            gapWidth = Int(widths & 15)
            upperWidth = Int(widths &>> 4) &+ 1
        }

        fileprivate init(_ choice: Choice) {
            exceptionCount = choice.exceptionCount
            gapWidth = choice.gapWidth
            upperWidth = choice.upperWidth
        }

        /// The bytes of the list, with these.
        @inline(__always)
        var byteCount: Int {
            Header.ownByteCount &+ LinearPacking.byteCount(exceptionCount, width: gapWidth)
                &+ LinearPacking.byteCount(exceptionCount, width: upperWidth)
        }
    }

    /// Calls `body` with the place of each exception and its upper bits; places ascend, and are
    /// below 2²³ whatever the bytes are.
    ///
    /// - Requires: the bytes of the list and `LinearPacking.readAhead` more may be read.
    @inline(__always)
    static func forEachException(
        _ input: UnsafeRawPointer, _ header: Header, _ body: (_ place: Int, _ upper: UInt32) -> Void
    ) {
        let gaps = input + Header.ownByteCount
        let uppers = gaps + LinearPacking.byteCount(header.exceptionCount, width: header.gapWidth)
        var next = 0
        for index in 0..<header.exceptionCount {
            let place =
                next &+ Int(LinearPacking.value(gaps, at: index, width: header.gapWidth))
            body(place, LinearPacking.value(uppers, at: index, width: header.upperWidth))
            next = place &+ 1
        }
    }

    /// Unpacks at most 128 numbers with a list; not inlined, so that what reads full blocks is.
    ///
    /// - Requires: all bytes and `LinearPacking.readAhead` more may be read; there is room for 128.
    @inline(never)
    static func unpackBlock(
        _ input: UnsafeRawPointer, count: Int, width: Int, into values: UnsafeMutablePointer<UInt32>
    ) {
        let header = Header(input)
        LinearPacking.unpack(input + header.byteCount, count: count, width: width, into: values)
        forEachException(input, header) { place, upper in
            // In the room that there is, whatever the bytes are.
            values[place & (BitPacking.blockCount &- 1)] |=
                upper &<< UInt32(truncatingIfNeeded: width)
        }
    }
}
