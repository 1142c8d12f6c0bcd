/// Finds the terms near a word that end as it does, by the ends of the terms of a segment.
struct SuffixTermScan {
    /// A term that is near enough.
    struct Match {
        /// The term.
        var term: [UInt8]
        /// All but the ordinal.
        var entry: TermEntry
        /// How far it is.
        var distance: Int
    }

    /// What was found, in the order of the terms.
    private(set) var matches: [Match] = []

    private var table: EditDistance
    private let prefix: ArraySlice<UInt32>
    private let suffix: [UInt8]
    /// The last eight bytes of the end, the last one highest.
    private let lastBytes: UInt64
    /// How long a term can be that is near enough.
    private let byteCounts: ClosedRange<Int>
    private var letters: [UInt32] = []

    /// Looks for terms with the letters of a word from `end` on, and with its first `prefixCount`.
    init(_ word: [UInt32], limit: Int, end: Int, prefixCount: Int) {
        table = EditDistance(pattern: word, limit: limit)
        prefix = word.prefix(prefixCount)
        var bytes: [UInt8] = []
        Letters.encode(word, into: &bytes)
        // An edit adds or takes a letter, or changes it for another one.
        let change = limit * Letters.greatestByteCount
        byteCounts = max(0, bytes.count - change)...bytes.count + change
        Letters.encode(word[end...], into: &bytes)
        suffix = bytes
        lastBytes = bytes.suffix(8).reduce(0) { $0 >> 8 | UInt64($1) << 56 }
    }

    /// Looks through the terms of a field.
    mutating func run(
        _ terms: TermBlocks, _ suffixes: TermSuffixes.Reader
    ) throws(IndexError) {
        let first = terms.numbers.lowerBound
        var blocks: [UInt32] = []
        for group in suffix.withUnsafeBytes({ suffixes.groups(endingWith: $0) }) {
            try suffixes.addBlocks(ofGroup: group, to: &blocks)
        }
        blocks.sort()
        var term = GrowingBytes()
        var last: UInt32?
        for block in blocks where block != last {
            last = block
            try scan(first + Int(block), terms, &term)
        }
    }

    /// Looks through the terms of a block by the bytes that each adds to the one before; a term is
    /// put together only where these are those of the end.
    private mutating func scan(
        _ number: Int, _ terms: TermBlocks, _ term: inout GrowingBytes
    ) throws(IndexError) {
        var block = try terms.reader.open(number, of: terms.field)
        var keys = block.keys
        var builtCount = 0
        var valueCount = 0
        for place in 0..<block.count {
            guard let key = FrontCoding.read(&keys) else { throw broken(keys, terms) }
            let known = min(key.count, suffix.count, 8)
            // The header of the file is before the first block.
            let bytes = UInt64(
                littleEndian: (terms.base + (key.start &+ key.count &- 8)).loadUnaligned(
                    as: UInt64.self))
            let differing = (bytes ^ lastBytes) >> UInt64(64 &- 8 &* known)
            guard differing == 0, byteCounts.contains(key.shared &+ key.count) else { continue }
            while builtCount <= place {
                guard let next = FrontCoding.read(&block.keys), next.shared <= term.count else {
                    throw broken(block.keys, terms)
                }
                term.truncate(to: next.shared)
                term.append(
                    UnsafeRawBufferPointer(start: terms.base + next.start, count: next.count))
                builtCount += 1
            }
            guard let distance = distance(of: term.bytes) else { continue }
            var entry = TermEntry()
            while valueCount < place {
                try block.skipValue(of: terms.field, in: terms.reader)
                valueCount += 1
            }
            try block.nextValue(of: terms.field, in: terms.reader, into: &entry)
            valueCount += 1
            matches.append(Match(term: Array(term.bytes), entry: entry, distance: distance))
        }
    }

    /// How far a term is, if it is near enough and ends so.
    private mutating func distance(of term: UnsafeRawBufferPointer) -> Int? {
        guard term.count >= suffix.count,
            suffix.withUnsafeBytes({
                $0.elementsEqual(UnsafeRawBufferPointer(rebasing: term.suffix($0.count)))
            }),
            Letters.decode(term, into: &letters), letters.starts(with: prefix)
        else { return nil }
        table.truncate(to: 0)
        for letter in letters {
            guard table.push(letter) else { return nil }
        }
        return table.distance
    }

    private func broken(_ keys: ByteCursor, _ terms: TermBlocks) -> IndexError {
        terms.corrupt(keys.position, "the keys of a block of terms are broken")
    }
}
