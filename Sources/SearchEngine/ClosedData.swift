import Glibc
import InvertedIndex

/// A data directory that no daemon has open: what can be done with it without any configuration.
///
/// The lock is held as long as it lives; a daemon does not start meanwhile.
public final class ClosedData: Sendable {
    private let data: FileSystemDirectory
    private let lock: DirectoryLock?

    /// Takes the data directory.
    ///
    /// - Parameters:
    ///   - path: The data directory.
    ///   - isCreated: Whether it is made where it is absent.
    /// - Throws: `EngineError.index(.locked)` where a daemon or indexer has it.
    public init(path: String, isCreated: Bool = false) throws(EngineError) {
        let data = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: path, isCreated: isCreated)
        }
        self.data = data
        do throws(IndexError) {
            lock = try data.lock()
        } catch {
            // What nobody can write to needs no lock to be read.
            guard case .io(_, _, EROFS) = error else { throw EngineError(error) }
            lock = nil
        }
    }

    // MARK: Snapshots

    /// Makes a snapshot of all collections, as `Engine.takeSnapshot` does; logs go with them, since
    /// nothing is committed.
    ///
    /// - Parameters:
    ///   - name: Its name in `<data>/snapshots`; `nil` for the time.
    ///   - path: Where else it goes, under any name.
    /// - Returns: what was made.
    /// - Throws: `invalidSnapshotName`, `snapshotExists`, `noSpaceLeft`, `index`.
    public func takeSnapshot(
        named name: String?, at path: String? = nil
    ) throws(EngineError) -> SnapshotReport {
        let (folder, name) = try place(named: name, at: path)
        let store = try CollectionStore(data: data, access: .readOnly) { _ in }
        let making = try SnapshotFolder(in: folder, named: name)
        do throws(EngineError) {
            for collection in try store.names() {
                let target = try making.makeCollection(collection)
                try indexed { () throws(IndexError) in
                    let source = try FileSystemDirectory(path: store.path(of: collection))
                    try Snapshot.open(directory: source).copyFiles(
                        from: source, into: target, includesLog: true)
                }
            }
            return try making.finish()
        } catch {
            making.abandon()
            throw error
        }
    }

    /// The names of the snapshots in `<data>/snapshots`, ascending; those of times oldest first.
    public func snapshotNames() throws(EngineError) -> [String] {
        let path = "\(data.path)/\(SnapshotFolder.folderName)"
        guard access(path, F_OK) == 0 else { return [] }
        let names = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: path).fileNames()
        }
        return names.filter {
            SnapshotFolder.isName($0) && SnapshotProof.isSnapshot("\(path)/\($0)")
        }
        .sorted()
    }

    private func place(
        named name: String?, at path: String?
    ) throws(EngineError) -> (folder: String, name: String) {
        guard let path else {
            let name = name ?? SnapshotFolder.nameOfNow()
            guard SnapshotFolder.isName(name) else { throw .invalidSnapshotName(name: name) }
            return ("\(data.path)/\(SnapshotFolder.folderName)", name)
        }
        let parts = path.split(separator: "/")
        guard let last = parts.last, last != ".", last != ".." else {
            throw .invalidSnapshotName(name: path)
        }
        let parent = parts.dropLast().joined(separator: "/")
        return (path.hasPrefix("/") ? "/\(parent)" : parent.isEmpty ? "." : parent, String(last))
    }

    // MARK: Restoring

    /// What was restored.
    public struct Restored: Sendable {
        /// The collections.
        public var collections: [(name: String, documents: Int)]
        /// Where the collections are that were there before; `nil` where there were none or they
        /// are gone.
        public var replacedPath: String?
    }

    /// Puts the collections of a snapshot in the place of those that are there.
    ///
    /// Everything in the snapshot is proved first. A crash at any point leaves the old collections
    /// or the new ones, at the latest after the next start of a daemon.
    ///
    /// - Parameters:
    ///   - path: The folder of the snapshot, or its name in `<data>/snapshots`.
    ///   - keepsOld: Whether the old collections stay, in `<data>/replaced-…`.
    /// - Returns: what was restored.
    /// - Throws: `index` with damage where the snapshot is damaged, `notAnIndex` where it is none;
    ///   then nothing was changed. `noSpaceLeft`, `index`.
    public func restore(snapshot path: String, keepsOld: Bool) throws(EngineError) -> Restored {
        var path = path
        let named = "\(data.path)/\(SnapshotFolder.folderName)/\(path)"
        if SnapshotFolder.isName(path), access(path, F_OK) != 0, access(named, F_OK) == 0 {
            path = named
        }
        let list = try SnapshotProof.check(path)
        try CollectionStore.endRestoring(in: data)
        let restoring = "\(data.path)/\(CollectionStore.restoringName)"
        do throws(EngineError) {
            try copy(list, from: path, into: restoring)
        } catch {
            // The error is the one to tell; what stays goes with the next start.
            do throws(EngineError) { try SnapshotFolder.removeTree(restoring) } catch _ {}
            throw error
        }
        var restored = Restored(
            collections: list.entries.map { ($0.name, $0.documents) }, replacedPath: try swap())
        if !keepsOld, let replaced = restored.replacedPath {
            try SnapshotFolder.removeTree(replaced)
            restored.replacedPath = nil
        }
        return restored
    }

    /// Makes the new collections beside the old ones, durable.
    private func copy(
        _ list: SnapshotList, from path: String, into restoring: String
    ) throws(EngineError) {
        try indexed { () throws(IndexError) in
            let folder = try FileSystemDirectory(path: restoring, isCreated: true)
            for entry in list.entries {
                let source = try FileSystemDirectory(
                    path: "\(path)/\(CollectionStore.folderName)/\(entry.name)")
                let target = try FileSystemDirectory(
                    path: "\(restoring)/\(entry.name)", isCreated: true)
                try Snapshot.open(directory: source).copyFiles(
                    from: source, into: target, includesLog: true)
                // What was copied to another disk is proved, too.
                try Snapshot.open(directory: target).verifyChecksums()
            }
            try folder.sync()
        }
    }

    /// Gives the new collections their name; returns where the old ones are.
    private func swap() throws(EngineError) -> String? {
        try indexed { () throws(IndexError) in
            try data.rename(CollectionStore.restoringName, to: CollectionStore.restoredName)
            try data.sync()
            let names = try data.fileNames()
            var replaced: String?
            if names.contains(CollectionStore.folderName) {
                let name = Self.freeName(names)
                try data.rename(CollectionStore.folderName, to: name)
                replaced = "\(data.path)/\(name)"
            }
            try data.rename(CollectionStore.restoredName, to: CollectionStore.folderName)
            try data.sync()
            return replaced
        }
    }

    private static func freeName(_ names: [String]) -> String {
        let name = "replaced-\(SnapshotFolder.nameOfNow())"
        guard names.contains(name) else { return name }
        var number = 2
        while names.contains("\(name)-\(number)") { number += 1 }
        return "\(name)-\(number)"
    }
}
