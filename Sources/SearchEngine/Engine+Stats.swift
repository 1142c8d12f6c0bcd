import InvertedIndex
public import JSON
import TextAnalysis

extension Engine {
    /// Numbers of all collections, or of one (api.md, `/v1/stats`).
    ///
    /// - Throws: `collectionNotFound`, `index`.
    public func stats(collection: String? = nil) throws(EngineError) -> JSONValue {
        let names = collection.map { [$0] } ?? collections.map(\.name)
        var collections = JSONObject()
        try damage.noticing { () throws(EngineError) in
            for name in names { collections[name] = try stats(of: try self.collection(name)) }
        }
        let versions = Analyzer.libraryVersions
        return [
            "collections": .object(collections),
            "versions": [
                "icu": .string(versions.icu), "unicode": .string(versions.unicode),
                "analysis": .integer(Int64(Analyzer.version)),
                "fingerprint": .string(analyzers.fingerprint),
            ],
        ]
    }

    private func stats(of collection: OpenCollection) throws(EngineError) -> JSONValue {
        let snapshot = collection.snapshot
        var stats = JSONObject([
            "kind": .string(collection.kind.name),
            "documents": .integer(Int64(snapshot.documentCount)),
            "deleted": .integer(Int64(snapshot.deletedCount)),
            "terms": .integer(Int64(snapshot.termCount)),
            "bytes": .integer(Int64(snapshot.byteCount)),
            "segments": .integer(Int64(snapshot.segmentCount)),
            "generation": .integer(Int64(clamping: snapshot.generation)),
        ])
        stats["languages"] = try languages(of: collection, snapshot)
        stats["reindexRequired"] = .bool(collection.analysisChange != nil)
        return .object(stats)
    }

    private func languages(of collection: OpenCollection, _ snapshot: Snapshot) throws(EngineError)
        -> JSONValue
    {
        var languages = JSONObject()
        guard let field = collection.layout.language else { return .object(languages) }
        let results = try indexed { () throws(IndexError) in
            try Searcher(snapshot: snapshot).search(
                .everything, SearchOptions(limit: 0, facets: [field]))
        }
        for (value, count) in results.facets[field] ?? [] {
            languages[String(decoding: value, as: UTF8.self)] = .integer(Int64(count))
        }
        return .object(languages)
    }
}
