extension SegmentMerge {
    /// Merges stored bytes; false where it was told to stop.
    ///
    /// Blocks are copied as they are where no document of them was deleted and the order and what
    /// they are compressed with stay.
    func mergeStored(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        let store = DocumentStore.Writer(
            dictionary: try dictionaryRule.dictionary(
                for: sources, isReordered: order != nil))
        try writer.output.beginSection(id: SegmentSection.stored)
        if let order {
            guard try copyDocuments(in: order, to: store, shouldStop) else { return false }
        } else {
            for source in sources {
                if shouldStop() { return false }
                let stays = source.segment.content.store.dictionaryBytes.elementsEqual(
                    store.dictionary)
                if stays, source.segment.liveCount == source.segment.documentCount {
                    try copyAll(of: source, to: store)
                } else {
                    try copyDocuments(of: source, to: store)
                }
            }
        }
        store.cut()
        try takeBlocks(of: store, atLeast: 0)
        try writer.output.endSection()
        try store.writeIndex(to: writer)
        return true
    }

    private func copyAll(
        of source: MergeSource, to store: DocumentStore.Writer
    ) throws(IndexError) {
        let old = source.segment.content.store
        try copyBlocks(of: old, to: store)
        var position: UInt64 = 0
        for document in 0..<source.segment.documentCount {
            let range = try old.range(of: document)
            guard range.lowerBound == position else {
                throw source.segment.content.file.corrupt(
                    at: 0, "document \(document) begins elsewhere")
            }
            store.addToIndex(byteCount: range.count)
            position = range.upperBound
        }
        guard position == source.segment.content.fields.storedByteCount else {
            throw source.segment.content.file.corrupt(at: 0, "bytes of no document are stored")
        }
    }

    private func copyBlocks(
        of old: DocumentStore.Reader, to store: DocumentStore.Writer
    ) throws(IndexError) {
        for number in 0..<old.blockCount {
            let (entry, inStream) = try old.entry(number)
            // Small blocks are the ends of segments: they grow together instead of multiplying.
            if inStream < store.targetBlockByteCount / 2 {
                let content = try old.content(entry, inStream, number)
                content.withUnsafeBytes { store.append($0) }
            } else {
                store.addBlock(
                    try old.bytes(entry, number), streamByteCount: inStream,
                    checksum: entry.checksum)
            }
            try takeBlocks(of: store, atLeast: 1 << 18)
        }
    }

    private func copyDocuments(
        of source: MergeSource, to store: DocumentStore.Writer
    ) throws(IndexError) {
        var stream = StoredStream(source.segment.content)
        for document in 0..<source.segment.documentCount {
            let range = try source.segment.content.store.range(of: document)
            guard source.documentMap[Int(document)] != .max else { continue }
            try stream.read(range) { store.append($0) }
            store.endDocument(byteCount: range.count)
            try takeBlocks(of: store, atLeast: 1 << 18)
        }
    }

    private func takeBlocks(
        of store: DocumentStore.Writer, atLeast byteCount: Int
    ) throws(IndexError) {
        guard store.blocks.count >= byteCount else { return }
        try writer.output.write(store.blocks.bytes)
        store.blocks.truncate()
    }
}

// MARK: - Another order

extension SegmentMerge {
    /// The most documents of a window.
    private static let windowDocumentCount = 1 << 16

    /// A document that is written with others of a window.
    private struct WindowDocument {
        var origin: MergeOrder.Origin
        /// Where it is in its segment.
        var range: Range<UInt64>
        /// Where it is in the window.
        var offset: Int
    }

    /// Copies window after window: its documents are read in the order in which they are stored.
    private func copyDocuments(
        in order: MergeOrder, to store: DocumentStore.Writer, _ shouldStop: () -> Bool
    ) throws(IndexError) -> Bool {
        var bytes = GrowingBytes()
        var next = 0
        while next < order.origins.count {
            if shouldStop() { return false }
            let window = try window(of: order, from: next)
            next += window.count
            bytes.truncate()
            let byteCount = window.last.map { $0.offset + $0.range.count } ?? 0
            let base = bytes.reserve(byteCount)
            bytes.extend(by: byteCount)
            try read(window, to: base)
            for document in window {
                store.append(
                    UnsafeRawBufferPointer(
                        start: base + document.offset, count: document.range.count))
                store.endDocument(byteCount: document.range.count)
                try takeBlocks(of: store, atLeast: 1 << 18)
            }
        }
        return true
    }

    private func window(
        of order: MergeOrder, from first: Int
    ) throws(IndexError) -> [WindowDocument] {
        var window: [WindowDocument] = []
        var byteCount = 0
        for origin in order.origins[first...].prefix(Self.windowDocumentCount) {
            let range = try sources[Int(origin.source)].segment.content.store.range(
                of: origin.document)
            if !window.isEmpty, byteCount + range.count > order.windowByteCount { break }
            window.append(WindowDocument(origin: origin, range: range, offset: byteCount))
            byteCount += range.count
        }
        return window
    }

    /// Reads each block of a segment that holds any of the window once.
    private func read(
        _ window: [WindowDocument], to base: UnsafeMutableRawPointer
    ) throws(IndexError) {
        let stored = window.sorted {
            ($0.origin.source, $0.origin.document) < ($1.origin.source, $1.origin.document)
        }
        var source: UInt32 = .max
        var stream: StoredStream?
        for document in stored where !document.range.isEmpty {
            if stream == nil || source != document.origin.source {
                source = document.origin.source
                stream = StoredStream(sources[Int(source)].segment.content)
            }
            var target = base + document.offset
            try stream?.read(document.range) { part in
                guard let start = part.baseAddress else { return }
                target.copyMemory(from: start, byteCount: part.count)
                target += part.count
            }
        }
    }
}

/// Reads parts of the stored bytes of a segment, from their start to their end: each block is
/// decompressed once.
private struct StoredStream {
    private let content: SegmentContent
    private var position: UInt64 = 0
    private var block: [UInt8] = []
    private var blockNumber = -1
    private var blockStart: UInt64 = 0

    /// Stands before the first byte.
    init(_ content: SegmentContent) { self.content = content }

    /// Gives the bytes of a range, block by block.
    ///
    /// - Throws: `IndexError.corrupt`, also where the range is not behind the one before.
    mutating func read(
        _ range: Range<UInt64>, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(IndexError) {
        guard range.lowerBound >= position else {
            throw content.file.corrupt(
                at: 0, "a document begins before the one before it ends")
        }
        position = range.lowerBound
        while position < range.upperBound {
            while blockNumber < 0 || position >= blockStart + UInt64(block.count) {
                blockNumber += 1
                let (entry, inStream) = try content.store.entry(blockNumber)
                blockStart = entry.streamOffset
                if position >= blockStart + UInt64(inStream) {
                    block = []
                    continue
                }
                block = try content.store.content(entry, inStream, blockNumber)
            }
            guard position >= blockStart else {
                throw content.file.corrupt(at: 0, "stored blocks do not ascend")
            }
            let first = Int(position - blockStart)
            let count = min(block.count - first, Int(range.upperBound - position))
            block.withUnsafeBytes {
                body(UnsafeRawBufferPointer(rebasing: $0[first..<first + count]))
            }
            position += UInt64(count)
        }
    }
}
