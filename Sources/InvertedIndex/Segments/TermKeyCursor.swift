/// Walks the entries of a field of keys of terms in their order.
///
/// - Shape: keys ascend, equal ones follow each other; the bytes of a file that say otherwise throw.
struct TermKeyCursor {
    /// The current key.
    ///
    /// - Requires: `next` returned true.
    private(set) var key: [UInt8] = []
    /// The term that has it.
    private(set) var entry = TermKeys.Entry()

    private let reader: TermKeys.Reader
    private var blocks: Range<Int>
    private var block: TermKeys.Block?
    private var leftInBlock = 0
    private var isFirst = true

    /// Stands before the first entry of some blocks.
    ///
    /// - Requires: there are the blocks.
    init(_ reader: TermKeys.Reader, blocks: Range<Int>) {
        self.reader = reader
        self.blocks = blocks
    }

    /// Stands before the first entry.
    init(_ reader: TermKeys.Reader) {
        self.init(reader, blocks: 0..<reader.blockCount)
    }

    /// Goes to the next entry; false at the end.
    mutating func next() throws(IndexError) -> Bool {
        let isFirstInBlock = leftInBlock == 0
        if isFirstInBlock {
            guard let number = blocks.popFirst() else { return false }
            let opened = try reader.open(number)
            block = opened
            leftInBlock = opened.count
        }
        guard var block else { return false }
        guard let fresh = FrontCoding.read(&block.keys), !isFirstInBlock || fresh.shared == 0 else {
            throw reader.corrupt(block.keys.position, "the keys of terms are broken")
        }
        guard isFirst || isAscending(fresh), !isFirst || fresh.count > 0 else {
            throw reader.corrupt(block.keys.position, "keys of terms do not ascend")
        }
        guard FrontCoding.apply(fresh, of: block.keys, to: &key),
            key.count <= SegmentLimits.termByteCount
        else { throw reader.corrupt(block.keys.position, "a key of a term is too long") }
        entry = try block.nextValue(in: reader)
        isFirst = false
        leftInBlock &-= 1
        self.block = block
        return true
    }

    /// Whether a key with these bytes is not before the current one.
    private func isAscending(_ fresh: (shared: Int, start: Int, count: Int)) -> Bool {
        guard fresh.shared < key.count else { return fresh.shared == key.count }
        let bytes = UnsafeRawBufferPointer(start: reader.base + fresh.start, count: fresh.count)
        return key.withUnsafeBytes {
            !TermDictionary.isLess(bytes, UnsafeRawBufferPointer(rebasing: $0[fresh.shared...]))
        }
    }
}
