/// An immutable part of the index: one mapped file, and the documents deleted from it since.
final class Segment: Sendable {
    /// The name of the file.
    let name: String
    /// The documents, deleted ones included.
    let documentCount: UInt32
    /// The deleted documents, if any.
    let deletions: Deletions?
    /// The fields.
    let schema: IndexSchema

    private init() { fatalError() }

    /// The documents that are not deleted.
    var liveCount: UInt32 { documentCount - (deletions?.deletedCount ?? 0) }

    /// Opens a segment and proves its frame and its small sections.
    static func open(
        directory: any Directory, descriptor: SegmentDescriptor, indexUUID: [UInt8],
        schema: IndexSchema
    ) throws(IndexError) -> Segment { fatalError() }

    /// The same segment, on the same mapping, with other deletions.
    func withDeletions(_ deletions: Deletions?) -> Segment { fatalError() }

    /// The number of terms of a field.
    func termCount(_ field: FieldID) -> UInt64 { fatalError() }

    /// Looks up a term.
    func lookup(_ field: FieldID, _ term: Span<UInt8>) throws(IndexError) -> TermEntry? {
        fatalError()
    }

    /// The terms of a field from `from` on.
    func terms(_ field: FieldID, from: [UInt8]) throws(IndexError) -> TermCursor { fatalError() }

    /// The postings of a term; before its first block.
    func postings(_ entry: TermEntry, _ field: FieldID) throws(IndexError) -> PostingsCursor {
        fatalError()
    }

    /// The lengths of a text field, those of its `lengthOf` where it has none of its own.
    func lengths(_ field: FieldID) -> FieldLengths? { fatalError() }

    /// The statistics that go with `lengths`.
    func statistics(_ field: FieldID) -> FieldStatistics { fatalError() }

    /// The column of a keyword field; `nil` where no document has it.
    func keywords(_ field: FieldID) throws(IndexError) -> KeywordColumn? { fatalError() }

    /// The column of a number field; `nil` where no document has it.
    func numbers(_ field: FieldID) throws(IndexError) -> NumberColumn? { fatalError() }

    /// The key of a document.
    func key(of document: UInt32) throws(IndexError) -> [UInt8] { fatalError() }

    /// The last document with a key, deleted or not.
    func document(withKey key: Span<UInt8>) throws(IndexError) -> UInt32? { fatalError() }

    /// The stored bytes of a document.
    func stored(_ document: UInt32) throws(IndexError) -> [UInt8] { fatalError() }

    /// Reads everything: each checksum, term, posting, position, document and column.
    func verify() throws(IndexError) { fatalError() }
}
