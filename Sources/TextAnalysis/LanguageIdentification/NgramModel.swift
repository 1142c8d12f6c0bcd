import Glibc

/// Letter models of up to four classes of words that share a script: how likely a word is in each.
///
/// A letter's probability depends on the two letters before it; the counts of shorter n-grams step
/// in, in the way of Dirichlet smoothing, where longer ones are rare. All classes share one table,
/// so that one look-up a letter serves them all.
struct NgramModel: Sendable {
    /// Log-probabilities by class, in units of `1 / scale` nats.
    typealias Row = SIMD4<Int16>

    /// Units of a nat: the least likely letter, some 16 nats, fits in 16 bits.
    static let scale: Float = 1024
    /// Weight of the shorter n-gram, in occurrences, behind one letter and behind two.
    private static let backoff: (one: Float, two: Float) = (5, 8)
    /// What an unseen letter counts, and about how many letters there are.
    private static let unseen: (count: Float, letters: Float) = (0.3, 60)
    /// The last unit of the key of a context.
    private static let context: UInt64 = 0xFFFF

    /// Whether there is nothing to judge by.
    let isEmpty: Bool
    private var keys: [UInt64] = []
    private var rows: [Row] = []
    private var mask = 0
    private var unseenLetter = Row()

    /// A model of the classes in their order; an absent class has empty counts.
    init(_ classes: [NgramCounts]) {
        precondition(classes.count <= 4, "a row has four classes")
        isEmpty = classes.allSatisfy(\.entries.isEmpty)
        guard !isEmpty else { return }
        var table = CountTable(capacity: classes.reduce(0) { $0 + $1.entries.count })
        var total = SIMD4<Float>(repeating: 0)
        for (number, counts) in classes.enumerated() {
            for entry in counts.entries {
                let count = Float(entry.count)
                table.add(entry.key, number, count)
                if entry.key > 0xFFFF {
                    table.add(entry.key & ~0xFFFF | Self.context, number, count)
                } else {
                    total[number] += count
                }
            }
        }
        makeRows(&table, total: total)
    }

    private mutating func makeRows(_ table: inout CountTable, total: SIMD4<Float>) {
        let unseen = Self.unseen
        let letters = total + unseen.count * unseen.letters
        func single(_ key: UInt64, _ table: borrowing CountTable) -> SIMD4<Float> {
            (table[key & 0xFFFF] + unseen.count) / letters
        }
        func pair(_ key: UInt64, _ table: borrowing CountTable) -> SIMD4<Float> {
            let context = table[key & 0xFFFF_0000 | Self.context]
            return (table[key & 0xFFFF_FFFF] + Self.backoff.one * single(key, table))
                / (context + Self.backoff.one)
        }
        keys = table.keys
        mask = keys.count - 1
        rows = [Row](repeating: Row(), count: keys.count)
        unseenLetter = Self.row(SIMD4<Float>(repeating: unseen.count) / letters)
        for slot in keys.indices where keys[slot] != 0 {
            let key = keys[slot]
            if key & 0xFFFF == Self.context {
                let weight = key > 0xFFFF_FFFF ? Self.backoff.two : Self.backoff.one
                rows[slot] = Self.row(weight / (table.counts[slot] + weight))
            } else if key > 0xFFFF_FFFF {
                let context = table[key & ~0xFFFF | Self.context]
                rows[slot] = Self.row(
                    (table.counts[slot] + Self.backoff.two * pair(key, table))
                        / (context + Self.backoff.two))
            } else if key > 0xFFFF {
                rows[slot] = Self.row(pair(key, table))
            } else {
                rows[slot] = Self.row(single(key, table))
            }
        }
    }

    private static func row(_ probabilities: SIMD4<Float>) -> Row {
        var row = Row()
        for number in 0..<4 {
            row[number] = Int16(max(-32_000, logf(probabilities[number]) * scale))
        }
        return row
    }

    /// Log-probabilities of a word with its end, by class.
    func score(_ word: [UInt16]) -> SIMD4<Int32> {
        var sum = SIMD4<Int32>()
        guard !isEmpty else { return sum }
        var context = UInt64(NgramCounts.border)
        for index in 0...word.count {
            let unit = UInt64(index < word.count ? word[index] : NgramCounts.border)
            sum = add(sum, context, unit)
            context = (context << 16 | unit) & 0xFFFF_FFFF
        }
        return sum
    }

    @inline(__always)
    private func add(
        _ sum: SIMD4<Int32>, _ context: UInt64, _ unit: UInt64
    ) -> SIMD4<Int32> {
        var sum = sum
        var context = context
        while true {
            if let row = find(context << 16 | unit) {
                return sum &+ SIMD4<Int32>(truncatingIfNeeded: row)
            }
            if context == 0 { return sum &+ SIMD4<Int32>(truncatingIfNeeded: unseenLetter) }
            if let row = find(context << 16 | Self.context) {
                sum = sum &+ SIMD4<Int32>(truncatingIfNeeded: row)
            }
            // The earlier letter of the context goes first.
            context = context > 0xFFFF ? context & 0xFFFF : 0
        }
    }

    @inline(__always)
    private func find(_ key: UInt64) -> Row? {
        var slot = CountTable.hash(key) & mask
        while keys[slot] != 0 {
            if keys[slot] == key { return rows[slot] }
            slot = (slot + 1) & mask
        }
        return nil
    }
}

/// Counts by key and class, in open addressing, at most half full.
private struct CountTable {
    private(set) var keys: [UInt64]
    private(set) var counts: [SIMD4<Float>]
    private var count = 0

    init(capacity: Int) {
        var size = 256
        while size < capacity * 2 { size *= 2 }
        keys = [UInt64](repeating: 0, count: size)
        counts = [SIMD4<Float>](repeating: SIMD4(), count: size)
    }

    static func hash(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32)
    }

    subscript(key: UInt64) -> SIMD4<Float> {
        let slot = slot(key)
        return keys[slot] == 0 ? SIMD4() : counts[slot]
    }

    mutating func add(_ key: UInt64, _ number: Int, _ amount: Float) {
        var place = slot(key)
        if keys[place] == 0 {
            if (count + 1) * 2 > keys.count {
                grow()
                place = slot(key)
            }
            count += 1
            keys[place] = key
        }
        counts[place][number] += amount
    }

    private func slot(_ key: UInt64) -> Int {
        let mask = keys.count - 1
        var slot = Self.hash(key) & mask
        while keys[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
        return slot
    }

    private mutating func grow() {
        let (oldKeys, oldCounts) = (keys, counts)
        keys = [UInt64](repeating: 0, count: oldKeys.count * 2)
        counts = [SIMD4<Float>](repeating: SIMD4(), count: oldKeys.count * 2)
        for (key, count) in zip(oldKeys, oldCounts) where key != 0 {
            let place = slot(key)
            keys[place] = key
            counts[place] = count
        }
    }
}
