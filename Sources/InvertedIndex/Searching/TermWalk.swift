/// A walk through the terms of a field in long steps.
///
/// Unlike `TermCursor` it puts only those terms together at which it stops, and looks at what the
/// dictionary tells of a term only when asked: most steps of a fuzzy search stop at a term that is
/// not near. It relies on the order of the terms, which `Segment.verify` proves; bytes that break
/// it lead to other terms being found, never out of the block.
struct TermWalk {
    /// The term at which it stopped.
    private(set) var term: [UInt8] = []

    private let reader: TermDictionary.Reader
    private let field: FieldTable.Field
    private let firstBlock: Int
    private let endBlock: Int
    private var number: Int
    private var keys: ByteCursor
    private var block: TermDictionary.Block?
    private var blockCount = 0
    /// The keys and the values of the block that were read.
    private var keyCount = 0
    private var valueCount = 0
    private var value = TermEntry()

    /// Before the first term of a field.
    init(_ segment: Segment, _ field: FieldID) {
        reader = segment.content.dictionary
        self.field = segment.content.field(field)
        firstBlock = Int(truncatingIfNeeded: self.field.firstBlock)
        endBlock = firstBlock + Int(truncatingIfNeeded: self.field.blockCount)
        number = firstBlock - 1
        keys = ByteCursor(base: reader.base, position: 0, end: 0)
    }

    /// Goes to the next term; false at the end of the field.
    mutating func next() throws(IndexError) -> Bool {
        guard try openIfNeeded() else { return false }
        guard let key = readKey(), key.shared <= term.count else { throw broken() }
        stop(at: key)
        return true
    }

    /// Goes to the first term that is not before `target`; false at the end of the field.
    ///
    /// - Requires: the current term is before `target`.
    mutating func seek(_ target: [UInt8]) throws(IndexError) -> Bool {
        guard firstBlock < endBlock else { return false }
        let wanted = try target.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
            try reader.block(of: field, for: bytes)
        }
        if wanted > number {
            number = wanted - 1
            blockCount = 0
            guard try openIfNeeded() else { return false }
        }
        // What the current term has in common with `target`, which is after it.
        var matched = 0
        let shorter = min(term.count, target.count)
        while matched < shorter, term[matched] == target[matched] { matched &+= 1 }
        let base = reader.base
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
                term.removeAll(keepingCapacity: true)
                term.append(contentsOf: target[..<key.shared])
                stop(at: (term.count, key.start, key.count))
                return true
            }
        }
        // The next block begins after `target`.
        return try next()
    }

    /// What the dictionary tells of the current term, but for its ordinal.
    mutating func entry() throws(IndexError) -> TermEntry {
        while valueCount < keyCount {
            try block?.nextValue(of: field, in: reader, into: &value)
            valueCount += 1
        }
        return value
    }

    private mutating func openIfNeeded() throws(IndexError) -> Bool {
        if keyCount < blockCount { return true }
        guard number + 1 < endBlock else { return false }
        number += 1
        let opened = try reader.open(number, of: field)
        block = opened
        keys = opened.keys
        blockCount = opened.count
        keyCount = 0
        valueCount = 0
        term.removeAll(keepingCapacity: true)
        return true
    }

    @inline(__always)
    private mutating func readKey() -> (shared: Int, start: Int, count: Int)? {
        keyCount &+= 1
        return FrontCoding.read(&keys)
    }

    private mutating func stop(at key: (shared: Int, start: Int, count: Int)) {
        term.removeLast(term.count - key.shared)
        term.append(
            contentsOf: UnsafeRawBufferPointer(start: reader.base + key.start, count: key.count))
    }

    private func broken() -> IndexError {
        reader.corrupt(keys.position, "the keys of a block of terms are broken")
    }
}
