/// Likenesses of words that were found out before in one lookup.
///
/// Open addressing with linear probing; at most half of the room is used. Its room is kept from
/// lookup to lookup.
struct LikenessCache {
    private var keys = [UInt64](repeating: .max, count: 1024)
    private var values = [WordLikeness.Result](
        repeating: WordLikeness.Result(value: 0, relation: .missing), count: 1024)
    private var used: [Int] = []
    private var shift: UInt64 = 54

    /// What is known of a key other than `UInt64.max`.
    subscript(key: UInt64) -> WordLikeness.Result? {
        get {
            let slot = slot(of: key)
            return keys[slot] == key ? values[slot] : nil
        }
        set {
            guard let newValue else { return }
            let slot = slot(of: key)
            if keys[slot] == .max { used.append(slot) }
            keys[slot] = key
            values[slot] = newValue
            if used.count * 2 > keys.count { widen() }
        }
    }

    /// Forgets everything.
    mutating func removeAll() {
        for slot in used { keys[slot] = .max }
        used.removeAll(keepingCapacity: true)
    }

    /// Where a key is, or the free place where it would be.
    private func slot(of key: UInt64) -> Int {
        var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> shift)
        while keys[slot] != key, keys[slot] != .max { slot = (slot + 1) & (keys.count - 1) }
        return slot
    }

    private mutating func widen() {
        let known = used.map { (keys[$0], values[$0]) }
        keys = [UInt64](repeating: .max, count: 2 * keys.count)
        values += values
        shift -= 1
        used.removeAll(keepingCapacity: true)
        for (key, value) in known {
            let slot = slot(of: key)
            keys[slot] = key
            values[slot] = value
            used.append(slot)
        }
    }
}
