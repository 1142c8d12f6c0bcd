import Synchronization

/// A merge that is made beside its writer: begun by the writer, run on a thread of the caller's
/// choice, ended by the writer.
///
/// It sees the segments as they were when it was begun; what is deleted from them meanwhile is
/// deleted from the new one when the merge is ended.
public final class BackgroundMerge: Sendable {
    /// The new segment, and where the documents of the old ones went.
    public struct Result: Sendable {
        let descriptor: SegmentDescriptor
        /// For each segment the new number of each document, `.max` for deleted ones.
        let documentMaps: [[UInt32]]
    }

    /// The segments with their deletions at the begin.
    let segments: [Segment]
    /// The names of their files.
    let fileNames: [String]
    /// The name of the new segment.
    let name: String
    private let directory: any Directory
    private let indexUUID: [UInt8]
    private let schema: IndexSchema
    private let isStopped = Atomic<Bool>(false)

    init(
        _ segments: [Segment], fileNames: [String], name: String, directory: any Directory,
        indexUUID: [UInt8], schema: IndexSchema
    ) {
        self.segments = segments
        self.fileNames = fileNames
        self.name = name
        self.directory = directory
        self.indexUUID = indexUUID
        self.schema = schema
    }

    /// The name of the new file.
    var fileName: String { name + ".izs" }

    /// Lets `run` end soon, without a result; from any thread.
    public func stop() { isStopped.store(true, ordering: .relaxed) }

    /// Writes the new segment.
    ///
    /// - Returns: what the writer ends the merge with; `nil` if it was stopped.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `limit`.
    public func run() throws(IndexError) -> Result? {
        let merged = try SegmentMerger.merge(
            segments, to: directory, name: name, indexUUID: indexUUID, schema: schema,
            shouldStop: { isStopped.load(ordering: .relaxed) })
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
    public func beginMerge() throws(IndexError) -> BackgroundMerge? {
        try changing { () throws(IndexError) in
            guard backgroundMerge == nil, let indexes = nextMerge(),
                try hasSpace(toMerge: indexes)
            else { return nil }
            for index in indexes { applyDeletions(at: index) }
            let merged = indexes.map { slots[$0] }
            let liveCount = merged.reduce(0) { $0 + $1.liveCount }
            // Where nothing is left, the next commit drops the segments without a merge.
            guard liveCount > 0, liveCount < Int(UInt32.max) else { return nil }
            let merge = BackgroundMerge(
                merged.map(\.segment), fileNames: merged.map(\.descriptor.fileName),
                name: IndexFileName.newSegment(), directory: directory,
                indexUUID: snapshot.indexUUID, schema: snapshot.schema)
            outstanding.insert(merge.fileName)
            backgroundMerge = merge
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
        _ merge: BackgroundMerge, _ result: Swift.Result<BackgroundMerge.Result?, IndexError>
    ) throws(IndexError) -> Bool {
        outstanding.remove(merge.fileName)
        let isGivenUp = backgroundMerge !== merge
        if !isGivenUp { backgroundMerge = nil }
        return try changing { () throws(IndexError) in
            guard let found = try result.get(), !isGivenUp else {
                clean([merge.fileName])
                return false
            }
            return try replaceSegments(of: merge, by: found)
        }
    }

    /// Gives up a merge that is under way; its end changes nothing.
    func giveUpMerge() {
        backgroundMerge?.stop()
        backgroundMerge = nil
    }

    private func replaceSegments(
        of merge: BackgroundMerge, by result: BackgroundMerge.Result
    ) throws(IndexError) -> Bool {
        let segment = try Segment.open(
            directory: directory, descriptor: result.descriptor, indexUUID: snapshot.indexUUID,
            schema: snapshot.schema)
        var replacement = Slot(segment: segment, descriptor: result.descriptor)
        for (name, map) in zip(merge.fileNames, result.documentMaps) {
            // A segment is gone where all of it was deleted meanwhile.
            let slot = slots.first { $0.descriptor.fileName == name }
            for (old, new) in map.enumerated() where new != .max {
                if slot?.isLive(UInt32(old)) != true { replacement.newlyDeleted.insert(new) }
            }
        }
        let old = Set(merge.fileNames)
        let removed = slots.filter { old.contains($0.descriptor.fileName) }
        let place = slots.firstIndex { old.contains($0.descriptor.fileName) } ?? slots.endIndex
        slots.removeAll { old.contains($0.descriptor.fileName) }
        if replacement.liveCount > 0 { slots.insert(replacement, at: place) }
        // What no commit ever named need not wait for one.
        clean(
            [merge.fileName]
                + removed.flatMap { [$0.descriptor.fileName, $0.descriptor.deletionsFileName] })
        return true
    }
}
