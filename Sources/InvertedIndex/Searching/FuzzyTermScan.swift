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
    func run(
        _ segment: Segment, _ field: FieldID,
        _ found: (_ term: [UInt8], _ entry: TermEntry, _ distance: Int) throws(IndexError) -> Void
    ) throws(IndexError) {
        try run(TermBlocks(segment, field), found)
    }

    /// Calls `found` with each spelling that is near enough, in order; with one that is there
    /// several times as often.
    func run<Blocks: SpellingBlocks>(
        _ blocks: Blocks,
        _ found: (
            _ spelling: [UInt8], _ entry: Blocks.Entry, _ distance: Int
        ) throws(IndexError) -> Void
    ) throws(IndexError) {
        var table = table
        var letters: [UInt32] = []
        var spelling: [UInt32] = []
        var target: [UInt8] = []
        Letters.encode(table.letters, into: &target)
        var terms = TermWalk(blocks)
        var isThere = try target.isEmpty ? terms.next() : terms.seek(target)
        while isThere {
            guard terms.term.withUnsafeBytes({ Letters.decode($0, into: &letters) }) else {
                isThere = try terms.next()
                continue
            }
            var shared = 0
            let spelled = min(letters.count, table.letters.count)
            while shared < spelled, letters[shared] == table.letters[shared] { shared += 1 }
            if shared < prefixCount { return }
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
                    try found(terms.term, try terms.entry(), distance)
                }
                isThere = try terms.next()
                continue
            }
            guard table.findSpelling(after: rejected, keeping: prefixCount, into: &spelling) else {
                return
            }
            Letters.encode(spelling, into: &target)
            isThere = try terms.seek(target)
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
