/// Where a word is cut to find the terms near it: those that begin as it does among their neighbours
/// in the dictionary, those that end as it does by the ends of terms.
///
/// One edit leaves the letters before it as they are, and those after it: a term with it begins with
/// the first `start` letters or ends with those from `end` on, where `end` is at least one more, for
/// two exchanged letters. Two edits may do neither; `EditDistance.Region` tells of these.
struct FuzzySplit: Equatable {
    /// How many letters the terms begin with that are walked with all edits.
    let start: Int
    /// The first of the letters that the other terms end with.
    let end: Int

    /// So few blocks of terms are walked whole.
    private static let fewBlocks = 64
    /// For one edit: how many blocks of terms are walked in the time in which a group is looked up.
    private static let blocksPerGroup = 16
    /// For two: how many groups are looked up in the time of a walk if the second edit is allowed
    /// from the first letter on.
    private static let groupsOfWalk = 64
    /// And how many blocks of terms are soon walked with two edits.
    private static let greatestBlockCount = 8

    /// Cuts a word so that few terms begin or end as its parts; `nil` where walking all terms that
    /// begin with `prefixCount` letters of it is as good.
    init?(
        _ word: [UInt32], limit: Int, prefixCount: Int, _ blocks: TermBlocks,
        _ suffixes: TermSuffixes.Reader
    ) throws(IndexError) {
        guard word.count >= 2 * limit + 1 else { return nil }
        var bytes: [UInt8] = []
        func blockCount(_ letters: Int) throws(IndexError) -> Int {
            Letters.encode(word[..<letters], into: &bytes)
            return try blocks.count(beginningWith: bytes)
        }
        func groupCount(_ end: Int) -> Int {
            Letters.encode(word[end...], into: &bytes)
            return bytes.withUnsafeBytes { suffixes.groups(endingWith: $0) }.count
        }
        if prefixCount > 0, try blockCount(min(prefixCount, word.count)) <= Self.fewBlocks {
            return nil
        }
        if limit == 1 {
            var start = max(1, prefixCount)
            // A term that is looked up by its end takes as long as several that are walked.
            while start < word.count - 2,
                try blockCount(start) > Self.blocksPerGroup * groupCount(start + 2)
            {
                start += 1
            }
            guard start < word.count - 1 else { return nil }
            self.start = start
            end = start + 1
        } else {
            end = Self.cheapestEnd(word.count, groupCount)
            var start = max(1, prefixCount)
            while start < end - 1, try blockCount(start) > Self.greatestBlockCount { start += 1 }
            guard start < end else { return nil }
            self.start = start
        }
    }

    /// Where to cut for two edits: terms that are looked up by their end take time by their number,
    /// the others by how early the second edit is allowed: each letter before halves what there is
    /// to walk.
    private static func cheapestEnd(_ count: Int, _ groupCount: (Int) -> Int) -> Int {
        var best = (end: count - 1, cost: Int.max)
        for end in (2..<count).reversed() {
            let cost = groupCount(end) + groupsOfWalk >> (end - 2)
            if cost < best.cost { best = (end, cost) }
        }
        return best.end
    }

    /// How many first letters of all walked terms are fixed.
    func keptCount(limit: Int, prefixCount: Int) -> Int {
        limit == 1 ? max(start, prefixCount) : prefixCount
    }

    /// The table for the walk.
    func table(_ word: [UInt32], limit: Int, prefixCount: Int) -> EditDistance {
        var table = EditDistance(
            pattern: word, limit: limit,
            region: limit == 1
                ? EditDistance.Region() : EditDistance.Region(start: start, end: end))
        let kept = keptCount(limit: limit, prefixCount: prefixCount)
        for letter in word.prefix(kept) { _ = table.push(letter) }
        return table
    }
}
