/// Blocks of front-coded spellings in one order: the terms of a field, or the keys of terms.
protocol SpellingBlocks {
    /// A block that is being read.
    associatedtype Block
    /// What is told of a spelling.
    associatedtype Entry

    /// What the places of cursors count from.
    var base: UnsafeRawPointer { get }
    /// The numbers of the blocks.
    var numbers: Range<Int> { get }
    /// A block before which there is no spelling that is not before `target`.
    ///
    /// - Requires: there is a block.
    func block(for target: UnsafeRawBufferPointer) throws(IndexError) -> Int
    /// A block, with a cursor over its spellings and their number.
    func opened(
        _ number: Int
    ) throws(IndexError) -> (block: Block, spellings: ByteCursor, count: Int)
    /// Reads what is told of the next spelling of a block.
    func nextEntry(_ block: inout Block) throws(IndexError) -> Entry
    /// An error at a place.
    func corrupt(_ offset: Int, _ reason: String) -> IndexError
}

/// The terms of a field as blocks of spellings.
struct TermBlocks: SpellingBlocks {
    /// The dictionary.
    let reader: TermDictionary.Reader
    /// The field.
    let field: FieldTable.Field

    /// The terms of a field.
    init(_ segment: Segment, _ field: FieldID) {
        reader = segment.content.dictionary
        self.field = segment.content.field(field)
    }

    var base: UnsafeRawPointer { reader.base }

    var numbers: Range<Int> {
        let first = Int(truncatingIfNeeded: field.firstBlock)
        return first..<first + Int(truncatingIfNeeded: field.blockCount)
    }

    func block(for target: UnsafeRawBufferPointer) throws(IndexError) -> Int {
        try reader.block(of: field, for: target)
    }

    /// How many blocks may hold terms that begin with some bytes.
    ///
    /// - Requires: there is a block.
    func count(beginningWith prefix: [UInt8]) throws(IndexError) -> Int {
        // No letter has this byte.
        let last = prefix + [0xFF]
        let first = try prefix.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
            try block(for: bytes)
        }
        let end = try last.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
            try block(for: bytes)
        }
        return end - first + 1
    }

    func opened(
        _ number: Int
    ) throws(IndexError) -> (block: TermDictionary.Block, spellings: ByteCursor, count: Int) {
        let block = try reader.open(number, of: field)
        return (block, block.keys, block.count)
    }

    /// All but the ordinal.
    func nextEntry(_ block: inout TermDictionary.Block) throws(IndexError) -> TermEntry {
        var entry = TermEntry()
        try block.nextValue(of: field, in: reader, into: &entry)
        return entry
    }

    func corrupt(_ offset: Int, _ reason: String) -> IndexError { reader.corrupt(offset, reason) }
}

extension TermKeys.Reader: SpellingBlocks {
    var numbers: Range<Int> { 0..<blockCount }

    func block(for target: UnsafeRawBufferPointer) throws(IndexError) -> Int {
        try firstBlock(for: target)
    }

    func opened(
        _ number: Int
    ) throws(IndexError) -> (block: TermKeys.Block, spellings: ByteCursor, count: Int) {
        let block = try open(number)
        return (block, block.keys, block.count)
    }

    func nextEntry(_ block: inout TermKeys.Block) throws(IndexError) -> TermKeys.Entry {
        try block.nextValue(in: self)
    }
}

/// A walk through spellings in long steps.
///
/// Unlike `TermCursor` it puts only those terms together at which it stops, and looks at what the
/// dictionary tells of a term only when asked: most steps of a fuzzy search stop at a term that is
/// not near. It relies on the order of the terms, which `Segment.verify` proves; bytes that break
/// it lead to other terms being found, never out of the block.
struct TermWalk<Blocks: SpellingBlocks>: ~Copyable {
    /// The term at which it stopped, in place until the next step.
    var term: UnsafeRawBufferPointer { spelled.bytes }

    private var spelled = GrowingBytes(capacity: 64)

    private let blocks: Blocks
    private let firstBlock: Int
    private let endBlock: Int
    private var number: Int
    private var keys: ByteCursor
    private var block: Blocks.Block?
    private var blockCount = 0
    /// The keys and the values of the block that were read.
    private var keyCount = 0
    private var valueCount = 0
    private var value: Blocks.Entry?

    /// Before the first spelling.
    init(_ blocks: Blocks) {
        self.blocks = blocks
        firstBlock = blocks.numbers.lowerBound
        endBlock = blocks.numbers.upperBound
        number = firstBlock - 1
        keys = ByteCursor(base: blocks.base, position: 0, end: 0)
    }

    /// Goes to the next term; false at the end.
    mutating func next() throws(IndexError) -> Bool {
        guard try openIfNeeded() else { return false }
        guard let key = readKey(), key.shared <= term.count else { throw broken() }
        stop(at: key)
        return true
    }

    /// Goes to the first term that is not before `target`; false at the end.
    ///
    /// - Requires: the current term is before `target`.
    mutating func seek(_ target: UnsafeRawBufferPointer) throws(IndexError) -> Bool {
        guard firstBlock < endBlock else { return false }
        let wanted = try blocks.block(for: target)
        if wanted > number {
            number = wanted - 1
            blockCount = 0
            guard try openIfNeeded() else { return false }
        }
        // What the current term has in common with `target`, which is after it.
        var matched = 0
        let term = spelled.bytes
        let shorter = min(term.count, target.count)
        while matched < shorter, term[matched] == target[matched] { matched &+= 1 }
        let base = blocks.base
        while keyCount < blockCount {
            guard let key = readKey() else { throw broken() }
            if key.shared > matched { continue }
            // It leaves its neighbour earlier than `target` does, so it is after `target`.
            var isReached = key.shared < matched
            if !isReached {
                let fresh = UnsafeRawBufferPointer(start: base + key.start, count: key.count)
                var index = 0
                while index < key.count, matched < target.count, fresh[index] == target[matched] {
                    index &+= 1
                    matched &+= 1
                }
                isReached =
                    matched == target.count || (index < key.count && fresh[index] > target[matched])
            }
            if isReached {
                spelled.truncate()
                spelled.append(UnsafeRawBufferPointer(rebasing: target[..<key.shared]))
                stop(at: key)
                return true
            }
        }
        // The next block begins after `target`.
        return try next()
    }

    /// What is told of the current term.
    ///
    /// - Requires: it stopped at one.
    mutating func entry() throws(IndexError) -> Blocks.Entry {
        if var block {
            while valueCount < keyCount {
                value = try blocks.nextEntry(&block)
                valueCount += 1
            }
            self.block = block
        }
        guard let value else { preconditionFailure("the walk stopped at a term") }
        return value
    }

    private mutating func openIfNeeded() throws(IndexError) -> Bool {
        if keyCount < blockCount { return true }
        guard number + 1 < endBlock else { return false }
        number += 1
        let opened = try blocks.opened(number)
        block = opened.block
        keys = opened.spellings
        blockCount = opened.count
        keyCount = 0
        valueCount = 0
        spelled.truncate()
        return true
    }

    @inline(__always)
    private mutating func readKey() -> (shared: Int, start: Int, count: Int)? {
        keyCount &+= 1
        return FrontCoding.read(&keys)
    }

    private mutating func stop(at key: (shared: Int, start: Int, count: Int)) {
        spelled.truncate(to: key.shared)
        spelled.append(UnsafeRawBufferPointer(start: blocks.base + key.start, count: key.count))
    }

    private func broken() -> IndexError {
        blocks.corrupt(keys.position, "the keys of a block of terms are broken")
    }
}
