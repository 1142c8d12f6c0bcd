import Glibc
import InvertedIndex
import JSON

/// A backup that is being made: a folder beside its name until all of it is there.
///
///     <folder>/.making-<name>/collections/<collection>/    an index
///     <folder>/.making-<name>/SNAPSHOT                     which collections belong to it, last
///     <folder>/<name>                                      what it is renamed to, when it is whole
///
/// The folder of a snapshot is a data directory of its own, to be searched or proved where it lies.
struct SnapshotFolder: Sendable {
    /// The folder of snapshots in a data directory.
    static let folderName = "snapshots"
    private static let making = ".making-"

    let name: String
    private let parent: FileSystemDirectory
    private let folder: FileSystemDirectory
    private let collections: FileSystemDirectory

    /// Whether a name may be that of a snapshot.
    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// A name of the time: `20261127T204512Z`.
    static func nameOfNow() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.utf8.count)) + text
        }
        let date = digits(parts.tm_year + 1900, 4) + digits(parts.tm_mon + 1, 2)
        let hour = digits(parts.tm_hour, 2) + digits(parts.tm_min, 2)
        return "\(date)\(digits(parts.tm_mday, 2))T\(hour)\(digits(parts.tm_sec, 2))Z"
    }

    /// Begins a snapshot in a folder, which is made where it is absent.
    ///
    /// - Throws: `snapshotExists`, also where another is being made under the name; `index`.
    init(in path: String, named name: String) throws(EngineError) {
        self.name = name
        let parent = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: path, isCreated: true)
        }
        self.parent = parent
        let names = try indexed { () throws(IndexError) in try parent.fileNames() }
        let making = "\(parent.path)/\(Self.making)\(name)"
        guard !names.contains(name), mkdir(making, 0o700) == 0 else {
            let code = errno
            guard names.contains(name) || code == EEXIST else {
                throw EngineError(.io(operation: "mkdir", path: making, code: code))
            }
            throw .snapshotExists(name: name)
        }
        (folder, collections) = try indexed { () throws(IndexError) in
            (
                try FileSystemDirectory(path: making),
                try FileSystemDirectory(path: "\(making)/collections", isCreated: true)
            )
        }
    }

    /// An empty folder for a collection.
    func makeCollection(_ name: String) throws(EngineError) -> FileSystemDirectory {
        try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: "\(collections.path)/\(name)", isCreated: true)
        }
    }

    /// Takes away what was begun for a collection that is gone meanwhile.
    func dropCollection(_ name: String) throws(EngineError) {
        try Self.removeTree("\(collections.path)/\(name)")
    }

    /// Proves all checksums, writes the list and gives the folder its name.
    func finish() throws(EngineError) -> SnapshotReport {
        var report = SnapshotReport(
            name: name, path: "\(parent.path)/\(name)", collections: [], byteCount: 0)
        try indexed { () throws(IndexError) in
            for collection in try collections.fileNames().sorted() {
                let directory = try FileSystemDirectory(path: "\(collections.path)/\(collection)")
                let copied = try Snapshot.open(directory: directory)
                try copied.verifyChecksums()
                _ = try copied.logRecords(in: directory)
                for file in try directory.fileNames() {
                    report.byteCount += try directory.byteCount(of: file)
                }
                report.collections.append(
                    (collection, copied.generation, copied.documentCount))
            }
            try collections.sync()
            let list = try folder.createFile(named: SnapshotList.fileName)
            try list.write(SnapshotList(report).bytes)
            try list.sync()
            try list.close()
            try folder.sync()
            try parent.rename(Self.making + name, to: name)
            try parent.sync()
        }
        return report
    }

    /// Takes everything away again, after an error, which is the one to tell.
    func abandon() {
        do throws(EngineError) { try Self.removeTree(folder.path) } catch _ {}
    }

    /// Removes what a crash left in a data directory.
    static func clean(in data: FileSystemDirectory) throws(EngineError) {
        let path = "\(data.path)/\(folderName)"
        guard access(path, F_OK) == 0 else { return }
        let names = try indexed { () throws(IndexError) in
            try FileSystemDirectory(path: path).fileNames()
        }
        for name in names where name.hasPrefix(making) { try removeTree("\(path)/\(name)") }
    }

    /// Removes a folder that izde made: index files, the list, and the folders that held them.
    ///
    /// What is of others stays, and keeps its folder.
    static func removeTree(_ path: String) throws(EngineError) {
        try indexed { () throws(IndexError) in
            let directory = try FileSystemDirectory(path: path)
            _ = try directory.removeIndexFiles()
            for name in try directory.fileNames() {
                if name == SnapshotList.fileName {
                    try directory.remove(name)
                } else if isFolder("\(path)/\(name)") {
                    do throws(EngineError) {
                        try removeTree("\(path)/\(name)")
                    } catch {
                        guard case .index(let error) = error else { continue }
                        throw error
                    }
                }
            }
            guard rmdir(path) == 0 || errno == ENOTEMPTY || errno == EEXIST else {
                throw .io(operation: "rmdir", path: path, code: errno)
            }
        }
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
