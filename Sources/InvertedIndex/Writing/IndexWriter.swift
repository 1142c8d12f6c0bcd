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
        /// In which order `mergeAll` puts the documents; other merges leave them as they are.
        public var fullMergeOrder: DocumentOrder
        /// What must stay free on the disk; a change that would take of it is refused.
        public var reservedByteCount: Int

        /// Options; by default the usual merges, no other order and no reserve.
        ///
        /// - Requires: the order is by a field of keywords.
        public init(
            mergePolicy: MergePolicy = MergePolicy(), fullMergeOrder: DocumentOrder = .added,
            reservedByteCount: Int = 0
        ) {
            self.mergePolicy = mergePolicy
            self.fullMergeOrder = fullMergeOrder
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
    public internal(set) var snapshot: Snapshot
    /// The directory that is written to.
    public let directory: any Directory
    /// Why files that no commit names could not be removed after the last commit, if so.
    ///
    /// The commit itself stands; they are removed by the next, or when the index is opened anew.
    public internal(set) var cleaningError: IndexError?

    /// What must stay free on the disk beside a merge, so that one that would take of it waits.
    ///
    /// What is added and committed may take of it, since it was promised before.
    public var mergeReserveByteCount = 0

    let options: Options
    let keying: TermKeying
    var slots: [Slot]
    private var lock: DirectoryLock?
    /// The commit before the last, as long as it may be needed.
    var previous: CommitPoint?
    /// The highest generation that any file bears.
    var highestGeneration: UInt64
    /// Names given out to workers; their files may appear at any time.
    var outstanding: Set<String> = []
    /// The merge that was begun and not ended.
    var pendingMerge: PendingMerge?
    private var failure: String?

    /// Opens the index of a directory, or begins one, and takes the lock.
    ///
    /// What a crash left is removed. A new index gets an empty first commit at once.
    ///
    /// - Parameters:
    ///   - directory: where the index is.
    ///   - schema: the fields.
    ///   - fingerprint: which analysis makes the terms; opaque here.
    ///   - keying: makes the keys of terms for fields of kind `termKeys`, when a builder of
    ///     `makeBuilder` is written; merges take the keys from the segments.
    ///   - options: how the writer uses the disk.
    /// - Throws: `IndexError.locked` where another writer is there; `incompatible` where the index
    ///   was made with another schema or fingerprint; `corrupt`, `wrongFormatVersion`, `io`.
    public init(
        directory: any Directory, schema: IndexSchema, fingerprint: String,
        keying: TermKeying = .none, options: Options = Options()
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
        self.keying = keying
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

    /// Gives up the lock and takes nothing more; what was not committed is lost.
    public func close() {
        giveUpMerge()
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
    public func makeBuilder() -> SegmentBuilder {
        SegmentBuilder(schema: snapshot.schema, keying: keying)
    }

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
            giveUpMerge()
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
        for index in slots.indices {
            try KeyJoin.forEachShared(of: slots[index].segment, with: segment) { document in
                if slots[index].isLive(document) { replaced.append((index, document)) }
            }
        }
        for (slot, document) in replaced { slots[slot].newlyDeleted.insert(document) }
        slots.append(Slot(segment: segment, descriptor: descriptor))
        outstanding.remove(descriptor.fileName)
        // The next merge by the policy would come too late for what a reader can bear.
        while slots.count > options.mergePolicy.maximumSegmentCount {
            guard let next = nextMerge(), try hasSpace(toMerge: next) else { break }
            do throws(IndexError) {
                guard try merge(next, shouldStop: { false }) else { break }
            } catch {
                // The segment is taken in; the merge waits until there is space.
                guard error.isOutOfSpace else { throw error }
                break
            }
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

// MARK: - Refusing

extension IndexWriter {
    func hasSpace(for byteCount: Int) throws(IndexError) -> Bool {
        guard options.reservedByteCount > 0 else { return true }
        return try directory.freeByteCount() - byteCount >= options.reservedByteCount
    }

    /// Whether a merge leaves enough free: it holds old and new at once.
    func hasSpace(toMerge indexes: [Int]) throws(IndexError) -> Bool {
        let reserve = max(options.reservedByteCount, mergeReserveByteCount)
        guard reserve > 0 else { return true }
        let byteCount = indexes.reduce(0) { $0 + slots[$1].descriptor.byteCount }
        return try directory.freeByteCount() - byteCount >= reserve
    }

    func checkSpace(for byteCount: Int) throws(IndexError) {
        guard try hasSpace(for: byteCount) else {
            throw .io(operation: "reserve", path: directory.path, code: ENOSPC)
        }
    }

    /// Refuses after a failure, and remembers one.
    func changing<Result>(
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
