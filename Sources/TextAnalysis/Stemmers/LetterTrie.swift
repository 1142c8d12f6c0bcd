/// A set of letter sequences with a number each, walked letter by letter.
///
/// - Shape: a double array. The children of a node stand at its base plus their letter; a cell
///   tells whose child it is, so that a step reads one cell.
/// - Cost: a step is one addition, one look-up, one comparison.
struct LetterTrie: Sendable {
    private struct Cell {
        /// The cell of the parent; `free` where no sequence leads.
        var parent = LetterTrie.free
        /// Where the children stand.
        var base: UInt32 = 0
        /// The value of the sequence that ends here plus one; 0 where none ends.
        var value: UInt32 = 0
    }

    private static let free = UInt32.max

    private var cells: [Cell]

    /// A sequence of letters and its value.
    typealias Entry = (letters: [UInt8], value: UInt32)

    /// A place in the trie: the end of the letters walked so far.
    struct Place {
        fileprivate var cell: UInt32 = 0
        fileprivate var base: UInt32 = 0
        fileprivate var stored: UInt32 = 0

        /// The value of the sequence that ends here, or nil.
        @inline(__always)
        var value: UInt32? { stored == 0 ? nil : stored - 1 }
    }

    /// The place of the empty sequence.
    private(set) var root = Place()

    /// A trie of the given sequences; of equal ones the last wins.
    ///
    /// - Requires: letters below 64, sequences of at least one letter.
    init(_ entries: [Entry]) {
        // Sorted, the sequences of a node are a range.
        let sorted = entries.indices.sorted { left, right in
            let (one, other) = (entries[left].letters, entries[right].letters)
            return one == other ? left < right : one.lexicographicallyPrecedes(other)
        }.map { entries[$0] }
        cells = [Cell(parent: 0)]
        var room = Room()
        var pending = [(cell: 0, range: 0..<sorted.count, depth: 0)]
        var next = 0
        while next < pending.count {
            var (cell, range, depth) = pending[next]
            next += 1
            while let first = range.first, sorted[first].letters.count == depth {
                cells[cell].value = sorted[first].value + 1
                range.removeFirst()
            }
            var children: [(letter: UInt8, range: Range<Int>)] = []
            while let first = range.first {
                let letter = sorted[first].letters[depth]
                precondition(letter < 64, "letters are below 64")
                let end = range.first { sorted[$0].letters[depth] != letter } ?? range.upperBound
                children.append((letter, first..<end))
                range = end..<range.upperBound
            }
            let base = room.take(children.reduce(0) { $0 | 1 << UInt64($1.letter) })
            // 64 cells from any base on, so that a step needs no test of its letter.
            while cells.count < base + 64 { cells.append(Cell()) }
            cells[cell].base = UInt32(base)
            for child in children {
                let place = base + Int(child.letter)
                cells[place].parent = UInt32(cell)
                pending.append((place, child.range, depth + 1))
            }
        }
        root = Place(cell: 0, base: cells[0].base, stored: 0)
    }

    /// Moves a place one letter further; false, and the place stays, if no sequence goes there.
    @inline(__always)
    func step(_ place: inout Place, by letter: UInt8) -> Bool {
        let next = place.base &+ UInt32(letter)  // Below 2³², since it is a place in the array.
        let cell = cells[Int(next)]
        guard cell.parent == place.cell else { return false }
        place = Place(cell: next, base: cell.base, stored: cell.value)
        return true
    }
}

/// Which cells are taken while a trie is built.
private struct Room {
    private var taken: [UInt64] = [1, 0]
    private var firstFree = 1

    /// The first base at which all of the letters are free; takes them.
    mutating func take(_ letters: UInt64) -> Int {
        guard letters != 0 else { return 0 }
        var base = max(0, firstFree - letters.trailingZeroBitCount)
        while true {
            let (word, shift) = (base / 64, UInt64(base % 64))
            while taken.count < word + 2 { taken.append(0) }
            let window = taken[word] >> shift | (shift == 0 ? 0 : taken[word + 1] << (64 - shift))
            guard window & letters != 0 else { break }
            base += 1
        }
        let (word, shift) = (base / 64, UInt64(base % 64))
        taken[word] |= letters << shift
        if shift > 0 { taken[word + 1] |= letters >> (64 - shift) }
        while firstFree / 64 < taken.count, taken[firstFree / 64] >> UInt64(firstFree % 64) & 1 != 0
        {
            firstFree += 1
        }
        return base
    }
}
