/// The edit distance between one word and words that are spelled out letter by letter.
///
/// Letters are Unicode scalars. Insertion, deletion, substitution and the exchange of two
/// neighbours cost 1 each; a letter takes part in one exchange at most (optimal string
/// alignment, the restricted Damerau–Levenshtein distance).
///
/// The rows of the usual table are kept as a stack, one for each letter spelled so far, and only
/// the `2 · limit + 1` cells around the diagonal: words that share a beginning share its rows.
///
/// Words can be left out that are found otherwise: see `Region`.
struct EditDistance {
    /// The letters of the word that is compared with.
    let pattern: [UInt32]
    /// The greatest distance of interest.
    let limit: Int
    /// The letters spelled so far.
    private(set) var letters: [UInt32] = []
    /// Row `i`, cell `x` is the distance of the first `i` letters to the first `i − limit + x` of
    /// the pattern, or `limit + 1` where it is more or there is no such cell.
    private var rows: [UInt8]
    private let width: Int
    private let region: Region
    /// How many of the first letters are those of the pattern.
    private var exactCount = 0

    /// Which words within the limit are looked for.
    ///
    /// Of two edits in a word of three parts either none touches the first part, or none the last,
    /// or each touches one of them. So words that end as the pattern from letter `end` on apart,
    /// these are all that begin with its first `start` letters, and those with at most `limit − 1`
    /// edits in its first `end − 1` letters.
    struct Region: Equatable {
        /// The letters of the first part; 0 to look for all words.
        var start = 0
        /// The first letter of the last part.
        var end = 0
    }

    /// The longest distance that is computed.
    static let greatestLimit = 8

    /// Compares with a word; limits beyond 8 count as 8.
    init(pattern: [UInt32], limit: Int, region: Region = Region()) {
        self.pattern = pattern
        self.region = region
        self.limit = min(max(0, limit), EditDistance.greatestLimit)
        width = 2 * self.limit + 1
        rows = [UInt8](repeating: 0, count: (pattern.count + self.limit + 2) * width)
        for x in 0..<width {
            let j = x - self.limit
            let isThere = j >= 0 && j <= pattern.count && j <= allowance(j)
            rows[x] = UInt8(isThere ? j : self.limit + 1)
        }
    }

    /// The distance of the letters spelled so far to the whole pattern, if within the limit.
    var distance: Int? {
        let x = pattern.count - letters.count + limit
        guard x >= 0, x < width else { return nil }
        let cell = Int(rows[letters.count * width + x])
        return cell <= limit ? cell : nil
    }

    /// The most that the first `column` letters of the pattern may cost.
    private func allowance(_ column: Int) -> Int {
        exactCount >= region.start || column >= region.end ? limit : limit - 1
    }

    /// Whether any letter can follow.
    private var isFree: Bool {
        for x in 0..<width {
            let j = letters.count - limit + x
            guard j >= 0, j <= pattern.count else { continue }
            if Int(rows[letters.count * width + x]) < allowance(j + 1) { return true }
        }
        return false
    }

    /// Keeps the first `count` letters.
    mutating func truncate(to count: Int) {
        letters.removeLast(letters.count - count)
        exactCount = min(exactCount, count)
    }

    /// Adds a letter, if a word that begins so can still be within the limit; else changes nothing.
    mutating func push(_ letter: UInt32) -> Bool {
        let i = letters.count + 1
        // A word longer than the pattern and the limit together is out of reach.
        guard i <= pattern.count + limit else { return false }
        let row = i * width
        let above = row - width
        let beyond = UInt8(limit + 1)
        let wasExact = exactCount
        if exactCount == i - 1, i <= pattern.count, pattern[i - 1] == letter { exactCount = i }
        // Columns before it may cost one less.
        let fullFrom = exactCount >= region.start ? 0 : region.end
        let least = rows.withUnsafeMutableBufferPointer { rows in
            var least = beyond
            for x in 0..<width {
                let j = i - limit + x
                guard j >= 0, j <= pattern.count else {
                    rows[row + x] = beyond
                    continue
                }
                var cell = beyond
                if x + 1 < width { cell = min(cell, rows[above + x + 1] + 1) }
                if x > 0 { cell = min(cell, rows[row + x - 1] + 1) }
                if j > 0 {
                    cell = min(cell, rows[above + x] + (pattern[j - 1] == letter ? 0 : 1))
                    if i > 1, j > 1, pattern[j - 2] == letter, pattern[j - 1] == letters[i - 2] {
                        cell = min(cell, rows[above - width + x] + 1)
                    }
                }
                if j < fullFrom, cell == beyond - 1 { cell = beyond }
                rows[row + x] = cell
                least = min(least, cell)
            }
            return least
        }
        guard least < beyond else {
            exactCount = wasExact
            return false
        }
        letters.append(letter)
        return true
    }

    /// Sets the bytes of the least spelling after `letters + [rejected]` and all that begins with it
    /// from which, or from what follows it, a word within the limit may come; false if there is none.
    ///
    /// Letters are taken away as far as no such spelling begins with them, but `least` are kept.
    /// Where no edit is left only what is left of the pattern can follow, up to where one is
    /// allowed again, so this rest is given; else any letter can.
    mutating func findSpelling(
        after rejected: UInt32, keeping least: Int, into bytes: inout GrowingBytes
    ) -> Bool {
        guard let rest = findRest(after: rejected, keeping: least) else { return false }
        bytes.truncate()
        for letter in letters { Letters.append(letter, to: &bytes) }
        if let first = rest.first { Letters.append(first, to: &bytes) }
        for place in rest.start..<rest.end { Letters.append(pattern[place], to: &bytes) }
        return true
    }

    /// Takes letters away as far as nothing can follow them, and gives what then can.
    private mutating func findRest(after rejected: UInt32, keeping least: Int) -> Rest? {
        var last = rejected
        while true {
            if isFree {
                if let next = EditDistance.successor(of: last) {
                    return Rest(first: next, start: 0, end: 0)
                }
            } else if let rest = leastRest(after: last) {
                return rest
            }
            guard letters.count > least, let letter = letters.last else { return nil }
            truncate(to: letters.count - 1)
            last = letter
        }
    }

    /// What is left of the pattern, with a letter of its own before it or without.
    private struct Rest {
        var first: UInt32?
        var start: Int
        var end: Int
    }

    /// The least of all that can follow and begins with a letter above another, if no edit is left.
    private func leastRest(after bound: UInt32) -> Rest? {
        var best: Rest?
        let row = letters.count * width
        for x in 0..<width {
            let j = letters.count - limit + x
            guard j >= 0, j < pattern.count else { continue }
            if Int(rows[row + x]) <= limit, pattern[j] > bound {
                take(Rest(first: nil, start: j, end: restEnd(j)), ifBefore: &best)
            }
        }
        // The last letter may be the first of two exchanged ones.
        guard limit > 0, let last = letters.last else { return best }
        for x in 0..<width {
            let j = letters.count - 1 - limit + x
            guard j >= 0, j + 1 < pattern.count, pattern[j + 1] == last, pattern[j] > bound,
                Int(rows[row - width + x]) < allowance(j + 2)
            else { continue }
            take(Rest(first: pattern[j], start: j + 2, end: restEnd(j + 2)), ifBefore: &best)
        }
        return best
    }

    /// Up to where the pattern has to follow from a letter on, if no edit is left there.
    private func restEnd(_ start: Int) -> Int {
        exactCount >= region.start || start >= region.end
            ? pattern.count : max(start, region.end - 1)
    }

    /// Keeps the lesser of two.
    private func take(_ rest: Rest, ifBefore best: inout Rest?) {
        guard let known = best else {
            best = rest
            return
        }
        var place = 0
        while let own = letter(of: rest, at: place) {
            guard let other = letter(of: known, at: place) else { return }
            if own != other {
                if own < other { best = rest }
                return
            }
            place += 1
        }
        // It is how the other one begins.
        best = rest
    }

    private func letter(of rest: Rest, at place: Int) -> UInt32? {
        if let first = rest.first, place == 0 { return first }
        let index = rest.start + place - (rest.first == nil ? 0 : 1)
        return index < rest.end ? pattern[index] : nil
    }

    private static func successor(of letter: UInt32) -> UInt32? {
        if letter == 0xD7FF { return 0xE000 }
        return letter < 0x10FFFF ? letter + 1 : nil
    }
}

/// Letters of words as bytes.
enum Letters {
    /// The bytes of the longest letter.
    static let greatestByteCount = 4

    /// The scalars of UTF-8 bytes; nil if they are not well formed.
    static func decode(_ bytes: UnsafeRawBufferPointer, into letters: inout [UInt32]) -> Bool {
        letters.removeAll(keepingCapacity: true)
        var index = 0
        while index < bytes.count {
            let first = UInt32(bytes[index])
            if first < 0x80 {
                letters.append(first)
                index += 1
                continue
            }
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
            guard first >= 0xC2, first <= 0xF4, bytes.count - index >= length else { return false }
            var letter = first & (0x7F >> UInt32(length))
            for offset in 1..<length {
                let next = UInt32(bytes[index + offset])
                guard next & 0xC0 == 0x80 else { return false }
                letter = letter << 6 | next & 0x3F
            }
            let isShortest = letter >= (length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80)
            guard isShortest, letter <= 0x10FFFF, letter & 0xFFFF_F800 != 0xD800 else {
                return false
            }
            letters.append(letter)
            index += length
        }
        return true
    }

    /// The scalars of UTF-8 bytes; nil if they are not well formed.
    static func decode(_ bytes: [UInt8]) -> [UInt32]? {
        var letters: [UInt32] = []
        return bytes.withUnsafeBytes { decode($0, into: &letters) } ? letters : nil
    }

    /// UTF-8 bytes of scalars.
    static func encode(_ letters: some Sequence<UInt32>, into bytes: inout [UInt8]) {
        var spelled = GrowingBytes(capacity: 64)
        for letter in letters { append(letter, to: &spelled) }
        bytes = Array(spelled.bytes)
    }

    /// Appends the UTF-8 bytes of a scalar.
    @inline(__always)
    static func append(_ letter: UInt32, to bytes: inout GrowingBytes) {
        if letter < 0x80 { return bytes.u8(UInt8(truncatingIfNeeded: letter)) }
        if letter < 0x800 {
            bytes.u8(UInt8(truncatingIfNeeded: 0xC0 | letter >> 6))
        } else {
            if letter < 0x10000 {
                bytes.u8(UInt8(truncatingIfNeeded: 0xE0 | letter >> 12))
            } else {
                bytes.u8(UInt8(truncatingIfNeeded: 0xF0 | letter >> 18))
                bytes.u8(UInt8(truncatingIfNeeded: 0x80 | letter >> 12 & 0x3F))
            }
            bytes.u8(UInt8(truncatingIfNeeded: 0x80 | letter >> 6 & 0x3F))
        }
        bytes.u8(UInt8(truncatingIfNeeded: 0x80 | letter & 0x3F))
    }
}
