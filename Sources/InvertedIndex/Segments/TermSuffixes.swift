/// The terms of a field in the order of their last letters: in which blocks of the dictionary are
/// those that end as a word does.
///
/// A word with a slip in its beginning is found by its end, as one with a slip in its end is by its
/// beginning: neither takes a walk through the dictionary.
///
/// ```
/// column  [least key u64] | [group]
/// group   64 times: lower bits of a block | a bit for each of these, and for each of its upper bits
/// ```
///
/// Terms are sorted by `key` and cut into groups of 64. A group tells the blocks of its terms, counted
/// from the first of the field, in ascending order and in the code of Elias and Fano: the upper
/// bits in unary, so a term takes two bits more than it has lower ones.
enum TermSuffixes {
    /// More terms take fewer bytes, fewer are found in less time.
    static let termsPerGroup = 64
    /// A field with fewer terms has no column: they are walked as fast.
    static let fewestTerms: UInt64 = 1024
    /// How many letters a key holds.
    static let lettersOfKey = 12
    private static let bitsOfLetter: UInt64 = 5

    /// The last letters of a term as a number, the last one highest.
    ///
    /// Five bits of each tell letters of one alphabet apart. The key of a term lies in the range of
    /// each of its ends.
    static func key(_ term: UnsafeRawBufferPointer) -> UInt64 {
        var key: UInt64 = 0
        var shift: UInt64 = 64
        var index = term.count
        while index > 0, shift > 64 - UInt64(lettersOfKey) * bitsOfLetter {
            index &-= 1
            shift &-= bitsOfLetter
            // The lowest bits of a letter stand in its last byte.
            key |= UInt64(term[index] & 31) &<< shift
            while index > 0, term[index] & 0xC0 == 0x80 { index &-= 1 }
        }
        return key
    }

    /// The keys of all terms with some end.
    static func keys(endingWith end: UnsafeRawBufferPointer) -> ClosedRange<UInt64> {
        let letters = end.reduce(into: 0 as UInt64) { $0 &+= $1 & 0xC0 == 0x80 ? 0 : 1 }
        let least = key(end)
        let bits = min(letters, UInt64(lettersOfKey)) * bitsOfLetter
        return least...(least | (bits == 0 ? .max : (1 << (64 - bits)) - 1))
    }

    /// Whether fields of a kind have a column, if they have many terms.
    static func isKept(for kind: FieldTable.Kind) -> Bool { kind == .text }

    /// Where the parts of a column are; told by the number of terms alone.
    struct Layout {
        /// The number of terms.
        let termCount: Int
        /// The number of blocks of the dictionary that hold them.
        let blockCount: Int
        /// The number of groups.
        let groupCount: Int
        /// The bits of a block that are stored as they are.
        let lowerBits: Int
        /// The bytes of a group.
        let groupByteCount: Int

        /// The column of a field; `nil` where it has none.
        init?(_ field: FieldTable.Field) {
            self.init(kind: field.kind, termCount: field.termCount)
        }

        /// The column of a field of a kind with so many terms; `nil` where it has none.
        init?(kind: FieldTable.Kind, termCount terms: UInt64) {
            // Blocks are told in 32 bits.
            guard isKept(for: kind), terms >= fewestTerms, terms < 1 << 32 else { return nil }
            termCount = Int(terms)
            blockCount =
                (termCount + TermDictionary.termsPerBlock - 1) / TermDictionary.termsPerBlock
            groupCount = (termCount + termsPerGroup - 1) / termsPerGroup
            let share = blockCount / termsPerGroup
            lowerBits = share == 0 ? 0 : Int.bitWidth - 1 - share.leadingZeroBitCount
            let upperBits = termsPerGroup + ((blockCount - 1) >> lowerBits) + 1
            groupByteCount = termsPerGroup * lowerBits / 8 + (upperBits + 7) / 8
        }

        /// The bytes of the column.
        var byteCount: Int { groupCount * (8 + groupByteCount) }
        /// Where the upper bits of a group begin in it.
        var upperOffset: Int { termsPerGroup * lowerBits / 8 }
        /// How many terms a group holds.
        func count(ofGroup group: Int) -> Int {
            min(termsPerGroup, termCount - group * termsPerGroup)
        }
    }

    /// The bytes of a column.
    ///
    /// - Parameters:
    ///   - kind: the kind of the field.
    ///   - keys: the keys of all its terms, in the order of the dictionary.
    /// - Returns: as many bytes as the layout of so many terms tells, none where there is none.
    /// - Cost: the terms are sorted; some 40 bytes for each.
    static func column(kind: FieldTable.Kind, keys: [UInt64]) -> [UInt8] {
        guard let layout = Layout(kind: kind, termCount: UInt64(keys.count)) else { return [] }
        let count = keys.count
        let memory = UnsafeMutableBufferPointer<KeyedNumber>.allocate(capacity: 2 * count)
        defer { memory.deallocate() }
        let terms = UnsafeMutableBufferPointer(rebasing: memory[..<count])
        let spare = UnsafeMutableBufferPointer(rebasing: memory[count...])
        for place in 0..<count {
            terms.initializeElement(
                at: place,
                to: KeyedNumber(key: keys[place], number: UInt32(truncatingIfNeeded: place)))
        }
        KeyedNumber.sort(terms, spare: spare)
        var column = [UInt8](repeating: 0, count: layout.byteCount)
        column.withUnsafeMutableBytes { column in
            for group in 0..<layout.groupCount {
                column.storeBytes(
                    of: terms[group * termsPerGroup].key.littleEndian, toByteOffset: group * 8,
                    as: UInt64.self)
            }
            let groups = UnsafeMutableRawBufferPointer(
                rebasing: column[(layout.groupCount * 8)...])
            write(blocks(by: terms, layout), layout, to: groups)
        }
        return column
    }

    /// The blocks of the terms of each group, ascending.
    private static func blocks(
        by terms: UnsafeMutableBufferPointer<KeyedNumber>, _ layout: Layout
    ) -> [UInt32] {
        var groups = [UInt32](repeating: 0, count: terms.count)
        for rank in 0..<terms.count {
            groups[Int(terms[rank].number)] = UInt32(truncatingIfNeeded: rank / termsPerGroup)
        }
        var counts = [UInt8](repeating: 0, count: layout.groupCount)
        var blocks = [UInt32](repeating: 0, count: terms.count)
        for place in 0..<terms.count {
            let group = Int(groups[place])
            blocks[group &* termsPerGroup &+ Int(counts[group])] =
                UInt32(truncatingIfNeeded: place / TermDictionary.termsPerBlock)
            counts[group] &+= 1
        }
        return blocks
    }

    private static func write(
        _ blocks: [UInt32], _ layout: Layout, to groups: UnsafeMutableRawBufferPointer
    ) {
        let lowerBits = UInt64(layout.lowerBits)
        for group in 0..<layout.groupCount {
            let start = group * layout.groupByteCount
            let first = group * termsPerGroup
            var lower: UInt64 = 0
            var filled: UInt64 = 0
            var target = start
            for place in 0..<layout.count(ofGroup: group) {
                let block = UInt64(blocks[first &+ place])
                let upper = start &+ layout.upperOffset &+ (Int(block &>> lowerBits) &+ place) / 8
                groups[upper] |= 1 &<< UInt8(((block &>> lowerBits) &+ UInt64(place)) & 7)
                lower |= (block & ((1 &<< lowerBits) &- 1)) &<< filled
                filled &+= lowerBits
                while filled >= 8 {
                    groups[target] = UInt8(truncatingIfNeeded: lower)
                    target &+= 1
                    lower &>>= 8
                    filled &-= 8
                }
            }
            if filled > 0 { groups[target] |= UInt8(truncatingIfNeeded: lower) }
        }
    }
}
