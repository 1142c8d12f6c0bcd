/// Counts which names have most in common with an asked one of which only words are looked for, no
/// meanings: it goes through the names of its rarest words and sees the other words beside them.
///
/// Its buffers are reused; they grow to four bytes a word of the directory.
///
/// Invariant: between two lookups all `weights` and `bits` are 0.
struct WordCounter {
    /// What a name needs to have of the greatest count to be compared.
    static let leastShare: Float = 0.55
    /// What a name counts that stands for a whole part.
    static let wholeName: Float = 1.5

    /// What each word of the directory counts; one more for no word.
    private var weights: [Float] = []
    /// Of each word that counts the part of the asked name that it counts most for.
    private var parts: [UInt8] = []
    /// Bit f is set for words that count: they have room in the nearest cache.
    private var bits: [UInt64] = []
    /// The words of the part that is gone through, those that count most first.
    private var order: [(form: UInt32, weight: Float)] = []
    private var found: [NameCounts.Counted] = []
    /// How many names were taken that have one word of the asked name alone.
    private var loneCount = 0
    private var greatest: Float = 0
    /// What a name has to count to be taken.
    private var threshold: Float = 0
    private var limit = 0

    /// Begins to count with the words of some parts.
    mutating func begin(_ asked: [CandidateCounter.Part], in directory: NameDirectory, limit: Int) {
        let room = directory.formCount + 1
        if weights.count < room {
            weights += repeatElement(0, count: room - weights.count)
            parts += repeatElement(0, count: room - parts.count)
        }
        if bits.count * 64 < room {
            bits += repeatElement(0, count: room / 64 + 1 - bits.count)
        }
        // A word of several parts counts for the one of which it is most.
        for (place, part) in asked.enumerated() {
            for (form, weight) in part.forms where weight > weights[Int(form)] {
                weights[Int(form)] = weight
                parts[Int(form)] = UInt8(truncatingIfNeeded: place)
                bits[Int(form >> 6)] |= 1 &<< UInt64(form & 63)
            }
        }
        found.removeAll(keepingCapacity: true)
        loneCount = 0
        greatest = 0
        threshold = 0
        self.limit = limit
    }

    /// Whether names that count so much may still be among the strongest.
    func mayTake(_ count: Float) -> Bool { count >= threshold }

    /// Takes the best of the first names of the words of a part, those of the most alike first.
    mutating func add(_ part: CandidateCounter.Part, in directory: NameDirectory, most: Int) {
        order.removeAll(keepingCapacity: true)
        order += part.forms
        order.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.form < $1.form }
        directory.neighbours.rows.withUnsafeBufferPointer { rows in
            directory.neighbours.long.withUnsafeBufferPointer { long in
                directory.formNames.withUnsafeBufferPointer { names in
                    let neighbours = Neighbours(names: names, rows: rows, long: long)
                    var left = most
                    for place in order.indices where left > 0 {
                        let form = order[place].form
                        let start = Int(directory.formStarts[Int(form)])
                        let count = min(left, directory.nameCount(ofForm: form))
                        add(start..<start + count, of: form, neighbours)
                        left -= count
                    }
                }
            }
        }
    }

    /// The names of all words with the words beside them.
    private struct Neighbours {
        let names: UnsafeBufferPointer<NameDirectory.NameID>
        let rows: UnsafeBufferPointer<NameNeighbours.Row>
        let long: UnsafeBufferPointer<UInt32>
    }

    /// Takes names that stand for a whole part.
    mutating func addWhole(_ names: [NameDirectory.NameID], in directory: NameDirectory) {
        for name in names {
            var sum = Sum()
            for unit in directory.units(of: name) { add(Int(unit.form), to: &sum) }
            take(name, Self.wholeName + sum.value)
        }
    }

    private mutating func add(_ range: Range<Int>, of form: UInt32, _ neighbours: Neighbours) {
        let own = weights[Int(form)]
        var place = range.lowerBound
        while true {
            let takesLone = loneCount < limit && own >= threshold
            // Goes on to the next name that has another of the words.
            if !takesLone {
                bits.withUnsafeBufferPointer { bits in
                    while place < range.upperBound,
                        !Self.mayHave(neighbours.rows[place], neighbours.long, bits)
                    {
                        place += 1
                    }
                }
            }
            guard place < range.upperBound else { return }
            var sum = Sum()
            add(Int(form), neighbours.rows[place], neighbours.long, to: &sum)
            let name = neighbours.names[place]
            place += 1
            if sum.value == own {
                guard takesLone else { continue }
                loneCount += 1
            }
            take(name, sum.value)
        }
    }

    /// Whether one of the words of a row counts.
    private static func mayHave(
        _ row: NameNeighbours.Row, _ long: UnsafeBufferPointer<UInt32>,
        _ bits: UnsafeBufferPointer<UInt64>
    ) -> Bool {
        if NameNeighbours.isLong(row) {
            let (words, own) = NameNeighbours.longRange(row, long)
            for place in words where place != own {
                let form = Int(long[place])
                if bits[form >> 6] &>> UInt64(form & 63) & 1 == 1 { return true }
            }
            return false
        }
        let (first, second, third) = NameNeighbours.forms(row)
        let any =
            bits[first >> 6] &>> UInt64(first & 63) | bits[second >> 6] &>> UInt64(second & 63)
            | bits[third >> 6] &>> UInt64(third & 63)
        return any & 1 == 1
    }

    /// What the words of a name count, each part of the asked name once.
    private struct Sum {
        var value: Float = 0
        /// The parts that have counted, as bits: a name has few words of a part twice.
        var parts: UInt64 = 0
    }

    private func add(
        _ form: Int, _ row: NameNeighbours.Row, _ long: UnsafeBufferPointer<UInt32>,
        to sum: inout Sum
    ) {
        if NameNeighbours.isLong(row) {
            let (words, _) = NameNeighbours.longRange(row, long)
            for place in words { add(Int(long[place]), to: &sum) }
        } else {
            let (first, second, third) = NameNeighbours.forms(row)
            add(form, to: &sum)
            add(first, to: &sum)
            add(second, to: &sum)
            add(third, to: &sum)
        }
    }

    private func add(_ form: Int, to sum: inout Sum) {
        // Most words do not count, and their bits are nearer than their weights.
        guard bits[form >> 6] &>> UInt64(form & 63) & 1 == 1 else { return }
        let part: UInt64 = 1 << UInt64(parts[form])
        if sum.parts & part == 0 { sum.value += weights[form] }
        sum.parts |= part
    }

    private mutating func take(_ name: NameDirectory.NameID, _ count: Float) {
        guard count >= threshold, count > 0 else { return }
        found.append(.init(name: name, count: count))
        if count > greatest {
            greatest = count
            threshold = max(threshold, Self.leastShare * count)
        }
        if found.count >= 4 * limit {
            cut()
            // Of names that count alike the first are taken.
            if found.count == limit, let last = found.last {
                threshold = max(threshold, last.count.nextUp)
            }
        }
    }

    /// Leaves the strongest of those taken, the strongest first.
    private mutating func cut() {
        let least = Self.leastShare * greatest
        found.removeAll { $0.count < least }
        found.sort { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
        var kept = 0
        for place in found.indices where kept < limit {
            if kept > 0, found[kept - 1].name == found[place].name { continue }
            found[kept] = found[place]
            kept += 1
        }
        found.removeSubrange(kept...)
    }

    /// Takes out the names with the greatest counts, the greatest first.
    mutating func takeStrongest(
        _ parts: [CandidateCounter.Part], into strongest: inout [NameCounts.Counted]
    ) {
        cut()
        strongest.removeAll(keepingCapacity: true)
        strongest += found
        for part in parts {
            for (form, _) in part.forms {
                weights[Int(form)] = 0
                bits[Int(form >> 6)] = 0
            }
        }
    }
}
