/// Turns documents into one segment, in memory until it is written.
///
/// Not synchronised: one owner, one thread at a time.
public final class SegmentBuilder {
    /// The fields.
    public let schema: IndexSchema
    /// An estimate of the memory in use, in bytes.
    public private(set) var byteCount = 0
    /// The documents added so far, replaced ones included.
    public private(set) var documentCount: UInt32 = 0

    /// An empty builder.
    public init(schema: IndexSchema) { self.schema = schema }

    /// Begins a document; an earlier one with the same key is replaced.
    public func beginDocument(key: Span<UInt8>) { fatalError() }

    /// Adds an occurrence of a term of a text field.
    ///
    /// - Requires: within a document and field positions do not descend.
    public func add(term: Span<UInt8>, field: FieldID, position: UInt32) { fatalError() }

    /// Adds a value of a keyword field.
    public func add(keyword: Span<UInt8>, field: FieldID) { fatalError() }

    /// Sets the value of a number field.
    public func add(number: Int64, field: FieldID) { fatalError() }

    /// Ends the document, with the bytes to be given back for it.
    public func endDocument(stored: Span<UInt8>) { fatalError() }

    /// The keys of all documents, each once; the writer deletes them elsewhere.
    func forEachKey(_ body: (Span<UInt8>) throws(IndexError) -> Void) throws(IndexError) {
        fatalError()
    }

    /// Writes `<name>.izs`, synced and renamed, and the deletions where documents were replaced.
    func write(
        to directory: any Directory, name: String, indexUUID: [UInt8]
    ) throws(IndexError) -> SegmentDescriptor { fatalError() }
}
