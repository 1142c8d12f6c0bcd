/// Where a cursor decodes to; one to a cursor, allocated once.
final class PostingsBuffers {
    /// The documents of a block.
    let documents: UnsafeMutablePointer<UInt32>
    /// The frequencies of a block.
    let frequencies: UnsafeMutablePointer<UInt32>
    /// For each posting of a block the number of position steps before it; one more at the end.
    let stepStarts: UnsafeMutablePointer<UInt32>
    /// The exceptions of the position steps of a block.
    let exceptions: UnsafeMutablePointer<PositionsBlock.Exception>
    /// Places of a block that are wanted.
    let places: UnsafeMutablePointer<UInt8>

    private let memory: UnsafeMutableRawPointer

    /// Buffers for 128 postings.
    init() {
        let numbers = BitPacking.blockCount * MemoryLayout<UInt32>.stride
        let exceptionBytes =
            PatchedLinearPacking.greatestExceptionCount
            * MemoryLayout<PositionsBlock.Exception>.stride
        // Behind the documents a set of bits is written past their end.
        let overrun = (DocumentBits.overrun * MemoryLayout<UInt32>.stride + 63) & ~63
        memory = .allocate(
            byteCount: 3 * numbers + overrun + 64 + exceptionBytes + BitPacking.blockCount,
            alignment: 64)
        documents = memory.bindMemory(
            to: UInt32.self, capacity: BitPacking.blockCount + DocumentBits.overrun)
        let rest = memory + numbers + overrun
        frequencies = rest.bindMemory(to: UInt32.self, capacity: BitPacking.blockCount)
        stepStarts = (rest + numbers).bindMemory(
            to: UInt32.self, capacity: BitPacking.blockCount + 1)
        exceptions = (rest + 2 * numbers + 64).bindMemory(
            to: PositionsBlock.Exception.self, capacity: PatchedLinearPacking.greatestExceptionCount
        )
        places = (rest + 2 * numbers + 64 + exceptionBytes).bindMemory(
            to: UInt8.self, capacity: BitPacking.blockCount)
    }

    deinit { memory.deallocate() }
}
