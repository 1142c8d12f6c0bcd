/// The documents and frequencies of at most 128 postings.
///
/// Documents are stored as distances less one, the first after `base`, the document before the
/// block (−1, that is `.max`, before the first), or as a set of bits; frequencies less one. A full
/// block is packed by `PatchedPacking` or `DocumentBits` and ends at a multiple of four bytes, a
/// shorter one by `PatchedLinearPacking`; documents first, each part from a new byte on.
enum PostingsBlock {
    /// The greatest width of frequencies: one document has at most 2²⁴ occurrences of a term.
    static let greatestFrequencyWidth = 24
    /// The greatest frequency that is stored.
    static let greatestFrequency: UInt32 = 1 << 24
    /// Full blocks take multiples of this.
    static let alignment = 4
    /// So many units more than packed documents would take are given for a set of bits, which
    /// joins others by words.
    private static let unitsForSpeed = 1
    /// The bytes that exceptions have to spare, of which each takes time: documents are read more
    /// often than frequencies.
    private static let leastGainOfDocuments = 12
    private static let leastGainOfFrequencies = 6

    /// The bytes of the documents, or of the frequencies, of a block.
    ///
    /// - Requires: the bytes that `leastByteCount` tells may be read.
    @inline(__always)
    static func byteCount(_ input: UnsafeRawPointer, count: Int, _ code: BlockCode) -> Int {
        if count == BitPacking.blockCount { return PatchedPacking.byteCount(input, code) }
        let packed = LinearPacking.byteCount(count, width: code.width)
        return code.isPatched ? packed &+ PatchedLinearPacking.Header(input).byteCount : packed
    }

    /// The bits that a number may take in a patched part of a block that is not full.
    ///
    /// - Requires: as `byteCount`.
    @inline(__always)
    static func shortWidth(_ input: UnsafeRawPointer, _ code: BlockCode) -> Int {
        code.width &+ PatchedLinearPacking.Header(input).upperWidth
    }

    /// What `byteCount` is at least, told without reading.
    @inline(__always)
    static func leastByteCount(count: Int, _ code: BlockCode) -> Int {
        count == BitPacking.blockCount
            ? code.packedByteCount &+ (code.isPatched ? 1 : 0)
            : LinearPacking.byteCount(count, width: code.width)
                &+ (code.isPatched ? PatchedLinearPacking.Header.ownByteCount : 0)
    }

    /// Appends a block and returns how its numbers are packed; replaces the numbers.
    ///
    /// - Requires: there are 1 to 128 postings; documents ascend after `base`; frequencies are
    ///   1 to `greatestFrequency`; `output` began at a multiple of `alignment`.
    static func write(
        documents: UnsafeMutablePointer<UInt32>, frequencies: UnsafeMutablePointer<UInt32>,
        count: Int, base: UInt32, _ effort: SegmentEffort = .full, to output: inout GrowingBytes
    ) -> (documents: BlockCode, frequencies: BlockCode) {
        for index in 0..<count { frequencies[index] &-= 1 }
        guard count == BitPacking.blockCount else {
            formDistances(documents, count: count, after: base)
            return (
                writeShort(documents, count, effort, to: &output),
                writeShort(frequencies, count, effort, to: &output)
            )
        }
        let codes = (
            documents: writeDocuments(documents, base: base, effort, to: &output),
            frequencies: writeFrequencies(frequencies, effort, to: &output)
        )
        output.align(to: alignment)
        return codes
    }

    /// Appends the documents of a full block.
    private static func writeDocuments(
        _ documents: UnsafeMutablePointer<UInt32>, base: UInt32, _ effort: SegmentEffort,
        to output: inout GrowingBytes
    ) -> BlockCode {
        let units = DocumentBits.unitCount(base: base, last: documents[BitPacking.blockCount - 1])
        let isDense = units > 1 && units <= BlockCode.greatestUnitCount
        let place = output.count
        if isDense {
            // Written first, since distances take the place of the documents.
            DocumentBits.write(documents, base: base, unitCount: units, to: &output)
        }
        formDistances(documents, count: BitPacking.blockCount, after: base)
        let code = code(documents, leastGain: leastGainOfDocuments, effort)
        if isDense {
            let packed = code.packedByteCount
            if 16 &* units <= packed &+ 16 &* unitsForSpeed { return .bits(unitCount: units) }
            output.truncate(to: place)
        }
        PatchedPacking.write(documents, code, to: &output)
        return code
    }

    private static func writeFrequencies(
        _ frequencies: UnsafeMutablePointer<UInt32>, _ effort: SegmentEffort,
        to output: inout GrowingBytes
    ) -> BlockCode {
        let code = code(frequencies, leastGain: leastGainOfFrequencies, effort)
        PatchedPacking.write(frequencies, code, to: &output)
        return code
    }

    @inline(__always)
    private static func code(
        _ values: UnsafePointer<UInt32>, leastGain: Int, _ effort: SegmentEffort
    ) -> BlockCode {
        let width = BitPacking.width(of: values)
        switch effort {
        case .full: return PatchedPacking.bestCode(values, width: width, leastGain: leastGain)
        case .least: return .packed(width: width)
        }
    }

    private static func writeShort(
        _ numbers: UnsafeMutablePointer<UInt32>, _ count: Int, _ effort: SegmentEffort,
        to output: inout GrowingBytes
    ) -> BlockCode {
        let values = UnsafeBufferPointer(start: UnsafePointer(numbers), count: count)
        let choice = PatchedLinearPacking.choice(values, effort)
        PatchedLinearPacking.write(values, choice, to: &output)
        return choice.exceptionCount == 0
            ? .packed(width: choice.width) : .patched(width: choice.width)
    }

    @inline(__always)
    private static func readShort(
        _ input: UnsafeRawPointer, _ count: Int, _ code: BlockCode,
        into numbers: UnsafeMutablePointer<UInt32>
    ) {
        if code.isPatched {
            PatchedLinearPacking.unpackBlock(
                input, count: count, width: code.width, into: numbers)
        } else {
            LinearPacking.unpack(input, count: count, width: code.width, into: numbers)
        }
    }

    /// Replaces documents by their distances, less one.
    private static func formDistances(
        _ documents: UnsafeMutablePointer<UInt32>, count: Int, after base: UInt32
    ) {
        var previous = base
        for index in 0..<count {
            let document = documents[index]
            documents[index] = document &- previous &- 1
            previous = document
        }
    }

    /// Decodes documents; false where they do not strictly ascend after `base` and end at `last`.
    ///
    /// - Requires: the bytes of the block and `LinearPacking.readAhead` more may be read; the code
    ///   is one for documents; `last` is greater than `base`, taking `.max` as −1; there is room
    ///   for 128 documents and `DocumentBits.overrun` more.
    @inline(__always)
    static func readDocuments(
        _ input: UnsafeRawPointer, count: Int, _ code: BlockCode, base: UInt32, last: UInt32,
        into documents: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        guard count == BitPacking.blockCount else {
            readShort(input, count, code, into: documents)
            return accumulate(documents, count: count, base: base) == last
        }
        if code.isBits {
            return DocumentBits.read(
                input, unitCount: code.unitCount, base: base, into: documents)
                && documents[count &- 1] == last
        }
        PatchedPacking.unpack(input, code, into: documents)
        if code.width <= (code.isPatched ? 24 &- PatchedPacking.upperWidth : 24) {
            // 128 distances below 2²⁴ and 128 ones sum up to less than 2³²: if the end is right,
            // no step on the way wrapped around.
            BitPacking.accumulate(documents, after: base)
            return documents[count &- 1] == last
        }
        return accumulate(documents, count: count, base: base) == last
    }

    /// Decodes the documents of an only block, whose last one is told nowhere else, and returns
    /// that; `nil` where they are not as many or go beyond 32 bits.
    ///
    /// - Requires: as `readDocuments`.
    static func readOnlyDocuments(
        _ input: UnsafeRawPointer, count: Int, _ code: BlockCode,
        into documents: UnsafeMutablePointer<UInt32>
    ) -> UInt32? {
        guard count == BitPacking.blockCount else {
            readShort(input, count, code, into: documents)
            return accumulate(documents, count: count, base: .max)
        }
        if code.isBits {
            let isWhole = DocumentBits.read(
                input, unitCount: code.unitCount, base: .max, into: documents)
            return isWhole ? documents[count &- 1] : nil
        }
        PatchedPacking.unpack(input, code, into: documents)
        return accumulate(documents, count: count, base: .max)
    }

    /// Decodes frequencies.
    ///
    /// - Requires: the bytes of the block and `LinearPacking.readAhead` more may be read; the code
    ///   is one for frequencies.
    @inline(__always)
    static func readFrequencies(
        _ input: UnsafeRawPointer, count: Int, _ code: BlockCode,
        into frequencies: UnsafeMutablePointer<UInt32>
    ) {
        if code.rawValue == 0 {
            frequencies.update(repeating: 1, count: count)
            return
        }
        if count == BitPacking.blockCount {
            PatchedPacking.unpack(input, code, into: frequencies)
        } else {
            readShort(input, count, code, into: frequencies)
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
}
