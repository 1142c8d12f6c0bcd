import InvertedIndex
import Synchronization

/// What came of building a collection anew from its own documents.
public struct RebuildReport: Sendable {
    /// The collection.
    public var collection: String
    /// The documents that it has now.
    public var documents: Int
    /// The requests that were in the log and in no commit, and are in the index now.
    public var replayedCount: Int
    /// The documents that do not fit the configuration of today.
    public var rejectedCount: Int
    /// Whether the new index took the place of the old one.
    public var isReplaced: Bool
}

extension Engine {
    /// The collections that another analysis or other fields built, so that they are searched and
    /// not written.
    ///
    /// Those with names come first, since texts are linked to them.
    public var collectionsToRebuild: [String] {
        state.withLock { Array($0.collections.values) }.filter { $0.analysisChange != nil }
            .sorted { ($0.names == nil ? 1 : 0, $0.name) < ($1.names == nil ? 1 : 0, $1.name) }
            .map(\.name)
    }

    /// Builds a collection anew from its stored documents and its log, with the analysis and the
    /// configuration of today, beside the old index, and swaps them.
    ///
    /// A crash or an error before the end leaves the old index as it was. Documents that do not fit
    /// the kind as it is declared today are rejected; the old index then stays, unless
    /// `dropsRejected`.
    ///
    /// - Parameters:
    ///   - name: The collection.
    ///   - threadCount: How many threads analyse.
    ///   - dropsRejected: Whether the new index takes the place of the old one without those that
    ///     were rejected.
    ///   - rejected: Gets each document that does not fit; called from several threads.
    ///   - report: Gets the number of documents read and of all, now and then; from several threads.
    /// - Returns: what came of it.
    /// - Throws: `collectionNotFound`, `collectionDamaged`, `readOnly`, `noSpaceLeft`, `index`.
    /// - Requires: nobody writes to the collection meanwhile.
    public func rebuild(
        _ name: String, threadCount: Int = 2, dropsRejected: Bool = false,
        rejected: @escaping @Sendable (BulkIndexer.Rejection) -> Void = { _ in },
        report: @escaping @Sendable (_ read: Int, _ all: Int) -> Void = { _, _ in }
    ) async throws(EngineError) -> RebuildReport {
        guard access == .readWrite else { throw .readOnly }
        let old = try collection(name)
        // What is pending is committed; nothing changes the files any more.
        await old.close()
        var result: RebuildReport
        do throws(EngineError) {
            result = try await build(
                from: old, threadCount, rejected: rejected, report: report)
        } catch {
            store.abandonRebuild(name)
            try reopen(name)
            throw error
        }
        result.isReplaced = result.rejectedCount == 0 || dropsRejected
        if result.isReplaced {
            try store.endRebuild(name)
        } else {
            store.abandonRebuild(name)
        }
        try reopen(name)
        result.documents = try collection(name).snapshot.documentCount
        return result
    }

    private func reopen(_ name: String) throws(EngineError) {
        let collection = try open(name)
        state.withLock { $0.collections[name] = collection }
    }

    /// Fills an index beside that of a closed collection.
    private func build(
        from old: OpenCollection, _ threadCount: Int,
        rejected: @escaping @Sendable (BulkIndexer.Rejection) -> Void,
        report: @escaping @Sendable (_ read: Int, _ all: Int) -> Void
    ) async throws(EngineError) -> RebuildReport {
        let (snapshot, records) = try indexed { () throws(IndexError) in
            let snapshot = try Snapshot.open(directory: old.directory)
            return (snapshot, try snapshot.logRecords(in: old.directory))
        }
        let new = try beginRebuild(of: old)
        var result = RebuildReport(
            collection: old.name, documents: 0, replayedCount: records.count, rejectedCount: 0,
            isReplaced: false)
        do throws(EngineError) {
            let documents = StoredDocuments(of: snapshot, in: old)
            let all = snapshot.documentCount
            let progress = try await BulkIndexer(engine: self, into: new, threadCount: threadCount)
                .run(
                    next: { documents.next() }, rejected: rejected,
                    report: { report($0.documentCount, all) })
            if let failure = documents.failure { throw failure }
            result.rejectedCount = progress.rejectedCount
            for record in records {
                result.rejectedCount += try await write(record, to: new, rejected: rejected)
            }
            _ = try await new.writer().commitAll()
        } catch {
            await new.close()
            throw error
        }
        await new.close()
        return result
    }

    private func beginRebuild(of old: OpenCollection) throws(EngineError) -> OpenCollection {
        let directory = try store.beginRebuild(
            old.name, layout: CollectionLayout(kind: old.kind),
            fingerprint: CollectionLayout.fingerprint(
                of: old.kind, analysis: analyzers.fingerprint))
        let empty = try indexed { () throws(IndexError) in
            try Snapshot.open(directory: directory)
        }
        return try OpenCollection(
            name: old.name, kind: old.kind, directory: directory, snapshot: empty,
            access: .readWrite, analyzers: analyzers, names: nameKnowledge,
            settings: currentSettings, mergeOrder: configuration.mergeOrder, damage: damage,
            toleratesDamage: false)
    }

    /// Writes one request of the old log again; returns how many documents of it do not fit.
    private func write(
        _ record: WriteAheadLog.Record, to new: OpenCollection,
        rejected: (BulkIndexer.Rejection) -> Void
    ) async throws(EngineError) -> Int {
        let changes = try indexed { () throws(IndexError) in
            try WriteBatch.changes(in: record.payload)
        }
        var rejectedCount = 0
        var taken: [DocumentIndexer.Change] = []
        for change in changes {
            do throws(DocumentProblem) {
                taken.append(try DocumentIndexer.Change(change, layout: new.layout))
            } catch {
                rejectedCount += 1
                rejected(
                    BulkIndexer.Rejection(
                        origin: "\(new.name), log record \(record.sequence)", key: nil,
                        code: error.code, parameter: error.parameter, message: error.message))
            }
        }
        _ = try await new.writer().write(taken, wait: .durable)
        return rejectedCount
    }
}
