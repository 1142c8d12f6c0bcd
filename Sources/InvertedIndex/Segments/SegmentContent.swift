import Synchronization

/// The bytes of a segment file and how to read them; without deletions.
final class SegmentContent: Sendable {
    /// The file.
    let file: MappedFile
    /// Its frame.
    let envelope: FileEnvelope.Reader
    /// Its fields.
    let fields: FieldTable
    /// The schema that the fields are of.
    let schema: IndexSchema
    /// Where the fields are in the file, for messages.
    let fieldsOffset: Int
    /// The terms of all fields and the keys.
    let dictionary: TermDictionary.Reader
    /// The keys of the documents.
    let keys: DocumentKeys.Reader
    /// The stored bytes of the documents.
    let store: DocumentStore.Reader
    /// Documents and frequencies.
    let postingsSection: Section
    /// Positions.
    let positionsSection: Section
    private let postingsFormat: PostingsFormat
    private let standardNormalizations: [LengthNormalization?]
    private let lengthsSection: Section
    private let keywordsSection: Section
    private let numbersSection: Section
    /// The keys of terms, by the number of their field; `nil` for fields of another kind.
    private let relations: [TermRelation?]
    /// The ends of the terms of fields, by their number; `nil` where there are few or the segment is
    /// of an older format.
    private let suffixes: [TermSuffixes.Reader?]
    /// Where its terms are that searches asked for last; right for every snapshot that has it.
    let lookups = TermLookups(limit: 1 << 12)
    /// The keyword columns that were found sound.
    private let checkedColumns = Mutex<Set<Int>>([])

    /// Proves the frame, the fields and the index of terms.
    init(file: MappedFile, indexUUID: [UInt8]?) throws(IndexError) {
        self.file = file
        envelope = try FileEnvelope.Reader(file: file, kind: .segment, indexUUID: indexUUID)
        let fieldsSection = try envelope.section(SegmentSection.fields)
        try fieldsSection.verify()
        fieldsOffset = fieldsSection.offset
        fields = try FieldTable(fieldsSection)
        schema = fields.schema
        let termIndex = try envelope.section(SegmentSection.termIndex)
        try termIndex.verify()
        dictionary = try TermDictionary.Reader(
            index: termIndex, terms: envelope.section(SegmentSection.terms), fields: fields)
        keys = try DocumentKeys.Reader(envelope, dictionary, fields)
        store = try DocumentStore.Reader(
            blocks: envelope.section(SegmentSection.stored),
            entries: envelope.section(SegmentSection.storedBlocks),
            index: envelope.section(SegmentSection.storedIndex),
            dictionary: envelope.optionalSection(SegmentSection.storedDictionary), fields: fields)
        postingsSection = try envelope.section(SegmentSection.postings)
        postingsFormat = try PostingsFormat(of: postingsSection)
        let fields = fields
        standardNormalizations = fields.fields.map { field in
            field.kind == .text
                ? LengthNormalization(standard: fields.lengthStatistics(field)) : nil
        }
        positionsSection = try envelope.section(SegmentSection.positions)
        lengthsSection = try envelope.section(SegmentSection.lengths)
        keywordsSection = try envelope.section(SegmentSection.keywords)
        numbersSection = try envelope.section(SegmentSection.numbers)
        try envelope.optionalSection(SegmentSection.termKeyIndex)?.verify()
        relations = try Self.relations(of: fields, envelope, dictionary)
        suffixes = try Self.suffixes(of: fields, envelope)
        for field in fields.fields { try checkColumn(of: field) }
    }

    private static func relations(
        of fields: FieldTable, _ envelope: FileEnvelope.Reader,
        _ dictionary: TermDictionary.Reader
    ) throws(IndexError) -> [TermRelation?] {
        var relations: [TermRelation?] = []
        for (number, field) in fields.fields.enumerated() {
            guard field.kind == .termKeys else {
                relations.append(nil)
                continue
            }
            let section = try envelope.section(SegmentSection.termKeyIndex)
            relations.append(
                TermRelation(
                    keys: try TermKeys.Reader(
                        index: Self.slice(section, field.columnOffset, field.columnByteCount),
                        at: section.offset + Int(field.columnOffset),
                        blocks: envelope.section(SegmentSection.termKeys)),
                    dictionary: dictionary,
                    keyedFields: (fields.keyedFields[number] ?? []).map {
                        fields.fields[Int($0)]
                    }))
        }
        return relations
    }

    private static func suffixes(
        of fields: FieldTable, _ envelope: FileEnvelope.Reader
    ) throws(IndexError) -> [TermSuffixes.Reader?] {
        guard let section = envelope.optionalSection(SegmentSection.termSuffixes) else {
            return fields.fields.map { _ in nil }
        }
        var readers: [TermSuffixes.Reader?] = []
        var offset = 0
        for field in fields.fields {
            guard let layout = TermSuffixes.Layout(field) else {
                readers.append(nil)
                continue
            }
            offset = (offset + 7) & ~7
            guard let reader = TermSuffixes.Reader(section, at: offset, layout) else {
                throw section.file.corrupt(at: section.offset, "ends of terms are cut off")
            }
            readers.append(reader)
            offset += layout.byteCount
        }
        guard offset == section.count, offset > 0 else {
            throw section.file.corrupt(at: section.offset, "ends of terms of no field")
        }
        return readers
    }

    /// The record of a field.
    ///
    /// - Requires: the schema has the field.
    @inline(__always)
    func field(_ field: FieldID) -> FieldTable.Field {
        precondition(Int(field.rawValue) < fields.keyField, "the field is in the schema")
        return fields.fields[Int(field.rawValue)]
    }

    /// Looks up a term of a field.
    func lookup(
        _ field: FieldTable.Field, _ term: Span<UInt8>
    ) throws(IndexError) -> TermEntry? {
        try term.bytes.withUnsafeBytes { bytes throws(IndexError) in
            try dictionary.lookup(field, bytes)
        }
    }

    /// The postings of a term of a field; who goes through many terms lends the buffers.
    func postings(
        _ entry: TermEntry, _ field: FieldTable.Field,
        buffers: PostingsBuffers = PostingsBuffers()
    ) throws(IndexError) -> PostingsCursor {
        try postings(entry, field, lengths: lengths(field), buffers: buffers)
    }

    /// The same, with the lengths of the field.
    func postings(
        _ entry: TermEntry, _ field: FieldTable.Field, lengths: FieldLengths?,
        buffers: PostingsBuffers
    ) throws(IndexError) -> PostingsCursor {
        try PostingsCursor(
            entry, file: file,
            postings: Self.slice(postingsSection, entry.postingsOffset, entry.postingsByteCount),
            positions: Self.slice(
                positionsSection, entry.positionsOffset, entry.positionsByteCount),
            format: postingsFormat, documentCount: fields.documentCount, lengths: lengths,
            hasPositions: field.hasPositions, buffers: buffers)
    }

    /// What the impacts of a field were made with; `nil` where it is not of text.
    func standardNormalization(_ field: FieldID) -> LengthNormalization? {
        standardNormalizations[Int(field.rawValue)]
    }

    /// The lengths of a field, or of the one that stands for it.
    func lengths(_ field: FieldTable.Field) -> FieldLengths? {
        let record = field.lengthOf.map { fields.fields[Int($0)] } ?? field
        guard record.hasLengths, record.columnByteCount > 0,
            let base = file.bytes.baseAddress
        else { return nil }
        // `checkColumn` proved that the column is in its section and as long as there are documents.
        let start = base + lengthsSection.offset + Int(record.columnOffset)
        return FieldLengths(
            codes: start.assumingMemoryBound(to: UInt8.self),
            count: Int(fields.documentCount), file: file)
    }

    /// The column of a keyword field, proved once.
    func keywords(_ number: Int) throws(IndexError) -> KeywordColumn? {
        let field = fields.fields[number]
        guard field.kind == .keyword, field.columnByteCount > 0 else { return nil }
        let offset = keywordsSection.offset + Int(field.columnOffset)
        let column = try KeywordColumn(
            bytes: Self.slice(keywordsSection, field.columnOffset, field.columnByteCount),
            field: field, dictionary: dictionary, documentCount: fields.documentCount,
            at: offset)
        if checkedColumns.withLock({ $0.contains(number) }) { return column }
        try column.checkInvariants(at: offset)
        checkedColumns.withLock { _ = $0.insert(number) }
        return column
    }

    /// The column of a number field.
    func numbers(_ number: Int) throws(IndexError) -> NumberColumn? {
        let field = fields.fields[number]
        guard field.kind == .number, field.columnByteCount > 0 else { return nil }
        return try NumberColumn(
            bytes: Self.slice(numbersSection, field.columnOffset, field.columnByteCount),
            file: file, documentCount: fields.documentCount,
            at: numbersSection.offset + Int(field.columnOffset))
    }

    /// The ends of the terms of a field; `nil` where the segment does not have them.
    func suffixes(_ field: FieldID) -> TermSuffixes.Reader? { suffixes[Int(field.rawValue)] }

    /// The keys of terms of a field; `nil` where it is of another kind.
    func relation(_ number: Int) -> TermRelation? { relations[number] }

    /// Bytes of a section.
    private static func slice(
        _ section: Section, _ offset: UInt64, _ byteCount: UInt64
    ) throws(IndexError) -> UnsafeRawBufferPointer {
        guard offset <= UInt64(section.count), byteCount <= UInt64(section.count) - offset else {
            throw section.file.corrupt(
                at: section.offset, "points outside of section \(section.id)")
        }
        let start = section.offset &+ Int(truncatingIfNeeded: offset)
        return UnsafeRawBufferPointer(
            rebasing: section.file.bytes[start..<start &+ Int(truncatingIfNeeded: byteCount)])
    }

    private func checkColumn(of field: FieldTable.Field) throws(IndexError) {
        let section: Section
        switch field.kind {
        case .text:
            section = lengthsSection
            let isWhole = field.columnByteCount == UInt64(fields.documentCount)
            guard field.columnByteCount == 0 || (field.hasLengths && isWhole) else {
                throw file.corrupt(at: section.offset, "a column of lengths is not whole")
            }
        case .keyword: section = keywordsSection
        case .number: section = numbersSection
        case .termKeys: section = try envelope.section(SegmentSection.termKeyIndex)
        case .key:
            guard field.columnByteCount == 0 else {
                throw file.corrupt(at: fieldsOffset, "keys have a column")
            }
            return
        }
        guard field.kind != .number || field.termCount == 0 else {
            throw file.corrupt(at: fieldsOffset, "a number field has terms")
        }
        _ = try Self.slice(section, field.columnOffset, field.columnByteCount)
    }
}
