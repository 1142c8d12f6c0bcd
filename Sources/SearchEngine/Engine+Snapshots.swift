import InvertedIndex
import Synchronization

/// A backup that was made.
public struct SnapshotReport: Sendable {
    /// Its name.
    public var name: String
    /// Its folder.
    public var path: String
    /// What it holds, by name.
    public var collections: [(name: String, generation: UInt64, documents: Int)]
    /// The bytes of its files; most of them are shared with the index where the disk can do that.
    public var byteCount: Int
}

extension Engine {
    /// Makes a snapshot of all collections in `<data>/snapshots/<name>`: whole, or not there at all.
    ///
    /// All that was acknowledged before the call is in it. Searches and writes go on; each
    /// collection is as of one commit, no two need be of the same moment. The files are never
    /// touched again.
    ///
    /// - Parameter name: `[A-Za-z0-9_-]{1,64}`; `nil` for the time, as `20261127T204512Z`.
    /// - Returns: what was made.
    /// - Throws: `invalidSnapshotName`, `snapshotExists`, `collectionDamaged`, `readOnly`,
    ///   `stopping`, `noSpaceLeft`, `index`.
    public func takeSnapshot(named name: String?) async throws(EngineError) -> SnapshotReport {
        guard access == .readWrite else { throw .readOnly }
        let name = name ?? SnapshotFolder.nameOfNow()
        guard SnapshotFolder.isName(name) else { throw .invalidSnapshotName(name: name) }
        let making = try SnapshotFolder(
            in: "\(data.path)/\(SnapshotFolder.folderName)", named: name)
        do throws(EngineError) {
            for collection in conditions.map(\.name) { try await copy(collection, to: making) }
            return try damage.noticing { () throws(EngineError) in try making.finish() }
        } catch {
            making.abandon()
            throw error
        }
    }

    private func copy(_ name: String, to making: SnapshotFolder) async throws(EngineError) {
        let collection: OpenCollection
        do throws(EngineError) {
            collection = try self.collection(name)
        } catch {
            // Dropped since the list was made.
            guard case .collectionNotFound = error else { throw error }
            return
        }
        let target = try making.makeCollection(name)
        guard let indexer = collection.indexer else {
            // Nobody writes to it: this program has the lock.
            try indexed { () throws(IndexError) in
                try collection.snapshot.copyFiles(
                    from: collection.directory, into: target, includesLog: true)
            }
            return
        }
        do throws(EngineError) {
            _ = try await indexer.copy(into: target)
        } catch {
            guard case .stopping = error, !state.withLock(\.isClosed) else { throw error }
            try making.dropCollection(name)
        }
    }
}
