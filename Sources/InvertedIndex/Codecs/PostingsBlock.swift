/// The documents and frequencies of at most 128 postings.
///
/// Documents are stored as distances less one, the first after `base`, the document before the
/// block (−1, that is `.max`, before the first); frequencies less one. A full block is packed by
/// `BitPacking`, a shorter one by `LinearPacking`; documents first, each part from a new byte on.
enum PostingsBlock {
    /// The greatest width of frequencies: one document has at most 2²⁴ occurrences of a term.
    static let greatestFrequencyWidth = 24
    /// The greatest frequency that is stored.
    static let greatestFrequency: UInt32 = 1 << 24

    /// The bytes of the documents of a block.
    @inline(__always)
    static func documentsByteCount(_ count: Int, width: Int) -> Int {
        count == BitPacking.blockCount
            ? BitPacking.byteCount(width: width) : LinearPacking.byteCount(count, width: width)
    }

    /// Appends a block and returns the widths; replaces the numbers by what was packed.
    ///
    /// - Requires: there are 1 to 128 postings; documents ascend after `base`; frequencies are
    ///   1 to `greatestFrequency`.
    static func write(
        documents: UnsafeMutablePointer<UInt32>, frequencies: UnsafeMutablePointer<UInt32>,
        count: Int, base: UInt32, to output: inout GrowingBytes
    ) -> (documentWidth: Int, frequencyWidth: Int) {
        var previous = base
        for index in 0..<count {
            let document = documents[index]
            documents[index] = document &- previous &- 1
            previous = document
            frequencies[index] &-= 1
        }
        let documentWidth = writeNumbers(documents, count, to: &output)
        let frequencyWidth = writeNumbers(frequencies, count, to: &output)
        return (documentWidth, frequencyWidth)
    }

    /// Decodes documents; false where they do not strictly ascend after `base` and end at `last`.
    ///
    /// - Requires: the bytes of the block and `LinearPacking.readAhead` more may be read; `width`
    ///   is at most 32; `last` is greater than `base`, taking `.max` as −1.
    @inline(__always)
    static func readDocuments(
        _ input: UnsafeRawPointer, count: Int, width: Int, base: UInt32, last: UInt32,
        into documents: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        guard count == BitPacking.blockCount else {
            LinearPacking.unpack(input, count: count, width: width, into: documents)
            return accumulate(documents, count: count, base: base) == last
        }
        BitPacking.unpack(input, width: width, into: documents)
        if width <= 24 {
            // 128 distances below 2²⁴ and 128 ones sum up to less than 2³²: if the end is right,
            // no step on the way wrapped around.
            BitPacking.accumulate(documents, after: base)
            return documents[count &- 1] == last
        }
        return accumulate(documents, count: count, base: base) == last
    }

    /// Decodes frequencies.
    ///
    /// - Requires: as `readDocuments`; `width` is at most `greatestFrequencyWidth`.
    @inline(__always)
    static func readFrequencies(
        _ input: UnsafeRawPointer, count: Int, width: Int,
        into frequencies: UnsafeMutablePointer<UInt32>
    ) {
        if width == 0 {
            frequencies.update(repeating: 1, count: count)
            return
        }
        if count == BitPacking.blockCount {
            BitPacking.unpack(input, width: width, into: frequencies)
        } else {
            LinearPacking.unpack(input, count: count, width: width, into: frequencies)
        }
        for index in 0..<count { frequencies[index] &+= 1 }
    }

    /// Replaces distances by documents; returns the last, `nil` where one is beyond 32 bits.
    @inline(__always)
    static func accumulate(
        _ documents: UnsafeMutablePointer<UInt32>, count: Int, base: UInt32
    ) -> UInt32? {
        // The next possible document; at most 128 distances of 32 bits are added.
        var next = UInt64(base &+ 1)
        for index in 0..<count {
            next &+= UInt64(documents[index])
            documents[index] = UInt32(truncatingIfNeeded: next)
            next &+= 1
        }
        return UInt32(exactly: next &- 1)
    }

    private static func writeNumbers(
        _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, to output: inout GrowingBytes
    ) -> Int {
        if count == BitPacking.blockCount {
            let width = BitPacking.width(of: numbers)
            let byteCount = BitPacking.byteCount(width: width)
            BitPacking.pack(numbers, width: width, into: output.reserve(byteCount))
            output.extend(by: byteCount)
            return width
        }
        let values = UnsafeBufferPointer(start: UnsafePointer(numbers), count: count)
        let width = LinearPacking.width(of: values)
        LinearPacking.pack(values, width: width, into: &output)
        return width
    }
}
