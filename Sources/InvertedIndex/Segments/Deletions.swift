/// The deleted documents of one segment: a set of bits, never changed.
///
/// Invariants:
/// 1. `words` holds one bit for each document and zeros after the last.
/// 2. `deletedCount` is the number of ones.
struct Deletions: Sendable, Equatable {
    /// The documents of the segment, deleted or not.
    let documentCount: UInt32
    /// Bit `d % 64` of word `d / 64` is one where document `d` is deleted.
    private(set) var words: [UInt64]
    /// How many documents are deleted.
    private(set) var deletedCount: UInt32

    /// No deleted documents.
    init(documentCount: UInt32) {
        self.documentCount = documentCount
        words = [UInt64](repeating: 0, count: (Int(documentCount) + 63) / 64)
        deletedCount = 0
    }

    /// Whether a document is deleted.
    ///
    /// - Requires: `document` is below `documentCount`.
    @inline(__always)
    func contains(_ document: UInt32) -> Bool {
        words[Int(document >> 6)] &>> UInt64(document & 63) & 1 == 1
    }

    /// The same and more documents; those deleted before stay so.
    ///
    /// - Requires: the documents are below `documentCount`.
    func deleting(_ documents: some Sequence<UInt32>) -> Deletions {
        var more = self
        for document in documents {
            precondition(document < documentCount, "the document is in the segment")
            guard !more.contains(document) else { continue }
            more.words[Int(document >> 6)] |= 1 &<< UInt64(document & 63)
            more.deletedCount += 1
        }
        return more
    }
}

// MARK: - File

extension Deletions {
    /// The name of the file of a segment and a generation: `del-<uuid>-<gen16>.izd`.
    ///
    /// - Requires: the name of the segment is `seg-<uuid>`, with or without `.izs`.
    static func fileName(segment: String, generation: UInt64) -> String {
        var uuid = Substring(segment)
        if uuid.hasPrefix("seg-") { uuid = uuid.dropFirst(4) }
        if uuid.hasSuffix(".izs") { uuid = uuid.dropLast(4) }
        let digits = String(generation, radix: 16)
        let padding = String(repeating: "0", count: max(0, 16 - digits.count))
        return "del-\(uuid)-\(padding)\(digits).izd"
    }

    /// The only section of the file: documents u32, deleted u32, then the words u64.
    private static let sectionID: UInt32 = 1

    /// Writes the file under a temporary name, syncs and renames it; the directory is not synced.
    func write(
        to directory: any Directory, name: String, indexUUID: [UInt8]
    ) throws(IndexError) {
        try directory.place(name) { output throws(IndexError) -> Void? in
            let writer = try FileEnvelope.Writer(
                output: output, kind: .deletions, indexUUID: indexUUID)
            try writer.beginSection(id: Self.sectionID)
            var bytes = ByteWriter(capacity: 8 + words.count * 8)
            bytes.u32(documentCount)
            bytes.u32(deletedCount)
            for word in words { bytes.u64(word) }
            try writer.write(bytes.bytes)
            try writer.endSection()
            _ = try writer.finish()
        }
    }

    /// Reads and proves a whole file.
    ///
    /// - Throws: `IndexError.corrupt`, also where it is of a segment of another size.
    static func read(
        _ file: MappedFile, indexUUID: [UInt8]?, documentCount: UInt32
    ) throws(IndexError) -> Deletions {
        let envelope = try FileEnvelope.Reader(
            file: file, kind: .deletions, indexUUID: indexUUID)
        try envelope.verify()
        let section = try envelope.section(sectionID)
        var reader = section.reader()
        guard try reader.u32() == documentCount else {
            throw file.corrupt(at: section.offset, "is of a segment of another size")
        }
        let deletedCount = try reader.u32()
        var deletions = Deletions(documentCount: documentCount)
        guard reader.remaining == deletions.words.count * 8 else {
            throw reader.corrupt("holds not one bit for each document")
        }
        for index in deletions.words.indices { deletions.words[index] = try reader.u64() }
        let ones = deletions.words.reduce(0) { $0 + $1.nonzeroBitCount }
        let rest = UInt64(documentCount & 63)
        guard ones == Int(deletedCount), rest == 0 || (deletions.words.last ?? 0) &>> rest == 0
        else {
            throw file.corrupt(at: section.offset + 4, "counts other documents than it holds")
        }
        deletions.deletedCount = deletedCount
        return deletions
    }
}
