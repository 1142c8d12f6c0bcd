extension DocumentStore {
    /// Reads stored bytes; blocks are decompressed when asked for and not kept.
    struct Reader: Sendable {
        private let blocks: Section
        private let entries: Section
        private let index: Section
        private let documentCount: Int
        private let streamByteCount: UInt64
        private let dictionary: StoredDictionary?

        /// The number of blocks.
        let blockCount: Int

        /// Takes the sections; their bytes are proved when they are read.
        init(
            blocks: Section, entries: Section, index: Section, dictionary: Section?,
            fields: FieldTable
        ) throws(IndexError) {
            self.blocks = blocks
            self.entries = entries
            self.index = index
            self.dictionary = dictionary.map(StoredDictionary.init)
            documentCount = Int(fields.documentCount)
            streamByteCount = fields.storedByteCount
            let groups =
                (documentCount + DocumentStore.documentsPerGroup - 1)
                / DocumentStore.documentsPerGroup
            let indexByteCount = streamByteCount == 0 ? 0 : groups * 8 + documentCount * 4
            guard index.count == indexByteCount else {
                throw index.file.corrupt(at: index.offset, "index of stored bytes: wrong length")
            }
            guard entries.count % DocumentStore.blockEntryByteCount == 0 else {
                throw entries.file.corrupt(at: entries.offset, "list of blocks: odd length")
            }
            blockCount = entries.count / DocumentStore.blockEntryByteCount
        }

        /// What the blocks are compressed with, as it is in the file; may be empty.
        var dictionaryBytes: UnsafeRawBufferPointer {
            dictionary?.section.bytes ?? UnsafeRawBufferPointer(start: nil, count: 0)
        }

        /// Where the bytes of a document are in the stream.
        ///
        /// - Requires: the document is in the segment.
        func range(of document: UInt32) throws(IndexError) -> Range<UInt64> {
            precondition(Int(document) < documentCount, "the document is in the segment")
            if streamByteCount == 0 { return 0..<0 }
            let place = Int(document) % DocumentStore.documentsPerGroup
            let group =
                Int(document) / DocumentStore.documentsPerGroup * DocumentStore.groupByteCount
            let bytes = index.bytes
            let base = bytes.loadUnaligned(fromByteOffset: group, as: UInt64.self)
            let end = bytes.loadUnaligned(
                fromByteOffset: group + 8 + place * 4, as: UInt32.self)
            let start =
                place == 0
                ? 0
                : bytes.loadUnaligned(fromByteOffset: group + 4 + place * 4, as: UInt32.self)
            guard start <= end, base <= streamByteCount,
                UInt64(end) <= streamByteCount - base,
                Int(end - start) <= SegmentLimits.storedByteCount
            else {
                throw index.file.corrupt(
                    at: index.offset + group, "a document lies outside of the stored bytes")
            }
            return base + UInt64(start)..<base + UInt64(end)
        }

        /// The bytes of a document.
        ///
        /// - Requires: the document is in the segment.
        func document(_ document: UInt32) throws(IndexError) -> [UInt8] {
            let range = try self.range(of: document)
            var bytes: [UInt8] = []
            guard !range.isEmpty else { return bytes }
            var number = try block(at: range.lowerBound)
            var position = range.lowerBound
            while position < range.upperBound {
                let (entry, inStream) = try self.entry(number)
                guard position >= entry.streamOffset,
                    position - entry.streamOffset < UInt64(inStream)
                else { throw corruptEntry(number) }
                let content = try content(entry, inStream, number)
                let first = Int(position - entry.streamOffset)
                let part = min(inStream - first, Int(range.upperBound - position))
                bytes.append(contentsOf: content[first..<first + part])
                position += UInt64(part)
                number += 1
            }
            return bytes
        }

        /// The entry of a block, and the bytes of the stream in it, at most 64 KiB.
        func entry(
            _ number: Int
        ) throws(IndexError) -> (entry: BlockEntry, streamByteCount: Int) {
            guard number >= 0, number < blockCount else {
                throw entries.file.corrupt(at: entries.offset, "the stored bytes end too early")
            }
            let entry = load(number)
            let next = number + 1 < blockCount ? load(number + 1).streamOffset : streamByteCount
            guard next > entry.streamOffset,
                next - entry.streamOffset <= UInt64(DocumentStore.greatestBlockByteCount),
                UInt64(entry.byteCount) <= next - entry.streamOffset,
                entry.offset <= UInt64(blocks.count),
                UInt64(entry.byteCount) <= UInt64(blocks.count) - entry.offset
            else { throw corruptEntry(number) }
            return (entry, Int(next - entry.streamOffset))
        }

        /// The bytes of a block as they are in the file, proved by their checksum.
        func bytes(
            _ entry: BlockEntry, _ number: Int
        ) throws(IndexError) -> UnsafeRawBufferPointer {
            let start = Int(entry.offset)
            let bytes = UnsafeRawBufferPointer(
                rebasing: blocks.bytes[start..<start + Int(entry.byteCount)])
            guard CRC32C.checksum(bytes) == entry.checksum else {
                throw blocks.file.corrupt(
                    at: blocks.offset + start, "checksum of stored block \(number)")
            }
            return bytes
        }

        /// The bytes of the stream in a block.
        func content(
            _ entry: BlockEntry, _ inStream: Int, _ number: Int
        ) throws(IndexError) -> [UInt8] {
            let bytes = try self.bytes(entry, number)
            if bytes.count == inStream { return [UInt8](bytes) }
            let dictionary = try self.dictionary?.taken()
            var isSound = false
            let content = [UInt8](unsafeUninitializedCapacity: inStream) { buffer, count in
                isSound = Zstandard.decompress(
                    bytes, dictionary, into: UnsafeMutableRawBufferPointer(buffer))
                count = isSound ? inStream : 0
            }
            guard isSound else {
                throw blocks.file.corrupt(
                    at: blocks.offset + Int(entry.offset), "stored block \(number) is broken")
            }
            return content
        }

        /// The last block that begins at or before a place of the stream.
        private func block(at position: UInt64) throws(IndexError) -> Int {
            var low = 0
            var high = blockCount
            while low < high {
                let middle = (low + high) / 2
                if load(middle).streamOffset <= position {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            guard low > 0 else { throw corruptEntry(0) }
            return low - 1
        }

        private func load(_ number: Int) -> BlockEntry {
            let start = number * DocumentStore.blockEntryByteCount
            let bytes = entries.bytes
            return BlockEntry(
                streamOffset: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self),
                offset: bytes.loadUnaligned(fromByteOffset: start + 8, as: UInt64.self),
                byteCount: bytes.loadUnaligned(fromByteOffset: start + 16, as: UInt32.self),
                checksum: bytes.loadUnaligned(fromByteOffset: start + 20, as: UInt32.self))
        }

        private func corruptEntry(_ number: Int) -> IndexError {
            entries.file.corrupt(
                at: entries.offset + number * DocumentStore.blockEntryByteCount,
                "stored block \(number) lies outside of its section")
        }

        /// Reads all blocks and the places of all documents.
        func verify() throws(IndexError) {
            _ = try dictionary?.taken()
            var stream: UInt64 = 0
            var offset: UInt64 = 0
            for number in 0..<blockCount {
                let (entry, inStream) = try self.entry(number)
                guard entry.streamOffset == stream, entry.offset == offset else {
                    throw corruptEntry(number)
                }
                _ = try content(entry, inStream, number)
                stream += UInt64(inStream)
                offset += UInt64(entry.byteCount)
            }
            guard stream == streamByteCount, offset == UInt64(blocks.count) else {
                throw blocks.file.corrupt(
                    at: blocks.offset, "the blocks do not hold all stored bytes")
            }
            var position: UInt64 = 0
            for document in 0..<UInt32(documentCount) {
                let range = try self.range(of: document)
                guard range.lowerBound == position else {
                    throw index.file.corrupt(
                        at: index.offset, "document \(document) begins elsewhere")
                }
                position = range.upperBound
            }
            guard position == streamByteCount else {
                throw index.file.corrupt(at: index.offset, "bytes of no document are stored")
            }
        }
    }
}
