/// An immutable part of the index: one mapped file, and the documents deleted from it since.
final class Segment: Sendable {
    /// What is in the file, shared by all versions of the segment that differ in deletions.
    let content: SegmentContent
    /// The deleted documents, if any.
    let deletions: Deletions?

    private init(content: SegmentContent, deletions: Deletions?) {
        self.content = content
        self.deletions = deletions
    }

    /// The name of the file.
    var name: String { content.file.name }
    /// The documents, deleted ones included.
    var documentCount: UInt32 { content.fields.documentCount }
    /// The documents that are not deleted.
    var liveCount: UInt32 { documentCount - (deletions?.deletedCount ?? 0) }
    /// The fields.
    var schema: IndexSchema { content.schema }
    /// The bytes of the file.
    var byteCount: Int { content.file.count }

    /// Opens a segment and proves its frame and its small sections.
    ///
    /// - Throws: `IndexError.corrupt`, also where the file or its deletions are not those of the
    ///   descriptor, or its fields not those of the schema.
    static func open(
        directory: any Directory, descriptor: SegmentDescriptor, indexUUID: [UInt8],
        schema: IndexSchema
    ) throws(IndexError) -> Segment {
        let file = try directory.map(descriptor.fileName)
        let content = try SegmentContent(file: file, indexUUID: indexUUID)
        guard file.count == descriptor.byteCount,
            content.envelope.directoryChecksum == descriptor.directoryChecksum,
            content.fields.documentCount == descriptor.documentCount
        else { throw file.corrupt(at: 0, "is not the file that the commit names") }
        guard content.fields.agrees(with: schema) else {
            throw file.corrupt(
                at: content.fieldsOffset, "has other fields than the schema of the index")
        }
        var deletions: Deletions?
        if let name = descriptor.deletionsFileName {
            let read = try Deletions.read(
                directory.map(name), indexUUID: indexUUID,
                documentCount: descriptor.documentCount)
            guard read.deletedCount == descriptor.deletedCount else {
                throw .corrupt(
                    file: name, byteOffset: 0, reason: "is not the file that the commit names")
            }
            deletions = read
        } else if descriptor.deletedCount != 0 {
            throw file.corrupt(at: 0, "has deleted documents but no file of them")
        }
        return Segment(content: content, deletions: deletions)
    }

    /// Opens a file by itself, without commit and deletions: for the inspector and tests.
    static func open(file: MappedFile) throws(IndexError) -> Segment {
        Segment(content: try SegmentContent(file: file, indexUUID: nil), deletions: nil)
    }

    /// The same segment, on the same mapping, with other deletions.
    ///
    /// - Requires: they are of a segment of as many documents.
    func withDeletions(_ deletions: Deletions?) -> Segment {
        precondition(
            deletions == nil || deletions?.documentCount == documentCount,
            "the deletions are of this segment")
        return Segment(content: content, deletions: deletions)
    }

    /// Whether a document is not deleted.
    ///
    /// - Requires: the document is in the segment.
    @inline(__always)
    func isLive(_ document: UInt32) -> Bool { !(deletions?.contains(document) ?? false) }
}

// MARK: - Terms

extension Segment {
    /// The number of terms of a field.
    func termCount(_ field: FieldID) -> UInt64 { content.field(field).termCount }

    /// Looks up a term, `nil` where no document has it in the field.
    func lookup(_ field: FieldID, _ term: Span<UInt8>) throws(IndexError) -> TermEntry? {
        try content.lookup(content.field(field), term)
    }

    /// Stands before the first term of a field that is not before `from`.
    func terms(_ field: FieldID, from: [UInt8]) throws(IndexError) -> TermCursor {
        try TermCursor(content.dictionary, content.field(field), from: from)
    }

    /// The postings of a term; before its first block.
    ///
    /// - Requires: the entry is of this segment and field.
    func postings(_ entry: TermEntry, _ field: FieldID) throws(IndexError) -> PostingsCursor {
        try content.postings(entry, content.field(field))
    }

    /// The lengths of a text field, those of its `lengthOf` where it has none of its own; `nil`
    /// where no document has any.
    func lengths(_ field: FieldID) -> FieldLengths? {
        content.lengths(content.field(field))
    }

    /// The statistics that go with `lengths`.
    func statistics(_ field: FieldID) -> FieldStatistics {
        content.fields.lengthStatistics(content.field(field))
    }
}

// MARK: - Documents

extension Segment {
    /// The column of a keyword field; `nil` where no document has it.
    ///
    /// - Cost: the column is read once, the first time it is asked for.
    func keywords(_ field: FieldID) throws(IndexError) -> KeywordColumn? {
        try content.keywords(Int(field.rawValue))
    }

    /// The column of a number field; `nil` where no document has it.
    func numbers(_ field: FieldID) throws(IndexError) -> NumberColumn? {
        try content.numbers(Int(field.rawValue))
    }

    /// The key of a document.
    ///
    /// - Requires: the document is in the segment.
    func key(of document: UInt32) throws(IndexError) -> [UInt8] {
        try content.keys.key(of: document)
    }

    /// The last document with a key, deleted or not.
    func document(withKey key: Span<UInt8>) throws(IndexError) -> UInt32? {
        let field = content.fields.fields[content.fields.keyField]
        guard let entry = try content.lookup(field, key) else { return nil }
        if entry.documentFrequency == 1 { return entry.document }
        var postings = try content.postings(entry, field)
        var last: UInt32?
        while try postings.nextBlock() { last = postings.blockLastDocument }
        return last
    }

    /// The stored bytes of a document.
    ///
    /// - Requires: the document is in the segment.
    func stored(_ document: UInt32) throws(IndexError) -> [UInt8] {
        try content.store.document(document)
    }
}
