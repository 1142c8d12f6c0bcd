import Glibc
import InvertedIndex

/// The folder of all collections.
///
///     <data>/LOCK                     held by the one program that writes
///     <data>/collections/<name>/      the index of one collection; its kind is in the manifest
///
/// A collection is made under `.creating-…` and renamed, and renamed to `.dropped-…` before its
/// files go, so that a crash leaves it whole or leaves none. One that is built anew from its own
/// documents is made under `.rebuilding-…`, renamed to `.rebuilt-…` when all of it is there, and
/// takes the place of the old one, which is renamed to `.replaced-…` before: whatever a crash leaves
/// of that is brought to its end, or taken back, at the next start. Other folders are left alone.
struct CollectionStore: Sendable {
    /// The folder in a data directory.
    static let folderName = "collections"
    /// What it is restored under, before and after all of it is there.
    static let restoringName = "collections.restoring"
    static let restoredName = "collections.restored"

    private static let creating = ".creating-"
    private static let dropped = ".dropped-"
    private static let rebuilding = ".rebuilding-"
    private static let rebuilt = ".rebuilt-"
    private static let replaced = ".replaced-"

    private let folder: FileSystemDirectory

    /// Opens the folder of a data directory.
    ///
    /// At the first start it is made with the collections that `fill` puts into it, all of them or
    /// none.
    init(
        data: FileSystemDirectory, access: Engine.Access,
        fill: (CollectionStore) throws(EngineError) -> Void
    ) throws(EngineError) {
        let name = Self.folderName
        if access == .readWrite { try Self.endRestoring(in: data) }
        let isThere = try indexed { () throws(IndexError) in
            try data.fileNames().contains(name)
        }
        if !isThere {
            guard access == .readWrite else {
                throw .index(.notAnIndex(path: data.path))
            }
            let new = "collections.tmp"
            let store = try indexed { () throws(IndexError) in
                CollectionStore(
                    folder: try FileSystemDirectory(path: "\(data.path)/\(new)", isCreated: true))
            }
            for leftover in try store.names() { try store.drop(leftover) }
            try store.clean()
            try fill(store)
            try indexed { () throws(IndexError) in
                try data.rename(new, to: name)
                try data.sync()
            }
        }
        folder = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: "\(data.path)/\(name)")
        }
        if access == .readWrite { try clean() }
    }

    private init(folder: FileSystemDirectory) {
        self.folder = folder
    }

    /// Whether a name may be that of a collection: `[a-z0-9][a-z0-9_-]{0,63}`, not `gazetteer`.
    static func isName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard let first = bytes.first, bytes.count <= 64, name != Gazetteer.collectionName else {
            return false
        }
        func isPlain(_ byte: UInt8) -> Bool {
            byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
        }
        return isPlain(first)
            && bytes.allSatisfy {
                isPlain($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
            }
    }

    /// Where a collection is.
    func path(of name: String) -> String { "\(folder.path)/\(name)" }

    /// The names of the collections, ascending.
    func names() throws(EngineError) -> [String] {
        let all = try indexed { () throws(IndexError) in try folder.fileNames() }
        return all.filter { Self.isName($0) && isIndex($0) }.sorted()
    }

    /// The names of the collections, those of kinds with names first.
    func namesInOrder(of configuration: EngineConfiguration) throws(EngineError) -> [String] {
        var first: [String] = []
        var others: [String] = []
        for name in try names() {
            let kind: String?
            do throws(IndexError) {
                kind = try Snapshot.open(directory: FileSystemDirectory(path: path(of: name)))
                    .userData
            } catch {
                // Opening it tells why.
                guard error.isOfOneCollection else { throw EngineError(error) }
                kind = nil
            }
            let hasNames = configuration.kinds.contains { declared in
                declared.name == kind && declared.fields.contains { $0.role == .names }
            }
            if hasNames { first.append(name) } else { others.append(name) }
        }
        return first + others
    }

    /// A folder without any index file is somebody else's.
    private func isIndex(_ name: String) -> Bool {
        do throws(IndexError) {
            _ = try Snapshot.open(directory: try FileSystemDirectory(path: path(of: name)))
            return true
        } catch {
            switch error {
            case .notAnIndex, .io(_, _, ENOTDIR): return false
            // It is an index that cannot be read: opening it tells why.
            default: return true
            }
        }
    }

    /// Makes the index of a new collection.
    func create(_ name: String, layout: CollectionLayout, fingerprint: String)
        throws(EngineError)
    {
        let temporary = Self.creating + name
        try indexed { () throws(IndexError) in
            _ = try makeEmpty(temporary, layout: layout, fingerprint: fingerprint)
            try folder.rename(temporary, to: name)
            try folder.sync()
        }
    }

    /// An index without documents, in place of what a crash left under the name.
    private func makeEmpty(
        _ name: String, layout: CollectionLayout, fingerprint: String
    ) throws(IndexError) -> FileSystemDirectory {
        let directory = try FileSystemDirectory(path: path(of: name), isCreated: true)
        _ = try directory.removeIndexFiles()
        let writer = try IndexWriter(
            directory: directory, schema: layout.schema, fingerprint: fingerprint)
        try writer.commit(walSequence: 0, userData: layout.kind.name)
        writer.close()
        return directory
    }

    /// Removes a collection; who has it open keeps what is mapped.
    func drop(_ name: String) throws(EngineError) {
        try indexed { () throws(IndexError) in
            var number = 0
            let names = try folder.fileNames()
            while names.contains("\(Self.dropped)\(name)-\(number)") { number += 1 }
            let dropped = "\(Self.dropped)\(name)-\(number)"
            try folder.rename(name, to: dropped)
            try folder.sync()
            try remove(dropped)
        }
    }

    /// Removes what a crash left of creations, drops and rebuilds, and ends a rebuild that had come
    /// to its last step.
    private func clean() throws(EngineError) {
        try indexed { () throws(IndexError) in
            let names = Set(try folder.fileNames())
            for built in names where built.hasPrefix(Self.rebuilt) {
                let name = String(built.dropFirst(Self.rebuilt.count))
                guard Self.isName(name), !names.contains(name) else { continue }
                try folder.rename(built, to: name)
                try folder.sync()
            }
            for name in try folder.fileNames()
            where [Self.creating, Self.dropped, Self.rebuilding, Self.rebuilt, Self.replaced]
                .contains(where: name.hasPrefix)
            {
                try remove(name)
            }
        }
    }

    // MARK: Rebuilding

    /// An empty index beside a collection, for its documents to go to.
    func beginRebuild(_ name: String, layout: CollectionLayout, fingerprint: String)
        throws(EngineError) -> FileSystemDirectory
    {
        try indexed { () throws(IndexError) in
            try makeEmpty(Self.rebuilding + name, layout: layout, fingerprint: fingerprint)
        }
    }

    /// Puts what was rebuilt in the place of the old collection, and removes that.
    ///
    /// - Requires: nobody has either open for writing.
    func endRebuild(_ name: String) throws(EngineError) {
        try indexed { () throws(IndexError) in
            try folder.rename(Self.rebuilding + name, to: Self.rebuilt + name)
            try folder.sync()
            try folder.rename(name, to: Self.replaced + name)
            try folder.rename(Self.rebuilt + name, to: name)
            try folder.sync()
            try remove(Self.replaced + name)
        }
    }

    /// Takes away what was begun.
    func abandonRebuild(_ name: String) {
        // What stays goes at the next start.
        do throws(IndexError) { try remove(Self.rebuilding + name) } catch _ {}
    }

    // MARK: Restoring

    /// Ends what a crash left of a restored snapshot: the new collections if the old ones were out
    /// of the way already, else the old ones.
    static func endRestoring(in data: FileSystemDirectory) throws(EngineError) {
        let names = try indexed { () throws(IndexError) in try data.fileNames() }
        if names.contains(restoredName), !names.contains(folderName) {
            try indexed { () throws(IndexError) in
                try data.rename(restoredName, to: folderName)
                try data.sync()
            }
        } else if names.contains(restoredName) {
            try SnapshotFolder.removeTree("\(data.path)/\(restoredName)")
        }
        if names.contains(restoringName) {
            try SnapshotFolder.removeTree("\(data.path)/\(restoringName)")
        }
    }

    /// Removes the files of an index and its folder; foreign files in it keep it there.
    private func remove(_ name: String) throws(IndexError) {
        let directory = try FileSystemDirectory(path: path(of: name))
        guard try directory.removeIndexFiles() else { return }
        guard rmdir(path(of: name)) == 0 else {
            throw .io(operation: "rmdir", path: path(of: name), code: errno)
        }
    }
}

/// Runs calls into the index with its errors as the engine's.
func indexed<Result>(_ body: () throws(IndexError) -> Result) throws(EngineError) -> Result {
    do throws(IndexError) {
        return try body()
    } catch {
        throw EngineError(error)
    }
}

extension EngineError {
    /// An error of the index; a full disk gets its own name.
    init(_ error: IndexError) {
        if error.isDiskFull {
            self = .noSpaceLeft(freeByteCount: 0, reserveByteCount: 0)
        } else {
            self = .index(error)
        }
    }
}

extension IndexError {
    /// Whether a disk was full while new bytes were written; a sync that fails is never this.
    var isDiskFull: Bool {
        guard case .io(let operation, _, let code) = self else { return false }
        return (code == ENOSPC || code == EDQUOT)
            && ["write", "create", "fallocate", "reserve", "mkdir"].contains(operation)
    }
}
