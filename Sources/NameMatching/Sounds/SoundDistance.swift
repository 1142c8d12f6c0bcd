/// How alike two words sound, from 0 to 1: an edit distance over sounds, where what spellings and
/// languages exchange costs little.
///
/// Its buffers are reused; not thread-safe.
struct SoundDistance {
    private var rows: [Float] = []
    private let costs = SoundCosts.shared

    /// The likeness of two words; 0 where one is empty, and where it is surely below `least`.
    ///
    /// - Cost: the product of their lengths, much less for words that are not alike.
    mutating func likeness(
        _ left: ArraySlice<NameSound>, _ right: ArraySlice<NameSound>, least: Float = 0
    ) -> Float {
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        let width = right.count + 1
        if rows.count < 3 * width { rows = [Float](repeating: 0, count: 3 * width) }
        return left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                rows.withUnsafeMutableBufferPointer { rows in
                    Self.likeness(left, right, rows, costs, least: least)
                }
            }
        }
    }

    /// The likeness of words that are not empty; `rows` has room for three rows of the right one.
    private static func likeness(
        _ left: UnsafeBufferPointer<NameSound>, _ right: UnsafeBufferPointer<NameSound>,
        _ rows: UnsafeMutableBufferPointer<Float>, _ costs: SoundCosts, least: Float
    ) -> Float {
        let width = right.count + 1
        var before = 0
        var previous = width
        var current = 2 * width
        rows[previous] = 0
        var rightWeight: Float = 0
        for column in right.indices {
            rows[previous + column + 1] = rows[previous + column] + gap(right[column])
            rightWeight += weight(right[column])
        }
        var leftWeight: Float = 0
        for sound in left { leftWeight += weight(sound) }
        let whole = max(leftWeight, rightWeight)
        let most = (1 - least) * whole
        if strangers(left, right, costs) > most || strangers(right, left, costs) > most {
            return 0
        }
        var lastLeast: Float = 0
        for row in left.indices {
            let own = left[row]
            let gap = gap(own)
            rows[current] = rows[previous] + gap
            var rowLeast = rows[current]
            for column in right.indices {
                let other = right[column]
                var cost = min(
                    rows[previous + column + 1] + gap, rows[current + column] + Self.gap(other))
                cost = min(cost, rows[previous + column] + exchange(own, other, costs))
                if row > 0, column > 0, own.main == right[column - 1].main,
                    left[row - 1].main == other.main
                {
                    let areVowels = own.main.isVowel && other.main.isVowel
                    cost = min(
                        cost,
                        rows[before + column - 1]
                            + (areVowels ? vowelTransposition : transposition))
                }
                rows[current + column + 1] = cost
                rowLeast = min(rowLeast, cost)
            }
            // Two neighbours may change places, so two rows have to be beyond.
            if rowLeast > most, lastLeast > most { return 0 }
            lastLeast = rowLeast
            (before, previous, current) = (previous, current, before)
        }
        return max(0, 1 - rows[previous + right.count] / whole)
    }

    /// What the consonants of a word cost at least for which another word has none that is near.
    private static func strangers(
        _ left: UnsafeBufferPointer<NameSound>, _ right: UnsafeBufferPointer<NameSound>,
        _ costs: SoundCosts
    ) -> Float {
        var near: UInt32 = 0
        for sound in right { near |= costs.near(sound.main) | sound.others }
        var cost: Float = 0
        for sound in left where !sound.main.isVowel && sound.all & near == 0 { cost += gap(sound) }
        return cost
    }

    /// What it costs that two neighbours have changed places.
    private static let transposition: Float = 0.6

    /// The same of two vowels, which spellings of one sound put in either order: үй and ю.
    private static let vowelTransposition: Float = 0.15

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

    private static func exchange(
        _ left: NameSound, _ right: NameSound, _ costs: SoundCosts
    ) -> Float {
        if left.main == right.main {
            if left.detail == right.detail, left.isDouble == right.isDouble { return 0 }
            return fine(left, right)
        }
        if left.main.bit & right.others != 0 || right.main.bit & left.others != 0 { return 0.12 }
        let cost = costs[left.main, right.main]
        return left.others & right.others != 0 ? min(cost, 0.3) : cost
    }

    /// What tells two letters of one sound apart: enough to put the right one of two names first,
    /// never enough to part them.
    private static func fine(_ left: NameSound, _ right: NameSound) -> Float {
        var cost: Float = left.isDouble == right.isDouble ? 0 : 0.02
        if left.detail != right.detail {
            // Letters of English are nearer to the first of a class: k to к.
            let isPlain = left.detail == 0 || right.detail == 0
            cost += isPlain ? (left.detail | right.detail == 1 ? 0.003 : 0.006) : 0.02
        }
        return cost
    }
}

/// Costs of putting one class of sounds in the place of another.
struct SoundCosts: Sendable {
    /// The costs of this process.
    static let shared = SoundCosts()

    private let table = Self.makeCosts()
    /// Of each class the classes that cost at most `nearest` in its place, as bits.
    private let nearClasses: [UInt32]
    /// No consonant that is not near costs less than to leave it out.
    private static let nearest: Float = 0.9

    private init() {
        let table = table
        nearClasses = NameSound.Class.allCases.map { left in
            NameSound.Class.allCases.reduce(0) { bits, right in
                let place = Int(left.rawValue) * Self.classCount + Int(right.rawValue)
                return table[place] <= Self.nearest ? bits | right.bit : bits
            }
        }
    }

    /// The classes that may stand in the place of one, as bits.
    func near(_ sound: NameSound.Class) -> UInt32 { nearClasses[Int(sound.rawValue)] }

    private static let classCount = NameSound.Class.allCases.count

    /// The cost of two classes; 0 for one and the same.
    subscript(left: NameSound.Class, right: NameSound.Class) -> Float {
        table[Int(left.rawValue) * Self.classCount + Int(right.rawValue)]
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
        // құдық, Кудук: Kazakh ы and і are rounded behind rounded vowels.
        set("IU", 0.3)
        set("AE", 0.3)
        // Consonants that differ in voice, or that languages take for each other.
        for pair in ["BP", "DT", "GK", "KH", "GH", "VF", "ZS", "JW", "JZ", "CS", "CZ", "QC"] {
            set(pair, 0.45)
        }
        // Шардара, Чардара: Russian names of places of Kazakhstan have ч for ш.
        set("QW", 0.3)
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
