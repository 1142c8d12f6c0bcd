/// The values of one keyword field, document by document.
///
/// ```
/// head      ordinal width u8 (1, 2 or 4) | 1 if a document has several values, else 0 u8 | zero u16
///           | ordinals u32
/// one       per document: ordinal + 1, or 0 for none
/// several   per document and one more: the ordinals before it u32 | ordinals
/// ```
///
/// Invariants (proved when a segment first gives the column out):
/// 1. Every ordinal is below `valueCount`.
/// 2. The ordinals of a document strictly ascend.
///
/// `@unchecked Sendable`: the pointers are into the file of `segment`, which never changes.
struct KeywordColumn: @unchecked Sendable {
    /// The bytes of the head.
    static let headByteCount = 8

    /// The distinct values; ordinals are below it, in the order of the values' bytes.
    let valueCount: UInt32
    /// Whether a document may have several values.
    let hasSeveral: Bool
    /// The documents of the segment.
    let documentCount: UInt32

    private let dictionary: TermDictionary.Reader
    private let field: FieldTable.Field
    private let starts: UnsafeRawPointer
    private let ordinals: UnsafeRawPointer
    private let width: Int
    private let ordinalCount: Int

    /// The least width that holds numbers up to `greatest`.
    static func width(upTo greatest: UInt64) -> Int {
        greatest < 1 << 8 ? 1 : greatest < 1 << 16 ? 2 : 4
    }

    /// Takes the bytes of the column; proves their length alone.
    init(
        bytes: UnsafeRawBufferPointer, field: FieldTable.Field,
        dictionary: TermDictionary.Reader, documentCount: UInt32, at offset: Int
    ) throws(IndexError) {
        let file = dictionary.file
        guard let base = bytes.baseAddress, bytes.count >= Self.headByteCount,
            let values = UInt32(exactly: field.termCount), values < .max
        else { throw file.corrupt(at: offset, "a keyword column is too short") }
        self.dictionary = dictionary
        self.field = field
        self.documentCount = documentCount
        valueCount = values
        width = Int(bytes[0])
        hasSeveral = bytes[1] == 1
        ordinalCount = Int(bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        let documents = Int(documentCount)
        let startsByteCount = hasSeveral ? (documents + 1) * 4 : 0
        let ordinalsByteCount = (hasSeveral ? ordinalCount : documents) * width
        guard width == 1 || width == 2 || width == 4, bytes[1] <= 1, bytes[2] == 0, bytes[3] == 0,
            bytes.count == Self.headByteCount + startsByteCount + ordinalsByteCount
        else { throw file.corrupt(at: offset, "a keyword column has another length") }
        starts = base + Self.headByteCount
        ordinals = starts + startsByteCount
    }

    /// The values of a document; strictly ascending, empty where it has none.
    ///
    /// - Requires: the document is in the segment.
    @inline(__always)
    func ordinals(of document: UInt32) -> KeywordOrdinals {
        precondition(document < documentCount, "the document is in the segment")
        guard hasSeveral else {
            let place = ordinals + Int(document) &* width
            let isNone = KeywordOrdinals.load(place, width) == 0
            return KeywordOrdinals(
                base: place, width: width, bias: 1, endIndex: isNone ? 0 : 1)
        }
        let start = Int(starts.loadUnaligned(fromByteOffset: Int(document) &* 4, as: UInt32.self))
        let end = Int(
            starts.loadUnaligned(fromByteOffset: Int(document) &* 4 &+ 4, as: UInt32.self))
        return KeywordOrdinals(
            base: ordinals + start &* width, width: width, bias: 0, endIndex: end &- start)
    }

    /// The value of an ordinal.
    ///
    /// - Requires: it is below `valueCount`.
    func value(_ ordinal: UInt32) throws(IndexError) -> [UInt8] {
        precondition(ordinal < valueCount, "the ordinal is in the column")
        var value: [UInt8] = []
        try dictionary.read(UInt64(ordinal), of: field, into: &value)
        return value
    }

    /// Proves the invariants of the type.
    ///
    /// - Cost: the column is read once.
    func checkInvariants(at offset: Int) throws(IndexError) {
        let file = dictionary.file
        var found = 0
        if hasSeveral {
            var previous: UInt32 = 0
            for document in 0...Int(documentCount) {
                let start = starts.loadUnaligned(fromByteOffset: document * 4, as: UInt32.self)
                guard start >= previous, Int(start) <= ordinalCount else {
                    throw file.corrupt(at: offset, "a keyword column does not ascend")
                }
                previous = start
            }
            guard Int(previous) == ordinalCount,
                starts.loadUnaligned(as: UInt32.self) == 0
            else { throw file.corrupt(at: offset, "a keyword column has other ordinals") }
        }
        for document in 0..<documentCount {
            var next: UInt32 = 0
            for ordinal in ordinals(of: document) {
                guard ordinal >= next, ordinal < valueCount else {
                    throw file.corrupt(at: offset, "an ordinal of a keyword column is too great")
                }
                next = ordinal + 1
                found += 1
            }
        }
        guard found == ordinalCount else {
            throw file.corrupt(at: offset, "a keyword column has another number of ordinals")
        }
    }
}

/// The ordinals of one document, in place.
struct KeywordOrdinals: RandomAccessCollection {
    private let base: UnsafeRawPointer
    private let width: Int
    private let bias: UInt32

    var startIndex: Int { 0 }
    let endIndex: Int

    /// `endIndex` numbers of a width, from which `bias` is taken.
    @inline(__always)
    init(base: UnsafeRawPointer, width: Int, bias: UInt32, endIndex: Int) {
        self.base = base
        self.width = width
        self.bias = bias
        self.endIndex = endIndex
    }

    @inline(__always)
    subscript(index: Int) -> UInt32 {
        precondition(index >= 0 && index < endIndex, "the index is in the collection")
        return Self.load(base + index &* width, width) &- bias
    }

    /// Reads a number of 1, 2 or 4 bytes.
    @inline(__always)
    static func load(_ place: UnsafeRawPointer, _ width: Int) -> UInt32 {
        switch width {
        case 1: UInt32(place.load(as: UInt8.self))
        case 2: UInt32(place.loadUnaligned(as: UInt16.self))
        default: place.loadUnaligned(as: UInt32.self)
        }
    }
}
