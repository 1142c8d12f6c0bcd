import JSON

/// One generation of the index: which files it consists of, and what it means.
///
/// It is stored as `MANIFEST-<gen16>.izm`: one line of canonical JSON, then the line
/// `#izm crc32c=<8 hex> len=<n>` about all bytes of the first. Numbers of 64 bits that may pass
/// the whole numbers of JSON readers elsewhere (2^53) are generation and log sequence; both count
/// requests and do not get there.
///
/// Invariants:
/// 1. Segment and deletions file names are of the forms that the index gives, and unique.
/// 2. `deletedCount <= documentCount` for each segment, and a deletions file exists where it is
///    not zero.
/// 3. `parent < generation`.
struct CommitPoint: Sendable, Equatable {
    /// The newest format of the whole directory; a newer one is refused.
    ///
    /// 2 has fields of kind `termKeys`, 3 impacts and best postings beside the blocks of postings,
    /// 4 sets of bits and exceptions in these, 5 ends of terms and dictionaries of stored bytes, 6 each
    /// key once, and packed lists of exceptions.
    /// An index is always written as the newest, since it may have segments of it; those of an older
    /// one stay as they are until they are merged.
    static let formatVersion = 6

    /// Sixteen random bytes; in the header of each file of the index.
    var indexUUID: [UInt8]
    /// Its number, from 1; the highest is the index.
    var generation: UInt64
    /// The generation that it was made from, 0 for the first.
    var parent: UInt64
    /// The segments, in the order of their addresses.
    var segments: [SegmentDescriptor]
    /// The last record of the write-ahead log that the segments contain; 0 for none.
    var walSequence: UInt64
    /// The fields.
    var schema: IndexSchema
    /// Which analysis made the terms: opaque here, compared by the caller.
    var fingerprint: String
    /// What the caller wants to find again with this generation: opaque here.
    var userData: String

    /// The name of its file.
    var fileName: String { IndexFileName.manifest(generation) }

    /// The names of all files that it needs, its own included.
    var fileNames: [String] {
        [fileName] + segments.map(\.fileName) + segments.compactMap(\.deletionsFileName)
    }
}

// MARK: - Writing

extension CommitPoint {
    /// The bytes of its file.
    var bytes: [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("format")
        json.value(Self.formatVersion)
        json.key("index")
        json.value(IndexFileName.hexadecimal(indexUUID))
        json.key("generation")
        json.value(generation)
        json.key("parent")
        json.value(parent)
        json.key("wal")
        json.value(walSequence)
        json.key("fingerprint")
        json.value(fingerprint)
        json.key("user")
        json.value(userData)
        json.key("fields")
        json.beginArray()
        for field in schema.fields { Self.write(field, to: &json) }
        json.endArray()
        json.key("segments")
        json.beginArray()
        for segment in segments { Self.write(segment, to: &json) }
        json.endArray()
        json.endObject()
        json.endLine()
        return ManifestText.sealed(json.bytes)
    }

    private static func write(_ field: IndexField, to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.value(field.name)
        json.key("kind")
        switch field.kind {
        case .text(let hasPositions, let lengthOf):
            json.value("text")
            json.key("positions")
            json.value(hasPositions)
            if let lengthOf {
                json.key("lengthOf")
                json.value(lengthOf.rawValue)
            }
        case .keyword: json.value("keyword")
        case .number: json.value("number")
        case .termKeys(let keyed):
            json.value("termKeys")
            json.key("of")
            json.beginArray()
            for field in keyed { json.value(field.rawValue) }
            json.endArray()
        }
        json.endObject()
    }

    private static func write(_ segment: SegmentDescriptor, to json: inout JSONWriter) {
        json.beginObject()
        json.key("file")
        json.value(segment.fileName)
        json.key("bytes")
        json.value(segment.byteCount)
        json.key("crc32c")
        json.value(segment.directoryChecksum)
        json.key("documents")
        json.value(segment.documentCount)
        if let name = segment.deletionsFileName {
            json.key("deletions")
            json.value(name)
            json.key("deleted")
            json.value(segment.deletedCount)
        }
        json.endObject()
    }
}

// MARK: - Reading

extension CommitPoint {
    /// Reads the bytes of a file and proves every value.
    ///
    /// - Throws: `IndexError.corrupt`, or `wrongFormatVersion` for a sound file of another format.
    init(_ bytes: [UInt8], fileName: String) throws(IndexError) {
        let json = try ManifestText.opened(bytes, fileName: fileName)
        try self.init(json, Source(fileName: fileName))
        guard self.fileName == fileName else {
            throw .corrupt(
                file: fileName, byteOffset: 0, reason: "tells generation \(generation)")
        }
    }

    private init(_ json: JSONValue, _ source: Source) throws(IndexError) {
        let format: Int = try source.whole(json["format"], "format")
        guard (1...Self.formatVersion).contains(format) else {
            throw .wrongFormatVersion(
                file: source.fileName, found: format, supported: Self.formatVersion)
        }
        let index = try source.string(json["index"], "index")
        guard let uuid = IndexFileName.bytes(hexadecimal: index), uuid.count == 16 else {
            throw source.wrong("index")
        }
        indexUUID = uuid
        generation = try source.whole(json["generation"], "generation")
        parent = try source.whole(json["parent"], "parent")
        guard parent < generation else { throw source.wrong("parent") }
        walSequence = try source.whole(json["wal"], "wal")
        fingerprint = try source.string(json["fingerprint"], "fingerprint")
        userData = try source.string(json["user"], "user")
        schema = try Self.schema(json["fields"], source)
        let hasTermKeys = schema.fields.contains {
            if case .termKeys = $0.kind { true } else { false }
        }
        guard format >= 2 || !hasTermKeys else { throw source.wrong("format") }
        segments = []
        var names: Set<String> = []
        for element in try source.array(json["segments"], "segments") {
            let segment = try Self.segment(element, source)
            let deletions = segment.deletionsFileName
            guard names.insert(segment.fileName).inserted,
                deletions.map({ names.insert($0).inserted }) ?? true
            else { throw source.wrong("segments") }
            segments.append(segment)
        }
    }

    private static func schema(
        _ json: JSONValue?, _ source: Source
    ) throws(IndexError) -> IndexSchema {
        let elements = try source.array(json, "fields")
        // What `IndexSchema` would trap on is refused here.
        guard elements.count <= 1024 else { throw source.wrong("fields") }
        var fields: [IndexField] = []
        var names: Set<String> = []
        for element in elements {
            let name = try source.string(element["name"], "name")
            guard names.insert(name).inserted else { throw source.wrong("name") }
            let kind: IndexField.Kind
            switch try source.string(element["kind"], "kind") {
            case "text":
                guard let hasPositions = element["positions"]?.bool else {
                    throw source.wrong("positions")
                }
                var lengthOf: FieldID?
                if let number = element["lengthOf"] {
                    lengthOf = FieldID(rawValue: try source.whole(number, "lengthOf"))
                }
                kind = .text(hasPositions: hasPositions, lengthOf: lengthOf)
            case "keyword": kind = .keyword
            case "number": kind = .number
            case "termKeys":
                var keyed: [FieldID] = []
                for number in try source.array(element["of"], "of") {
                    keyed.append(FieldID(rawValue: try source.whole(number, "of")))
                }
                kind = .termKeys(of: keyed)
            default: throw source.wrong("kind")
            }
            fields.append(IndexField(name: name, kind: kind))
        }
        for case .text(_, let lengthOf?) in fields.map(\.kind) {
            guard Int(lengthOf.rawValue) < fields.count,
                case .text(_, nil) = fields[Int(lengthOf.rawValue)].kind
            else { throw source.wrong("lengthOf") }
        }
        for case .termKeys(let keyed) in fields.map(\.kind) {
            guard Set(keyed).count == keyed.count else { throw source.wrong("of") }
            for field in keyed {
                guard Int(field.rawValue) < fields.count,
                    case .text = fields[Int(field.rawValue)].kind
                else { throw source.wrong("of") }
            }
        }
        return IndexSchema(fields: fields)
    }

    private static func segment(
        _ json: JSONValue, _ source: Source
    ) throws(IndexError) -> SegmentDescriptor {
        let fileName = try source.string(json["file"], "file")
        guard case .segment(let uuid) = IndexFileName(fileName) else {
            throw source.wrong("file")
        }
        var segment = SegmentDescriptor(
            fileName: fileName,
            byteCount: try source.whole(json["bytes"], "bytes"),
            directoryChecksum: try source.whole(json["crc32c"], "crc32c"),
            documentCount: try source.whole(json["documents"], "documents"))
        guard segment.byteCount >= 0 else { throw source.wrong("bytes") }
        if let deletions = json["deletions"] {
            let name = try source.string(deletions, "deletions")
            guard case .deletions(uuid, _) = IndexFileName(name) else {
                throw source.wrong("deletions")
            }
            segment.deletionsFileName = name
            segment.deletedCount = try source.whole(json["deleted"], "deleted")
            guard segment.deletedCount <= segment.documentCount else {
                throw source.wrong("deleted")
            }
        }
        return segment
    }

    /// Takes values of the expected kinds out of the JSON of a file.
    private struct Source {
        let fileName: String

        func wrong(_ key: String) -> IndexError {
            .corrupt(file: fileName, byteOffset: 0, reason: "value of \"\(key)\"")
        }

        func string(_ json: JSONValue?, _ key: String) throws(IndexError) -> String {
            guard let value = json?.string else { throw wrong(key) }
            return value
        }

        func array(_ json: JSONValue?, _ key: String) throws(IndexError) -> [JSONValue] {
            guard let value = json?.array else { throw wrong(key) }
            return value
        }

        func whole<Value: FixedWidthInteger>(
            _ json: JSONValue?, _ key: String
        ) throws(IndexError) -> Value {
            guard let number = json?.integer, let value = Value(exactly: number) else {
                throw wrong(key)
            }
            return value
        }
    }
}
