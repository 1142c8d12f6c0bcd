/// Finds the terms within an edit distance of a word.
///
/// The sorted terms are walked with a stack of table rows (`EditDistance`); where no term with the
/// present beginning can be near enough, the walk jumps to the least spelling that can.
struct FuzzyTermScan {
    private let table: EditDistance
    private let prefixCount: Int

    /// Searches around a word whose first `prefixLetters` letters are fixed; nil if the word is not
    /// well-formed UTF-8.
    init?(word: [UInt8], distance: Int, prefixLetters: Int) {
        guard distance >= 0, let letters = Letters.decode(word) else { return nil }
        var table = EditDistance(pattern: letters, limit: distance)
        prefixCount = min(max(0, prefixLetters), letters.count)
        for letter in letters.prefix(prefixCount) { _ = table.push(letter) }
        self.table = table
    }

    /// Calls `found` with each term of a field that is near enough, in order.
    ///
    /// Where the segment tells how its terms end, only terms are walked that begin as the word, and
    /// of the others those are looked at that end so.
    func run(
        _ segment: Segment, _ field: FieldID,
        _ found: (_ term: [UInt8], _ entry: TermEntry, _ distance: Int) throws(IndexError) -> Void
    ) throws(IndexError) {
        let blocks = TermBlocks(segment, field)
        guard table.limit == 1 || table.limit == 2,
            let suffixes = segment.content.suffixes(field),
            let split = try FuzzySplit(
                table.pattern, limit: table.limit, prefixCount: prefixCount, blocks, suffixes)
        else {
            try run(blocks, found)
            return
        }
        var ending = SuffixTermScan(
            table.pattern, limit: table.limit, end: split.end, prefixCount: prefixCount)
        try ending.run(blocks, suffixes)
        var matches = ending.matches[...]
        try walk(
            blocks, split.table(table.pattern, limit: table.limit, prefixCount: prefixCount),
            keeping: split.keptCount(limit: table.limit, prefixCount: prefixCount)
        ) { term, entry, distance throws(IndexError) in
            while let match = matches.first, match.term.lexicographicallyPrecedes(term) {
                try found(match.term, match.entry, match.distance)
                matches.removeFirst()
            }
            if let match = matches.first, match.term == term { matches.removeFirst() }
            try found(term, entry, distance)
        }
        for match in matches { try found(match.term, match.entry, match.distance) }
    }

    /// Calls `found` with each spelling that is near enough, in order; with one that is there
    /// several times as often.
    func run<Blocks: SpellingBlocks>(
        _ blocks: Blocks,
        _ found: (
            _ spelling: [UInt8], _ entry: Blocks.Entry, _ distance: Int
        ) throws(IndexError) -> Void
    ) throws(IndexError) {
        try walk(blocks, table, keeping: prefixCount, found)
    }

    /// Walks the spellings from the least on that begins with the letters of a table, of which
    /// `keptCount` are fixed.
    private func walk<Blocks: SpellingBlocks>(
        _ blocks: Blocks, _ start: EditDistance, keeping keptCount: Int,
        _ found: (
            _ spelling: [UInt8], _ entry: Blocks.Entry, _ distance: Int
        ) throws(IndexError) -> Void
    ) throws(IndexError) {
        var table = start
        var letters: [UInt32] = []
        var target = GrowingBytes(capacity: 64)
        for letter in table.letters { Letters.append(letter, to: &target) }
        var terms = TermWalk(blocks)
        var isThere = try target.count == 0 ? terms.next() : terms.seek(target.bytes)
        while isThere {
            guard Letters.decode(terms.term, into: &letters) else {
                isThere = try terms.next()
                continue
            }
            var shared = 0
            let spelled = min(letters.count, table.letters.count)
            while shared < spelled, letters[shared] == table.letters[shared] { shared += 1 }
            if shared < keptCount { return }
            table.truncate(to: shared)
            var rejected: UInt32?
            while table.letters.count < letters.count {
                let letter = letters[table.letters.count]
                if !table.push(letter) {
                    rejected = letter
                    break
                }
            }
            guard let rejected else {
                if let distance = table.distance {
                    try found(Array(terms.term), try terms.entry(), distance)
                }
                isThere = try terms.next()
                continue
            }
            guard table.findSpelling(after: rejected, keeping: keptCount, into: &target) else {
                return
            }
            isThere = try terms.seek(target.bytes)
        }
    }
}

/// The terms that a pattern stands for.
enum TermExpansion {
    /// The terms that begin with some bytes.
    static func prefix(
        _ segment: Segment, _ field: FieldID, _ prefix: [UInt8]
    ) throws(IndexError) -> [TermEntry] {
        var entries: [TermEntry] = []
        var terms = try segment.terms(field, from: prefix)
        while try terms.next(), terms.term.starts(with: prefix) { entries.append(terms.entry) }
        return entries
    }

    /// The terms near a word.
    static func fuzzy(
        _ segment: Segment, _ field: FieldID, _ scan: FuzzyTermScan
    ) throws(IndexError) -> [TermEntry] {
        var entries: [TermEntry] = []
        try scan.run(segment, field) { _, entry, _ in entries.append(entry) }
        return entries
    }
}
