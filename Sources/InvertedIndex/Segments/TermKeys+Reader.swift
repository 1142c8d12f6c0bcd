extension TermKeys {
    /// Finds entries in mapped bytes; nothing is copied when it is opened.
    ///
    /// `@unchecked Sendable`: the pointers are into `file`, which is held and never changes.
    struct Reader: @unchecked Sendable {
        /// The file.
        let file: MappedFile
        /// The number of entries.
        let count: UInt64
        /// The number of blocks.
        let blockCount: Int
        /// The first byte of the first block.
        let base: UnsafeRawPointer
        private let byteCount: Int
        /// Where the blocks begin in the file, for messages.
        private let offset: Int
        private let columns: UnsafeRawPointer

        /// Takes the index of one field and the section of blocks.
        ///
        /// - Throws: `IndexError.corrupt` where the index has not the length that goes with its
        ///   count, or the blocks lie outside of their section.
        init(
            index: UnsafeRawBufferPointer, at indexOffset: Int, blocks: Section
        ) throws(IndexError) {
            file = blocks.file
            guard index.count >= TermKeys.headByteCount, let columns = index.baseAddress,
                let start = file.bytes.baseAddress
            else { throw file.corrupt(at: indexOffset, "an index of keys of terms is too short") }
            count = index.loadUnaligned(as: UInt64.self)
            let place = index.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            let length = index.loadUnaligned(fromByteOffset: 16, as: UInt64.self)
            guard count < 1 << 48,
                place <= UInt64(blocks.count), length <= UInt64(blocks.count) - place
            else { throw file.corrupt(at: indexOffset, "keys of terms outside of their section") }
            // Below 2⁴⁸, so nothing overflows.
            blockCount = (Int(count) + TermKeys.entriesPerBlock - 1) / TermKeys.entriesPerBlock
            guard index.count == TermKeys.headByteCount + blockCount * 20 else {
                throw file.corrupt(at: indexOffset, "an index of keys of terms has another length")
            }
            offset = blocks.offset + Int(place)
            base = start + offset
            byteCount = Int(length)
            self.columns = columns + TermKeys.headByteCount
        }

        /// The first bytes of the first key of a block, as a number.
        ///
        /// - Requires: there is the block, as for all that takes a block.
        @inline(__always)
        func prefix(_ block: Int) -> UInt64 {
            columns.loadUnaligned(fromByteOffset: block &* 8, as: UInt64.self)
        }

        /// The greatest frequency in a block.
        @inline(__always)
        func greatestFrequency(_ block: Int) -> UInt32 {
            columns.loadUnaligned(
                fromByteOffset: blockCount &* 16 &+ block &* 4, as: UInt32.self)
        }

        /// The places of a block, proved to lie among the blocks.
        private func bounds(_ block: Int) throws(IndexError) -> (start: Int, end: Int) {
            precondition(block >= 0 && block < blockCount, "there is the block")
            let places = columns + blockCount &* 8
            let start = places.loadUnaligned(fromByteOffset: block &* 8, as: UInt64.self)
            let end =
                block &+ 1 < blockCount
                ? places.loadUnaligned(fromByteOffset: block &* 8 &+ 8, as: UInt64.self)
                : UInt64(byteCount)
            guard start < end, end <= UInt64(byteCount) else {
                throw corrupt(0, "a block of keys of terms lies outside of its section")
            }
            return (Int(truncatingIfNeeded: start), Int(truncatingIfNeeded: end))
        }

        /// Reads the head of a block.
        func open(_ block: Int) throws(IndexError) -> Block {
            let (start, end) = try bounds(block)
            var keys = ByteCursor(base: base, position: start, end: end)
            guard let entries = keys.u8(), let keysByteCount = keys.varint32(),
                let keysStart = keys.skip(Int(keysByteCount))
            else { throw corrupt(start, "a block of keys of terms ends too early") }
            let before = UInt64(block &* TermKeys.entriesPerBlock)
            guard UInt64(entries) == min(UInt64(TermKeys.entriesPerBlock), count &- before) else {
                throw corrupt(start, "a block of keys of terms has another count")
            }
            let keysEnd = keysStart &+ Int(keysByteCount)
            return Block(
                keys: ByteCursor(base: base, position: keysStart, end: keysEnd),
                values: ByteCursor(base: base, position: keysEnd, end: end), count: Int(entries))
        }

        /// The last block that begins before a key, or the first: where entries of the key begin,
        /// if there are any.
        func firstBlock(for key: UnsafeRawBufferPointer) throws(IndexError) -> Int {
            let prefix = TermKeys.prefix(key)
            let end = try partition { block throws(IndexError) in
                let first = self.prefix(block)
                if first != prefix { return first < prefix }
                return try withFirstKey(of: block) { TermDictionary.isLess($0, key) }
            }
            return max(0, end - 1)
        }

        /// The blocks that may hold keys that begin with some bytes.
        func blocks(withPrefix bytes: UnsafeRawBufferPointer) throws(IndexError) -> Range<Int> {
            guard blockCount > 0 else { return 0..<0 }
            if bytes.isEmpty { return 0..<blockCount }
            let prefix = TermKeys.prefix(bytes)
            let mask: UInt64 = bytes.count >= 8 ? .max : ~(.max &>> UInt64(8 &* bytes.count))
            // The first block whose first key is after all that begin so.
            let end = try partition { block throws(IndexError) in
                let first = self.prefix(block) & mask
                if first != prefix || bytes.count <= 8 { return first <= prefix }
                return try withFirstKey(of: block) { key in
                    let start = UnsafeRawBufferPointer(rebasing: key.prefix(bytes.count))
                    return !TermDictionary.isLess(bytes, start)
                }
            }
            let start = try firstBlock(for: bytes)
            return start..<max(start, end)
        }

        /// The number of blocks for which a condition holds, which holds for those up to some one.
        private func partition(
            _ isBefore: (Int) throws(IndexError) -> Bool
        ) throws(IndexError) -> Int {
            var low = 0
            var high = blockCount
            while low < high {
                let middle = (low &+ high) &>> 1
                if try isBefore(middle) { low = middle &+ 1 } else { high = middle }
            }
            return low
        }

        private func withFirstKey(
            of block: Int, _ body: (UnsafeRawBufferPointer) -> Bool
        ) throws(IndexError) -> Bool {
            var keys = try open(block).keys
            guard let entry = FrontCoding.read(&keys), entry.shared == 0 else {
                throw corrupt(keys.position, "a block of keys of terms begins inside a key")
            }
            return body(UnsafeRawBufferPointer(start: base + entry.start, count: entry.count))
        }

        /// An error at a place among the blocks.
        func corrupt(_ place: Int, _ reason: String) -> IndexError {
            file.corrupt(at: offset + place, reason)
        }
    }

    /// A block that is being read: its keys and its values side by side.
    struct Block {
        /// The keys that are left.
        var keys: ByteCursor
        /// The values that are left.
        var values: ByteCursor
        /// The number of entries.
        let count: Int
        private var ordinal: UInt64 = 0

        /// A block before its first entry.
        init(keys: ByteCursor, values: ByteCursor, count: Int) {
            self.keys = keys
            self.values = values
            self.count = count
        }

        /// Reads the value of the next entry.
        @inline(__always)
        mutating func nextValue(in reader: Reader) throws(IndexError) -> Entry {
            guard let frequency = values.varint32(), frequency > 0, let step = values.varint()
            else { throw reader.corrupt(values.position, "values of keys of terms are broken") }
            ordinal = ordinal &+ ((step &>> 1) ^ (0 &- (step & 1)))
            return Entry(frequency: frequency, ordinal: ordinal)
        }
    }
}
