import InvertedIndex

/// What a proof of a whole collection found.
public struct VerifyReport: Sendable {
    /// The collection.
    public var collection: String
    /// The commit that was read; 0 where none could be opened.
    public var generation: UInt64
    /// The documents that can be found.
    public var documents: Int
    /// The bytes of the segments.
    public var byteCount: Int
    /// What is wrong, for people, without text of documents; empty where all is sound.
    public var errors: [String]
}

extension Engine {
    /// Reads everything of one collection, or of all, and proves it; searches and writes go on.
    ///
    /// - Throws: `collectionNotFound`; `index` where the disk cannot be read. Damage is reported.
    /// - Cost: reads each byte, on the thread of the caller.
    public func verify(collection: String?) throws(EngineError) -> [VerifyReport] {
        let known = conditions.map(\.name)
        if let collection, !known.contains(collection) {
            throw .collectionNotFound(name: collection)
        }
        let names = collection.map { [$0] } ?? known
        var reports: [VerifyReport] = []
        for name in names {
            let report = try indexed { () throws(IndexError) in
                try IndexChecker(
                    directory: FileSystemDirectory(path: store.path(of: name))
                ).check()
            }
            damage.add(report.errors.count)
            reports.append(
                VerifyReport(
                    collection: name, generation: report.generation,
                    documents: report.documentCount, byteCount: report.byteCount,
                    errors: report.errors.map { IndexFailure($0).message }))
        }
        return reports
    }

    /// Merges all segments of one collection, or of all, into one without deleted documents.
    ///
    /// Writes wait meanwhile, searches do not.
    ///
    /// - Returns: the generations that have the merged segments.
    /// - Throws: `collectionNotFound`, `analysisChanged`, `readOnly`, `noSpaceLeft`, `index`.
    public func compact(collection: String?) async throws(EngineError) -> [(
        name: String, generation: UInt64
    )] {
        guard access == .readWrite else { throw .readOnly }
        var merged: [(name: String, generation: UInt64)] = []
        if let collection {
            let writer = try self.collection(collection).writer()
            merged.append((collection, try await writer.commitMerged()))
            return merged
        }
        // Those that only are searched stay as they are.
        for (name, _) in collections {
            guard let writer = try self.collection(name).indexer else { continue }
            merged.append((name, try await writer.commitMerged()))
        }
        return merged
    }
}
