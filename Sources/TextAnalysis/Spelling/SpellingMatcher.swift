/// The costs of one typed word against a meant one that comes letter by letter.
///
/// A table of dynamic programming with a row for each meant letter. The last row can be taken
/// back, so that a walk over a tree of words computes the rows of a common beginning once.
///
/// Invariants: 1. a cell within the limit is exact, any other is more than the limit; 2. the cells
/// within the limit are inside of `spans`.
struct SpellingMatcher {
    private let tables: SpellingTables
    private let typed: [UInt8]
    private let limit: Float
    /// The letters pushed so far.
    private(set) var meant: [UInt8] = []
    /// Row by row, `width` costs each.
    private var rows: [Float]
    /// The first and last cell of each row that may be within the limit.
    private var spans: [(first: Int, last: Int)] = []
    /// How many cells a row has: one before each typed letter and one after the last.
    private let width: Int
    /// What a letter too much costs at each place of the typed word.
    private let extra: [Float]
    /// How many letters before each place are the same again before those, 0 for none.
    private let repeatLengths: [Int]
    private let rewrites: [ActiveRewrite]
    /// Whether a letter stands in the meant part of some rewrite.
    private let isInRewrite: [Bool]

    /// A rewrite whose typed part stands in the word.
    private struct ActiveRewrite {
        var meant: [UInt8]
        var last: UInt8
        var cost: Float
        var start: Int
        var end: Int
    }

    /// A matcher that no letter has been pushed to.
    init(typed: [UInt8], limit: Float, tables: SpellingTables) {
        self.tables = tables
        self.typed = typed
        self.limit = limit
        width = typed.count + 1
        extra = Self.extraCosts(of: typed, tables)
        repeatLengths = Self.repeatLengths(in: typed)
        rewrites = Self.activeRewrites(of: typed, tables)
        var isInRewrite = [Bool](repeating: false, count: SpellingAlphabet.codeLimit)
        for rewrite in rewrites { for letter in rewrite.meant { isInRewrite[Int(letter)] = true } }
        self.isInRewrite = isInRewrite
        rows = [Float](repeating: .infinity, count: width * (typed.count + 8))
        rows[0] = 0
        spans.append((0, 0))
        finish(row: 0, from: 1)
    }

    /// What the whole typed word costs for the letters pushed; `nil` if more than the limit.
    var cost: Float? {
        let cost = rows[meant.count * width + width - 1]
        return cost <= limit ? cost : nil
    }

    /// Takes the next letter of the meant word.
    ///
    /// - Returns: whether a word that goes on from here can still be within the limit; if not,
    ///   the letter has been taken all the same.
    mutating func push(_ letter: UInt8) -> Bool {
        let costs = tables.costs
        let before: UInt8 = meant.last ?? 0
        meant.append(letter)
        let depth = meant.count
        let row = depth * width
        let above = row - width
        if rows.count < row + width {
            rows.append(contentsOf: repeatElement(.infinity, count: width * 8))
        }
        var missing = tables.missing[Int(letter)]
        if before == letter { missing = min(missing, costs.undoubled) }
        if depth == 1 { missing += costs.first }
        let one = spans[depth - 1]
        let two = depth > 1 ? spans[depth - 2] : (first: width, last: -2)
        let first = min(one.first, two.first + 2)
        let last = min(max(one.last + 1, two.last + 2), width - 1)
        spans.append((first, last))
        let substitutions = tables.substitutions
        rows.withUnsafeMutableBufferPointer { rows in
            for cell in row..<row + width { rows[cell] = .infinity }
            guard first <= last else { return }
            for index in first...last {
                var cost = rows[above + index] + missing
                if index > 0 {
                    let typedLetter = typed[index - 1]
                    var replaced =
                        rows[above + index - 1]
                        + substitutions[
                            Int(typedLetter) * SpellingAlphabet.codeLimit + Int(letter)]
                    if depth == 1, index == 1, typedLetter != letter { replaced += costs.first }
                    cost = min(cost, replaced)
                    if typedLetter == before, depth > 1, index > 1, typed[index - 2] == letter,
                        typedLetter != letter
                    {
                        let exchanged = rows[above - width + index - 2] + costs.transposition
                        cost = min(
                            cost, depth == 2 && index == 2 ? exchanged + costs.first : exchanged)
                    }
                }
                rows[row + index] = cost
            }
        }
        if first <= last { finish(row: depth, from: first + 1) }
        var isOpen = isOpen(row: depth)
        if isInRewrite[Int(letter)] {
            for rewrite in rewrites where rewrite.last == letter { end(rewrite) }
            isOpen = self.isOpen(row: depth) || rewrites.contains { isBegun($0) }
        }
        return isOpen
    }

    /// Takes the last letter back.
    mutating func pop() {
        meant.removeLast()
        spans.removeLast()
    }

    /// Lets letters too much carry costs to the right, and narrows the span to what is within
    /// the limit.
    private mutating func finish(row depth: Int, from first: Int) {
        let repeated = tables.costs.repeated
        let (width, limit) = (width, limit)
        let start = min(spans[depth].first, first - 1)
        var reached = spans[depth].last
        var span = (first: width, last: -2)
        rows.withUnsafeMutableBufferPointer { rows in
            let row = UnsafeMutableBufferPointer(
                rebasing: rows[depth * width..<(depth + 1) * width])
            var index = first
            // A doubled part of three letters reaches furthest.
            while index < width, index <= reached + 3 {
                var cost = min(row[index], row[index - 1] + extra[index - 1])
                let length = repeatLengths[index]
                if length > 0 { cost = min(cost, row[index - length] + repeated) }
                row[index] = cost
                if cost <= limit { reached = max(reached, index) }
                index += 1
            }
            var (least, greatest) = (max(start, 0), min(reached, width - 1))
            while least <= greatest, row[least] > limit { least += 1 }
            while greatest >= least, row[greatest] > limit { greatest -= 1 }
            if least <= greatest { span = (least, greatest) }
        }
        spans[depth] = span
    }

    private func isOpen(row depth: Int) -> Bool { spans[depth].first <= spans[depth].last }

    /// Whether the meant part of a rewrite ends with the letters pushed.
    private func matches(_ rewrite: ActiveRewrite, count: Int) -> Bool {
        let start = meant.count - count
        guard start >= 0 else { return false }
        for index in 0..<count where meant[start + index] != rewrite.meant[index] { return false }
        return true
    }

    /// Applies a rewrite whose meant part ends with the last letter.
    private mutating func end(_ rewrite: ActiveRewrite) {
        let count = rewrite.meant.count
        guard matches(rewrite, count: count) else { return }
        let depth = meant.count
        let cost = rows[(depth - count) * width + rewrite.start] + rewrite.cost
        let place = depth * width + rewrite.end
        guard cost <= limit, cost < rows[place] else { return }
        rows[place] = cost
        let span = spans[depth]
        spans[depth] = (min(span.first, rewrite.end), max(span.last, rewrite.end))
        finish(row: depth, from: rewrite.end + 1)
    }

    /// Whether the last letters are the beginning of a rewrite that can end within the limit.
    private func isBegun(_ rewrite: ActiveRewrite) -> Bool {
        let count = rewrite.meant.count
        guard count > 1 else { return false }
        for length in 1..<count where length <= meant.count {
            let start = rows[(meant.count - length) * width + rewrite.start]
            if start + rewrite.cost <= limit, matches(rewrite, count: length) { return true }
        }
        return false
    }

    // MARK: What is known of the typed word

    private static func extraCosts(of typed: [UInt8], _ tables: SpellingTables) -> [Float] {
        let costs = tables.costs
        return typed.indices.map { index in
            let letter = typed[index]
            func isSame(_ other: Int) -> Bool {
                typed.indices.contains(other) && typed[other] == letter
            }
            if isSame(index - 1) || isSame(index + 1) {
                let isLong =
                    isSame(index - 1) && (isSame(index - 2) || isSame(index + 1))
                    || isSame(index + 1) && isSame(index + 2)
                return isLong ? costs.drawnOut : costs.doubled
            }
            var cost = tables.extra[Int(letter)]
            for other in [index - 1, index + 1] where typed.indices.contains(other) {
                let place = Int(letter) * SpellingAlphabet.codeLimit + Int(typed[other])
                if tables.areNeighbours[place] { cost = min(cost, costs.extraNeighbour) }
            }
            if index == 0 { cost += costs.first }
            if index == typed.count - 1 { cost += costs.extraAtEnd }
            return cost
        }
    }

    private static func repeatLengths(in typed: [UInt8]) -> [Int] {
        (0...typed.count).map { end in
            for length in [3, 2] where end >= 2 * length {
                let middle = end - length
                if typed[middle..<end] == typed[(middle - length)..<middle] { return length }
            }
            return 0
        }
    }

    private static func activeRewrites(
        of typed: [UInt8], _ tables: SpellingTables
    ) -> [ActiveRewrite] {
        var active: [ActiveRewrite] = []
        for start in typed.indices {
            for index in tables.rewritesByLetter[Int(typed[start])] {
                let rewrite = tables.rewrites[index]
                let end = start + rewrite.typed.count
                guard end <= typed.count, typed[start..<end].elementsEqual(rewrite.typed),
                    let last = rewrite.meant.last
                else { continue }
                switch rewrite.place {
                case .anywhere: break
                case .start: guard start == 0 else { continue }
                case .end: guard end == typed.count, start > 0 else { continue }
                case .whole: guard start == 0, end == typed.count else { continue }
                }
                active.append(
                    ActiveRewrite(
                        meant: rewrite.meant, last: last, cost: rewrite.cost, start: start,
                        end: end))
            }
        }
        return active
    }
}
