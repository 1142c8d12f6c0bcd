/// Stems of paradigms with the endings each takes: what a lexicon generates forms from and finds
/// forms in, without holding the forms.
///
/// - Shape: one entry a stem and lemma; entries of one stem are chained.
/// - Cost: a search is one pass over the word with a probe at each letter.
struct ParadigmTable: Sendable {
    /// A form found: the lemma, and the sets of endings that the form's ending is in.
    struct Match {
        var lemma: Int
        var sets: UInt128
    }

    private struct Entry {
        var hash: UInt64
        var start: UInt32
        var count: UInt32
        var sets: UInt128
        var lemma: UInt32
        /// The next entry with the same stem plus one.
        var next: UInt32
    }

    private var arena: [UInt8] = []
    private var entries: [Entry] = []
    /// First entry of a stem plus one; 0 is free.
    private var slots = [UInt32](repeating: 0, count: 1 << 12)
    private var stemCount = 0
    private var endings = TermTable()
    private var endingSets: [UInt128] = []
    /// The endings of each bit, by number in `endings`.
    private var endingsOfBit = [[Int]](repeating: [], count: 128)
    private var longestEnding = 0

    /// A table without stems that knows the given sets of endings.
    init(sets: [(bits: UInt128, endings: [String])]) {
        for (bits, list) in sets {
            for ending in list {
                let bytes = Array(ending.utf8)
                let number = endings.intern(bytes)
                if number == endingSets.count { endingSets.append(0) }
                endingSets[number] |= bits
                endingsOfBit[bits.trailingZeroBitCount].append(number)
                longestEnding = max(longestEnding, bytes.count)
            }
        }
    }

    private static let basis: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
        (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }

    // MARK: - Filling

    /// Makes room for the stems of as many rows.
    mutating func reserve(rows: Int) {
        arena.reserveCapacity(rows * 32)
        entries.reserveCapacity(rows * 3)
        while slots.count < rows * 6 { grow() }
    }

    /// Adds a stem of a lemma.
    mutating func add(_ stem: ArraySlice<UInt8>, sets: UInt128, lemma: Int) {
        let start = arena.count
        arena.append(contentsOf: stem)
        let count = stem.count
        var hash = Self.basis
        for byte in arena[start...] { hash = Self.step(hash, byte) }
        if (stemCount + 1) * 2 > slots.count { grow() }
        let slot = slot(of: hash, count) { arena[start + $0] }
        var entry = Entry(
            hash: hash, start: UInt32(start), count: UInt32(count), sets: sets,
            lemma: UInt32(lemma), next: 0)
        if slots[slot] != 0 {
            let first = Int(slots[slot]) - 1
            arena.removeSubrange(start...)
            if let same = chain(from: first).first(where: {
                entries[$0].lemma == entry.lemma && (entries[$0].sets ^ sets) >> 127 == 0
            }) {
                entries[same].sets |= sets
                return
            }
            entry.start = entries[first].start
            entry.next = entries[first].next
            entries[first].next = UInt32(entries.count) + 1
        } else {
            slots[slot] = UInt32(entries.count) + 1
            stemCount += 1
        }
        entries.append(entry)
    }

    private func chain(from first: Int) -> UnfoldFirstSequence<Int> {
        sequence(first: first) {
            let next = entries[$0].next
            return next == 0 ? nil : Int(next) - 1
        }
    }

    @inline(__always)
    private func slot(of hash: UInt64, _ count: Int, _ byte: (Int) -> UInt8) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, Int(entry.count) == count {
                let start = Int(entry.start)
                var index = 0
                while index < count, arena[start + index] == byte(index) { index += 1 }
                if index == count { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt32](repeating: 0, count: old.count * 2)
        let mask = slots.count - 1
        for first in old where first != 0 {
            let hash = entries[Int(first) - 1].hash
            var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = first
        }
    }

    // MARK: - Searching

    /// Calls `body` with every reading of the bytes of `range` as a form.
    func matches(_ word: [UInt8], _ range: Range<Int>, _ body: (Match) -> Void) {
        var hash = Self.basis
        var end = range.lowerBound
        while end < range.upperBound {
            hash = Self.step(hash, word[end])
            end += 1
            if end < range.upperBound, word[end] & 0xC0 == 0x80 { continue }
            guard range.upperBound - end <= longestEnding else { continue }
            let slot = slot(of: hash, end - range.lowerBound) { word[range.lowerBound + $0] }
            guard slots[slot] != 0,
                let ending = endings.find(Array(word[end..<range.upperBound]))
            else { continue }
            let sets = endingSets[ending]
            var next = slots[slot]
            while next != 0 {
                let entry = entries[Int(next) - 1]
                let both = entry.sets & sets
                if both != 0 {
                    body(Match(lemma: Int(entry.lemma), sets: both | (entry.sets >> 127) << 127))
                }
                next = entry.next
            }
        }
    }

    // MARK: - Generating

    /// Calls `body` with every stem, its sets and its lemma.
    func forEachStem(_ body: (_ stem: ArraySlice<UInt8>, _ sets: UInt128, _ lemma: Int) -> Void) {
        for entry in entries {
            body(arena[Int(entry.start)...].prefix(Int(entry.count)), entry.sets, Int(entry.lemma))
        }
    }

    /// Calls `body` with every form in turn, its ending's set and its lemma.
    func forEachForm(_ body: (_ form: [UInt8], _ sets: UInt128, _ lemma: Int) -> Void) {
        var form: [UInt8] = []
        for entry in entries {
            let isReflexive = entry.sets >> 127 != 0
            var sets = entry.sets & (UInt128.max >> 1)
            while sets != 0 {
                let bit = sets.trailingZeroBitCount
                sets &= sets - 1
                for ending in endingsOfBit[bit] {
                    form.removeAll(keepingCapacity: true)
                    form.append(contentsOf: arena[Int(entry.start)...].prefix(Int(entry.count)))
                    form.append(contentsOf: endings.arena[endings[ending]])
                    body(form, 1 << UInt128(bit) | (isReflexive ? 1 << 127 : 0), Int(entry.lemma))
                }
            }
        }
    }
}
