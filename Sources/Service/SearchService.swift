public import JSON
public import SearchEngine

/// What the handlers need of the engine; a seam for tests, which answer without an index.
public protocol SearchService: Sendable {
    /// See `Engine.collections`.
    var collections: [(name: String, kind: String)] { get }

    /// See `Engine.isPrepared`.
    var isPrepared: Bool { get }

    /// See `Engine.createCollection`.
    func createCollection(_ name: String, kind: String) async throws(EngineError) -> Bool

    /// See `Engine.dropCollection`.
    func dropCollection(_ name: String) async throws(EngineError)

    /// See `Engine.search`.
    func search(_ request: SearchRequest) throws(EngineError) -> SearchResponse

    /// See `Engine.suggest`.
    func suggest(_ request: SuggestRequest) throws(EngineError) -> SuggestResponse

    /// See `Engine.names`.
    func names(_ request: NameRequest) throws(EngineError) -> NameResponse

    /// See `Engine.match`.
    func match(_ request: MatchRequest) throws(EngineError) -> MatchResponse

    /// See `Engine.document`.
    func document(
        _ key: DocumentKey, in collection: String, highlight: SearchRequest?
    ) throws(EngineError) -> SearchResponse.Hit

    /// See `Engine.documents`.
    func documents(
        in collection: String, filter: String?, after: DocumentKey?, limit: Int
    ) throws(EngineError) -> [Document]

    /// See `Engine.add`.
    func add(_ inputs: [Engine.Input], to collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Engine.BatchResult

    /// See `Engine.delete`.
    func delete(_ keys: [DocumentKey], from collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Engine.BatchResult

    /// See `Engine.delete`.
    func delete(filter: String, from collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Int

    /// See `Engine.explain`.
    func explain(_ request: SearchRequest, key: DocumentKey, in collection: String)
        throws(EngineError) -> JSONValue

    /// See `Engine.analyze`.
    func analyze(_ text: String, lang: String, steps: Bool) throws(EngineError) -> JSONValue

    /// See `Engine.stats`.
    func stats(collection: String?) throws(EngineError) -> JSONValue

    /// See `Engine.takeSnapshot`.
    func takeSnapshot(named name: String?) async throws(EngineError) -> SnapshotReport

    /// See `Engine.verify`.
    func verify(collection: String?) throws(EngineError) -> [VerifyReport]

    /// See `Engine.compact`.
    func compact(collection: String?) async throws(EngineError) -> [(
        name: String, generation: UInt64
    )]

    /// See `Engine.isWhole`.
    var isWhole: Bool { get }

    /// See `Engine.conditions`.
    var conditions: [CollectionCondition] { get }

    /// See `Engine.damageCount`.
    var damageCount: Int { get }

    /// See `Engine.probe`.
    func probe() throws(EngineError)

    /// See `Engine.reconfigure`.
    func reconfigure(_ configuration: EngineConfiguration) throws(EngineError) -> [String]

    /// See `Engine.close`.
    func close() async
}

extension Engine: SearchService {}
