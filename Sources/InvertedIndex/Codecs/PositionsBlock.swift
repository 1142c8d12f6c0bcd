/// The position steps of the postings of one block, so that each posting can be read alone.
///
/// The first step of a posting is its first position, the others are distances. All are packed
/// by `PatchedLinearPacking` after a byte with their width, and 128 more where there is a list of
/// exceptions.
///
/// Segments of the formats 1 to 5 have lists of another form:
///
/// ```
/// count u8, per exception: places since the one before varint, upper bits varint
/// ```
enum PositionsBlock {
    /// The most steps that may take no bits at all: a reader allocates for what a file says, and
    /// this keeps it within 32 times the bytes that say so, and this.
    static let greatestFreeCount = 4096
    /// Appends the steps of a block.
    ///
    /// - Requires: there is at least one.
    static func write(
        _ steps: UnsafeBufferPointer<UInt32>, _ effort: SegmentEffort = .full,
        to output: inout GrowingBytes
    ) {
        let choice = PatchedLinearPacking.choice(
            steps, leastWidth: steps.count > greatestFreeCount ? 1 : 0, effort)
        output.u8(UInt8(choice.width) | (choice.exceptionCount > 0 ? 0x80 : 0))
        PatchedLinearPacking.write(steps, choice, to: &output)
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
    /// - Requires: there is room for 255 exceptions; `LinearPacking.readAhead` bytes after the end
    ///   may be read.
    static func readLayout(
        _ cursor: inout ByteCursor, count: Int, hasPackedLists: Bool,
        exceptions: UnsafeMutablePointer<Exception>
    ) -> Layout? {
        guard let head = cursor.u8() else { return nil }
        var layout = Layout(width: Int(head & 0x7F), count: count)
        guard layout.width <= 32, layout.width > 0 || count <= greatestFreeCount else {
            return nil
        }
        if head >= 0x80 {
            guard
                hasPackedLists
                    ? readPackedList(&cursor, &layout, exceptions)
                    : readList(&cursor, &layout, exceptions)
            else { return nil }
        }
        let byteCount = LinearPacking.byteCount(count, width: layout.width)
        guard let start = cursor.skip(byteCount) else { return nil }
        layout.start = start
        return layout
    }

    private static func readPackedList(
        _ cursor: inout ByteCursor, _ layout: inout Layout,
        _ exceptions: UnsafeMutablePointer<Exception>
    ) -> Bool {
        guard let start = cursor.skip(PatchedLinearPacking.Header.ownByteCount) else {
            return false
        }
        let header = PatchedLinearPacking.Header(cursor.base + start)
        guard header.exceptionCount > 0, layout.width &+ header.upperWidth <= 32,
            cursor.skip(header.byteCount &- PatchedLinearPacking.Header.ownByteCount) != nil
        else { return false }
        let width = UInt32(truncatingIfNeeded: layout.width)
        var last = 0
        PatchedLinearPacking.forEachException(cursor.base + start, header) { place, upper in
            exceptions[layout.exceptionCount] = (
                UInt32(truncatingIfNeeded: place), upper &<< width
            )
            layout.exceptionCount &+= 1
            last = place
        }
        // The places ascend.
        return last < layout.count
    }

    /// Reads a list of the formats 1 to 5.
    private static func readList(
        _ cursor: inout ByteCursor, _ layout: inout Layout,
        _ exceptions: UnsafeMutablePointer<Exception>
    ) -> Bool {
        guard let number = cursor.u8(), number > 0 else { return false }
        layout.exceptionCount = Int(number)
        var place: UInt64 = 0
        for index in 0..<layout.exceptionCount {
            guard let gap = cursor.varint32(), let upper = cursor.varint32(), upper > 0,
                gap > 0 || index == 0
            else { return false }
            place &+= UInt64(gap)
            let shifted = UInt64(upper) &<< UInt64(layout.width)
            // 255 gaps of 32 bits do not overflow 64; neither do 32 bits moved by 32.
            guard place < UInt64(layout.count), let added = UInt32(exactly: shifted) else {
                return false
            }
            exceptions[index] = (UInt32(truncatingIfNeeded: place), added)
        }
        return true
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
