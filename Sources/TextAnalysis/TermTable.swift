/// The distinct words met so far, numbered from 0, their bytes in one arena.
///
/// Open addressing with linear probing, at most half full, so that a miss ends soon.
public struct TermTable: Sendable {
    /// The bytes of all words, one after the other.
    public private(set) var arena: [UInt8] = []
    private var entries: [Entry] = []
    /// Number of the word plus one; `0` is a free slot.
    private var slots: [UInt32]

    private struct Entry: Sendable {
        var hash: UInt64
        var start: UInt32
        var count: UInt32
    }

    /// An empty table.
    public init() {
        slots = [UInt32](repeating: 0, count: 256)
    }

    /// How many words it holds.
    public var count: Int { entries.count }

    /// The memory that it takes, about.
    public var byteCount: Int {
        arena.capacity + entries.capacity * MemoryLayout<Entry>.stride + slots.count * 4
    }

    /// The bytes of a word in `arena`.
    public subscript(number: Int) -> Range<Int> {
        let entry = entries[number]
        return Int(entry.start)..<Int(entry.start) + Int(entry.count)
    }

    /// The number of a word, `nil` for one that the table does not hold.
    public func find(_ word: [UInt8]) -> Int? {
        let slot = slot(of: word, hash: Self.hash(word))
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// The number of a word, which is added if need be.
    public mutating func intern(_ word: [UInt8]) -> Int {
        let hash = Self.hash(word)
        var place = slot(of: word, hash: hash)
        if slots[place] != 0 { return Int(slots[place]) - 1 }
        if (entries.count + 1) * 2 > slots.count {
            grow()
            place = slot(of: word, hash: hash)
        }
        entries.append(
            Entry(hash: hash, start: UInt32(arena.count), count: UInt32(word.count)))
        arena.append(contentsOf: word)
        slots[place] = UInt32(entries.count)
        return entries.count - 1
    }

    /// Forgets all words and keeps the room.
    public mutating func removeAll() {
        arena.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        for index in slots.indices { slots[index] = 0 }
    }

    /// The slot of a word, or the free one where it belongs.
    private func slot(of word: [UInt8], hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, Int(entry.count) == word.count {
                let start = Int(entry.start)
                var index = 0
                while index < word.count, arena[start + index] == word[index] { index += 1 }
                if index == word.count { return slot }
            }
            slot = (slot + 1) & mask
        }
        return slot
    }

    private mutating func grow() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (number, entry) in entries.enumerated() {
            var slot = Int(truncatingIfNeeded: entry.hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(number + 1)
        }
    }

    /// FNV-1a with the high bits folded down.
    @inline(__always)
    private static func hash(_ word: [UInt8]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in word { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return hash ^ hash >> 32
    }
}
