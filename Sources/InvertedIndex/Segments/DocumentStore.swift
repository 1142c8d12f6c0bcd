/// The stored bytes of the documents.
///
/// The bytes of all documents are one stream, cut into blocks of at most 64 KiB, each compressed
/// alone and with a checksum of its own, since these bytes go to users. A block is ended by the
/// first document that fills it, so that most documents lie in one block.
///
/// ```
/// blocks      per block: first byte in the stream u64 | place u64 | length u32 | crc32c u32
/// index       per 64 documents: place in the stream u64 | end of each document from there on u32;
///             nothing where no document has stored bytes
/// dictionary  what the blocks have in common, in a segment of many bytes
/// ```
///
/// Whoever answers a search decompresses a block for nearly each hit. A dictionary lets blocks be
/// an eighth as long and compress as well, so that costs a quarter.
///
/// A block is stored as it is where compression does not help: then its length is that of the
/// stream it holds. The checksum is of the bytes in the file.
enum DocumentStore {
    /// The most bytes of a block before compression; bounds what a reader allocates.
    static let greatestBlockByteCount = 1 << 16
    /// A block is ended when it holds as many; a greater one costs more to decompress for one
    /// document, a smaller one compresses less.
    static let targetBlockByteCount = 1 << 14
    /// The same where blocks are compressed with a dictionary.
    static let targetByteCountWithDictionary = 1 << 11
    /// The bytes of the entry of a block.
    static let blockEntryByteCount = 24
    /// The documents of a group of the index.
    static let documentsPerGroup = 64
    /// The bytes of a whole group of the index.
    static let groupByteCount = 8 + 4 * documentsPerGroup

    /// Where a block begins.
    struct BlockEntry: Equatable {
        /// Its first byte in the stream.
        var streamOffset: UInt64
        /// Its place in the section.
        var offset: UInt64
        /// Its bytes in the section.
        var byteCount: UInt32
        /// Their checksum.
        var checksum: UInt32
    }
}

extension DocumentStore {
    /// Compresses documents as they come, in memory or into a section.
    ///
    /// The caller moves `blocks` to where they belong whenever it likes.
    final class Writer {
        /// Compressed blocks that were not taken yet.
        var blocks = GrowingBytes(capacity: 1 << 16)
        /// The entries of all blocks, as they are stored.
        private var blockEntries = GrowingBytes()
        /// The index; stored where there is anything to be found by it.
        private var index = GrowingBytes()

        /// What blocks are compressed with; may be empty.
        let dictionary: [UInt8]
        /// A block is ended when it holds as many.
        let targetBlockByteCount: Int
        private let compressor: Zstandard.Compressor
        private var current = GrowingBytes(capacity: 1 << 16)
        private var blocksByteCount: UInt64 = 0
        /// The bytes of the stream that are in blocks.
        private var cutByteCount: UInt64 = 0
        private var documentCount = 0
        private var groupStart: UInt64 = 0
        /// The bytes of all documents so far.
        private(set) var streamByteCount: UInt64 = 0

        /// An empty store.
        init(dictionary: [UInt8] = []) {
            self.dictionary = dictionary
            targetBlockByteCount =
                dictionary.isEmpty
                ? DocumentStore.targetBlockByteCount : DocumentStore.targetByteCountWithDictionary
            compressor = Zstandard.Compressor(dictionary: dictionary)
        }

        /// Writes the sections of the index, of the entries of blocks, and the dictionary.
        func writeIndex(to writer: SegmentWriter) throws(IndexError) {
            try writer.writeSection(SegmentSection.storedBlocks, blockEntries.bytes)
            if streamByteCount == 0 { index.truncate() }
            try writer.writeSection(SegmentSection.storedIndex, index.bytes)
            if !dictionary.isEmpty {
                try writer.writeSection(SegmentSection.storedDictionary, dictionary)
            }
            writer.fields.storedByteCount = streamByteCount
        }

        /// The memory in use.
        var memoryByteCount: Int {
            blocks.count + blockEntries.count + index.count + current.count
        }

        /// Adds the bytes of the next document.
        ///
        /// - Requires: they are at most `SegmentLimits.storedByteCount`.
        func add(_ document: UnsafeRawBufferPointer) {
            append(document)
            endDocument(byteCount: document.count)
        }

        /// Ends a document whose bytes were appended.
        func endDocument(byteCount: Int) {
            addToIndex(byteCount: byteCount)
            if current.count >= targetBlockByteCount { cut() }
        }

        /// Adds bytes to the stream, with or without whole documents.
        func append(_ bytes: UnsafeRawBufferPointer) {
            var rest = bytes
            while rest.count > 0 {
                let room = DocumentStore.greatestBlockByteCount - current.count
                let part = min(room, rest.count)
                current.append(UnsafeRawBufferPointer(rebasing: rest[..<part]))
                rest = UnsafeRawBufferPointer(rebasing: rest[part...])
                if current.count == DocumentStore.greatestBlockByteCount { cut() }
            }
        }

        /// Adds a document of which the bytes come by `append` or `addBlock`.
        func addToIndex(byteCount: Int) {
            precondition(
                byteCount <= SegmentLimits.storedByteCount, "stored bytes are within their limit")
            if documentCount % DocumentStore.documentsPerGroup == 0 {
                groupStart = streamByteCount
                index.u64(groupStart)
            }
            streamByteCount += UInt64(byteCount)
            // 64 documents of at most 16 MiB.
            index.u32(UInt32(truncatingIfNeeded: streamByteCount - groupStart))
            documentCount += 1
        }

        /// Adds a finished block of another store, unchanged, after what was added so far.
        func addBlock(
            _ bytes: UnsafeRawBufferPointer, streamByteCount: Int, checksum: UInt32
        ) {
            cut()
            blocks.append(bytes)
            addEntry(bytes.count, streamByteCount, checksum)
        }

        /// Ends the current block.
        func cut() {
            guard current.count > 0 else { return }
            let start = blocks.count
            if compressor.compress(current.bytes, into: &blocks) == nil {
                blocks.append(current.bytes)
            }
            let bytes = UnsafeRawBufferPointer(rebasing: blocks.bytes[start...])
            addEntry(bytes.count, current.count, CRC32C.checksum(bytes))
            current.truncate()
        }

        private func addEntry(_ byteCount: Int, _ inStream: Int, _ checksum: UInt32) {
            blockEntries.u64(cutByteCount)
            blockEntries.u64(blocksByteCount)
            blockEntries.u32(UInt32(byteCount))
            blockEntries.u32(checksum)
            blocksByteCount += UInt64(byteCount)
            cutByteCount += UInt64(inStream)
        }
    }
}
