/// Keys and their terms, collected in the order of the terms and given back in that of the keys.
///
/// In memory is what a builder has in memory as well: some bytes for each distinct term.
final class TermKeyList {
    private struct Item {
        var prefix: UInt64
        var number: UInt32
    }

    private var items: [Item] = []
    private var entries: [TermKeys.Entry] = []
    /// Where each key ends in `bytes`.
    private var ends: [Int] = []
    private var bytes = GrowingBytes()

    /// Adds a key.
    ///
    /// - Requires: the terms of one key come in their order.
    func add(_ key: UnsafeRawBufferPointer, _ entry: TermKeys.Entry) {
        items.append(Item(prefix: TermKeys.prefix(key), number: UInt32(items.count)))
        entries.append(entry)
        bytes.append(key)
        ends.append(bytes.count)
    }

    /// Gives all by key, those of one key in the order in which they were added.
    func forEachSorted(
        _ body: (UnsafeRawBufferPointer, TermKeys.Entry) throws(IndexError) -> Void
    ) throws(IndexError) {
        items.sort { left, right in
            if left.prefix != right.prefix { return left.prefix < right.prefix }
            let order = TermDictionary.compare(key(left.number), key(right.number))
            return order != 0 ? order < 0 : left.number < right.number
        }
        for item in items { try body(key(item.number), entries[Int(item.number)]) }
    }

    private func key(_ number: UInt32) -> UnsafeRawBufferPointer {
        let start = number == 0 ? 0 : ends[Int(number) - 1]
        return UnsafeRawBufferPointer(rebasing: bytes.bytes[start..<ends[Int(number)]])
    }
}

extension SegmentBuilder {
    /// Writes the keys of all distinct terms of some fields.
    func writeKeys(
        of terms: WrittenTerms, to keys: TermKeys.Writer
    ) throws(IndexError) {
        var distinct = try DistinctTerms(terms)
        let list = TermKeyList()
        var key: [UInt8] = []
        while try distinct.next() {
            guard keying.makeKey(of: distinct.term.span, into: &key) else { continue }
            key.withUnsafeBytes { list.add($0, distinct.entry) }
        }
        try list.forEachSorted { key, entry throws(IndexError) in try keys.add(key, entry) }
    }
}
