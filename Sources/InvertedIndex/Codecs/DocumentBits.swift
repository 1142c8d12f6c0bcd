import CKernels

/// The documents of a full block as a set of bits, for terms that most neighbours have.
///
/// Bit *i* is the document *i* + 1 after the last of the block before. The set is as long as it has
/// to be, in units of 128 documents; bits after the last document are 0. Sets join by words, so
/// that unions and conjunctions are counted without a step for each document.
enum DocumentBits {
    /// The documents of a unit.
    static let unitSize = 128
    /// The words of a unit.
    static let unitWordCount = 2
    /// Where as many documents are to be written, so many more places have to be there.
    static let overrun = 64

    /// The units that go over documents.
    @inline(__always)
    static func unitCount(base: UInt32, last: UInt32) -> Int {
        (Int(last &- base) &+ unitSize &- 1) / unitSize
    }

    /// Appends the set of 128 documents that ascend after `base`.
    static func write(
        _ documents: UnsafePointer<UInt32>, base: UInt32, unitCount: Int,
        to output: inout GrowingBytes
    ) {
        let byteCount = 16 &* unitCount
        let words = output.reserve(byteCount)
        words.initializeMemory(as: UInt8.self, repeating: 0, count: byteCount)
        for place in 0..<BitPacking.blockCount {
            let bit = Int(documents[place] &- base &- 1)
            let offset = (bit &>> 3) & ~7
            let word = words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            words.storeBytes(
                of: word | 1 &<< UInt64(bit & 63), toByteOffset: offset, as: UInt64.self)
        }
        output.extend(by: byteCount)
    }

    /// Writes the documents of a set; false if there are not 128 of them.
    ///
    /// - Requires: the bytes of the units may be read; there is room for 128 documents and
    ///   `overrun` more.
    @inline(__always)
    static func read(
        _ input: UnsafeRawPointer, unitCount: Int, base: UInt32,
        into documents: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        ck_places_of_bits(input, unitCount, base &+ 1, documents) == BitPacking.blockCount
    }

    /// Adds those documents of a set that are in a window, and not after `last`, to the window.
    ///
    /// - Requires: the bytes of the units may be read; `base` is the document before the set.
    @inline(__always)
    static func fill(
        _ input: UnsafeRawPointer, unitCount: Int, base: UInt32, through last: UInt32,
        _ window: DocumentWindow, _ bits: WindowBits
    ) {
        // Numbers of documents are below 2³¹: as signed ones they may be before the window.
        let start = Int(base &+ 1) &- Int(window.base)
        let end = min(Int(last) &- Int(window.base), Int(window.end &- window.base) &- 1)
        if end < 0 { return }
        var word = max(0, -start) &>> 6
        let wordCount = min(unitCount &* unitWordCount, ((end &- start) &>> 6) &+ 1)
        if word >= wordCount { return }
        let shift = UInt64(truncatingIfNeeded: start & 63)
        // Of the first word of the window only what begins before it may be cut off.
        var target = (start &+ word &* 64) &>> 6
        while word < wordCount {
            var value = input.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self)
            let beyond = start &+ word &* 64 &+ 63 &- end
            if beyond > 0 { value &= UInt64.max &>> UInt64(truncatingIfNeeded: beyond) }
            if target >= 0 { bits[target] |= value &<< shift }
            if shift != 0 {
                let rest = value &>> (64 &- shift)
                if rest != 0 { bits[target &+ 1] |= rest }
            }
            word &+= 1
            target &+= 1
        }
    }

    /// Adds those of neighbouring documents that are in a window to the window.
    @inline(__always)
    static func fillRun(
        from first: UInt32, through last: UInt32, _ window: DocumentWindow, _ bits: WindowBits
    ) {
        let start = max(first, window.base)
        let end = min(last, window.end &- 1)
        if start > end { return }
        let from = start &- window.base
        let through = end &- window.base
        var word = Int(from &>> 6)
        let lastWord = Int(through &>> 6)
        var mask = UInt64.max &<< UInt64(from & 63)
        while word < lastWord {
            bits[word] |= mask
            mask = .max
            word &+= 1
        }
        bits[word] |= mask & (UInt64.max &>> UInt64(63 &- (through & 63)))
    }
}
