import InvertedIndex
import Synchronization

/// How one collection is, for health checks and metrics.
public struct CollectionCondition: Sendable {
    /// Its name.
    public var name: String
    /// The name of its kind; empty where the collection cannot be opened.
    public var kind: String
    /// The documents that can be found.
    public var documents: Int
    /// The deleted ones that still take space.
    public var deleted: Int
    /// The segments.
    public var segments: Int
    /// The bytes of the segments.
    public var byteCount: Int
    /// The bytes of the write-ahead log.
    public var logByteCount: Int
    /// The commits since the start.
    public var commitCount: Int
    /// The merges since the start.
    public var mergeCount: Int
    /// The commit that is searched.
    public var generation: UInt64
    /// What the last sync of the log took.
    public var lastSyncSeconds: Double
    /// What all merges since the start took.
    public var mergeSeconds: Double
    /// Why nothing is written any more, if so; reads go on.
    public var writeFailure: String?
    /// Whether another analysis or other fields built the index: it is searched, not written.
    public var isReindexRequired: Bool
    /// Why the collection cannot even be searched, if so.
    public var damage: String?
}

extension Engine {
    /// How all collections are, by name.
    ///
    /// May be called from any thread; waits for no writer and no search.
    public var conditions: [CollectionCondition] {
        let (collections, damaged) = state.withLock { ($0.collections.values, $0.damaged) }
        let conditions =
            collections.map(\.condition)
            + damaged.map { CollectionCondition(name: $0, damage: IndexFailure($1).message) }
        return conditions.sorted { $0.name < $1.name }
    }

    /// Whether every collection is searched and written as it should be.
    ///
    /// It costs a health check less than `conditions`, which only then have something to tell.
    public var isWhole: Bool {
        state.withLock { state in
            state.damaged.isEmpty
                && state.collections.values.allSatisfy {
                    $0.analysisChange == nil && !$0.writerCondition.hasFailed
                }
        }
    }

    /// How often damage was detected since the start.
    public var damageCount: Int { damage.value }

    /// Searches each collection for one document, as a client would: what a watchdog relies on.
    ///
    /// - Throws: what the first search throws that fails.
    public func probe() throws(EngineError) {
        for (name, _) in collections {
            var request = SearchRequest()
            request.collections = [name]
            request.limit = 1
            _ = try search(request)
        }
    }
}

extension CollectionCondition {
    /// The condition of a collection that cannot be opened.
    fileprivate init(name: String, damage: String) {
        self.init(
            name: name, kind: "", documents: 0, deleted: 0, segments: 0, byteCount: 0,
            logByteCount: 0, commitCount: 0, mergeCount: 0, generation: 0, lastSyncSeconds: 0,
            mergeSeconds: 0, writeFailure: damage, isReindexRequired: false, damage: damage)
    }
}

extension OpenCollection {
    /// How the collection is.
    var condition: CollectionCondition {
        let snapshot = snapshot
        let numbers = writerCondition.numbers
        return CollectionCondition(
            name: name, kind: kind.name, documents: snapshot.documentCount,
            deleted: snapshot.deletedCount, segments: snapshot.segmentCount,
            byteCount: snapshot.byteCount, logByteCount: numbers.logByteCount,
            commitCount: numbers.commitCount, mergeCount: numbers.mergeCount,
            generation: snapshot.generation, lastSyncSeconds: numbers.lastSyncSeconds,
            mergeSeconds: numbers.mergeSeconds, writeFailure: numbers.failure,
            isReindexRequired: analysisChange != nil)
    }
}
