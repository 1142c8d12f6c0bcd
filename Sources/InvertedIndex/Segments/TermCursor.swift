/// Walks the terms of one field in the order of their bytes.
///
/// - Shape: terms strictly ascend; the bytes of a file that say otherwise throw.
struct TermCursor {
    /// The current term.
    ///
    /// - Requires: `next` returned true.
    private(set) var term: [UInt8] = []
    /// What the dictionary tells of it.
    private(set) var entry = TermEntry()

    private let reader: TermDictionary.Reader
    private let field: FieldTable.Field
    /// The next block to be opened.
    private var nextBlock: Int
    private let endBlock: Int
    private var block: TermDictionary.Block?
    private var leftInBlock = 0
    private var nextOrdinal: UInt64 = 0
    /// Terms before it are passed over.
    private var from: [UInt8]?

    /// Stands before the first term of a field that is not before `from`.
    init(
        _ reader: TermDictionary.Reader, _ field: FieldTable.Field, from: [UInt8]
    ) throws(IndexError) {
        self.reader = reader
        self.field = field
        nextBlock = Int(truncatingIfNeeded: field.firstBlock)
        endBlock = nextBlock + Int(truncatingIfNeeded: field.blockCount)
        if !from.isEmpty, nextBlock < endBlock {
            self.from = from
            nextBlock = try from.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                try reader.block(of: field, for: bytes)
            }
        }
    }

    /// Goes to the next term; false at the end of the field.
    mutating func next() throws(IndexError) -> Bool {
        guard try step() else { return false }
        guard let from else { return true }
        while Self.isLess(term, from) {
            guard try step() else { return false }
        }
        self.from = nil
        return true
    }

    @inline(__always)
    private mutating func step() throws(IndexError) -> Bool {
        let isFirst = leftInBlock == 0
        if isFirst { guard try openBlock() else { return false } }
        guard var block else { return false }
        guard let key = FrontCoding.read(&block.keys), !isFirst || key.shared == 0 else {
            throw reader.corrupt(block.keys.position, "the keys of a block of terms are broken")
        }
        // Sorted: behind what is shared the new bytes are greater; or there are only new bytes.
        let isAscending =
            key.shared == term.count
            ? key.count > 0
            : key.shared < term.count && key.count > 0
                && reader.base.load(fromByteOffset: key.start, as: UInt8.self) > term[key.shared]
        guard isAscending || (isFirst && isFirstAscending(key)) else {
            throw reader.corrupt(block.keys.position, "terms do not ascend")
        }
        guard FrontCoding.apply(key, of: block.keys, to: &term),
            term.count <= SegmentLimits.termByteCount
        else {
            throw reader.corrupt(block.keys.position, "a term is too long")
        }
        try block.nextValue(of: field, in: reader, into: &entry)
        entry.ordinal = nextOrdinal
        nextOrdinal &+= 1
        leftInBlock &-= 1
        self.block = block
        return true
    }

    private mutating func openBlock() throws(IndexError) -> Bool {
        guard nextBlock < endBlock else { return false }
        let opened = try reader.open(nextBlock, of: field)
        let place = UInt64(nextBlock) &- field.firstBlock
        nextOrdinal = field.firstOrdinal &+ place &* UInt64(TermDictionary.termsPerBlock)
        leftInBlock = opened.count
        block = opened
        nextBlock &+= 1
        return leftInBlock > 0
    }

    /// The first term of a block is whole; the first of all may be of any bytes, even none.
    private func isFirstAscending(_ key: (shared: Int, start: Int, count: Int)) -> Bool {
        if entry.documentFrequency == 0 { return true }
        let fresh = UnsafeRawBufferPointer(start: reader.base + key.start, count: key.count)
        return term.withUnsafeBytes { TermDictionary.isLess($0, fresh) }
    }

    private static func isLess(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { TermDictionary.isLess(left, $0) }
        }
    }
}
