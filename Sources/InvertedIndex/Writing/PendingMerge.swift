import Synchronization

/// A merge that a writer has begun and will end; between the two it is run, on the writer's thread
/// or beside it.
///
/// It sees the segments as they were when it was begun; what is deleted from them meanwhile is
/// deleted from the new one when the merge is ended.
public final class PendingMerge: Sendable {
    /// The new segment, and where the documents of the old ones went.
    public struct Result: Sendable {
        /// The new segment; `nil` where no document is left.
        let descriptor: SegmentDescriptor?
        /// For each segment the new number of each document, `.max` for deleted ones.
        let documentMaps: [[UInt32]]
    }

    /// The names of the files of the segments.
    let fileNames: [String]
    /// The segments with their deletions at the begin.
    private let segments: [Segment]
    /// The name of the new segment.
    private let name = IndexFileName.newSegment()
    private let order: DocumentOrder
    private let threadCount: Int
    private let directory: any Directory
    private let indexUUID: [UInt8]
    private let schema: IndexSchema
    private let isStopped = Atomic<Bool>(false)

    /// A merge of some slots of a writer, to the directory and by the schema of its snapshots.
    init(
        _ slots: [IndexWriter.Slot], order: DocumentOrder, threadCount: Int,
        directory: any Directory, snapshot: Snapshot
    ) {
        segments = slots.map(\.segment)
        fileNames = slots.map(\.descriptor.fileName)
        self.order = order
        self.threadCount = threadCount
        self.directory = directory
        indexUUID = snapshot.indexUUID
        schema = snapshot.schema
    }

    /// The name of the new file.
    var fileName: String { name + ".izs" }

    /// Lets `run` end soon, without a result; from any thread.
    public func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Writes the new segment.
    ///
    /// - Parameter shouldStop: asked now and then; `true` is as `stop`.
    /// - Returns: what the writer ends the merge with; `nil` if it was stopped.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `limit`.
    public func run(shouldStop: () -> Bool = { false }) throws(IndexError) -> Result? {
        guard segments.contains(where: { $0.liveCount > 0 }) else {
            return Result(
                descriptor: nil,
                documentMaps: segments.map {
                    [UInt32](repeating: .max, count: Int($0.documentCount))
                })
        }
        let merged = try SegmentMerger.merge(
            segments, to: directory, name: name, indexUUID: indexUUID, schema: schema,
            order: order, threads: MergeThreads(count: threadCount),
            shouldStop: { isStopped.load(ordering: .relaxed) || shouldStop() })
        return merged.map { Result(descriptor: $0.descriptor, documentMaps: $0.documentMaps) }
    }
}

extension IndexWriter {
    /// Begins the next merge of the policy, if one is due and none is under way.
    ///
    /// Until it is ended, its segments take part in no other merge; `mergeAll` and `rollback` give
    /// it up. Whatever becomes of it, it has to be ended.
    ///
    /// - Throws: `io`, `writerFailed`.
    public func beginMerge() throws(IndexError) -> PendingMerge? {
        try changing { () throws(IndexError) in
            guard pendingMerge == nil, let indexes = nextMerge(),
                try hasSpace(toMerge: indexes), let merge = makeMerge(of: indexes, order: .added)
            else { return nil }
            outstanding.insert(merge.fileName)
            pendingMerge = merge
            return merge
        }
    }

    /// Ends a merge that was begun: its segment takes the place of the old ones and shows with the
    /// next commit.
    ///
    /// - Parameters:
    ///   - merge: the merge.
    ///   - result: what its run gave; `nil` if it gave nothing.
    /// - Returns: whether the segments were replaced; not so where the merge was given up.
    /// - Throws: the error of the run, after which the writer refuses what it would refuse after
    ///   the same error of its own; `io`, `corrupt`, `writerFailed`.
    public func endMerge(
        _ merge: PendingMerge, _ result: Swift.Result<PendingMerge.Result?, IndexError>
    ) throws(IndexError) -> Bool {
        outstanding.remove(merge.fileName)
        let isGivenUp = pendingMerge !== merge
        if !isGivenUp { pendingMerge = nil }
        return try changing { () throws(IndexError) in
            guard let found = try result.get(), !isGivenUp else {
                clean([merge.fileName])
                return false
            }
            try replaceSegments(of: merge, by: found)
            return true
        }
    }

    /// Gives up a merge that is under way: it ends soon, and its end changes nothing.
    public func giveUpMerge() {
        pendingMerge?.stop()
        pendingMerge = nil
    }

    /// A merge of some slots as they are now; `nil` where they have more documents than there are
    /// numbers.
    func makeMerge(
        of indexes: [Int], order: DocumentOrder, threadCount: Int = 1
    ) -> PendingMerge? {
        for index in indexes { applyDeletions(at: index) }
        let merged = indexes.map { slots[$0] }
        // Document numbers have 32 bits, and the highest means none.
        guard merged.reduce(0, { $0 + $1.liveCount }) < Int(UInt32.max) else { return nil }
        return PendingMerge(
            merged, order: order, threadCount: threadCount, directory: directory,
            snapshot: snapshot)
    }

    /// Puts the new segment in the place of the first of the old ones.
    func replaceSegments(
        of merge: PendingMerge, by result: PendingMerge.Result
    ) throws(IndexError) {
        var replacement: Slot?
        if let descriptor = result.descriptor {
            let segment = try Segment.open(
                directory: directory, descriptor: descriptor, indexUUID: snapshot.indexUUID,
                schema: snapshot.schema)
            replacement = Slot(segment: segment, descriptor: descriptor)
        }
        for (name, map) in zip(merge.fileNames, result.documentMaps) {
            // A segment is gone where all of it was deleted meanwhile.
            let slot = slots.first { $0.descriptor.fileName == name }
            for (old, new) in map.enumerated() where new != .max {
                if slot?.isLive(UInt32(old)) != true { replacement?.newlyDeleted.insert(new) }
            }
        }
        let old = Set(merge.fileNames)
        let removed = slots.filter { old.contains($0.descriptor.fileName) }
        let place = slots.firstIndex { old.contains($0.descriptor.fileName) } ?? slots.endIndex
        slots.removeAll { old.contains($0.descriptor.fileName) }
        if let replacement, replacement.liveCount > 0 { slots.insert(replacement, at: place) }
        // What no commit ever named need not wait for one.
        clean(
            [merge.fileName]
                + removed.flatMap { [$0.descriptor.fileName, $0.descriptor.deletionsFileName] })
    }
}
