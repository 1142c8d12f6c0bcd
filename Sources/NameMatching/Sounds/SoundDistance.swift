/// How alike two words sound, from 0 to 1: an edit distance over sounds, where what spellings and
/// languages exchange costs little.
///
/// Its buffers are reused; not thread-safe.
struct SoundDistance {
    private var rows: [Float] = []

    /// Costs of putting one class of sounds in the place of another, by row and column.
    private static let costs: [Float] = makeCosts()
    private static let classCount = NameSound.Class.allCases.count

    /// The likeness of two words; 0 where one is empty.
    mutating func likeness(_ left: ArraySlice<NameSound>, _ right: ArraySlice<NameSound>) -> Float {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        let width = right.count + 1
        if rows.count < 3 * width { rows = [Float](repeating: 0, count: 3 * width) }
        var before = 0
        var previous = width
        var current = 2 * width
        var leftWeight: Float = 0
        var rightWeight: Float = 0
        rows[previous] = 0
        var column = 0
        for sound in right {
            rows[previous + column + 1] = rows[previous + column] + Self.gap(sound)
            rightWeight += Self.weight(sound)
            column += 1
        }
        var last: NameSound?
        for own in left {
            let gap = Self.gap(own)
            leftWeight += Self.weight(own)
            rows[current] = rows[previous] + gap
            var lastOther: NameSound?
            column = 0
            for other in right {
                var cost = min(
                    rows[previous + column + 1] + gap,
                    rows[current + column] + Self.gap(other))
                cost = min(cost, rows[previous + column] + Self.exchange(own, other))
                if let last, let lastOther, own.main == lastOther.main, last.main == other.main {
                    cost = min(cost, rows[before + column - 1] + 0.6)
                }
                rows[current + column + 1] = cost
                lastOther = other
                column += 1
            }
            last = own
            (before, previous, current) = (previous, current, before)
        }
        return max(0, 1 - rows[previous + right.count] / max(leftWeight, rightWeight))
    }

    /// What a sound weighs.
    private static func weight(_ sound: NameSound) -> Float { sound.main.isVowel ? 0.5 : 1 }

    /// What a sound costs that the other word does not have.
    private static func gap(_ sound: NameSound) -> Float {
        switch sound.main {
        case .e, .i: 0.2
        case .a, .o, .u: 0.4
        case .h: 0.5
        default: 1.1
        }
    }

    private static func exchange(_ left: NameSound, _ right: NameSound) -> Float {
        if left.main == right.main {
            if left.detail == right.detail, left.isDouble == right.isDouble { return 0 }
            return fine(left, right)
        }
        if left.main.bit & right.others != 0 || right.main.bit & left.others != 0 { return 0.12 }
        let cost = costs[Int(left.main.rawValue) * classCount + Int(right.main.rawValue)]
        return left.others & right.others != 0 ? min(cost, 0.3) : cost
    }

    /// What tells two letters of one sound apart: enough to put the right one of two names first,
    /// never enough to part them.
    private static func fine(_ left: NameSound, _ right: NameSound) -> Float {
        var cost: Float = left.isDouble == right.isDouble ? 0 : 0.02
        if left.detail != right.detail {
            cost += left.detail == 0 || right.detail == 0 ? 0.005 : 0.02
        }
        return cost
    }

    private static func makeCosts() -> [Float] {
        let count = classCount
        var costs = [Float](repeating: 1.6, count: count * count)
        func set(_ letters: String, _ cost: Float) {
            let classes = letters.utf8.compactMap { NameSound.Class(letter: $0) }
            for left in classes {
                for right in classes {
                    let place = Int(left.rawValue) * count + Int(right.rawValue)
                    costs[place] = left == right ? 0 : min(costs[place], cost)
                }
            }
        }
        func raise(_ letters: String, _ cost: Float) {
            let classes = letters.utf8.compactMap { NameSound.Class(letter: $0) }
            for left in classes {
                for right in classes where left != right {
                    costs[Int(left.rawValue) * count + Int(right.rawValue)] = cost
                }
            }
        }
        // Vowels.
        set("AOUEI", 0.6)
        set("AO", 0.4)
        raise("AU", 0.9)
        set("EI", 0.12)
        set("OU", 0.15)
        set("AE", 0.3)
        // Consonants that differ in voice, or that languages take for each other.
        for pair in ["BP", "DT", "GK", "KH", "GH", "VF", "ZS", "JW", "JZ", "CS", "CZ", "QW", "QC"] {
            set(pair, 0.45)
        }
        set("NM", 1.2)
        set("BV", 0.7)
        set("QJ", 0.5)
        set("VU", 0.25)
        set("VO", 0.4)
        set("IJ", 0.5)
        set("LR", 1.3)
        return costs
    }
}
