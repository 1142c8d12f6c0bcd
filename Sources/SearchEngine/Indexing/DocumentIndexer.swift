import InvertedIndex
import TextAnalysis

/// The one writer of a collection, on a thread of its own, since it waits for the disk.
///
/// A request goes: checked (by the caller) → a record in the write-ahead log → one sync for all that
/// wait → terms in memory → answer; within a second, or at once if asked, a commit makes it visible.
actor DocumentIndexer {
    /// One change of a request; what cannot be written only has an outcome.
    enum Change: Sendable {
        case add(CheckedDocument)
        case delete(DocumentKey)
        case refused(Engine.Outcome)
    }

    /// What a request did.
    struct Answer: Sendable {
        var outcomes: [Engine.Outcome]
        var generation: UInt64
    }

    private struct Request {
        var changes: [Change]
        var outcomes: [Engine.Outcome]
        var sequence: UInt64?
        var isVisible: Bool
        /// Who waits for it, if anybody does.
        var answer: PendingAnswer?
    }

    /// How much the log may hold before a commit begins a new one.
    private static let rotationByteCount = 16 << 20

    private nonisolated let queue: SerialQueue
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    private let directory: any Directory
    private let layout: CollectionLayout
    private let settings: CurrentSettings
    private let reserve: DiskReserve
    /// More segments are merged before the next write.
    private let mostSegments: Int
    private let condition: WriterCondition
    private let publish: @Sendable (Snapshot) -> Void
    private let writer: IndexWriter
    private let log: WriteAheadLog
    private let encoder: DocumentEncoder
    private var builder: SegmentBuilder
    private var snapshot: Snapshot
    /// Keys deleted behind all documents of `builder`.
    private var deletedKeys: Set<DocumentKey> = []
    /// What is written and not committed: the hash of each document, `nil` for a deleted one.
    private var pending: [DocumentKey: (hash: UInt64?, sequence: UInt64)] = [:]
    /// Requests in the log that wait for its sync.
    private var queued: [Request] = []
    /// The last record whose changes are in `builder` or in segments.
    private var appliedSequence: UInt64
    private var isSyncScheduled = false
    private var isCommitScheduled = false
    /// What merges beside this writer.
    private var merging: Task<Void, Never>?
    private var isClosing = false
    private var hasUncommittedSegments = false
    /// Why nothing is written any more.
    private var failure: EngineError?

    /// Opens the index of a collection for writing, makes it where it is absent, and brings in what
    /// the log holds beyond the last commit.
    init(
        directory: any Directory, layout: CollectionLayout, fingerprint: String,
        analyzer: sending Analyzer, knowledge: NameKnowledge,
        settings: CurrentSettings, order: DocumentOrder, condition: WriterCondition,
        publish: @escaping @Sendable (Snapshot) -> Void
    ) throws(EngineError) {
        queue = SerialQueue()
        self.directory = directory
        self.layout = layout
        self.settings = settings
        reserve = DiskReserve(directory: directory, settings: settings)
        self.condition = condition
        let limits = settings.value.limits
        let mostSegments = max(1, limits.segmentCount)
        self.mostSegments = mostSegments
        self.publish = publish
        encoder = try DocumentEncoder(
            layout: layout, analyzer: analyzer, knowledge: knowledge)
        do throws(IndexError) {
            writer = try IndexWriter(
                directory: directory, schema: layout.schema, fingerprint: fingerprint,
                keying: CollectionLayout.keying,
                options: .init(
                    mergePolicy: MergePolicy(maximumSegmentCount: mostSegments),
                    fullMergeOrder: order))
            var current = writer.snapshot
            builder = writer.makeBuilder()
            let (log, records) = try WriteAheadLog.open(
                directory: directory, indexUUID: current.indexUUID, after: current.walSequence,
                options: .init(preallocatedByteCount: limits.logReservationByteCount))
            self.log = log
            let logByteCount = log.byteCount
            condition.update { $0.logByteCount = logByteCount }
            appliedSequence = current.walSequence
            let replay = LogReplay(layout: layout, encoder: encoder)
            for record in records {
                try replay.take(record.payload, into: builder, deleting: &deletedKeys)
                appliedSequence = record.sequence
                if builder.byteCount > limits.ingestBufferByteCount {
                    try Self.flush(writer, &builder, &deletedKeys)
                }
            }
            if !records.isEmpty || current.userData != layout.kind.name {
                try Self.flush(writer, &builder, &deletedKeys)
                current = try writer.commit(
                    walSequence: appliedSequence, userData: layout.kind.name)
            }
            snapshot = current
        } catch {
            throw .index(error)
        }
        publish(snapshot)
    }

    private var limits: Limits { settings.value.limits }

    // MARK: Requests

    /// Writes changes; returns when they are as safe or visible as asked.
    func write(_ changes: [Change], wait: Engine.Wait) async throws(EngineError) -> Answer {
        // A reader can bear only so many segments; the merge under way makes room.
        while writer.segmentCount > mostSegments, let merging { await merging.value }
        if let failure { throw failure }
        try reserve.check()
        try makeRoom()
        var batch = WriteBatch()
        var outcomes: [Engine.Outcome] = []
        var kept: [Change] = []
        var touched: [DocumentKey: UInt64?] = [:]
        for change in changes {
            let outcome = try outcome(of: change, touched)
            outcomes.append(outcome)
            switch (change, outcome) {
            case (.add(let document), .created), (.add(let document), .replaced):
                batch.append(.add(json: document.json))
                touched[document.key] = .some(document.hash)
                kept.append(change)
            case (.delete(let key), .deleted):
                batch.append(.delete(key: Array(key.utf8)))
                touched[key] = .some(nil)
                kept.append(change)
            default: break
            }
        }
        if batch.isEmpty, queued.isEmpty, wait != .visible || !isDirty {
            return Answer(outcomes: outcomes, generation: snapshot.generation)
        }
        var sequence: UInt64?
        if !batch.isEmpty {
            let number = try append(batch)
            sequence = number
            for (key, hash) in touched { pending[key] = (hash, number) }
        }
        let answer = wait == .none ? nil : PendingAnswer()
        queued.append(
            Request(
                changes: kept, outcomes: outcomes, sequence: sequence,
                isVisible: wait == .visible, answer: answer))
        scheduleSync()
        guard let answer else {
            return Answer(outcomes: outcomes, generation: snapshot.generation)
        }
        return try await withCheckedContinuation { answer.resume($0) }.get()
    }

    /// What a change will do, given what is committed, what is pending, and what came before it in
    /// its own request.
    private func outcome(of change: Change, _ touched: [DocumentKey: UInt64?])
        throws(EngineError) -> Engine.Outcome
    {
        switch change {
        case .refused(let outcome): return outcome
        case .add(let document):
            switch try knownHash(of: document.key, touched) {
            case .absent: return .created
            case .present(let hash): return hash == document.hash ? .unchanged : .replaced
            }
        case .delete(let key):
            if case .absent = try knownHash(of: key, touched) { return .notFound }
            return .deleted
        }
    }

    private enum Known {
        case absent
        case present(UInt64?)
    }

    private func knownHash(of key: DocumentKey, _ touched: [DocumentKey: UInt64?])
        throws(EngineError) -> Known
    {
        if let hash = touched[key] { return hash.map { .present($0) } ?? .absent }
        if let entry = pending[key] { return entry.hash.map { .present($0) } ?? .absent }
        do throws(IndexError) {
            guard let address = try snapshot.address(ofKey: Array(key.utf8).span) else {
                return .absent
            }
            guard let field = layout.hash else { return .present(nil) }
            let number = try Searcher(snapshot: snapshot).number(at: address, field)
            return .present(number.map { UInt64(bitPattern: $0) })
        } catch {
            throw .index(error)
        }
    }

    private func append(_ batch: WriteBatch) throws(EngineError) -> UInt64 {
        do throws(IndexError) {
            return try log.append(batch.bytes.span)
        } catch {
            throw failed(error)
        }
    }

    /// Writes and merges what could not be for want of space, before more is taken.
    private func makeRoom() throws(EngineError) {
        guard isOverfull else { return }
        do throws(IndexError) {
            if isBuilderFull { try flush() }
            while isOverfull {
                writer.mergeReserveByteCount = reserve.byteCountForMerges
                guard try writer.mergeIfNeeded() else { break }
                hasUncommittedSegments = true
            }
            try commit()
        } catch {
            throw failed(error)
        }
        guard !isOverfull else {
            throw try reserve.shortage()
        }
    }

    /// Whether there is more in memory, or are more segments, than may be.
    private var isOverfull: Bool { isBuilderFull || writer.segmentCount > mostSegments }

    private var isBuilderFull: Bool {
        builder.documentCount > 0 && builder.byteCount > limits.ingestBufferByteCount
    }

    /// Keeps a write error: after it nothing is written until the index is opened anew.
    ///
    /// A full disk is none: what could not be written is pending, and goes on when there is space.
    private func failed(_ error: IndexError) -> EngineError {
        if case .limit = error { return .index(error) }
        if error.isDiskFull {
            scheduleCommit()
            return EngineError(error)
        }
        if error.isDamage { condition.damage.add() }
        let kept: EngineError
        if case .writerFailed = error {
            kept = .index(error)
        } else {
            kept = .index(.writerFailed(reason: "\(error)"))
        }
        if failure == nil {
            failure = kept
            let message = IndexFailure(error).message
            condition.update { $0.failure = message }
        }
        return .index(error)
    }

    // MARK: Sync and apply

    /// One sync for all requests that come before its turn on the queue; no timer when idle.
    private func scheduleSync() {
        guard !isSyncScheduled else { return }
        isSyncScheduled = true
        Task { self.syncQueued() }
    }

    private func syncQueued() {
        isSyncScheduled = false
        let requests = queued
        queued = []
        guard !requests.isEmpty else { return }
        do throws(EngineError) {
            if let failure { throw failure }
            do throws(IndexError) {
                try condition.timing(\.lastSyncSeconds) { () throws(IndexError) in try log.sync() }
                condition.update { $0.logByteCount = log.byteCount }
                for request in requests { apply(request) }
                if isBuilderFull { try flushUnlessFull() }
            } catch {
                throw failed(error)
            }
            commit(for: requests)
        } catch {
            for request in requests { request.answer?.give(.failure(error)) }
        }
    }

    /// Answers requests that are safe in the log; those that are to be visible after a commit.
    private func commit(for requests: [Request]) {
        var problem: EngineError?
        if requests.contains(where: \.isVisible) || log.byteCount > limits.logByteCount {
            do throws(IndexError) {
                try commit()
            } catch {
                problem = failed(error)
            }
        } else {
            scheduleCommit()
        }
        for request in requests {
            if let problem, request.isVisible {
                request.answer?.give(.failure(problem))
            } else {
                let answer = Answer(
                    outcomes: request.outcomes, generation: snapshot.generation)
                request.answer?.give(.success(answer))
            }
        }
    }

    private func apply(_ request: Request) {
        for change in request.changes {
            switch change {
            case .add(let document):
                encoder.encode(document, into: builder)
                deletedKeys.remove(document.key)
                GivingWay.pause()
            case .delete(let key): deletedKeys.insert(key)
            case .refused: break
            }
        }
        if let sequence = request.sequence { appliedSequence = sequence }
    }

    // MARK: Flush, commit, merge

    private var isDirty: Bool {
        builder.documentCount > 0 || !deletedKeys.isEmpty || hasUncommittedSegments
    }

    private static func flush(
        _ writer: IndexWriter, _ builder: inout SegmentBuilder,
        _ deletedKeys: inout Set<DocumentKey>
    ) throws(IndexError) {
        if builder.documentCount > 0 {
            try writer.add(builder)
            builder = writer.makeBuilder()
        }
        for key in deletedKeys { _ = try writer.delete(key: Array(key.utf8).span) }
        deletedKeys = []
    }

    /// Writes what is in memory; where the disk is full it stays there, since it is in the log.
    private func flushUnlessFull() throws(IndexError) {
        do throws(IndexError) {
            try flush()
        } catch {
            guard error.isDiskFull else { throw error }
            scheduleCommit()
        }
    }

    private func flush() throws(IndexError) {
        writer.mergeReserveByteCount = reserve.byteCountForMerges
        try Self.flush(writer, &builder, &deletedKeys)
        hasUncommittedSegments = true
    }

    private func commit() throws(IndexError) {
        guard isDirty else { return }
        try flush()
        // A damaged newest commit can be got over as long as the log goes on from the one before.
        let coveredSequence = snapshot.walSequence
        snapshot = try writer.commit(
            walSequence: appliedSequence, userData: layout.kind.name)
        hasUncommittedSegments = false
        publish(snapshot)
        pending = pending.filter { $0.value.sequence > appliedSequence }
        if log.byteCount > Self.rotationByteCount { try log.rotate() }
        try log.removeFiles(upTo: coveredSequence)
        condition.update {
            $0.commitCount += 1
            $0.logByteCount = log.byteCount
        }
        scheduleMerge()
    }

    private func scheduleCommit() {
        guard !isCommitScheduled, isDirty else { return }
        isCommitScheduled = true
        let delay = Duration.milliseconds(limits.commitMilliseconds)
        Task {
            // Ends early only when cancelled, and nobody cancels it.
            try? await Task.sleep(for: delay)
            self.commitScheduled()
        }
    }

    private func commitScheduled() {
        isCommitScheduled = false
        guard failure == nil else { return }
        do throws(IndexError) {
            try commit()
        } catch {
            _ = failed(error)
        }
    }

    /// Merges beside this writer for as long as merges are due, so that writes wait for none.
    private func scheduleMerge() {
        guard merging == nil, !isClosing, failure == nil else { return }
        merging = Task {
            while await self.mergeOnce() {}
            self.merging = nil
        }
    }

    /// Makes the next merge, if one is due; whether another may be.
    private func mergeOnce() async -> Bool {
        guard failure == nil, !isClosing else { return false }
        do throws(IndexError) {
            writer.mergeReserveByteCount = reserve.byteCountForMerges
            guard let merge = try writer.beginMerge() else { return false }
            let (result, duration) = await MergeThread.shared.run(merge)
            guard try writer.endMerge(merge, result) else { return false }
            condition.addMerge(duration)
            hasUncommittedSegments = true
            try commit()
            return true
        } catch {
            _ = failed(error)
            return false
        }
    }

    /// Ends the merge that is under way, without its result.
    private func stopMerging() async {
        isClosing = true
        writer.giveUpMerge()
        await merging?.value
    }

    /// Makes everything written visible; returns the generation.
    func commitAll() throws(EngineError) -> UInt64 {
        if let failure { throw failure }
        if !queued.isEmpty { syncQueued() }
        do throws(IndexError) {
            try commit()
        } catch {
            throw failed(error)
        }
        return snapshot.generation
    }

    /// Puts the commit of now, with all that was acknowledged, into an empty directory.
    ///
    /// After a write error nothing can be committed; then the log goes with the last commit.
    ///
    /// - Returns: what was copied.
    /// - Throws: `stopping`; `index`, `noSpaceLeft`.
    func copy(into target: any Directory) throws(EngineError) -> Snapshot {
        if case .stopping = failure { throw .stopping }
        if failure == nil { _ = try commitAll() }
        let (copied, includesLog) = (snapshot, failure != nil)
        try indexed { () throws(IndexError) in
            try copied.copyFiles(from: directory, into: target, includesLog: includesLog)
        }
        return copied
    }

    /// Commits what is pending and closes the files; later writes throw `stopping`.
    func close() async {
        await stopMerging()
        if failure == nil {
            if !queued.isEmpty { syncQueued() }
            do throws(IndexError) {
                try commit()
            } catch {
                // Nothing is lost: what was acknowledged is in the log.
                _ = failed(error)
            }
        }
        failure = failure ?? .stopping
        do throws(IndexError) {
            try log.close()
        } catch {
            // What was acknowledged was synced before.
            failure = .index(error)
        }
        writer.close()
    }

    // MARK: Bulk

    /// A place for a segment of a bulk build.
    func makeDestination() throws(EngineError) -> SegmentDestination {
        if let failure { throw failure }
        try reserve.check()
        return writer.makeDestination()
    }

    /// Takes a segment of a bulk build in, not yet visible.
    func add(written segment: SegmentDescriptor) throws(EngineError) {
        if let failure { throw failure }
        do throws(IndexError) {
            try writer.add(written: segment)
            hasUncommittedSegments = true
        } catch {
            throw failed(error)
        }
    }

    /// Merges all segments into one and makes them visible.
    ///
    /// - Parameters:
    ///   - isMergeRequired: whether too little space for the merge is an error; otherwise what was
    ///     added becomes visible as it is.
    ///   - threadCount: how many threads merge.
    /// - Returns: the generation that has it.
    /// - Throws: `stopping`, `noSpaceLeft`, `index`.
    func commitMerged(
        isMergeRequired: Bool = true, threadCount: Int = 1
    ) throws(EngineError) -> UInt64 {
        if let failure { throw failure }
        if !queued.isEmpty { syncQueued() }
        do throws(IndexError) {
            try flush()
            do throws(IndexError) {
                let start = ContinuousClock.now
                try writer.mergeAll(threadCount: threadCount)
                condition.addMerge(ContinuousClock.now - start)
            } catch {
                guard error.isDiskFull, !isMergeRequired else { throw error }
            }
            try commit()
        } catch {
            throw failed(error)
        }
        return snapshot.generation
    }

    /// Forgets what a bulk build has added since the last commit.
    func rollback() throws(EngineError) {
        do throws(IndexError) {
            try writer.rollback()
            hasUncommittedSegments = false
        } catch {
            throw failed(error)
        }
    }
}
