import Glibc

/// Adds, deletes and commits: the only one that changes an index.
///
/// One owner, who may block on the disk; readers hold snapshots and never wait for it. What is
/// added or deleted shows with the next `commit`, all of it at once, and survives a crash from
/// then on; a crash before leaves the last commit.
///
/// An error of the disk is thrown once as `IndexError.io`; from then on every change is refused
/// with `writerFailed`, since what the disk holds is unknown until the index is opened anew. Only
/// a full disk, met while new files are written, leaves the writer usable and its changes pending.
///
/// Invariants:
/// 1. A file that a commit names is never written again; it is removed after a later commit.
/// 2. Of all documents with one key, in all segments, one at most is not deleted.
public final class IndexWriter {
    /// How the writer uses the disk.
    public struct Options: Sendable {
        /// When segments are merged.
        public var mergePolicy: MergePolicy
        /// What must stay free on the disk; a change that would take of it is refused.
        public var reservedByteCount: Int

        /// Options; by default the usual merges and no reserve.
        public init(mergePolicy: MergePolicy = MergePolicy(), reservedByteCount: Int = 0) {
            self.mergePolicy = mergePolicy
            self.reservedByteCount = reservedByteCount
        }
    }

    /// A segment with what was deleted from it since it was opened or written.
    struct Slot {
        var segment: Segment
        var descriptor: SegmentDescriptor
        /// Documents that `segment.deletions` does not hold yet.
        var newlyDeleted: Set<UInt32> = []
        /// Whether `segment.deletions` are those of the file that the descriptor names.
        var isDeletionsFileCurrent = true

        func isLive(_ document: UInt32) -> Bool {
            !segment.isDeleted(document) && !newlyDeleted.contains(document)
        }

        var liveCount: Int { Int(segment.liveCount) - newlyDeleted.count }
    }

    /// The last commit.
    public private(set) var snapshot: Snapshot
    /// The directory that is written to.
    public let directory: any Directory
    /// Why files that no commit names could not be removed after the last commit, if so. The
    /// commit itself stands; they are removed by the next, or when the index is opened anew.
    public private(set) var cleaningError: IndexError?

    let options: Options
    private(set) var slots: [Slot]
    private var lock: DirectoryLock?
    /// The commit before the last, as long as it may be needed.
    private var previous: CommitPoint?
    /// The highest generation that any file bears.
    private var highestGeneration: UInt64
    /// Names given out to workers; their files may appear at any time.
    private var outstanding: Set<String> = []
    private var failure: String?

    /// Opens the index of a directory, or begins one, and takes the lock.
    ///
    /// What a crash left is removed. A new index gets an empty first commit at once.
    ///
    /// - Parameters:
    ///   - directory: where the index is.
    ///   - schema: the fields.
    ///   - fingerprint: which analysis makes the terms; opaque here.
    ///   - options: how the writer uses the disk.
    /// - Throws: `IndexError.locked` where another writer is there; `incompatible` where the index
    ///   was made with another schema or fingerprint; `corrupt`, `wrongFormatVersion`, `io`.
    public init(
        directory: any Directory, schema: IndexSchema, fingerprint: String,
        options: Options = Options()
    ) throws(IndexError) {
        let lock = try directory.lock()
        let names = try directory.fileNames()
        for name in names where IndexFileName(name) == .temporary { try directory.remove(name) }
        let snapshot: Snapshot
        do throws(IndexError) {
            snapshot = try Snapshot.open(directory: directory, schema: schema)
        } catch {
            guard case .notAnIndex = error else { throw error }
            let first = CommitPoint(
                indexUUID: IndexFileName.randomUUID(), generation: 1, parent: 0, segments: [],
                walSequence: 0, schema: schema, fingerprint: fingerprint, userData: "")
            try first.write(to: directory)
            snapshot = Snapshot(commit: first, segments: [])
        }
        guard snapshot.fingerprint == fingerprint else {
            throw .incompatible(
                what: "analysis", found: snapshot.fingerprint, expected: fingerprint)
        }
        self.directory = directory
        self.options = options
        self.lock = lock
        self.snapshot = snapshot
        slots = Self.slots(of: snapshot)
        let generations = CommitPoint.generations(in: names)
        highestGeneration = max(snapshot.generation, generations.first ?? 0)
        if let earlier = generations.first(where: { $0 < snapshot.generation }) {
            do throws(IndexError) {
                previous = try CommitPoint.read(earlier, in: directory)
            } catch {
                // It is only a spare; without it the next commit has none to keep.
                if case .io = error { throw error }
            }
        }
        // After damage everything stays where it is until a commit succeeds.
        if snapshot.damage == nil { clean() }
    }

    /// The documents that a commit would show now.
    public var documentCount: Int { slots.reduce(0) { $0 + $1.liveCount } }

    /// The number of segments that a commit would have now.
    public var segmentCount: Int { slots.count }

    /// Whether a commit would show anything else than the last.
    public var hasChanges: Bool {
        slots.contains { !$0.newlyDeleted.isEmpty || !$0.isDeletionsFileCurrent }
            || slots.map(\.descriptor) != snapshot.commit.segments
    }

    /// Gives up the lock; what was not committed is lost. The writer takes nothing more.
    public func close() {
        failure = failure ?? "closed"
        lock = nil
    }

    /// Refuses everything from now on; for an error that a worker met at a destination.
    public func fail(_ error: IndexError) {
        failure = failure ?? "\(error)"
    }
}

// MARK: - Adding and deleting

extension IndexWriter {
    /// An empty builder for the fields of this index.
    public func makeBuilder() -> SegmentBuilder { SegmentBuilder(schema: snapshot.schema) }

    /// A place for a segment that a worker writes on a thread of its own.
    public func makeDestination() -> SegmentDestination {
        let name = IndexFileName.newSegment()
        outstanding.insert(name + ".izs")
        return SegmentDestination(
            directory: directory, name: name, indexUUID: snapshot.indexUUID)
    }

    /// Writes what a builder holds as a segment; its keys replace equal ones in all before.
    public func add(_ builder: SegmentBuilder) throws(IndexError) {
        guard builder.documentCount > 0 else { return }
        let destination = makeDestination()
        try changing { () throws(IndexError) in
            do throws(IndexError) {
                try checkSpace(for: builder.byteCount)
                try take(try destination.write(builder))
            } catch {
                outstanding.remove(destination.name + ".izs")
                throw error
            }
        }
    }

    /// Takes in a segment that was written at a destination of this writer.
    ///
    /// Its keys replace equal ones in all segments that were taken in before.
    public func add(written segment: SegmentDescriptor) throws(IndexError) {
        try changing { () throws(IndexError) in try take(segment) }
    }

    /// Deletes the document with a key.
    ///
    /// - Returns: whether there was one.
    public func delete(key: Span<UInt8>) throws(IndexError) -> Bool {
        try changing { () throws(IndexError) in
            guard let (slot, document) = try find(key, before: slots.count) else { return false }
            slots[slot].newlyDeleted.insert(document)
            return true
        }
    }

    /// Whether there is a document with a key, uncommitted ones included.
    public func contains(key: Span<UInt8>) throws(IndexError) -> Bool {
        try find(key, before: slots.count) != nil
    }

    /// Forgets all changes since the last commit.
    public func rollback() throws(IndexError) {
        try changing { () throws(IndexError) in
            slots = Self.slots(of: snapshot)
            clean()
        }
    }

    private func take(_ descriptor: SegmentDescriptor) throws(IndexError) {
        precondition(
            outstanding.contains(descriptor.fileName), "the segment was written for this writer")
        let segment = try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: snapshot.indexUUID,
            schema: snapshot.schema)
        var replaced: [(slot: Int, document: UInt32)] = []
        if !slots.isEmpty {
            for document in 0..<segment.documentCount where !segment.isDeleted(document) {
                let key = try segment.key(of: document)
                if let old = try find(key.span, before: slots.count) { replaced.append(old) }
            }
        }
        for (slot, document) in replaced { slots[slot].newlyDeleted.insert(document) }
        slots.append(Slot(segment: segment, descriptor: descriptor))
        outstanding.remove(descriptor.fileName)
        // The next merge by the policy would come too late for what a reader can bear.
        while slots.count > options.mergePolicy.maximumSegmentCount {
            guard let next = nextMerge(), try merge(next, shouldStop: { false }) else { break }
        }
    }

    private func find(
        _ key: Span<UInt8>, before end: Int
    ) throws(IndexError) -> (slot: Int, document: UInt32)? {
        for index in (0..<end).reversed() {
            if let document = try slots[index].segment.document(withKey: key),
                slots[index].isLive(document)
            {
                return (index, document)
            }
        }
        return nil
    }

    private static func slots(of snapshot: Snapshot) -> [Slot] {
        zip(snapshot.segments, snapshot.commit.segments).map {
            Slot(segment: $0, descriptor: $1)
        }
    }
}

// MARK: - Merging

extension IndexWriter {
    /// Makes the next merge of the policy, if one is due; it shows with the next commit.
    ///
    /// - Parameter shouldStop: asked now and then; `true` leaves everything as it was.
    /// - Returns: whether a merge was made, so that another may be due.
    public func mergeIfNeeded(
        shouldStop: () -> Bool = { false }
    ) throws(IndexError) -> Bool {
        try changing { () throws(IndexError) in
            guard let indexes = nextMerge() else { return false }
            // A merge holds old and new at once; it can wait until there is space.
            let byteCount = indexes.reduce(0) { $0 + slots[$1].descriptor.byteCount }
            guard try hasSpace(for: byteCount) else { return false }
            return try merge(indexes, shouldStop: shouldStop)
        }
    }

    /// Merges all segments into one without deleted documents, whatever its size.
    ///
    /// - Parameter shouldStop: asked now and then; `true` leaves everything as it was.
    public func mergeAll(shouldStop: () -> Bool = { false }) throws(IndexError) {
        try changing { () throws(IndexError) in
            let isDone =
                slots.count <= 1 && slots.allSatisfy { $0.liveCount == $0.segment.documentCount }
            guard !isDone else { return }
            try checkSpace(for: slots.reduce(0) { $0 + $1.descriptor.byteCount })
            _ = try merge(Array(slots.indices), shouldStop: shouldStop)
        }
    }

    private func nextMerge() -> [Int]? {
        options.mergePolicy.nextMerge(
            of: slots.map {
                .init(
                    byteCount: $0.descriptor.byteCount, documentCount: $0.segment.documentCount,
                    liveCount: UInt32($0.liveCount))
            })
    }

    /// Replaces slots by one in the place of the first.
    private func merge(
        _ indexes: [Int], shouldStop: () -> Bool
    ) throws(IndexError) -> Bool {
        for index in indexes { applyDeletions(at: index) }
        let merged = indexes.map { slots[$0] }
        let liveCount = merged.reduce(0) { $0 + $1.liveCount }
        // Document numbers have 32 bits, and the highest means none.
        guard liveCount < Int(UInt32.max) else { return false }
        var replacement: Slot?
        if liveCount > 0 {
            let result = try SegmentMerger.merge(
                merged.map(\.segment), to: directory, name: IndexFileName.newSegment(),
                indexUUID: snapshot.indexUUID, schema: snapshot.schema, shouldStop: shouldStop)
            guard let descriptor = result?.descriptor else { return false }
            let segment = try Segment.open(
                directory: directory, descriptor: descriptor, indexUUID: snapshot.indexUUID,
                schema: snapshot.schema)
            replacement = Slot(segment: segment, descriptor: descriptor)
        }
        let old = Set(indexes)
        slots = slots.indices.compactMap { index in
            if index == indexes.first, let replacement { return replacement }
            return old.contains(index) ? nil : slots[index]
        }
        // What no commit ever named need not wait for one.
        clean(merged.flatMap { [$0.descriptor.fileName, $0.descriptor.deletionsFileName] })
        return true
    }

    private func applyDeletions(at index: Int) {
        guard !slots[index].newlyDeleted.isEmpty else { return }
        let segment = slots[index].segment
        let old = segment.deletions ?? Deletions(documentCount: segment.documentCount)
        slots[index].segment = segment.withDeletions(old.deleting(slots[index].newlyDeleted))
        slots[index].newlyDeleted = []
        slots[index].isDeletionsFileCurrent = false
    }
}

// MARK: - Committing

extension IndexWriter {
    /// Makes all changes durable and visible at once.
    ///
    /// Nothing is written where nothing changed.
    ///
    /// - Parameters:
    ///   - walSequence: the last record of the write-ahead log that the changes contain.
    ///   - userData: what the caller wants to find again with this generation.
    /// - Returns: the new snapshot, which is also `snapshot` from now on.
    @discardableResult
    public func commit(
        walSequence: UInt64, userData: String
    ) throws(IndexError) -> Snapshot {
        guard hasChanges || walSequence != snapshot.walSequence || userData != snapshot.userData
        else { return snapshot }
        try changing { () throws(IndexError) in
            try checkSpace(for: 0)
            try write(walSequence: walSequence, userData: userData)
            clean()
        }
        return snapshot
    }

    private func write(walSequence: UInt64, userData: String) throws(IndexError) {
        // Numbers of 64 bits stand in the file as JSON integers, which are signed.
        guard highestGeneration < UInt64(Int64.max) - 1 else {
            throw .limit(what: "generation", found: Int.max, allowed: Int.max - 1)
        }
        let generation = highestGeneration + 1
        for index in slots.indices { applyDeletions(at: index) }
        slots.removeAll { $0.liveCount == 0 }
        for index in slots.indices where !slots[index].isDeletionsFileCurrent {
            let segment = slots[index].segment
            guard let deletions = segment.deletions else { continue }
            let name = Deletions.fileName(segment: segment.name, generation: generation)
            try deletions.write(to: directory, name: name, indexUUID: snapshot.indexUUID)
            slots[index].descriptor.deletionsFileName = name
            slots[index].descriptor.deletedCount = deletions.deletedCount
            slots[index].isDeletionsFileCurrent = true
        }
        // All names that the commit point will tell are durable before it is.
        try directory.sync()
        let commit = CommitPoint(
            indexUUID: snapshot.indexUUID, generation: generation, parent: snapshot.generation,
            segments: slots.map(\.descriptor), walSequence: walSequence,
            schema: snapshot.schema, fingerprint: snapshot.fingerprint, userData: userData)
        try commit.write(to: directory)
        highestGeneration = generation
        previous = snapshot.commit
        snapshot = Snapshot(commit: commit, segments: slots.map(\.segment))
    }

    /// Removes the files of the index that neither a commit to be kept nor a change names.
    ///
    /// The last two commit points stay. The files of the older of the two stay only while the
    /// write-ahead log may go on from it, since without that nobody may fall back on it.
    ///
    /// - Parameter candidates: what to look at; all files of the directory by default.
    private func clean(_ candidates: [String?]? = nil) {
        do throws(IndexError) {
            let names = try directory.fileNames()
            var kept = Set(snapshot.commit.fileNames)
            if let previous {
                kept.insert(previous.fileName)
                if previous.logFile(in: names) != nil { kept.formUnion(previous.fileNames) }
            }
            kept.formUnion(outstanding)
            for slot in slots {
                kept.insert(slot.descriptor.fileName)
                if let name = slot.descriptor.deletionsFileName { kept.insert(name) }
            }
            let considered = candidates.map { Set($0.compactMap(\.self)) }
            for name in names where !kept.contains(name) {
                guard considered?.contains(name) ?? true else { continue }
                switch IndexFileName(name) {
                case .manifest, .segment: try directory.remove(name)
                case .deletions(let uuid, _):
                    guard !outstanding.contains("seg-\(uuid).izs") else { continue }
                    try directory.remove(name)
                case .writeAheadLog, .lock, .temporary, nil: continue
                }
            }
            cleaningError = nil
        } catch {
            cleaningError = error
        }
    }

    private func hasSpace(for byteCount: Int) throws(IndexError) -> Bool {
        guard options.reservedByteCount > 0 else { return true }
        return try directory.freeByteCount() - byteCount >= options.reservedByteCount
    }

    private func checkSpace(for byteCount: Int) throws(IndexError) {
        guard try hasSpace(for: byteCount) else {
            throw .io(operation: "reserve", path: directory.path, code: ENOSPC)
        }
    }

    /// Refuses after a failure, and remembers one.
    private func changing<Result>(
        _ change: () throws(IndexError) -> Result
    ) throws(IndexError) -> Result {
        if let failure { throw .writerFailed(reason: failure) }
        do {
            return try change()
        } catch {
            if case .io = error, !error.isOutOfSpace { failure = "\(error)" }
            throw error
        }
    }
}

extension CommitPoint {
    /// Writes the file under a temporary name, syncs it, renames it, syncs the directory.
    ///
    /// With the return of this call, and not before, the commit is durable.
    func write(to directory: any Directory) throws(IndexError) {
        let temporary = fileName + ".tmp"
        let file = try directory.createFile(named: temporary)
        do throws(IndexError) {
            try file.write(bytes)
            try file.sync()
            try file.close()
            try directory.rename(temporary, to: fileName)
            try directory.sync()
        } catch {
            // The first error is the one to tell; what is left is removed when the index is opened.
            try? directory.remove(temporary)
            throw error
        }
    }
}
