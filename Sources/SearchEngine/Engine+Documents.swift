import InvertedIndex
import JSON

extension Engine {
    /// One document, highlighted by a query if one is given (`formatted`, `matches`).
    ///
    /// - Throws: `documentNotFound`, `collectionNotFound`, `query`, `index`.
    public func document(
        _ key: DocumentKey, in collection: String, highlight: SearchRequest? = nil
    ) throws(EngineError) -> SearchResponse.Hit {
        try damage.noticing { () throws(EngineError) in try hit(key, collection, highlight) }
    }

    private func hit(
        _ key: DocumentKey, _ collection: String, _ highlight: SearchRequest?
    ) throws(EngineError) -> SearchResponse.Hit {
        let collection = try self.collection(collection)
        let snapshot = collection.snapshot
        let address = try indexed { () throws(IndexError) in
            try snapshot.address(ofKey: Array(key.utf8).span)
        }
        guard let address else { throw .documentNotFound(key: key) }
        let document = try StoredDocument.read(at: address, in: snapshot)
        var hit = SearchResponse.Hit(
            collection: collection.name, document: document, score: 0)
        guard let highlight else { return hit }
        return try analyzers.withAnalyzer { analyzer throws(EngineError) in
            let search = try MultiSearch(
                engine: self, request: highlight, collections: [collection], analyzer: analyzer)
            search.format(&hit)
            return hit
        }
    }

    /// A page of documents in the order of their keys, filtered; `after` is the last key of the
    /// page before.
    ///
    /// - Throws: `collectionNotFound`, `query`, `index`.
    /// - Cost: proportional to the number of documents that the filter matches.
    public func documents(
        in collection: String, filter: String?, after: DocumentKey?, limit: Int
    ) throws(EngineError) -> [Document] {
        guard limit > 0 else { return [] }
        return try damage.noticing { () throws(EngineError) in
            try page(collection, filter, after, limit)
        }
    }

    private func page(
        _ collection: String, _ filter: String?, _ after: DocumentKey?, _ limit: Int
    ) throws(EngineError) -> [Document] {
        let collection = try self.collection(collection)
        let snapshot = collection.snapshot
        let searcher = Searcher(snapshot: snapshot)
        var query = Query.everything
        if let filter {
            query = try FilterPlanner(
                layout: collection.layout, knownNames: FieldNames([collection.layout]),
                searcher: searcher
            ).query(try parseFilter(filter))
        }
        let least = after.map { Array($0.utf8) }
        var page: [(key: [UInt8], address: DocumentAddress)] = []
        func keepFirst() {
            page.sort { $0.key.lexicographicallyPrecedes($1.key) }
            page.removeLast(max(0, page.count - limit))
        }
        try indexed { () throws(IndexError) in
            try searcher.forEachMatch(query) { address throws(IndexError) in
                let key = try snapshot.key(at: address)
                if let least, !least.lexicographicallyPrecedes(key) { return true }
                page.append((key, address))
                if page.count >= 2 * limit + 1024 { keepFirst() }
                return true
            }
        }
        keepFirst()
        var documents: [Document] = []
        for (_, address) in page {
            documents.append(try StoredDocument.read(at: address, in: snapshot))
        }
        return documents
    }

    /// Reads a filter.
    func parseFilter(_ filter: String) throws(EngineError) -> FilterSyntax {
        do throws(QueryError) {
            return try FilterParser.parse(filter, limits: settings.limits)
        } catch {
            throw .query(error)
        }
    }
}

/// A document as it stands in the index.
enum StoredDocument {
    /// Reads a document that is shown as it is stored, with all its members.
    ///
    /// - Throws: `EngineError.index(.corrupt)` where the stored bytes are no document.
    static func text(
        at address: DocumentAddress, in snapshot: Snapshot
    ) throws(EngineError) -> Document {
        let bytes = try indexed { () throws(IndexError) in try snapshot.stored(at: address) }
        if let members = JSONMembers(bytes), let document = Document(members) { return document }
        return try read(bytes, at: address, keeping: nil)
    }

    /// Reads a document, or of its members those that are wanted and its key.
    ///
    /// - Throws: `EngineError.index(.corrupt)` where the stored bytes are no document.
    static func read(
        at address: DocumentAddress, in snapshot: Snapshot, keeping names: [String]? = nil
    ) throws(EngineError) -> Document {
        if let names, names.allSatisfy({ $0 == "id" }) {
            // Services that keep the documents themselves ask for no more, and the index knows it
            // without the stored bytes.
            let bytes = try indexed { () throws(IndexError) in try snapshot.key(at: address) }
            let key = String(decoding: bytes, as: UTF8.self)
            return Document(key: key, members: JSONObject())
        }
        let bytes = try indexed { () throws(IndexError) in try snapshot.stored(at: address) }
        return try read(bytes, at: address, keeping: names)
    }

    private static func read(
        _ bytes: [UInt8], at address: DocumentAddress, keeping names: [String]?
    ) throws(EngineError) -> Document {
        func corrupt(_ offset: Int, _ reason: String) -> EngineError {
            .index(
                .corrupt(
                    file: "segment \(address.segment)", byteOffset: offset,
                    reason: "document \(address.document): \(reason)"))
        }
        let value: JSONValue
        do throws(JSONError) {
            value =
                if let names { try JSONReader().read(bytes, keeping: names + ["id"]) } else {
                    try JSONReader().read(bytes)
                }
        } catch {
            throw corrupt(error.byteOffset, error.reason)
        }
        guard let members = value.object, let key = members["id"]?.string else {
            throw corrupt(0, "no object with an id")
        }
        return Document(key: key, members: members)
    }
}
