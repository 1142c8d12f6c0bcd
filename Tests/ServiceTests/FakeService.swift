import Glibc
import InvertedIndex
import JSON
import Service
import Synchronization

@testable import SearchEngine

/// An engine of a dictionary: enough to see what handlers make of requests and errors.
final class FakeService: SearchService {
    struct State {
        var kinds: [String: String] = ["news": "news"]
        var documents: [String: [String: Document]] = ["news": [:]]
        var batches: [Int] = []
        var waits: [Engine.Wait] = []
        var generation: UInt64 = 1
        var requests: [SearchRequest] = []
        var nameRequests: [NameRequest] = []
        var matchRequests: [MatchRequest] = []
        var isClosed = false
        var cancelledCount = 0
        var failsAfterBatches = Int.max
        var writeFailures: [String: String] = [:]
        var outdated: Set<String> = []
        var damage: [String: String] = [:]
        var damageCount = 0
        var probe = Probe.succeeds
        var snapshotNames: [String?] = []
        var configurations: [EngineConfiguration] = []
        var verifyErrors: [String] = []
    }

    /// What a probe does.
    enum Probe { case succeeds, fails, findsDamage, hangs }

    let state = Mutex(State())
    /// How long a search for `slow` takes, in microseconds.
    let slowness: UInt32

    init(slowness: UInt32 = 200_000) {
        self.slowness = slowness
    }

    var collections: [(name: String, kind: String)] {
        state.withLock { $0.kinds.map { (name: $0.key, kind: $0.value) } }
    }

    var isPrepared: Bool { true }

    func createCollection(_ name: String, kind: String) async throws(EngineError) -> Bool {
        guard kind == "news" || kind == "institutions" else {
            throw .unknownKind(name: kind, known: ["news", "institutions"])
        }
        guard name.first?.isLowercase == true else { throw .invalidCollectionName(name: name) }
        let present = state.withLock { state in
            let present = state.kinds[name]
            if present == nil {
                state.kinds[name] = kind
                state.documents[name] = [:]
            }
            return present
        }
        if let present, present != kind { throw .collectionExists(name: name, kind: present) }
        return present == nil
    }

    func dropCollection(_ name: String) async throws(EngineError) {
        let present = state.withLock { state in
            state.documents[name] = nil
            return state.kinds.removeValue(forKey: name)
        }
        if present == nil { throw .collectionNotFound(name: name) }
    }

    func search(_ request: SearchRequest) throws(EngineError) -> SearchResponse {
        state.withLock { $0.requests.append(request) }
        if request.q == "slow" {
            if let patience = request.patience, patience < .microseconds(Int(slowness)) {
                throw .index(.deadlineExceeded)
            }
            usleep(slowness)
        }
        if request.q == "endless" {
            while request.cancellation?.isCancelled != true { usleep(1000) }
            state.withLock { $0.cancelledCount += 1 }
        }
        if request.q == "syntax" {
            throw .query(QueryError(.q, "a bracket is open", at: .init(start: 3, length: 1)))
        }
        if request.q == "full" {
            throw .noSpaceLeft(freeByteCount: 1, reserveByteCount: 2)
        }
        if request.limit > 1000 { throw .query(QueryError(.limit, "the limit is too large")) }
        var response = SearchResponse()
        response.query = request.q
        response.limit = request.limit
        response.offset = request.offset
        for (collection, documents) in state.withLock({ $0.documents }).sorted(by: { $0.0 < $1.0 })
        {
            for document in documents.values.sorted(by: { $0.key < $1.key }) {
                guard document.members["title"]?.string?.contains(request.q) == true else {
                    continue
                }
                response.hits.append(
                    .init(
                        collection: collection, document: document, score: 0.5,
                        formatted: [("title", "<mark>\(request.q)</mark>")],
                        matches: [
                            (
                                "title",
                                [
                                    .init(
                                        start: 0, length: 2, startUtf16: 0, lengthUtf16: 1,
                                        via: .exact)
                                ]
                            )
                        ]))
            }
        }
        response.totalHits = response.hits.count
        if request.groupTranslations {
            for index in response.hits.indices {
                response.hits[index].translatedMatches = [
                    .init(typed: "ғылым", typedLang: "kk", word: "науке", lang: "ru")
                ]
                response.hits[index].translations = [
                    .init(
                        collection: "news", key: "b", lang: "ru", title: "Наука",
                        url: "https://izde.example/b"),
                    .init(collection: "old", key: "c"),
                ]
                response.hits[index].translationCount = 7
            }
            response.storyCount = response.hits.count
            response.storyCountIsExact = false
        }
        response.facets = [("lang", [("kk", 2)])]
        response.interpretation.languages = [("kk", 1)]
        response.interpretation.terms = [(request.q, [request.q], ["exact"])]
        if request.q == "ghbdtn" {
            response.interpretation.corrections = [
                .init(typed: "ghbdtn", meant: "привет", via: .layout)
            ]
            response.interpretation.didYouMean = "приветы"
        }
        return response
    }

    func suggest(_ request: SuggestRequest) throws(EngineError) -> SuggestResponse {
        if request.limit > 50 { throw .query(QueryError(.limit, "the limit is too large")) }
        var response = SuggestResponse()
        response.query = request.q
        response.suggestions = [
            .init(text: request.q + "a", kind: .term, via: .scripts, frequency: 3),
            .init(
                text: "T", kind: .title, via: .exact, frequency: 1, document: ("news", "d")),
        ]
        return response
    }

    func match(_ request: MatchRequest) throws(EngineError) -> MatchResponse {
        state.withLock { $0.matchRequests.append(request) }
        var response = MatchResponse()
        for example in request.examples {
            if example.names == ["slow"] { usleep(slowness) }
            var names = NameRequest()
            names.q = example.names.first ?? ""
            names.collections = request.collections
            let hits = try self.names(names).hits
            response.answers.append(
                .init(
                    key: example.key, results: Array(hits.prefix(request.limit)),
                    matchCount: hits.count { $0.score >= request.threshold }))
        }
        return response
    }

    func names(_ request: NameRequest) throws(EngineError) -> NameResponse {
        state.withLock { $0.nameRequests.append(request) }
        if request.collections.contains("none") { throw .collectionNotFound(name: "none") }
        var response = NameResponse()
        response.query = request.q
        response.hits = [
            .init(
                collection: request.collections.first ?? "all", id: "p", schema: "Person",
                caption: "The caption", score: 0.8, name: request.q, nameKind: "official",
                explanations: [
                    .init(query: "a", result: "b", kind: "spelling", score: 0.9, weight: 1)
                ]),
            .init(
                collection: request.collections.first ?? "all", id: "r", score: 0.5,
                name: request.q, explanations: []),
        ]
        return response
    }

    func document(_ key: DocumentKey, in collection: String, highlight: SearchRequest?)
        throws(EngineError) -> SearchResponse.Hit
    {
        guard let documents = state.withLock({ $0.documents[collection] }) else {
            throw .collectionNotFound(name: collection)
        }
        guard let document = documents[key] else { throw .documentNotFound(key: key) }
        return .init(
            collection: collection, document: document, score: 0,
            formatted: highlight.map { [("title", $0.highlightPreTag + "x")] } ?? [])
    }

    func documents(in collection: String, filter: String?, after: DocumentKey?, limit: Int)
        throws(EngineError) -> [Document]
    {
        if filter == "(" {
            throw .query(QueryError(.filter, "a value is missing", at: .init(start: 1, length: 0)))
        }
        guard let documents = state.withLock({ $0.documents[collection] }) else {
            throw .collectionNotFound(name: collection)
        }
        let sorted = documents.values.sorted { $0.key < $1.key }
        let rest = sorted.filter { document in after.map { document.key > $0 } ?? true }
        return Array(rest.prefix(limit))
    }

    func add(_ inputs: [Engine.Input], to collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Engine.BatchResult
    {
        let hasFailed = state.withLock { state in
            state.batches.append(inputs.count)
            state.waits.append(wait)
            return state.batches.count > state.failsAfterBatches
        }
        if hasFailed { throw .noSpaceLeft(freeByteCount: 1, reserveByteCount: 2) }
        return state.withLock { state in
            state.generation += 1
            var result = Engine.BatchResult(lines: [], generation: state.generation)
            for input in inputs {
                switch input {
                case .invalid(let key, let code, let parameter, let message):
                    result.lines.append(
                        (key, .failed(code: code, parameter: parameter, message: message)))
                case .document(let document):
                    let old = state.documents[collection]?.updateValue(
                        document, forKey: document.key)
                    result.lines.append(
                        (
                            document.key,
                            old == nil ? .created : old == document ? .unchanged : .replaced
                        ))
                }
            }
            return result
        }
    }

    func delete(_ keys: [DocumentKey], from collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Engine.BatchResult
    {
        let lines: [(key: String?, outcome: Engine.Outcome)]? = state.withLock { state in
            guard state.documents[collection] != nil else { return nil }
            return keys.map { key in
                let old = state.documents[collection]?.removeValue(forKey: key)
                return (key, old == nil ? .notFound : .deleted)
            }
        }
        guard let lines else { throw .collectionNotFound(name: collection) }
        return Engine.BatchResult(lines: lines, generation: 9)
    }

    func delete(filter: String, from collection: String, wait: Engine.Wait)
        async
        throws(EngineError) -> Int
    { 3 }

    func explain(_ request: SearchRequest, key: DocumentKey, in collection: String)
        throws(EngineError) -> JSONValue
    { ["key": .string(key), "collection": .string(collection), "q": .string(request.q)] }

    func analyze(_ text: String, lang: String, steps: Bool) throws(EngineError) -> JSONValue {
        ["lang": .string(lang), "tokens": [], "steps": .bool(steps)]
    }

    func stats(collection: String?) throws(EngineError) -> JSONValue { ["collections": []] }

    func takeSnapshot(named name: String?) async throws(EngineError) -> SnapshotReport {
        state.withLock { $0.snapshotNames.append(name) }
        return SnapshotReport(
            name: name ?? "20261127T204512Z", path: "/data/snapshots/\(name ?? "now")",
            collections: [("news", 7, 3)], byteCount: 1000)
    }

    func verify(collection: String?) throws(EngineError) -> [VerifyReport] {
        if collection == "none" { throw .collectionNotFound(name: "none") }
        if collection == "slow" { usleep(slowness) }
        let errors = state.withLock { $0.verifyErrors }
        return [
            VerifyReport(
                collection: collection ?? "news", generation: 7, documents: 3, byteCount: 1000,
                errors: errors)
        ]
    }

    func compact(collection: String?) async throws(EngineError) -> [(
        name: String, generation: UInt64
    )] {
        if collection == "none" { throw .collectionNotFound(name: "none") }
        return [(collection ?? "news", 8)]
    }

    var isWhole: Bool {
        conditions.allSatisfy {
            $0.writeFailure == nil && $0.damage == nil && !$0.isReindexRequired
        }
    }

    var conditions: [CollectionCondition] {
        state.withLock { state in
            state.kinds.sorted { $0.key < $1.key }.map { name, kind in
                CollectionCondition(
                    name: name, kind: kind, documents: state.documents[name]?.count ?? 0,
                    deleted: 0, segments: 1, byteCount: 100, logByteCount: 10, commitCount: 1,
                    mergeCount: 0, generation: state.generation, lastSyncSeconds: 0.001,
                    mergeSeconds: 0, writeFailure: state.writeFailures[name],
                    isReindexRequired: state.outdated.contains(name), damage: state.damage[name])
            }
        }
    }

    var damageCount: Int { state.withLock { $0.damageCount } }

    func probe() throws(EngineError) {
        switch state.withLock({ $0.probe }) {
        case .succeeds: break
        case .fails: throw .stopping
        case .findsDamage:
            throw .index(.corrupt(file: "seg", byteOffset: 1, reason: "a wrong checksum"))
        case .hangs:
            while case .hangs = state.withLock({ $0.probe }) { usleep(10_000) }
        }
    }

    func reconfigure(_ configuration: EngineConfiguration) throws(EngineError) -> [String] {
        if let kind = configuration.kinds.first(where: { $0.titleField.isEmpty }) {
            throw .invalidKind(name: kind.name, reason: "it has no title")
        }
        state.withLock { $0.configurations.append(configuration) }
        return configuration.defaultCollections.isEmpty ? [] : ["collections"]
    }

    func close() async { state.withLock { $0.isClosed = true } }
}
