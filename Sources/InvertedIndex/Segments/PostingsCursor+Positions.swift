/// Where in its documents the term stands.
extension PostingsCursor {
    /// Replaces `positions` by those of a posting of the current block, ascending.
    ///
    /// - Requires: the field has positions; `index` is below `count`.
    mutating func positions(
        at index: Int, into positions: inout [UInt32]
    ) throws(IndexError) {
        precondition(index >= 0 && index < count, "the posting is in the block")
        if documentFrequency == 1, entry.totalFrequency == 1 {
            guard hasPositions else { throw corrupt("the field has no positions") }
            positions.removeAll(keepingCapacity: true)
            positions.append(entry.position)
            return
        }
        try readSteps()
        let first = Int(buffers.stepStarts[index])
        let number = Int(buffers.stepStarts[index &+ 1]) &- first
        guard let base = positionBytes.baseAddress else { throw corrupt("positions are absent") }
        let layout = steps
        let exceptions = UnsafePointer(buffers.exceptions)
        // What is there is overwritten: the same array goes from posting to posting.
        if positions.count > number {
            positions.removeLast(positions.count &- number)
        }
        while positions.count < number { positions.append(0) }
        var position: UInt64 = 0
        positions.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress else { return }
            PositionsBlock.read(
                base, layout, exceptions: exceptions, from: first, count: number, into: start)
            for place in 0..<number {
                // At most 2²⁴ steps of 32 bits.
                position &+= UInt64(start[place])
                start[place] = UInt32(truncatingIfNeeded: position)
            }
        }
        guard position <= UInt64(UInt32.max) else { throw corrupt("a position beyond 32 bits") }
    }

    /// The steps of all postings of the current block, posting after posting, each with as many
    /// as its frequency; for merging and checking.
    ///
    /// - Requires: the field has positions; there is a current block.
    mutating func readAllSteps(
        into buffer: inout GrowingBytes
    ) throws(IndexError) -> UnsafeBufferPointer<UInt32> {
        buffer.truncate()
        if documentFrequency == 1, entry.totalFrequency == 1 {
            buffer.u32(entry.position)
        } else {
            try readSteps()
            guard let base = positionBytes.baseAddress else {
                throw corrupt("positions are absent")
            }
            let target = buffer.reserve(steps.count &* 4)
            PositionsBlock.read(
                base, steps, exceptions: buffers.exceptions, from: 0, count: steps.count,
                into: target.bindMemory(to: UInt32.self, capacity: steps.count))
            buffer.extend(by: steps.count &* 4)
        }
        let count = buffer.count / 4
        return UnsafeBufferPointer(
            start: buffer.bytes.baseAddress?.assumingMemoryBound(to: UInt32.self), count: count)
    }

    /// Where the positions of the current block end, in those of the term; for checking.
    var stepsEnd: Int {
        steps.start &+ LinearPacking.byteCount(steps.count, width: steps.width)
    }

    /// Finds the steps of the current block, once.
    private mutating func readSteps() throws(IndexError) {
        if hasSteps { return }
        guard hasPositions else { throw corrupt("the field has no positions") }
        try decodeFrequencies()
        var sum: UInt32 = 0
        for index in 0..<count {
            buffers.stepStarts[index] = sum
            // At most 128 · 2²⁴.
            sum &+= buffers.frequencies[index]
        }
        buffers.stepStarts[count] = sum
        guard let base = positionBytes.baseAddress, positionsOffset <= positionBytes.count else {
            throw corrupt("positions lie outside of their section")
        }
        var cursor = ByteCursor(
            base: base, position: positionsOffset, end: positionBytes.count)
        guard
            let layout = PositionsBlock.readLayout(
                &cursor, count: Int(sum), hasPackedLists: format.hasLists,
                exceptions: buffers.exceptions)
        else { throw corrupt("positions of a block are broken") }
        steps = layout
        hasSteps = true
    }
}
