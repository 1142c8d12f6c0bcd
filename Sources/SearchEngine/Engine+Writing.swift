import InvertedIndex

extension Engine {
    /// Adds or replaces documents; the valid ones of a batch are written as a whole or not at all.
    ///
    /// - Throws: `batchTooLarge` over the limits, then nothing was written; `collectionNotFound`,
    ///   `collectionDamaged`, `analysisChanged`, `readOnly`, `noSpaceLeft`, `overloaded`, `index`,
    ///   `stopping`.
    public func add(_ inputs: [Input], to collection: String, wait: Wait) async throws(EngineError)
        -> BatchResult
    {
        let collection = try self.collection(collection)
        let writer = try collection.writer()
        try checkBatch(inputs.count)
        var keys: [String?] = []
        var changes: [DocumentIndexer.Change] = []
        var byteCount = 0
        for input in inputs {
            switch input {
            case .invalid(let key, let code, let parameter, let message):
                keys.append(key)
                changes.append(
                    .refused(.failed(code: code, parameter: parameter, message: message)))
            case .document(let document):
                keys.append(document.key)
                do throws(DocumentProblem) {
                    let checked = try CheckedDocument(
                        document, layout: collection.layout, limits: settings.limits)
                    byteCount += checked.json.count
                    changes.append(.add(checked))
                } catch {
                    changes.append(.refused(Outcome(error)))
                }
            }
        }
        let allowed = Self.batchByteCount
        guard byteCount <= allowed else {
            throw .batchTooLarge(what: "bytes", found: byteCount, allowed: allowed)
        }
        return try await write(
            changes, keys: keys, byteCount: byteCount, collection, writer, wait: wait)
    }

    /// Deletes documents by key.
    ///
    /// - Throws: as `add`.
    public func delete(_ keys: [DocumentKey], from collection: String, wait: Wait)
        async
        throws(EngineError) -> BatchResult
    {
        let collection = try self.collection(collection)
        let writer = try collection.writer()
        try checkBatch(keys.count)
        var byteCount = 0
        var changes: [DocumentIndexer.Change] = []
        for key in keys {
            do throws(DocumentProblem) {
                try CheckedDocument.checkKey(key, limits: settings.limits)
                byteCount += key.utf8.count
                changes.append(.delete(key))
            } catch {
                changes.append(.refused(Outcome(error)))
            }
        }
        return try await write(
            changes, keys: keys, byteCount: byteCount, collection, writer, wait: wait)
    }

    /// Deletes the documents that a filter matches; returns how many.
    ///
    /// What is pending is committed first, so that the filter sees it.
    ///
    /// - Throws: `query` for a filter that cannot be read; else as `add`.
    public func delete(filter: String, from collection: String, wait: Wait)
        async
        throws(EngineError) -> Int
    {
        let collection = try self.collection(collection)
        let writer = try collection.writer()
        let syntax = try parseFilter(filter)
        _ = try await writer.commitAll()
        let snapshot = collection.snapshot
        let searcher = Searcher(snapshot: snapshot)
        let query = try FilterPlanner(
            layout: collection.layout, knownNames: FieldNames([collection.layout]),
            searcher: searcher
        ).query(syntax)
        var keys: [DocumentKey] = []
        try indexed { () throws(IndexError) in
            try searcher.forEachMatch(query) { address throws(IndexError) in
                keys.append(String(decoding: try snapshot.key(at: address), as: UTF8.self))
                return true
            }
        }
        var deletedCount = 0
        var start = 0
        while start < keys.count {
            let end = min(keys.count, start + settings.limits.batchDocumentCount)
            let result = try await delete(
                Array(keys[start..<end]), from: collection.name,
                wait: end < keys.count && wait == .visible ? .durable : wait)
            deletedCount += result.lines.count { $0.outcome == .deleted }
            start = end
        }
        return deletedCount
    }

    /// The most bytes of the documents of one batch: they are one record of the log, which has
    /// 64 MiB at the most.
    private static let batchByteCount = 60 << 20

    private func checkBatch(_ count: Int) throws(EngineError) {
        let allowed = settings.limits.batchDocumentCount
        guard count <= allowed else {
            throw .batchTooLarge(what: "documents", found: count, allowed: allowed)
        }
    }

    private func write(
        _ changes: [DocumentIndexer.Change], keys: [String?], byteCount: Int,
        _ collection: OpenCollection, _ writer: DocumentIndexer, wait: Wait
    ) async throws(EngineError) -> BatchResult {
        try collection.waitingBytes.add(
            byteCount, allowed: settings.limits.ingestBufferByteCount)
        defer { collection.waitingBytes.remove(byteCount) }
        let answer = try await writer.write(changes, wait: wait)
        return BatchResult(
            lines: zip(keys, answer.outcomes).map { (key: $0, outcome: $1) },
            generation: answer.generation)
    }
}

extension Engine.Outcome {
    /// The outcome of a document that was refused.
    init(_ problem: DocumentProblem) {
        self = .failed(
            code: problem.code, parameter: problem.parameter, message: problem.message)
    }
}
