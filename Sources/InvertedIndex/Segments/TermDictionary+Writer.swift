extension TermDictionary {
    /// Writes blocks of terms to a spool and keeps the index of blocks.
    final class Writer {
        /// The blocks.
        let terms: Spool
        private var high: [UInt64] = []
        private var low: [UInt64] = []
        private var offsets: [UInt64] = []

        // Touched for each term: checks for overlaps would take a third of the time of `add`.
        @exclusivity(unchecked) private var previous = GrowingBytes()
        @exclusivity(unchecked) private var keys = GrowingBytes()
        @exclusivity(unchecked) private var values = GrowingBytes()
        @exclusivity(unchecked) private var block = GrowingBytes()
        @exclusivity(unchecked) private var countInBlock = 0
        @exclusivity(unchecked) private var postingsBase: UInt64 = 0
        @exclusivity(unchecked) private var positionsBase: UInt64 = 0

        /// The terms written since `beginField`.
        @exclusivity(unchecked) private(set) var termCount: UInt64 = 0
        /// The keys of their ends, where the field has a column of these.
        @exclusivity(unchecked) private(set) var suffixKeys: [UInt64] = []
        private let mayHaveSuffixes: Bool
        private var hasSuffixes = false
        private var documentWidth: Int?
        /// The documents of the terms of the block, as long as each is in one, once.
        private var documents = GrowingBytes()

        /// Writes blocks to a spool.
        ///
        /// - Parameters:
        ///   - terms: the spool.
        ///   - hasSuffixes: whether fields that may have a column of ends have one.
        init(terms: Spool, hasSuffixes: Bool = true) {
            self.terms = terms
            mayHaveSuffixes = hasSuffixes
        }

        /// Begins a field of a segment of so many documents.
        func beginField(_ kind: FieldTable.Kind, documentCount: UInt32) {
            hasSuffixes = mayHaveSuffixes && TermSuffixes.isKept(for: kind)
            documentWidth =
                kind == .text ? nil : LinearPacking.width(below: UInt64(documentCount))
            precondition(countInBlock == 0, "the field before was ended")
            termCount = 0
            suffixKeys = []
        }

        /// Adds a term of the field.
        ///
        /// - Requires: terms strictly ascend within a field; the entry has its places, counts and
        ///   inline values.
        func add(
            _ term: UnsafeRawBufferPointer, _ entry: TermEntry, hasPositions: Bool
        ) throws(IndexError) {
            var shared = 0
            if countInBlock == 0 {
                let prefix = TermDictionary.prefix(term)
                high.append(prefix.high)
                low.append(prefix.low)
                offsets.append(UInt64(terms.byteCount))
                postingsBase = entry.postingsOffset
                positionsBase = entry.positionsOffset
            } else {
                shared = FrontCoding.sharedCount(previous.bytes, term)
            }
            assert(
                termCount == 0 || TermDictionary.isLess(previous.bytes, term), "terms ascend")
            FrontCoding.write(term, shared: shared, to: &keys)
            previous.truncate()
            previous.append(term)
            writeValue(entry, hasPositions: hasPositions)
            if hasSuffixes { suffixKeys.append(TermSuffixes.key(term)) }
            countInBlock += 1
            termCount += 1
            if countInBlock == TermDictionary.termsPerBlock { try flush() }
        }

        /// Ends the field.
        func endField() throws(IndexError) {
            if countInBlock > 0 { try flush() }
        }

        /// The bytes of the index of blocks.
        func indexBytes() -> [UInt8] {
            var writer = ByteWriter(capacity: high.count * 24)
            for column in [high, low, offsets] {
                for value in column { writer.u64(value) }
            }
            return writer.bytes
        }

        private func writeValue(_ entry: TermEntry, hasPositions: Bool) {
            let frequency = UInt64(entry.documentFrequency)
            let more = entry.totalFrequency - frequency
            if documentWidth != nil, entry.totalFrequency == 1 { documents.u32(entry.document) }
            values.varint(frequency << 1 | (more > 0 ? 1 : 0))
            if more > 0 { values.varint(more) }
            values.varint(frequency == 1 ? UInt64(entry.document) : entry.postingsByteCount)
            guard hasPositions else { return }
            values.varint(
                entry.totalFrequency == 1 ? UInt64(entry.position) : entry.positionsByteCount)
        }

        private func flush() throws(IndexError) {
            block.truncate()
            let packedWidth = documents.count == countInBlock * 4 ? documentWidth : nil
            block.u8(UInt8(countInBlock) | (packedWidth == nil ? 0 : TermDictionary.packedFlag))
            if packedWidth == nil {
                block.varint(postingsBase)
                block.varint(positionsBase)
            }
            block.varint(UInt64(keys.count))
            block.append(keys.bytes)
            if let packedWidth {
                let numbers = documents.bytes.assumingMemoryBound(to: UInt32.self)
                LinearPacking.pack(numbers, width: packedWidth, into: &block)
            } else {
                block.append(values.bytes)
            }
            try terms.write(block.bytes)
            documents.truncate()
            keys.truncate()
            values.truncate()
            countInBlock = 0
        }
    }
}
