/// The distinct sounds of the words of a list, numbered, with what it costs to put one in the place
/// of another.
///
/// Invariants: 1. No two numbers are of one sound. 2. `costs[a * stride + b]` is the cost of a and b.
struct SoundAlphabet: Sendable {
    /// The number of a sound.
    typealias Code = UInt16

    /// What comparing needs to know of a sound.
    struct Traits {
        /// The classes that may stand in its place, as bits.
        var near: UInt32
        /// The classes that it may be of, as bits; none for a vowel.
        var consonants: UInt32
        /// What it costs to leave it out, in thousandths.
        var gap: Int32
        /// What it weighs, in thousandths.
        var weight: Int16
        var main: NameSound.Class

        /// The traits of a sound.
        init(_ sound: NameSound) {
            near = SoundCosts.near(sound)
            consonants = sound.main.isVowel ? 0 : sound.all
            gap = SoundCosts.gap(sound)
            weight = Int16(SoundCosts.weight(sound))
            main = sound.main
        }

        /// What it costs at least if it is a consonant that is none of some classes; else 0.
        func stranger(to near: UInt32) -> Int32 {
            consonants == 0 || consonants & near != 0 ? 0 : gap
        }
    }

    private(set) var sounds: [NameSound] = []
    private(set) var traits: [Traits] = []
    /// Costs in thousandths, a row of `stride` for each sound.
    private(set) var costs: [UInt16] = []
    private(set) var stride = 16
    /// One more than a code, by the hash of its sound; 0 where there is none.
    private var slots = [Code](repeating: 0, count: 64)

    /// The code of a sound; `nil` where no word of the list has it.
    func code(of sound: NameSound) -> Code? {
        var slot = slot(of: sound)
        while slots[slot] != 0 {
            if sounds[Int(slots[slot]) - 1] == sound { return slots[slot] - 1 }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The code of a sound, new or known.
    mutating func add(_ sound: NameSound) -> Code {
        if let code = code(of: sound) { return code }
        if sounds.count == stride { widen() }
        let code = Code(sounds.count)
        sounds.append(sound)
        traits.append(Traits(sound))
        costs += repeatElement(0, count: stride)
        for (other, known) in sounds.enumerated() {
            let cost = SoundCosts.shared.exchange(sound, known)
            costs[Int(code) * stride + other] = cost
            costs[other * stride + Int(code)] = cost
        }
        insert(code)
        return code
    }

    private mutating func insert(_ code: Code) {
        var slot = slot(of: sounds[Int(code)])
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = code + 1
    }

    /// Doubles the room.
    private mutating func widen() {
        let narrow = stride
        stride *= 2
        var wide: [UInt16] = []
        wide.reserveCapacity(sounds.count * stride)
        for row in sounds.indices {
            wide += costs[row * narrow..<(row + 1) * narrow]
            wide += repeatElement(0, count: narrow)
        }
        costs = wide
        slots = [Code](repeating: 0, count: 4 * stride)
        for code in sounds.indices { insert(Code(code)) }
    }

    private func slot(of sound: NameSound) -> Int {
        let own = UInt64(sound.main.rawValue) | UInt64(sound.detail) << 8
        let key = UInt64(sound.others) << 32 | own | (sound.isDouble ? 0x10000 : 0)
        return Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
    }

    /// About how many bytes it takes.
    var byteCount: Int {
        sounds.count * (MemoryLayout<NameSound>.stride + MemoryLayout<Traits>.stride)
            + (costs.count + slots.count) * 2
    }
}
