import InvertedIndex
import JSON

/// Which collections belong to a snapshot: the file `SNAPSHOT`, which is written last.
///
/// Without it a folder that lost a collection would pass for a whole snapshot.
struct SnapshotList: Sendable, Equatable {
    /// One collection.
    struct Entry: Sendable, Equatable {
        var name: String
        var generation: UInt64
        var documents: Int
    }

    static let fileName = "SNAPSHOT"
    private static let version: Int64 = 1

    var entries: [Entry]

    /// The list of a snapshot that was made.
    init(_ report: SnapshotReport) {
        entries = report.collections.map {
            Entry(name: $0.name, generation: $0.generation, documents: $0.documents)
        }
    }

    /// Reads the list of a snapshot.
    ///
    /// - Throws: `IndexError.corrupt`, `wrongFormatVersion`; `io` where there is no such file.
    init(in folder: FileSystemDirectory) throws(IndexError) {
        let json = try ManifestText.opened(
            try folder.read(Self.fileName), fileName: "\(folder.path)/\(Self.fileName)")
        let version = json["snapshot"]?.integer ?? 0
        guard version <= Self.version else {
            throw .wrongFormatVersion(
                file: Self.fileName, found: Int(version), supported: Int(Self.version))
        }
        entries = []
        for element in json["collections"]?.array ?? [] {
            guard let name = element["name"]?.string, CollectionStore.isName(name),
                let generation = element["generation"]?.integer.flatMap(UInt64.init(exactly:)),
                let documents = element["documents"]?.integer.flatMap(Int.init(exactly:))
            else {
                throw .corrupt(file: Self.fileName, byteOffset: 0, reason: "names no collection")
            }
            entries.append(Entry(name: name, generation: generation, documents: documents))
        }
    }

    /// The bytes of the file.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("snapshot")
        json.value(Self.version)
        json.key("collections")
        json.beginArray()
        for entry in entries {
            json.beginObject()
            json.key("name")
            json.value(entry.name)
            json.key("generation")
            json.value(entry.generation)
            json.key("documents")
            json.value(entry.documents)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endLine()
        return ManifestText.sealed(json.bytes)
    }
}
