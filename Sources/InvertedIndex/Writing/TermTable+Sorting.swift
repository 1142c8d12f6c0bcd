import CKernels

extension TermTable {
    /// How far ahead a term is asked for.
    private static let lookahead = 16

    /// Sorts terms by their bytes.
    ///
    /// By eight bytes of all, then those with the same eight by the next ones: the terms lie far
    /// from each other, so each is looked at as seldom as can be, and many at once.
    ///
    /// - Requires: they are distinct terms of one field.
    func sort(_ numbers: inout [UInt32]) {
        let count = numbers.count
        guard count > 1 else { return }
        let memory = UnsafeMutableBufferPointer<KeyedNumber>.allocate(capacity: 2 * count)
        defer { memory.deallocate() }
        let keys = UnsafeMutableBufferPointer(rebasing: memory[..<count])
        for index in 0..<count {
            keys.initializeElement(at: index, to: KeyedNumber(key: 0, number: numbers[index]))
        }
        sort(keys, spare: UnsafeMutableBufferPointer(rebasing: memory[count...]), from: 0)
        for index in 0..<count { numbers[index] = keys[index].number }
    }

    /// Sorts terms that have all bytes before an offset in common.
    private func sort(
        _ keys: UnsafeMutableBufferPointer<KeyedNumber>,
        spare: UnsafeMutableBufferPointer<KeyedNumber>, from offset: Int
    ) {
        var longest = 0
        for index in 0..<keys.count {
            if index &+ Self.lookahead < keys.count {
                prefetch(term: keys[index &+ Self.lookahead].number)
            }
            let number = Int(keys[index].number)
            keys[index].key = word(of: number, offset)
            longest = max(longest, Int(terms[number].byteCount))
        }
        if longest <= offset {
            // They differ in how many zeros they end with.
            for index in 0..<keys.count {
                keys[index].key = UInt64(terms[Int(keys[index].number)].byteCount)
            }
            return KeyedNumber.sort(keys, spare: spare)
        }
        KeyedNumber.sort(keys, spare: spare)
        var start = 0
        while start < keys.count {
            var end = start &+ 1
            while end < keys.count, keys[end].key == keys[start].key { end &+= 1 }
            if end &- start > 1 {
                sort(
                    UnsafeMutableBufferPointer(rebasing: keys[start..<end]), spare: spare,
                    from: offset &+ 8)
            }
            start = end
        }
    }

    /// Eight bytes of a term from an offset on, as `TermDictionary.word`.
    @inline(__always)
    private func word(of number: Int, _ offset: Int) -> UInt64 {
        guard Int(terms[number].byteCount) <= Self.inlineByteCount else {
            let bytes = bytes(of: number)
            return offset < bytes.count ? TermDictionary.word(bytes, offset) : 0
        }
        // Behind the end there are zeros.
        return offset < Self.inlineByteCount
            ? UInt64(bigEndian: terms[number].words[offset &>> 3]) : 0
    }
}
