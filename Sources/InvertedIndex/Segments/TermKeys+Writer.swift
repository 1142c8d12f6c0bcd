extension TermKeys {
    /// Writes the entries of one field to the open section of blocks, and keeps their index.
    final class Writer {
        private let output: FileEnvelope.Writer
        private let start: Int
        private var count: UInt64 = 0
        private var prefixes: [UInt64] = []
        private var offsets: [UInt64] = []
        private var greatest: [UInt32] = []

        private var previous = GrowingBytes()
        private var keys = GrowingBytes()
        private var values = GrowingBytes()
        private var head = GrowingBytes()
        private var countInBlock = 0
        private var greatestInBlock: UInt32 = 0
        private var ordinal: UInt64 = 0

        /// Begins where the open section ends.
        init(output: FileEnvelope.Writer) {
            self.output = output
            start = output.sectionByteCount
        }

        /// Adds an entry.
        ///
        /// - Requires: entries ascend by key and term; the key is not empty.
        func add(_ key: UnsafeRawBufferPointer, _ entry: Entry) throws(IndexError) {
            var shared = 0
            if countInBlock == 0 {
                prefixes.append(TermKeys.prefix(key))
                offsets.append(UInt64(output.sectionByteCount - start))
                greatestInBlock = 0
                ordinal = 0
            } else {
                shared = FrontCoding.sharedCount(previous.bytes, key)
            }
            assert(count == 0 || !TermDictionary.isLess(key, previous.bytes), "keys ascend")
            FrontCoding.write(key, shared: shared, to: &keys)
            previous.truncate()
            previous.append(key)
            values.varint(UInt64(entry.frequency))
            values.varint(Self.zigzag(Int64(bitPattern: entry.ordinal &- ordinal)))
            ordinal = entry.ordinal
            greatestInBlock = max(greatestInBlock, entry.frequency)
            countInBlock += 1
            count += 1
            if countInBlock == TermKeys.entriesPerBlock { try flush() }
        }

        /// Ends the entries and returns the index.
        func finish() throws(IndexError) -> [UInt8] {
            if countInBlock > 0 { try flush() }
            var index = ByteWriter(capacity: TermKeys.headByteCount + prefixes.count * 20)
            index.u64(count)
            index.u64(UInt64(start))
            index.u64(UInt64(output.sectionByteCount - start))
            for column in [prefixes, offsets] {
                for value in column { index.u64(value) }
            }
            for value in greatest { index.u32(value) }
            return index.bytes
        }

        private static func zigzag(_ value: Int64) -> UInt64 {
            UInt64(bitPattern: (value &<< 1) ^ (value &>> 63))
        }

        private func flush() throws(IndexError) {
            head.truncate()
            head.u8(UInt8(countInBlock))
            head.varint(UInt64(keys.count))
            head.append(keys.bytes)
            head.append(values.bytes)
            try output.write(head.bytes)
            greatest.append(greatestInBlock)
            keys.truncate()
            values.truncate()
            countInBlock = 0
        }
    }
}
