public import JSON

/// The face of izde's core: collections of documents that are searched, read and written.
///
/// Reading (`search`, `document`, `explain`, `analyze`, `stats`) is synchronous, waits for no
/// writer and may be called from any thread. Writing goes through one actor a collection.
public final class Engine: Sendable {
    /// How an engine is opened.
    public enum Access: Sendable { case readOnly, readWrite }

    /// When an `add` or `delete` answers.
    public enum Wait: String, Sendable, CaseIterable {
        /// At once; up to a second of writes may be lost.
        case none
        /// When the write is in the write-ahead log and synced.
        case durable
        /// When it can also be found by a search.
        case visible
    }

    /// What became of one document of a batch.
    public enum Outcome: Sendable, Equatable {
        case created, replaced, unchanged, deleted
        case notFound
        case failed(code: String, parameter: String?, message: String)
    }

    /// One line of a batch: a document, or why it is none (it is answered, not written).
    public enum Input: Sendable {
        case document(Document)
        case invalid(key: String?, code: String, parameter: String?, message: String)
    }

    /// What a batch did: one outcome a line, in order, and the generation it will be in.
    public struct BatchResult: Sendable {
        /// Key (if it could be read) and outcome of each line.
        public var lines: [(key: String?, outcome: Outcome)]
        /// The generation that holds the batch, or the present one if it is not visible yet.
        public var generation: UInt64

        /// A result.
        public init(lines: [(key: String?, outcome: Outcome)], generation: UInt64) {
            self.lines = lines
            self.generation = generation
        }
    }

    /// Opens (or makes, with `readWrite`) the data directory; recovers what a crash left.
    public init(
        dataDirectory: String, configuration: EngineConfiguration, access: Access
    ) throws(EngineError) {
        fatalError("skeleton")
    }

    /// The collections by name with the names of their kinds.
    public var collections: [(name: String, kind: String)] { fatalError("skeleton") }

    /// Makes a collection; one of the same kind that is there is left as it is (returns false).
    public func createCollection(_ name: String, kind: String) async throws(EngineError) -> Bool {
        fatalError("skeleton")
    }

    /// Removes a collection and its files.
    public func dropCollection(_ name: String) async throws(EngineError) { fatalError("skeleton") }

    /// Searches.
    public func search(_ request: SearchRequest) throws(EngineError) -> SearchResponse {
        fatalError("skeleton")
    }

    /// One document, highlighted by a query if one is given (`formatted`, `matches`).
    public func document(
        _ key: DocumentKey, in collection: String, highlight: SearchRequest? = nil
    ) throws(EngineError) -> SearchResponse.Hit {
        fatalError("skeleton")
    }

    /// A page of documents in the order of their keys, filtered; `after` is the last key of the
    /// page before.
    public func documents(
        in collection: String, filter: String?, after: DocumentKey?, limit: Int
    ) throws(EngineError) -> [Document] {
        fatalError("skeleton")
    }

    /// Adds or replaces documents; the valid ones of a batch are written as a whole or not at all.
    public func add(_ inputs: [Input], to collection: String, wait: Wait) async throws(EngineError)
        -> BatchResult
    {
        fatalError("skeleton")
    }

    /// Deletes documents by key.
    public func delete(_ keys: [DocumentKey], from collection: String, wait: Wait)
        async
        throws(EngineError) -> BatchResult
    {
        fatalError("skeleton")
    }

    /// Deletes the documents that a filter matches; returns how many.
    public func delete(filter: String, from collection: String, wait: Wait)
        async
        throws(EngineError) -> Int
    {
        fatalError("skeleton")
    }

    /// How the query was understood and how one document came to its score.
    public func explain(_ request: SearchRequest, key: DocumentKey, in collection: String)
        throws(EngineError) -> JSONValue
    {
        fatalError("skeleton")
    }

    /// What analysis makes of a text (api.md, Analyze); with `steps`, stage by stage.
    public func analyze(_ text: String, lang: String, steps: Bool) throws(EngineError) -> JSONValue
    {
        fatalError("skeleton")
    }

    /// Numbers of all collections, or of one (api.md, `/v1/stats`).
    public func stats(collection: String? = nil) throws(EngineError) -> JSONValue {
        fatalError("skeleton")
    }

    /// Commits what is pending, ends merges, closes the logs and gives up the lock; later writes
    /// throw `stopping`.
    public func close() async { fatalError("skeleton") }
}
