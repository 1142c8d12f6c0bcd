/// The position steps of the postings of one block, so that each posting can be read alone.
///
/// The first step of a posting is its first position, the others are distances. All are packed
/// by `LinearPacking` at one width; those few that need more bits are exceptions, listed with
/// what they have above the width:
///
/// ```
/// width u8 (+ 128 with exceptions)
/// [count u8, per exception: places since the one before varint, upper bits varint]
/// packed lower bits
/// ```
enum PositionsBlock {
    /// The most steps that may take no bits at all: a reader allocates for what a file says, and
    /// this keeps it within 32 times the bytes that say so, and this.
    static let greatestFreeCount = 4096
    /// The exceptions of a block fit a byte.
    static let greatestExceptionCount = 255

    /// Appends the steps of a block.
    ///
    /// - Requires: there is at least one.
    static func write(_ steps: UnsafeBufferPointer<UInt32>, to output: inout GrowingBytes) {
        let (width, exceptionCount) = bestWidth(steps)
        output.u8(UInt8(width) | (exceptionCount > 0 ? 0x80 : 0))
        if exceptionCount > 0 {
            output.u8(UInt8(exceptionCount))
            var previous = 0
            for index in 0..<steps.count {
                let upper = UInt64(steps[index]) &>> UInt64(width)
                if upper == 0 { continue }
                output.varint(UInt64(index &- previous))
                output.varint(upper)
                previous = index
            }
        }
        LinearPacking.pack(steps, width: width, into: &output)
    }

    /// The width that takes the fewest bytes, exceptions counted.
    private static func bestWidth(
        _ steps: UnsafeBufferPointer<UInt32>
    ) -> (width: Int, exceptionCount: Int) {
        // How many steps there are of each width.
        var histogram = InlineArray<33, Int>(repeating: 0)
        for step in steps { histogram[32 &- step.leadingZeroBitCount] &+= 1 }
        var width = 32
        let least = steps.count > greatestFreeCount ? 1 : 0
        while width > least, histogram[width] == 0 { width &-= 1 }
        let greatest = width
        var best = (width: width, exceptionCount: 0)
        var bestBits = steps.count &* width
        var exceptionCount = 0
        while width > least {
            exceptionCount &+= histogram[width]
            width &-= 1
            guard exceptionCount <= greatestExceptionCount else { break }
            var bits = steps.count &* width &+ 8 &+ exceptionCount &* 8
            var wider = width &+ 1
            while wider <= greatest {
                bits &+= histogram[wider] &* ((wider &- width &+ 6) / 7) &* 8
                wider &+= 1
            }
            if bits < bestBits {
                bestBits = bits
                best = (width, exceptionCount)
            }
        }
        return best
    }

    /// An exception: its place in the block, and what is to be added to it.
    typealias Exception = (index: UInt32, upper: UInt32)

    /// Where the steps of one block are.
    struct Layout {
        /// The place of the packed bits.
        var start = 0
        /// Their width.
        var width = 0
        /// The number of exceptions.
        var exceptionCount = 0
        /// The number of steps.
        var count = 0
    }

    /// Reads all but the packed bits; `nil` where the bytes break the format or end too early.
    ///
    /// - Requires: there is room for 255 exceptions.
    static func readLayout(
        _ cursor: inout ByteCursor, count: Int, exceptions: UnsafeMutablePointer<Exception>
    ) -> Layout? {
        guard let head = cursor.u8() else { return nil }
        var layout = Layout(width: Int(head & 0x7F), count: count)
        guard layout.width <= 32, layout.width > 0 || count <= greatestFreeCount else {
            return nil
        }
        if head >= 0x80 {
            guard let number = cursor.u8(), number > 0 else { return nil }
            layout.exceptionCount = Int(number)
            var place: UInt64 = 0
            for index in 0..<layout.exceptionCount {
                guard let gap = cursor.varint32(), let upper = cursor.varint32(), upper > 0,
                    gap > 0 || index == 0
                else { return nil }
                place &+= UInt64(gap)
                let shifted = UInt64(upper) &<< UInt64(layout.width)
                // 255 gaps of 32 bits do not overflow 64; neither do 32 bits moved by 32.
                guard place < UInt64(count), let added = UInt32(exactly: shifted) else {
                    return nil
                }
                exceptions[index] = (UInt32(truncatingIfNeeded: place), added)
            }
        }
        let byteCount = LinearPacking.byteCount(count, width: layout.width)
        guard let start = cursor.skip(byteCount) else { return nil }
        layout.start = start
        return layout
    }

    /// Unpacks some steps of a block.
    ///
    /// - Requires: the range lies in the block; the exceptions are those of `readLayout`.
    @inline(__always)
    static func read(
        _ base: UnsafeRawPointer, _ layout: Layout, exceptions: UnsafePointer<Exception>,
        from first: Int, count: Int, into steps: UnsafeMutablePointer<UInt32>
    ) {
        LinearPacking.unpack(
            base + layout.start, from: first, count: count, width: layout.width, into: steps)
        if layout.exceptionCount == 0 { return }
        // The first exception that is not before the range.
        var low = 0
        var high = layout.exceptionCount
        while low < high {
            let middle = (low &+ high) &>> 1
            if Int(exceptions[middle].index) < first {
                low = middle &+ 1
            } else {
                high = middle
            }
        }
        while low < layout.exceptionCount {
            let place = Int(exceptions[low].index) &- first
            if place >= count { return }
            steps[place] |= exceptions[low].upper
            low &+= 1
        }
    }
}
