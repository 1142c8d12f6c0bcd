/// The dictionary of a segment that is being written, and the fields of it that have keys.
struct WrittenTerms {
    /// All terms.
    let dictionary: TermDictionary.Reader
    /// The keyed fields, in the order of the schema's list.
    let fields: [FieldTable.Field]
}

/// Writes the file of a segment, for the builder and the merger: the order of its sections, and
/// what one section has to know of another.
///
/// The caller goes through the steps in their order:
/// stored bytes, columns of lengths and numbers, terms field by field, keys of terms, columns
/// of keywords, `finish`.
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
    private var blockCount: UInt64 = 0
    private let hasTermKeys: Bool
    /// How much work is put into it.
    let effort: SegmentEffort
    /// The keys of the documents, while those are written as terms.
    private var keys: DocumentKeys.Writer?
    /// The terms that were written, where keys are to lead to them.
    private var writtenTerms: TermDictionary.Reader?

    /// Begins a file.
    init(
        output: any OutputFile, directory: any Directory, indexUUID: [UInt8], schema: IndexSchema,
        effort: SegmentEffort = .full
    ) throws(IndexError) {
        fields = FieldTable(schema: schema)
        self.effort = effort
        hasTermKeys = fields.fields.contains { $0.kind == .termKeys }
        self.output = try FileEnvelope.Writer(
            output: output, kind: .segment, indexUUID: indexUUID)
        termsSpool = Spool(directory: directory)
        positionsSpool = Spool(directory: directory)
        dictionary = TermDictionary.Writer(terms: termsSpool, hasSuffixes: effort == .full)
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

    /// Writes terms, postings, positions and keys; `body` adds the terms of a field in their order.
    ///
    /// - Requires: the statistics of lengths are those that the file will have.
    func writeTerms(_ body: (Int) throws(IndexError) -> Void) throws(IndexError) {
        try output.beginSection(
            id: SegmentSection.postings, codec: PostingsFormat.currentCodec)
        var suffixes = ByteWriter()
        for number in fields.fields.indices where fields.fields[number].kind.hasTerms {
            let kind = fields.fields[number].kind
            dictionary.beginField(kind, documentCount: fields.documentCount)
            keys = kind == .key ? DocumentKeys.Writer(documentCount: fields.documentCount) : nil
            try body(number)
            try dictionary.endField()
            let column = TermSuffixes.column(kind: kind, keys: dictionary.suffixKeys)
            if !column.isEmpty { suffixes.align(to: 8) }
            suffixes.append(column)
            fields.fields[number].termCount = dictionary.termCount
            fields.fields[number].firstOrdinal = ordinalCount
            fields.fields[number].firstBlock = blockCount
            ordinalCount += dictionary.termCount
            blockCount += fields.fields[number].blockCount
        }
        try output.endSection()
        try output.beginSection(id: SegmentSection.positions)
        try positionsSpool.copy(to: output)
        try output.endSection()
        try output.beginSection(id: SegmentSection.terms)
        let terms = hasTermKeys ? try termsSpool.copyMapped(to: output) : nil
        if terms == nil { try termsSpool.copy(to: output) }
        try output.endSection()
        let index = dictionary.indexBytes()
        try writeSection(SegmentSection.termIndex, index)
        guard let keys else { preconditionFailure("the last field is that of keys") }
        let keyCount = fields.fields[fields.keyField].termCount
        try writeSection(
            SegmentSection.keyPlaces, keys.bytes(keyCount: keyCount))
        self.keys = nil
        if suffixes.count > 0 { try writeSection(SegmentSection.termSuffixes, suffixes.bytes) }
        guard let terms else { return }
        let indexFile = MappedFile(name: terms.name, copying: index)
        writtenTerms = try TermDictionary.Reader(
            index: Self.section(indexFile, SegmentSection.termIndex),
            terms: Self.section(terms, SegmentSection.terms), fields: fields)
    }

    /// Where what is written next to the sections of postings and positions will stand.
    ///
    /// - Requires: within `writeTerms`.
    var places: PostingsPlaces {
        PostingsPlaces(
            postings: UInt64(output.sectionByteCount), positions: UInt64(positionsSpool.byteCount))
    }

    /// Notes that the next term of the dictionary is the key of documents, if the field is that of
    /// keys.
    func noteKey(of documents: UnsafeBufferPointer<UInt32>) {
        keys?.note(documents, place: dictionary.termCount)
    }

    private static func section(_ file: MappedFile, _ id: UInt32) -> Section {
        Section(file: file, id: id, codec: 0, offset: 0, count: file.count, checksum: 0)
    }

    /// Writes the keys of terms, after the terms; `body` adds the entries of a field in their
    /// order, which lead to the terms that it is given.
    func writeTermKeys(
        _ body: (Int, WrittenTerms, TermKeys.Writer) throws(IndexError) -> Void
    ) throws(IndexError) {
        guard let writtenTerms else { return }
        var indexes: [Int: [UInt8]] = [:]
        try output.beginSection(id: SegmentSection.termKeys)
        for number in fields.fields.indices where fields.fields[number].kind == .termKeys {
            let keys = TermKeys.Writer(output: output)
            let keyed = (fields.keyedFields[number] ?? []).map { fields.fields[Int($0)] }
            try body(number, WrittenTerms(dictionary: writtenTerms, fields: keyed), keys)
            indexes[number] = try keys.finish()
        }
        try output.endSection()
        try writeColumns(SegmentSection.termKeyIndex, of: .termKeys) { number throws(IndexError) in
            try output.write(indexes[number] ?? [])
        }
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

extension SegmentWriter: PostingsOutput {
    func write(
        postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
    ) throws(IndexError) {
        try output.write(postings)
        try positionsSpool.write(positions)
    }
}
