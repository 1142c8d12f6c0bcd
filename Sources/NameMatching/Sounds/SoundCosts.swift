/// What it costs that two words differ in a sound, in thousandths.
struct SoundCosts: Sendable {
    /// The costs of this process.
    static let shared = SoundCosts()

    /// Room for classes in a row of the table.
    private static let stride = 32

    /// What one class costs in the place of another: `table[left * stride + right]`.
    private let table: [UInt16]

    /// No consonant that is not near costs less than to leave it out.
    private static let nearest: UInt16 = 900
    /// What it costs that two neighbours have changed places.
    private static let transposition: Int32 = 600
    /// The same of two vowels, which spellings of one sound put in either order: үй and ю.
    private static let vowelTransposition: Int32 = 150
    /// What a sound costs in the place of one that it is read as too.
    private static let otherReading: UInt16 = 120
    /// The same at most where only other readings of both are one.
    private static let otherReadings: UInt16 = 300

    /// Of each class the classes that cost at most `nearest` in its place, as bits.
    private static let nearClasses: [UInt32] = NameSound.Class.allCases.map { left in
        NameSound.Class.allCases.reduce(0) { bits, right in
            let cost = shared.table[Int(left.rawValue) * stride + Int(right.rawValue)]
            return cost <= nearest ? bits | right.bit : bits
        }
    }

    private init() { table = Self.makeTable() }

    /// The classes that may stand in the place of a sound, as bits.
    static func near(_ sound: NameSound) -> UInt32 {
        nearClasses[Int(sound.main.rawValue)] | sound.others
    }

    /// What it costs that two neighbours have changed places.
    static func transposition(_ first: NameSound.Class, _ second: NameSound.Class) -> Int32 {
        first.isVowel && second.isVowel ? vowelTransposition : transposition
    }

    /// What a sound costs in the place of another.
    func exchange(_ left: NameSound, _ right: NameSound) -> UInt16 {
        if left.main == right.main { return Self.fine(left, right) }
        if left.main.bit & right.others | right.main.bit & left.others != 0 {
            return Self.otherReading
        }
        let cost = table[Int(left.main.rawValue) * Self.stride + Int(right.main.rawValue)]
        return left.others & right.others != 0 ? min(cost, Self.otherReadings) : cost
    }

    /// What a sound weighs.
    static func weight(_ sound: NameSound) -> Int32 { sound.main.isVowel ? 500 : 1000 }

    /// What a sound costs that the other word does not have.
    static func gap(_ sound: NameSound) -> Int32 {
        switch sound.main {
        case .e, .i: 200
        case .a, .o, .u: 400
        case .h: 500
        default: 1100
        }
    }

    /// What tells two letters of one sound apart: enough to put the right one of two names first,
    /// never enough to part them.
    private static func fine(_ left: NameSound, _ right: NameSound) -> UInt16 {
        var cost: UInt16 = left.isDouble == right.isDouble ? 0 : 20
        if left.detail != right.detail {
            // Letters of English are nearer to the first of a class: k to к.
            let isPlain = left.detail == 0 || right.detail == 0
            cost += isPlain ? (left.detail | right.detail == 1 ? 3 : 6) : 20
        }
        return cost
    }

    private static func makeTable() -> [UInt16] {
        var costs = [UInt16](repeating: 1600, count: stride * stride)
        func set(_ letters: String, _ cost: UInt16) {
            let classes = letters.utf8.compactMap { NameSound.Class(letter: $0) }
            for left in classes {
                for right in classes {
                    let place = Int(left.rawValue) * stride + Int(right.rawValue)
                    costs[place] = left == right ? 0 : min(costs[place], cost)
                }
            }
        }
        func raise(_ letters: String, _ cost: UInt16) {
            let classes = letters.utf8.compactMap { NameSound.Class(letter: $0) }
            for left in classes {
                for right in classes where left != right {
                    costs[Int(left.rawValue) * stride + Int(right.rawValue)] = cost
                }
            }
        }
        // Vowels.
        set("AOUEI", 600)
        set("AO", 400)
        raise("AU", 900)
        set("EI", 120)
        set("OU", 150)
        // құдық, Кудук: Kazakh ы and і are rounded behind rounded vowels.
        set("IU", 300)
        set("AE", 300)
        // Consonants that differ in voice, or that languages take for each other.
        for pair in ["BP", "DT", "GK", "KH", "GH", "VF", "ZS", "JW", "JZ", "CS", "CZ", "QC"] {
            set(pair, 450)
        }
        // Шардара, Чардара: Russian names of places of Kazakhstan have ч for ш.
        set("QW", 300)
        set("NM", 1200)
        set("BV", 700)
        set("QJ", 500)
        set("VU", 250)
        set("VO", 400)
        set("IJ", 500)
        set("LR", 1300)
        return costs
    }
}
