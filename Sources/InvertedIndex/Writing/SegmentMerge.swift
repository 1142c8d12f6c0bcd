/// One merge on its way: the sections of the new segment in their order.
final class SegmentMerge {
    let sources: [MergeSource]
    /// The documents in their new order; `nil` where it is that of the sources.
    let order: MergeOrder?
    let writer: SegmentWriter
    let dictionaryRule: StoredDictionaryRule
    /// What merges terms.
    let threads: MergeThreads
    private let documentCount: UInt32

    /// A merge of sources into a file that was begun.
    init(
        sources: [MergeSource], order: MergeOrder?, dictionaryRule: StoredDictionaryRule,
        threads: MergeThreads, writer: SegmentWriter
    ) {
        self.sources = sources
        self.order = order
        self.dictionaryRule = dictionaryRule
        self.threads = threads
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
        if shouldStop() { return nil }
        try mergeLengths()
        try mergeNumbers()
        guard try mergeTerms(shouldStop) else { return nil }
        guard try mergeTermKeys(sources, writer, shouldStop) else { return nil }
        try mergeKeywords()
        return try writer.finish(fileName: fileName)
    }

    // MARK: - Columns

    /// Gives the documents that are left, by their new numbers, with their sources and numbers
    /// there.
    @inline(__always)
    private func forEachDocument(
        _ body: (UInt32, Int, UInt32) throws(IndexError) -> Void
    ) throws(IndexError) {
        if let order {
            for (target, origin) in order.origins.enumerated() {
                try body(
                    UInt32(truncatingIfNeeded: target), Int(origin.source), origin.document)
            }
            return
        }
        for (place, source) in sources.enumerated() {
            for document in 0..<source.segment.documentCount {
                let target = source.documentMap[Int(document)]
                if target != .max { try body(target, place, document) }
            }
        }
    }

    private func mergeLengths() throws(IndexError) {
        try writer.writeColumns(SegmentSection.lengths, of: .text) { number throws(IndexError) in
            var columns: [FieldLengths?] = []
            var documents: UInt64 = 0
            var total: UInt64 = 0
            var isWritten = false
            for source in sources {
                let record = source.segment.content.fields.fields[number]
                let lengths = record.hasLengths ? source.segment.content.lengths(record) : nil
                columns.append(lengths)
                guard let lengths else { continue }
                isWritten = true
                var live: UInt64 = 0
                var all: UInt64 = 0
                for document in 0..<source.segment.documentCount {
                    let code = lengths[document]
                    let length = UInt64(FieldLengthCode.lengths[Int(code)])
                    all += length
                    guard source.documentMap[Int(document)] != .max else { continue }
                    live += length
                    if code != 0 { documents += 1 }
                }
                total += Self.share(of: record.totalLength, live, all)
            }
            if isWritten {
                var sink = NumberSink(writer.output)
                try forEachDocument { _, source, document throws(IndexError) in
                    try sink.write(UInt64(columns[source]?[document] ?? 0), width: 1)
                }
                try sink.flush()
            }
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
                try forEachDocument { target, source, document throws(IndexError) in
                    guard let value = columns[source]?.value(of: document) else { return }
                    try body(target, value)
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
            let maps = sources.map { $0.ordinalMaps[number] ?? [] }
            try KeywordColumn.write(
                to: writer.output, documentCount: documentCount,
                valueCount: writer.fields.fields[number].termCount
            ) { body throws(IndexError) in
                try forEachDocument { target, source, document throws(IndexError) in
                    guard let column = columns[source] else { return }
                    for ordinal in column.ordinals(of: document) {
                        let new = maps[source][Int(ordinal)]
                        guard new != .max else {
                            throw sources[source].segment.content.file.corrupt(
                                at: 0, "a keyword of a document is no term of it")
                        }
                        try body(target, new)
                    }
                }
            }
        }
    }
}
