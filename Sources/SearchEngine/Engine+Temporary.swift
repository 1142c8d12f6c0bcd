/// What a snapshot holds.
public struct SnapshotReport: Sendable {
    /// Its name.
    public var name: String
    /// Where it is.
    public var path: String
    /// What is in it.
    public var collections: [(name: String, generation: UInt64, documents: Int)]
    /// The size of its files.
    public var byteCount: Int

    /// A report.
    public init(
        name: String, path: String,
        collections: [(name: String, generation: UInt64, documents: Int)], byteCount: Int
    ) {
        self.name = name
        self.path = path
        self.collections = collections
        self.byteCount = byteCount
    }
}

/// What was found in one collection.
public struct VerifyReport: Sendable {
    /// Its name.
    public var collection: String
    /// What was read.
    public var generation: UInt64
    /// Its documents.
    public var documents: Int
    /// The size of its files.
    public var byteCount: Int
    /// What is wrong, for people.
    public var errors: [String]

    /// A report.
    public init(
        collection: String, generation: UInt64, documents: Int, byteCount: Int, errors: [String]
    ) {
        self.collection = collection
        self.generation = generation
        self.documents = documents
        self.byteCount = byteCount
        self.errors = errors
    }
}

/// How one collection is.
public struct CollectionCondition: Sendable {
    /// Its name.
    public var name: String
    /// Its kind.
    public var kind: String
    /// Its numbers.
    public var documents = 0
    /// Documents that are deleted and still take space.
    public var deleted = 0
    /// Its segments.
    public var segments = 0
    /// The size of its files.
    public var byteCount = 0
    /// The size of its write-ahead log.
    public var logByteCount = 0
    /// Commits since the start.
    public var commitCount = 0
    /// Merges since the start.
    public var mergeCount = 0
    /// What is searched now.
    public var generation: UInt64 = 0
    /// What the last sync of the log took.
    public var lastSyncSeconds = 0.0
    /// What all merges took since the start.
    public var mergeSeconds = 0.0
    /// Why nothing is written any more.
    public var writeFailure: String?
    /// Whether it was built by another analysis.
    public var isReindexRequired = false

    /// A condition.
    public init(name: String, kind: String) {
        self.name = name
        self.kind = kind
    }
}

// Stands in for what the engine will say of itself.
extension Engine {
    /// See `SnapshotReport`.
    public func takeSnapshot(named name: String?) async throws(EngineError) -> SnapshotReport {
        throw .readOnly
    }

    /// See `VerifyReport`.
    public func verify(collection: String?) throws(EngineError) -> [VerifyReport] { [] }

    /// Merges all segments.
    public func compact(collection: String?) async throws(EngineError) -> [(
        name: String, generation: UInt64
    )] { [] }

    /// How the collections are.
    public var conditions: [CollectionCondition] {
        collections.map { CollectionCondition(name: $0.name, kind: $0.kind) }
    }

    /// How often damage was detected since the start.
    public var damageCount: Int { 0 }

    /// A search in each collection.
    public func probe() throws(EngineError) {
        var request = SearchRequest()
        request.q = "izde"
        request.limit = 1
        _ = try search(request)
    }

    /// Takes weights and limits over.
    public func reconfigure(_ configuration: EngineConfiguration) throws(EngineError) -> [String] {
        []
    }
}
