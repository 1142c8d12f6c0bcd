/// One merge on its way: the sections of the new segment in their order.
final class SegmentMerge {
    private let sources: [MergeSource]
    private let writer: SegmentWriter
    private let documentCount: UInt32

    /// A merge of sources into a file that was begun.
    init(sources: [MergeSource], writer: SegmentWriter) {
        self.sources = sources
        self.writer = writer
        documentCount = sources.reduce(0) { $0 + $1.segment.liveCount }
    }

    /// Writes the file; `nil` where it was told to stop.
    func run(
        fileName: String, shouldStop: () -> Bool
    ) throws(IndexError) -> SegmentDescriptor? {
        writer.fields.documentCount = documentCount
        writer.fields.fields[writer.fields.keyField].documentCount = UInt64(documentCount)
        guard try mergeStored(shouldStop) else { return nil }
        try mergeKeys()
        if shouldStop() { return nil }
        try mergeLengths()
        try mergeNumbers()
        guard try mergeTerms(shouldStop) else { return nil }
        guard try mergeTermKeys(sources, writer, shouldStop) else { return nil }
        try mergeKeywords()
        return try writer.finish(fileName: fileName)
    }

    // MARK: - Documents

    /// Blocks are copied as they are where no document of them was deleted.
    private func mergeStored(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        let store = DocumentStore.Writer()
        try writer.output.beginSection(id: SegmentSection.stored)
        for source in sources {
            if shouldStop() { return false }
            let old = source.segment.content.store
            let isWhole = source.segment.liveCount == source.segment.documentCount
            if isWhole {
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
                    throw source.segment.content.file.corrupt(
                        at: 0, "bytes of no document are stored")
                }
            } else {
                try copyDocuments(of: source, to: store)
            }
        }
        store.cut()
        try takeBlocks(of: store, atLeast: 0)
        try writer.output.endSection()
        try store.writeIndex(to: writer)
        return true
    }

    private func copyBlocks(
        of old: DocumentStore.Reader, to store: DocumentStore.Writer
    ) throws(IndexError) {
        for number in 0..<old.blockCount {
            let (entry, inStream) = try old.entry(number)
            // Small blocks are the ends of segments: they grow together instead of multiplying.
            if inStream < DocumentStore.targetBlockByteCount / 2 {
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
        let old = source.segment.content.store
        var stream: UInt64 = 0
        var block: [UInt8] = []
        var blockNumber = -1
        var blockStart: UInt64 = 0
        for document in 0..<source.segment.documentCount {
            let range = try old.range(of: document)
            guard source.documentMap[Int(document)] != .max else { continue }
            guard range.lowerBound >= stream else {
                throw source.segment.content.file.corrupt(
                    at: 0, "document \(document) begins before the one before it ends")
            }
            stream = range.lowerBound
            // Document by document and block by block; each block is decompressed once.
            while stream < range.upperBound {
                while blockNumber < 0 || stream >= blockStart + UInt64(block.count) {
                    blockNumber += 1
                    let (entry, inStream) = try old.entry(blockNumber)
                    blockStart = entry.streamOffset
                    if stream >= blockStart + UInt64(inStream) {
                        block = []
                        continue
                    }
                    block = try old.content(entry, inStream, blockNumber)
                }
                guard stream >= blockStart else {
                    throw source.segment.content.file.corrupt(at: 0, "stored blocks do not ascend")
                }
                let first = Int(stream - blockStart)
                let count = min(block.count - first, Int(range.upperBound - stream))
                block.withUnsafeBytes {
                    store.append(UnsafeRawBufferPointer(rebasing: $0[first..<first + count]))
                }
                stream += UInt64(count)
            }
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

    private func mergeKeys() throws(IndexError) {
        try writer.writeKeys { keys throws(IndexError) in
            for source in sources {
                try source.segment.content.keys.forEach { document, key throws(IndexError) in
                    guard source.documentMap[Int(document)] != .max else { return }
                    try keys.add(key)
                }
            }
        }
    }

    // MARK: - Columns

    private func mergeLengths() throws(IndexError) {
        try writer.writeColumns(SegmentSection.lengths, of: .text) { number throws(IndexError) in
            var documents: UInt64 = 0
            var total: UInt64 = 0
            var sink = NumberSink(writer.output)
            let records = sources.map { $0.segment.content.fields.fields[number] }
            let isWritten = records.contains { $0.hasLengths && $0.columnByteCount > 0 }
            for (source, record) in zip(sources, records) {
                let lengths = record.hasLengths ? source.segment.content.lengths(record) : nil
                guard let lengths else {
                    for _ in 0..<(isWritten ? source.segment.liveCount : 0) {
                        try sink.write(0, width: 1)
                    }
                    continue
                }
                var live: UInt64 = 0
                var all: UInt64 = 0
                for document in 0..<source.segment.documentCount {
                    let code = lengths[document]
                    let length = UInt64(FieldLengthCode.lengths[Int(code)])
                    all += length
                    guard source.documentMap[Int(document)] != .max else { continue }
                    live += length
                    if code != 0 { documents += 1 }
                    try sink.write(UInt64(code), width: 1)
                }
                total += Self.share(of: record.totalLength, live, all)
            }
            try sink.flush()
            writer.fields.fields[number].documentCount = documents
            writer.fields.fields[number].totalLength = total
        }
    }

    /// What remains of a total of which only rounded parts are known: exact where nothing was
    /// deleted or no length was rounded.
    private static func share(of total: UInt64, _ live: UInt64, _ all: UInt64) -> UInt64 {
        if live == all || all == 0 { return total }
        return UInt64((Double(total) * (Double(live) / Double(all))).rounded())
    }

    private func mergeNumbers() throws(IndexError) {
        try writer.writeColumns(SegmentSection.numbers, of: .number) { number throws(IndexError) in
            var columns: [NumberColumn?] = []
            for source in sources { columns.append(try source.segment.content.numbers(number)) }
            let present = try NumberColumn.write(
                to: writer.output, documentCount: documentCount
            ) { body throws(IndexError) in
                for (source, column) in zip(sources, columns) {
                    guard let column else { continue }
                    for document in 0..<source.segment.documentCount {
                        let target = source.documentMap[Int(document)]
                        guard target != .max, let value = column.value(of: document) else {
                            continue
                        }
                        try body(target, value)
                    }
                }
            }
            writer.fields.fields[number].documentCount = UInt64(present)
        }
    }

    private func mergeKeywords() throws(IndexError) {
        try writer.writeColumns(
            SegmentSection.keywords, of: .keyword
        ) { number throws(IndexError) in
            var columns: [KeywordColumn?] = []
            for source in sources { columns.append(try source.segment.content.keywords(number)) }
            var documents: UInt64 = 0
            for (source, column) in zip(sources, columns) {
                guard let column else { continue }
                for document in 0..<source.segment.documentCount
                where source.documentMap[Int(document)] != .max
                    && !column.ordinals(of: document).isEmpty
                {
                    documents += 1
                }
            }
            writer.fields.fields[number].documentCount = documents
            try KeywordColumn.write(
                to: writer.output, documentCount: documentCount,
                valueCount: writer.fields.fields[number].termCount
            ) { body throws(IndexError) in
                for (source, column) in zip(sources, columns) {
                    guard let column, let map = source.ordinalMaps[number] else { continue }
                    for document in 0..<source.segment.documentCount {
                        let target = source.documentMap[Int(document)]
                        guard target != .max else { continue }
                        for ordinal in column.ordinals(of: document) {
                            let new = map[Int(ordinal)]
                            guard new != .max else {
                                throw source.segment.content.file.corrupt(
                                    at: 0, "a keyword of a document is no term of it")
                            }
                            try body(target, new)
                        }
                    }
                }
            }
        }
    }

    // MARK: - Terms

    /// How many terms are merged between two questions whether to stop.
    private static let termsPerCheck = 4096

    private func mergeTerms(_ shouldStop: () -> Bool) throws(IndexError) -> Bool {
        var isStopped = false
        let keyedFields = Set(writer.fields.keyedFields.values.joined())
        try writer.writeTerms { number, postings throws(IndexError) in
            if isStopped { return }
            let isKeyword = writer.fields.fields[number].kind == .keyword
            let isMapped = isKeyword || keyedFields.contains(UInt16(number))
            let hasPositions = writer.fields.fields[number].hasPositions
            var queue = TermQueue<TermCursor>()
            var maps: [[UInt32]] = []
            for (place, source) in sources.enumerated() {
                let record = source.segment.content.fields.fields[number]
                if isMapped {
                    maps.append([UInt32](repeating: .max, count: Int(record.termCount)))
                }
                let cursor = try TermCursor(
                    source.segment.content.dictionary, record, from: [])
                try queue.add(cursor, place)
            }
            var untilCheck = Self.termsPerCheck
            var term: [UInt8] = []
            var steps = GrowingBytes(capacity: 1 << 14)
            while let place = queue.first {
                untilCheck -= 1
                if untilCheck == 0 {
                    untilCheck = Self.termsPerCheck
                    if shouldStop() {
                        isStopped = true
                        return
                    }
                }
                term.removeAll(keepingCapacity: true)
                term.append(contentsOf: queue.term(of: place))
                let ordinal = writer.dictionary.termCount
                postings.begin(hasPositions: hasPositions)
                // All with this term, in the order of the segments.
                while let place = queue.first, queue.term(of: place) == term {
                    let entry = queue.entry(of: place)
                    try copyPostings(
                        entry, of: sources[place], number, to: &postings, &steps)
                    if isMapped, postings.hasPostings {
                        let record = sources[place].segment.content.fields.fields[number]
                        maps[place][Int(entry.ordinal - record.firstOrdinal)] = UInt32(ordinal)
                    }
                    try queue.advance()
                }
                guard postings.hasPostings else { continue }
                let entry = try postings.finish()
                try term.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                    try writer.dictionary.add(bytes, entry, hasPositions: hasPositions)
                }
            }
            for (source, map) in zip(sources, maps) { source.ordinalMaps[number] = map }
        }
        return !isStopped
    }

    private func copyPostings(
        _ entry: TermEntry, of source: MergeSource, _ number: Int,
        to postings: inout PostingsWriter,
        _ steps: inout GrowingBytes
    ) throws(IndexError) {
        let content = source.segment.content
        let field = content.fields.fields[number]
        let lengths = content.lengths(field)
        let map = source.documentMap
        if entry.documentFrequency == 1, entry.totalFrequency == 1 {
            let target = map[Int(entry.document)]
            if target == .max { return }
            try postings.add(
                document: target, frequency: 1, lengthCode: lengths?[entry.document] ?? 0)
            if field.hasPositions { postings.addStep(entry.position) }
            return
        }
        var cursor = try content.postings(entry, field, buffers: source.buffers)
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            try cursor.decodeFrequencies()
            var rest = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
            if field.hasPositions { rest = try cursor.readAllSteps(into: &steps) }
            var start = 0
            for index in 0..<cursor.count {
                let document = cursor.documents[index]
                let frequency = cursor.frequencies[index]
                let target = map[Int(document)]
                if target != .max {
                    try postings.add(
                        document: target, frequency: frequency,
                        lengthCode: lengths?[document] ?? 0)
                    if field.hasPositions {
                        postings.addSteps(
                            UnsafeBufferPointer(rebasing: rest[start..<start &+ Int(frequency)]))
                    }
                }
                start &+= Int(frequency)
            }
        }
    }
}
