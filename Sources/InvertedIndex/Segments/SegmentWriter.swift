/// Writes the file of a segment, for the builder and the merger: the order of its sections, and
/// what one section has to know of another.
///
/// The caller goes through the steps in their order:
/// stored bytes, keys, columns of lengths and numbers, terms field by field, columns of keywords,
/// `finish`.
final class SegmentWriter {
    /// The fields; the caller counts in them.
    var fields: FieldTable
    /// The file.
    let output: FileEnvelope.Writer
    /// The terms that are being written.
    private(set) var dictionary: TermDictionary.Writer
    private let termsSpool: Spool
    private let positionsSpool: Spool
    private var ordinalCount: UInt64 = 0

    /// Begins a file.
    init(
        output: any OutputFile, directory: any Directory, indexUUID: [UInt8], schema: IndexSchema
    ) throws(IndexError) {
        fields = FieldTable(schema: schema)
        self.output = try FileEnvelope.Writer(
            output: output, kind: .segment, indexUUID: indexUUID)
        termsSpool = Spool(directory: directory)
        positionsSpool = Spool(directory: directory)
        dictionary = TermDictionary.Writer(terms: termsSpool)
    }

    /// Removes temporary files after an error.
    func discard() {
        termsSpool.discard()
        positionsSpool.discard()
    }

    /// Writes a section from bytes in memory.
    func writeSection(_ id: UInt32, _ bytes: UnsafeRawBufferPointer) throws(IndexError) {
        try output.beginSection(id: id)
        try output.write(bytes)
        try output.endSection()
    }

    /// Writes a section from bytes in memory.
    func writeSection(_ id: UInt32, _ bytes: [UInt8]) throws(IndexError) {
        try output.beginSection(id: id)
        try output.write(bytes)
        try output.endSection()
    }

    /// Writes the keys, which `body` adds in the order of the documents.
    func writeKeys(
        _ body: (DocumentKeys.Writer) throws(IndexError) -> Void
    ) throws(IndexError) {
        try output.beginSection(id: SegmentSection.keys)
        let keys = DocumentKeys.Writer(output: output)
        try body(keys)
        try output.endSection()
        try writeSection(SegmentSection.keyIndex, keys.indexBytes)
    }

    /// Writes one section of columns; `body` writes that of a field, or nothing.
    func writeColumns(
        _ id: UInt32, of kind: FieldTable.Kind,
        _ body: (Int) throws(IndexError) -> Void
    ) throws(IndexError) {
        try output.beginSection(id: id)
        for number in fields.fields.indices where fields.fields[number].kind == kind {
            while output.sectionByteCount % 8 != 0 { try output.write([0]) }
            let start = output.sectionByteCount
            try body(number)
            let end = output.sectionByteCount
            if end > start {
                fields.fields[number].columnOffset = UInt64(start)
                fields.fields[number].columnByteCount = UInt64(end - start)
            }
        }
        try output.endSection()
    }

    /// Writes terms, postings and positions; `body` adds the terms of a field in their order.
    func writeTerms(
        _ body: (Int, inout PostingsWriter) throws(IndexError) -> Void
    ) throws(IndexError) {
        try output.beginSection(id: SegmentSection.postings)
        var postings = PostingsWriter(output: output, positions: positionsSpool)
        for number in fields.fields.indices where fields.fields[number].kind.hasTerms {
            dictionary.beginField()
            try body(number, &postings)
            try dictionary.endField()
            fields.fields[number].termCount = dictionary.termCount
            fields.fields[number].firstOrdinal = ordinalCount
            ordinalCount += dictionary.termCount
        }
        try output.endSection()
        try output.beginSection(id: SegmentSection.positions)
        try positionsSpool.copy(to: output)
        try output.endSection()
        try output.beginSection(id: SegmentSection.terms)
        try termsSpool.copy(to: output)
        try output.endSection()
        try writeSection(SegmentSection.termIndex, dictionary.indexBytes())
    }

    /// Writes the fields and the end of the file.
    func finish(fileName: String) throws(IndexError) -> SegmentDescriptor {
        try writeSection(SegmentSection.fields, fields.bytes())
        let (byteCount, checksum) = try output.finish()
        return SegmentDescriptor(
            fileName: fileName, byteCount: byteCount, directoryChecksum: checksum,
            documentCount: fields.documentCount)
    }
}
