import Glibc
public import InvertedIndex

/// The proof of a whole snapshot.
public enum SnapshotProof {
    /// Whether a folder says of itself that it is a snapshot.
    public static func isSnapshot(_ path: String) -> Bool {
        access("\(path)/\(SnapshotList.fileName)", F_OK) == 0
    }

    /// What is wrong with the list of a snapshot, if anything: it names other collections, or other
    /// commits of them, than are there.
    ///
    /// What is in the collections is for `IndexChecker` to prove.
    ///
    /// - Throws: `IndexError.io` where the disk cannot be read.
    public static func problem(withListIn path: String) throws(IndexError) -> IndexError? {
        do throws(IndexError) {
            let list = try SnapshotList(in: FileSystemDirectory(path: path))
            let collections = "\(path)/\(CollectionStore.folderName)"
            let names = try FileSystemDirectory(path: collections).fileNames().sorted()
            guard names == list.entries.map(\.name).sorted() else {
                throw wrong(path, "names other collections than are there")
            }
            for entry in list.entries {
                let snapshot = try Snapshot.open(
                    directory: FileSystemDirectory(path: "\(collections)/\(entry.name)"))
                guard snapshot.generation == entry.generation,
                    snapshot.documentCount == entry.documents
                else { throw wrong(path, "names another commit of \(entry.name)") }
            }
            return nil
        } catch {
            if case .io(_, let path, let code) = error {
                guard code == ENOENT else { throw error }
                return .corrupt(file: path, byteOffset: 0, reason: "is missing")
            }
            return error
        }
    }

    private static func wrong(_ path: String, _ reason: String) -> IndexError {
        .corrupt(file: "\(path)/\(SnapshotList.fileName)", byteOffset: 0, reason: reason)
    }

    /// Proves everything.
    ///
    /// - Returns: the collections of the snapshot.
    /// - Throws: the first thing that is wrong; `notAnIndex` where there is no snapshot.
    static func check(_ path: String) throws(EngineError) -> SnapshotList {
        guard isSnapshot(path) else { throw .index(.notAnIndex(path: path)) }
        return try indexed { () throws(IndexError) in
            if let problem = try problem(withListIn: path) { throw problem }
            let list = try SnapshotList(in: FileSystemDirectory(path: path))
            for entry in list.entries {
                let folder = "\(path)/\(CollectionStore.folderName)/\(entry.name)"
                let report = try IndexChecker(directory: FileSystemDirectory(path: folder)).check()
                if let error = report.errors.first { throw error }
            }
            return list
        }
    }
}
