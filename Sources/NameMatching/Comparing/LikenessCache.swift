/// Likenesses of words that were found out before in one lookup.
///
/// Open addressing with linear probing; at most half of the room is used. Its room is kept from
/// lookup to lookup.
struct LikenessCache {
    /// A key with its value side by side, so that memory is waited for once.
    private struct Slot {
        var key: UInt64
        var value: WordLikeness.Result
    }

    private static let free = Slot(
        key: .max, value: WordLikeness.Result(value: 0, relation: .missing))

    private var slots = [Slot](repeating: free, count: 1024)
    private var used: [Int] = []
    private var shift: UInt64 = 54

    /// What is known of a key other than `UInt64.max`.
    subscript(key: UInt64) -> WordLikeness.Result? {
        get {
            let slot = slots[slot(of: key)]
            return slot.key == key ? slot.value : nil
        }
        set {
            guard let newValue else { return }
            let place = slot(of: key)
            if slots[place].key == .max { used.append(place) }
            slots[place] = Slot(key: key, value: newValue)
            if used.count * 2 > slots.count { widen() }
        }
    }

    /// Forgets everything.
    mutating func removeAll() {
        for place in used { slots[place].key = .max }
        used.removeAll(keepingCapacity: true)
    }

    /// Where a key is, or the free place where it would be.
    private func slot(of key: UInt64) -> Int {
        var place = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while slots[place].key != key, slots[place].key != .max {
            place = (place + 1) & (slots.count - 1)
        }
        return place
    }

    private mutating func widen() {
        let known = used.map { slots[$0] }
        slots = [Slot](repeating: Self.free, count: 2 * slots.count)
        shift -= 1
        used.removeAll(keepingCapacity: true)
        for slot in known { self[slot.key] = slot.value }
    }
}
