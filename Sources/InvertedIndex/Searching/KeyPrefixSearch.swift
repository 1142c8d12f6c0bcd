/// Finds the most frequent terms of which the key begins with some bytes, without reading all.
///
/// Each block of keys tells its greatest frequency. Blocks are read from the greatest on; those
/// that cannot hold a term of the answer are passed over.
///
/// Over several segments the frequency of a term is a sum, and only parts of it are in a block.
/// Let `m` be the greatest frequency in a segment and `M` the sum of these. A term with a frequency
/// of `t` in all has in one segment at least its share, `t · m / M`: if it had less in each, the
/// sum would be less than `t`. So in each segment only terms with the share of the worst one of the
/// answer are looked at, and their sums are made by looking them up in the other segments.
struct KeyPrefixSearch {
    /// An entry of the answer; the best is the least.
    private struct Best: Comparable {
        var frequency: Int
        var key: [UInt8]
        var term: [UInt8]

        static func < (left: Best, right: Best) -> Bool {
            if left.frequency != right.frequency { return left.frequency > right.frequency }
            if left.key != right.key { return left.key.lexicographicallyPrecedes(right.key) }
            return left.term.lexicographicallyPrecedes(right.term)
        }
    }

    /// A segment in which keys may begin so.
    private struct Part {
        var relation: TermRelation
        var blocks: Range<Int>
        /// No term that begins so is more frequent here.
        var greatest: UInt32
    }

    private let prefix: [UInt8]
    private let limit: Int
    /// The segment with the greatest first.
    private var parts: [Part] = []
    private var greatestSum = 0
    private var best: [Best] = []
    private var seen: Set<[UInt8]> = []

    /// A search for at most `limit` terms, at least one.
    init(_ relations: [TermRelation], prefix: [UInt8], limit: Int) throws(IndexError) {
        self.prefix = prefix
        self.limit = limit
        for relation in relations {
            let blocks = try prefix.span.bytes.withUnsafeBytes { bytes throws(IndexError) in
                try relation.keys.blocks(withPrefix: bytes)
            }
            var greatest: UInt32 = 0
            for block in blocks { greatest = max(greatest, relation.keys.greatestFrequency(block)) }
            guard greatest > 0 else { continue }
            parts.append(Part(relation: relation, blocks: blocks, greatest: greatest))
            greatestSum += Int(greatest)
        }
        parts.sort { $0.greatest > $1.greatest }
    }

    private init(part: Part, prefix: [UInt8], limit: Int) {
        self.prefix = prefix
        self.limit = limit
        parts = [part]
        greatestSum = Int(part.greatest)
    }

    /// The answer, best first.
    mutating func run() throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        try offerFirst()
        let least = max(leastFrequency(), best.count == limit ? best[limit - 1].frequency : 0)
        var blocks: [(greatest: UInt32, part: Int, block: Int)] = []
        for (place, part) in parts.enumerated() {
            for block in part.blocks {
                let greatest = part.relation.keys.greatestFrequency(block)
                if reach(least, greatest, place) >= 0 { blocks.append((greatest, place, block)) }
            }
        }
        blocks.sort { left, right in
            if left.greatest != right.greatest { return left.greatest > right.greatest }
            return left.part != right.part ? left.part < right.part : left.block < right.block
        }
        for (greatest, part, block) in blocks {
            let firstKey = parts[part].relation.keys.prefix(block)
            if mayEnter(greatest, part, keyFrom: firstKey) { try read(block, of: part) }
        }
        return best.map { (term: $0.term, documentFrequency: $0.frequency) }
    }

    /// Takes the best of the first part as a beginning: most of them are in the answer, so that few
    /// others have to be looked up in all parts.
    private mutating func offerFirst() throws(IndexError) {
        guard parts.count > 1 else { return }
        var search = KeyPrefixSearch(part: parts[0], prefix: prefix, limit: limit)
        _ = try search.run()
        for candidate in search.best {
            seen.insert(candidate.term)
            let entry = TermKeys.Entry(frequency: UInt32(candidate.frequency))
            guard let sum = try frequency(entry, candidate.key, candidate.term, in: 0) else {
                continue
            }
            offer(Best(frequency: sum, key: candidate.key, term: candidate.term))
        }
    }

    /// What the worst term of the answer has at least: the segment with the greatest has as many
    /// blocks with a term that is as frequent.
    private func leastFrequency() -> Int {
        guard let part = parts.first else { return 0 }
        // The first and the last block may owe it to keys that begin otherwise.
        var greatest: [UInt32] = []
        for block in part.blocks.dropFirst().dropLast() {
            let frequency = part.relation.keys.greatestFrequency(block)
            if greatest.count == limit {
                guard frequency > greatest[limit - 1] else { continue }
                greatest.removeLast()
            }
            let place = greatest.firstIndex { $0 < frequency } ?? greatest.count
            greatest.insert(frequency, at: place)
        }
        return greatest.count == limit ? Int(greatest[limit - 1]) : 0
    }

    /// How a frequency in one part compares with the share of that part in `total`: below 0, 0 or
    /// above 0.
    private func reach(_ total: Int, _ frequency: UInt32, _ part: Int) -> Int {
        // Products of 32 and 48 bits may pass 64.
        let have = UInt64(frequency).multipliedFullWidth(by: UInt64(greatestSum))
        let share = UInt64(total).multipliedFullWidth(by: UInt64(parts[part].greatest))
        if have.high != share.high { return have.high < share.high ? -1 : 1 }
        return have.low < share.low ? -1 : have.low == share.low ? 0 : 1
    }

    /// Whether a term with a frequency in one part, and a key that does not begin before some
    /// bytes, has to be looked at.
    ///
    /// One that exceeds its share nowhere can only equal the worst of the answer, and that with
    /// just its share everywhere: it is taken in the first part, if its key may come before.
    private func mayEnter(_ frequency: UInt32, _ part: Int, keyFrom first: UInt64) -> Bool {
        guard best.count == limit, let worst = best.last else { return true }
        let reach = reach(worst.frequency, frequency, part)
        if reach != 0 { return reach > 0 }
        return part == 0 && first <= worst.key.withUnsafeBytes { TermKeys.prefix($0) }
    }

    private mutating func read(_ block: Int, of part: Int) throws(IndexError) {
        let relation = parts[part].relation
        var cursor = TermKeyCursor(relation.keys, blocks: block..<block + 1)
        while try cursor.next() {
            guard cursor.key.starts(with: prefix) else {
                if prefix.lexicographicallyPrecedes(cursor.key) { return }
                continue
            }
            let first = cursor.key.withUnsafeBytes { TermKeys.prefix($0) }
            guard mayEnter(cursor.entry.frequency, part, keyFrom: first) else { continue }
            let term = try relation.term(of: cursor.entry)
            if parts.count > 1 { guard seen.insert(term).inserted else { continue } }
            guard let sum = try frequency(cursor.entry, cursor.key, term, in: part) else {
                continue
            }
            offer(Best(frequency: sum, key: cursor.key, term: term))
        }
    }

    /// The sum over all parts; `nil` where it is found to be too little.
    private func frequency(
        _ entry: TermKeys.Entry, _ key: [UInt8], _ term: [UInt8], in part: Int
    ) throws(IndexError) -> Int? {
        var sum = Int(entry.frequency)
        var possible = greatestSum - Int(parts[part].greatest) + sum
        for (place, other) in parts.enumerated() where place != part {
            if best.count == limit, let worst = best.last, possible < worst.frequency {
                return nil
            }
            let found = Int(try other.relation.frequency(ofTerm: term, key: key))
            sum += found
            possible += found - Int(other.greatest)
        }
        return sum
    }

    private mutating func offer(_ candidate: Best) {
        if best.count == limit {
            guard let worst = best.last, candidate < worst else { return }
            best.removeLast()
        }
        var low = 0
        var high = best.count
        while low < high {
            let middle = (low + high) / 2
            if best[middle] < candidate { low = middle + 1 } else { high = middle }
        }
        best.insert(candidate, at: low)
    }
}
