/// Makes one segment of several, without the deleted documents.
///
/// As a rule the documents keep their order: those of the first segment, then those of the second.
/// So the postings of a term are those of the segments one after the other, and all is read and
/// written from its start to its end, by several threads a range of terms each. In memory are the
/// new numbers of the documents, the places of blocks and groups, and the postings of one term; and
/// where terms have keys, four bytes for each term of the segments and some twenty for each new
/// one.
///
/// In another order postings are sorted, term by term, and documents read where they are. That
/// takes some twenty bytes more a document, windows of stored bytes and occurrences of fixed size,
/// and, while the order is looked for, four bytes for each posting that it depends on.
enum SegmentMerger {
    /// Writes `<name>.izs`, synced and renamed; the directory is not synced.
    ///
    /// - Requires: the segments were written for the schema; there is at least one; the order is by
    ///   a field of keywords.
    /// - Returns: the descriptor, and for each segment the new number of each document, `.max` for
    ///   deleted ones; `nil` where `shouldStop` said so.
    /// - Throws: `IndexError.corrupt` where a segment is damaged: nothing of it is copied unread.
    static func merge(
        _ segments: [Segment], to directory: any Directory, name: String, indexUUID: [UInt8],
        schema: IndexSchema, order: DocumentOrder = .added,
        dictionaryRule: StoredDictionaryRule = StoredDictionaryRule(),
        threads: MergeThreads = MergeThreads(), shouldStop: () -> Bool = { false }
    ) throws(IndexError) -> (descriptor: SegmentDescriptor, documentMaps: [[UInt32]])? {
        let sources = try sources(of: segments)
        for source in sources {
            if shouldStop() { return nil }
            try source.segment.content.envelope.verify()
        }
        var mergeOrder: MergeOrder?
        let liveCount = sources.reduce(0) { $0 + Int($1.segment.liveCount) }
        if case .bisected(let field, let least, let threadCount) = order, liveCount >= least {
            // Three passes over the same files: none needs the pages of the one before, and the
            // order takes memory of its own.
            for source in sources { source.segment.content.file.releasePages() }
            mergeOrder = try .bisected(
                sources, clusterBy: field, threadCount: threadCount, shouldStop: shouldStop)
            if mergeOrder == nil { return nil }
            for source in sources { source.segment.content.file.releasePages() }
        }
        return try merge(
            sources, in: mergeOrder, to: directory, name: name, indexUUID: indexUUID,
            schema: schema, dictionaryRule: dictionaryRule, threads: threads,
            shouldStop: shouldStop)
    }

    /// The same for sources whose documents have their numbers.
    static func merge(
        _ sources: [MergeSource], in order: MergeOrder?, to directory: any Directory,
        name: String, indexUUID: [UInt8], schema: IndexSchema,
        dictionaryRule: StoredDictionaryRule = StoredDictionaryRule(),
        threads: MergeThreads = MergeThreads(), shouldStop: () -> Bool
    ) throws(IndexError) -> (descriptor: SegmentDescriptor, documentMaps: [[UInt32]])? {
        let fileName = "\(name).izs"
        let descriptor = try directory.place(fileName) { output throws(IndexError) in
            let writer = try SegmentWriter(
                output: output, directory: directory, indexUUID: indexUUID,
                schema: schema)
            let merge = SegmentMerge(
                sources: sources, order: order, dictionaryRule: dictionaryRule,
                threads: threads, writer: writer)
            do throws(IndexError) {
                let descriptor = try merge.run(fileName: fileName, shouldStop: shouldStop)
                if descriptor == nil { writer.discard() }
                return descriptor
            } catch {
                writer.discard()
                throw error
            }
        }
        return descriptor.map { ($0, sources.map(\.documentMap)) }
    }

    /// The segments, their live documents numbered one after the other.
    static func sources(of segments: [Segment]) throws(IndexError) -> [MergeSource] {
        var next: UInt64 = 0
        var sources: [MergeSource] = []
        for segment in segments {
            guard next + UInt64(segment.liveCount) <= UInt64(SegmentLimits.documentCount) else {
                throw .limit(
                    what: "documents of a segment", found: Int(next) + Int(segment.liveCount),
                    allowed: Int(SegmentLimits.documentCount))
            }
            let source = MergeSource(segment: segment, first: UInt32(next))
            next += UInt64(segment.liveCount)
            sources.append(source)
        }
        return sources
    }
}

/// A segment that is merged, and where its documents go.
final class MergeSource {
    /// The segment.
    let segment: Segment
    /// The new number of each document, `.max` for deleted ones.
    var documentMap: [UInt32] { didSet { shift = nil } }
    /// What is added to the number of each document, where the map does no more than that.
    private(set) var shift: UInt32?
    /// Where postings are decoded to, on one thread.
    let buffers = PostingsBuffers()
    /// For each field of keywords and each whose terms have keys, the new ordinals by the old
    /// ones, counted from the first of the field; `.max` where no document is left.
    var ordinalMaps: [Int: [UInt32]] = [:]

    /// Numbers the live documents from `first` on.
    init(segment: Segment, first: UInt32) {
        self.segment = segment
        shift = segment.liveCount == segment.documentCount ? first : nil
        var next = first
        documentMap = (0..<segment.documentCount).map { document in
            guard segment.isLive(document) else { return .max }
            defer { next += 1 }
            return next
        }
    }
}
