import Glibc

extension IndexWriter {
    /// Makes the next merge of the policy, if one is due; it shows with the next commit.
    ///
    /// - Parameter shouldStop: asked now and then; `true` leaves everything as it was.
    /// - Returns: whether a merge was made, so that another may be due.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `writerFailed`.
    public func mergeIfNeeded(
        shouldStop: () -> Bool = { false }
    ) throws(IndexError) -> Bool {
        try changing { () throws(IndexError) in
            guard let indexes = nextMerge() else { return false }
            // It can wait until there is space.
            guard try hasSpace(toMerge: indexes) else { return false }
            return try merge(indexes, shouldStop: shouldStop)
        }
    }

    /// Merges all segments into one without deleted documents, whatever its size, in the order of
    /// the options.
    ///
    /// A single segment without deleted documents stays as it is, unless it was written with the least
    /// effort, or is new and another order is asked for.
    ///
    /// - Parameters:
    ///   - threadCount: how many threads merge terms, the caller's among them; the file does not depend
    ///     on it.
    ///   - shouldStop: asked now and then; `true` leaves everything as it was.
    /// - Throws: `IndexError.corrupt` where a segment is damaged; `io`, `writerFailed`.
    public func mergeAll(
        threadCount: Int = 1, shouldStop: () -> Bool = { false }
    ) throws(IndexError) {
        try changing { () throws(IndexError) in
            giveUpMerge()
            let isDone =
                slots.count <= 1
                && slots.allSatisfy {
                    $0.liveCount == $0.segment.documentCount && $0.descriptor.effort == .full
                        && (options.fullMergeOrder == .added || isCommitted($0))
                }
            guard !isDone else { return }
            guard try hasSpace(toMerge: Array(slots.indices)) else {
                throw .io(operation: "reserve", path: directory.path, code: ENOSPC)
            }
            _ = try merge(
                Array(slots.indices), order: options.fullMergeOrder,
                threadCount: max(1, threadCount), shouldStop: shouldStop)
        }
    }

    private func isCommitted(_ slot: Slot) -> Bool {
        snapshot.commit.segments.contains { $0.fileName == slot.descriptor.fileName }
    }

    /// The slots of the next merge by the policy, of those that no other has begun with.
    func nextMerge() -> [Int]? {
        let busy = Set(pendingMerge?.fileNames ?? [])
        let free = slots.indices.filter { !busy.contains(slots[$0].descriptor.fileName) }
        let next = options.mergePolicy.nextMerge(
            of: free.map {
                .init(
                    byteCount: slots[$0].descriptor.byteCount,
                    documentCount: slots[$0].segment.documentCount,
                    liveCount: UInt32(slots[$0].liveCount))
            })
        return next.map { $0.map { free[$0] } }
    }

    /// Replaces slots by one in the place of the first.
    func merge(
        _ indexes: [Int], order: DocumentOrder = .added, threadCount: Int = 1,
        shouldStop: () -> Bool
    ) throws(IndexError) -> Bool {
        guard let merge = makeMerge(of: indexes, order: order, threadCount: threadCount) else {
            return false
        }
        guard let result = try merge.run(shouldStop: shouldStop) else { return false }
        try replaceSegments(of: merge, by: result)
        return true
    }

    func applyDeletions(at index: Int) {
        guard !slots[index].newlyDeleted.isEmpty else { return }
        let segment = slots[index].segment
        let old = segment.deletions ?? Deletions(documentCount: segment.documentCount)
        slots[index].segment = segment.withDeletions(old.deleting(slots[index].newlyDeleted))
        slots[index].newlyDeleted = []
        slots[index].isDeletionsFileCurrent = false
    }
}
