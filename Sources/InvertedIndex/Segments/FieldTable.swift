/// What a segment tells of its fields, and of itself.
///
/// After the fields of the schema comes one more, of keys: its terms are the keys of the documents.
struct FieldTable: Sendable, Equatable {
    /// One field; without its name, so that a copy counts no reference.
    struct Field: Sendable, Equatable {
        /// What it holds.
        var kind = Kind.text
        /// Whether its postings have positions.
        var hasPositions = false
        /// Whether it has a column of lengths of its own.
        var hasLengths = false
        /// The field whose lengths stand for its own.
        var lengthOf: UInt16?
        /// The number of its terms.
        var termCount: UInt64 = 0
        /// The number of the first block of its terms.
        var firstBlock: UInt64 = 0
        /// The place of its first term in the dictionary.
        var firstOrdinal: UInt64 = 0
        /// The documents that have it.
        var documentCount: UInt64 = 0
        /// The sum of its lengths.
        var totalLength: UInt64 = 0
        /// Where its column begins in the section of its kind.
        var columnOffset: UInt64 = 0
        /// The length of its column in bytes; 0 where it has none.
        var columnByteCount: UInt64 = 0
        /// The number of blocks of its terms.
        var blockCount: UInt64 {
            let perBlock = UInt64(TermDictionary.termsPerBlock)
            return termCount / perBlock + (termCount % perBlock == 0 ? 0 : 1)
        }
    }

    /// What a field holds.
    ///
    /// Stored in segment files; never change a value.
    enum Kind: UInt8, Sendable {
        /// Terms with frequencies.
        case text = 1
        /// Values, and a column of them.
        case keyword = 2
        /// A column of numbers.
        case number = 3
        /// The keys of documents.
        case key = 4
        /// A relation of keys to the terms of other fields.
        case termKeys = 5

        /// Whether such a field has terms of its own in the dictionary.
        var hasTerms: Bool {
            switch self {
            case .text, .keyword, .key: true
            case .number, .termKeys: false
            }
        }
    }

    /// The documents of the segment.
    var documentCount: UInt32 = 0
    /// The stored bytes of all documents, not compressed.
    var storedByteCount: UInt64 = 0
    /// The fields of the schema, then the keys.
    var fields: [Field] = []
    /// Their names; that of the keys is empty.
    var names: [String] = []
    /// By field of kind `termKeys`, the fields of whose terms it has keys.
    var keyedFields: [Int: [UInt16]] = [:]

    /// The fields of a schema, nothing counted.
    init(schema: IndexSchema) {
        fields = schema.fields.map { field in
            var record = Field()
            switch field.kind {
            case .text(let hasPositions, let lengthOf):
                record.kind = .text
                record.hasPositions = hasPositions
                record.hasLengths = lengthOf == nil
                record.lengthOf = lengthOf?.rawValue
            case .keyword: record.kind = .keyword
            case .number: record.kind = .number
            case .termKeys: record.kind = .termKeys
            }
            return record
        }
        var keys = Field()
        keys.kind = .key
        fields.append(keys)
        names = schema.fields.map(\.name) + [""]
        for (number, field) in schema.fields.enumerated() {
            guard case .termKeys(let keyed) = field.kind else { continue }
            keyedFields[number] = keyed.map(\.rawValue)
        }
    }

    /// The place of the field of keys.
    var keyField: Int { fields.count - 1 }

    /// The schema that the fields were written for.
    var schema: IndexSchema {
        IndexSchema(
            fields: names.dropLast().enumerated().map { number, name in
                IndexField(name: name, kind: kind(of: number))
            })
    }

    private func kind(of number: Int) -> IndexField.Kind {
        switch fields[number].kind {
        case .text:
            .text(
                hasPositions: fields[number].hasPositions,
                lengthOf: fields[number].lengthOf.map { FieldID(rawValue: $0) })
        case .keyword, .key: .keyword
        case .number: .number
        case .termKeys:
            .termKeys(of: (keyedFields[number] ?? []).map { FieldID(rawValue: $0) })
        }
    }

    /// The statistics of the lengths of a field, or of the one that stands for it.
    func lengthStatistics(_ field: Field) -> FieldStatistics {
        let record = field.lengthOf.map { fields[Int($0)] } ?? field
        return FieldStatistics(
            documentCount: record.documentCount, totalLength: record.totalLength)
    }

    /// Whether the fields are those of a schema, whatever is counted.
    func agrees(with schema: IndexSchema) -> Bool {
        let other = FieldTable(schema: schema)
        return fields.count == other.fields.count && names == other.names
            && keyedFields == other.keyedFields
            && zip(fields, other.fields).allSatisfy { left, right in
                left.kind == right.kind && left.hasPositions == right.hasPositions
                    && left.hasLengths == right.hasLengths && left.lengthOf == right.lengthOf
            }
    }
}

// MARK: - Bytes

extension FieldTable {
    private static let positionsFlag: UInt8 = 1
    private static let lengthsFlag: UInt8 = 2
    private static let lengthOfFlag: UInt8 = 4

    /// The section.
    func bytes() -> [UInt8] {
        var writer = ByteWriter()
        writer.u32(documentCount)
        writer.u32(UInt32(fields.count))
        writer.u64(storedByteCount)
        for (number, (field, name)) in zip(fields, names).enumerated() {
            let keyed = keyedFields[number] ?? []
            writer.u8(field.kind.rawValue)
            writer.u8(
                (field.hasPositions ? Self.positionsFlag : 0)
                    | (field.hasLengths ? Self.lengthsFlag : 0)
                    | (field.lengthOf != nil ? Self.lengthOfFlag : 0))
            writer.u16(field.kind == .termKeys ? UInt16(keyed.count) : field.lengthOf ?? 0)
            writer.u32(UInt32(name.utf8.count))
            writer.u64(field.termCount)
            writer.u64(field.documentCount)
            writer.u64(field.totalLength)
            writer.u64(field.columnOffset)
            writer.u64(field.columnByteCount)
            writer.append(name.utf8)
            for other in keyed { writer.u16(other) }
            writer.align(to: 8)
        }
        return writer.bytes
    }

    /// Reads and proves the section; places in other sections are proved by their readers.
    init(_ section: Section) throws(IndexError) {
        var reader = section.reader()
        documentCount = try reader.u32()
        guard documentCount <= SegmentLimits.documentCount else {
            throw reader.corrupt("more documents than the format has numbers for")
        }
        let fieldCount = try reader.u32()
        guard fieldCount >= 1, fieldCount <= 1025 else {
            throw reader.corrupt("more fields than a schema holds")
        }
        storedByteCount = try reader.u64()
        var block: UInt64 = 0
        var ordinal: UInt64 = 0
        for index in 0..<fieldCount {
            var (field, name, keyed) = try Self.readField(&reader, documentCount: documentCount)
            guard (field.kind == .key) == (index == fieldCount - 1) else {
                throw reader.corrupt("the last field, and no other, is of keys")
            }
            guard field.termCount < 1 << 48 else { throw reader.corrupt("too many terms") }
            // At most 1,025 counts below 2⁴⁸ do not overflow.
            field.firstBlock = block
            field.firstOrdinal = ordinal
            block += field.blockCount
            ordinal += field.termCount
            if field.kind == .termKeys { keyedFields[fields.count] = keyed }
            fields.append(field)
            names.append(name)
        }
        guard reader.isAtEnd else { throw reader.corrupt("bytes after the last field") }
        guard Set(names.dropLast()).count == fields.count - 1 else {
            throw reader.corrupt("two fields of one name")
        }
        for field in fields {
            guard let other = field.lengthOf else { continue }
            guard Int(other) < fields.count, fields[Int(other)].hasLengths else {
                throw reader.corrupt("lengths of a field that has none")
            }
        }
        for keyed in keyedFields.values {
            guard Set(keyed).count == keyed.count,
                keyed.allSatisfy({ Int($0) < fields.count && fields[Int($0)].kind == .text })
            else { throw reader.corrupt("keys of terms of a field that has none") }
        }
    }

    private static func readField(
        _ reader: inout ByteReader, documentCount: UInt32
    ) throws(IndexError) -> (Field, name: String, keyed: [UInt16]) {
        let start = reader.position
        var field = Field()
        guard let kind = Kind(rawValue: try reader.u8()) else {
            throw reader.corrupt("a kind of field that is not known")
        }
        field.kind = kind
        let flags = try reader.u8()
        field.hasPositions = flags & positionsFlag != 0
        field.hasLengths = flags & lengthsFlag != 0
        let lengthOf = try reader.u16()
        if flags & lengthOfFlag != 0 { field.lengthOf = lengthOf }
        let isText = kind == .text
        guard flags < 8, isText || flags == 0,
            !isText || field.hasLengths == (field.lengthOf == nil)
        else {
            throw reader.corrupt("flags that do not go with the kind of field")
        }
        let nameByteCount = try reader.u32()
        field.termCount = try reader.u64()
        field.documentCount = try reader.u64()
        guard field.documentCount <= UInt64(documentCount) else {
            throw reader.corrupt("more documents in a field than in the segment")
        }
        field.totalLength = try reader.u64()
        guard field.totalLength < 1 << 56 else { throw reader.corrupt("too many tokens") }
        guard field.kind != .termKeys || field.termCount | field.documentCount == 0 else {
            throw reader.corrupt("a field of keys of terms has terms or documents of its own")
        }
        field.columnOffset = try reader.u64()
        field.columnByteCount = try reader.u64()
        let name = try reader.slice(UInt64(nameByteCount))
        guard let text = String(validating: name, as: UTF8.self) else {
            throw reader.corrupt("the name of a field is not UTF-8")
        }
        var keyed: [UInt16] = []
        if field.kind == .termKeys {
            for _ in 0..<lengthOf { keyed.append(try reader.u16()) }
        }
        while (reader.position - start) % 8 != 0 {
            guard try reader.u8() == 0 else { throw reader.corrupt("padding is not zero") }
        }
        return (field, text, keyed)
    }
}
