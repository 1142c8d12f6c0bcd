/// What names of a directory count, of those that have been counted.
///
/// Its buffers are reused; they grow to about four bytes a name.
///
/// Invariants: 1. `slots[n]` is one more than the place of name n in `touched`; 0 for a name that is
/// not there. 2. `counts` has room for all of `touched`. 3. Bit n of `bits` is set for the names of
/// `touched` while `hasBits`, else no bit is.
struct NameCounts {
    /// A name with what it counts.
    struct Counted {
        var name: NameDirectory.NameID
        var count: Float
    }

    /// A search among sorted names takes as long as it takes to pass over so many of them.
    private static let searchCost = 24

    private var slots: [UInt32] = []
    private var touched: [NameDirectory.NameID] = []
    private var counts: [Float] = []
    private var touchedCount = 0
    private var bits: [UInt64] = []
    private var hasBits = false

    /// Makes room for the names of a directory.
    mutating func reserve(nameCount: Int) {
        guard slots.count < nameCount else { return }
        slots += [UInt32](repeating: 0, count: nameCount - slots.count)
        let words = nameCount / 64 + 1
        bits += [UInt64](repeating: 0, count: words - bits.count)
    }

    /// Counts names; those that are not there yet come to be there.
    mutating func add(_ names: ArraySlice<NameDirectory.NameID>, _ weight: Float) {
        precondition(!hasBits, "names are added before they are marked")
        let room = touchedCount + names.count
        if touched.count < room {
            let added = max(room, 2 * touched.count) - touched.count
            touched += repeatElement(0, count: added)
            counts += repeatElement(0, count: added)
        }
        var used = touchedCount
        slots.withUnsafeMutableBufferPointer { slots in
            touched.withUnsafeMutableBufferPointer { touched in
                counts.withUnsafeMutableBufferPointer { counts in
                    for name in names {
                        let slot = Int(slots[Int(name)])
                        if slot == 0 {
                            touched[used] = name
                            counts[used] = weight
                            used += 1
                            slots[Int(name)] = UInt32(truncatingIfNeeded: used)
                        } else {
                            counts[slot - 1] += weight
                        }
                    }
                }
            }
        }
        touchedCount = used
    }

    /// Counts those of ascending names that are there already, by the cheapest of three ways: each
    /// that is there is looked up in the bits of the row, or searched in the row, or each of the row
    /// is looked up among those that are there.
    mutating func mark(
        _ names: ArraySlice<NameDirectory.NameID>, _ weight: Float, bits row: ArraySlice<UInt64>?
    ) {
        if let row, touchedCount < names.count {
            row.withUnsafeBufferPointer { markInBits($0, weight) }
        } else if touchedCount * Self.searchCost < names.count {
            names.withUnsafeBufferPointer { markBySearch($0, weight) }
        } else {
            setBits()
            names.withUnsafeBufferPointer { markRow($0, weight) }
        }
    }

    private mutating func markInBits(_ row: UnsafeBufferPointer<UInt64>, _ weight: Float) {
        touched.withUnsafeBufferPointer { touched in
            counts.withUnsafeMutableBufferPointer { counts in
                for place in 0..<touchedCount {
                    let name = touched[place]
                    if row[Int(name >> 6)] &>> UInt64(name & 63) & 1 == 1 {
                        counts[place] += weight
                    }
                }
            }
        }
    }

    private mutating func markBySearch(
        _ row: UnsafeBufferPointer<NameDirectory.NameID>, _ weight: Float
    ) {
        for place in 0..<touchedCount {
            let name = touched[place]
            var first = 0
            var count = row.count
            while count > 1 {
                let half = count / 2
                first = row[first + half] <= name ? first + half : first
                count -= half
            }
            if row[first] == name { counts[place] += weight }
        }
    }

    private mutating func markRow(
        _ row: UnsafeBufferPointer<NameDirectory.NameID>, _ weight: Float
    ) {
        bits.withUnsafeBufferPointer { bits in
            for name in row where bits[Int(name >> 6)] &>> UInt64(name & 63) & 1 == 1 {
                counts[Int(slots[Int(name)]) - 1] += weight
            }
        }
    }

    private mutating func setBits() {
        guard !hasBits else { return }
        hasBits = true
        bits.withUnsafeMutableBufferPointer { bits in
            for name in touched.prefix(touchedCount) {
                bits[Int(name >> 6)] |= 1 &<< UInt64(name & 63)
            }
        }
    }

    /// Takes out the names with the greatest counts, the greatest first; none is there afterwards.
    mutating func takeStrongest(_ limit: Int, into strongest: inout [Counted]) {
        strongest.removeAll(keepingCapacity: true)
        defer { removeAll() }
        var greatest: Float = 0
        for count in counts.prefix(touchedCount) { greatest = max(greatest, count) }
        guard greatest > 0 else { return }
        // A histogram of counts tells from where on names are among the strongest.
        var histogram = InlineArray<64, Int32>(repeating: 0)
        let scale = 63 / greatest
        for count in counts.prefix(touchedCount) { histogram[Int(count * scale)] += 1 }
        var least = 63
        var room = Int32(limit) - histogram[63]
        while least > 0, room > 0 {
            room -= histogram[least - 1]
            least -= 1
        }
        let threshold = max(WordCounter.leastShare * greatest, Float(least) / scale * 0.9999)
        for place in 0..<touchedCount where counts[place] >= threshold {
            strongest.append(Counted(name: touched[place], count: counts[place]))
        }
        if strongest.count > 4 * limit {
            // Many alike: the first of them.
            let sure = strongest.filter { $0.count > Float(least + 1) / scale }
            let rest = strongest.lazy.filter { $0.count <= Float(least + 1) / scale }
            strongest = sure + rest.prefix(max(0, 4 * limit - sure.count))
        }
        strongest.sort { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }
        if strongest.count > limit { strongest.removeSubrange(limit...) }
    }

    private mutating func removeAll() {
        slots.withUnsafeMutableBufferPointer { slots in
            for name in touched.prefix(touchedCount) { slots[Int(name)] = 0 }
        }
        if hasBits {
            bits.withUnsafeMutableBufferPointer { bits in
                for name in touched.prefix(touchedCount) { bits[Int(name >> 6)] = 0 }
            }
        }
        hasBits = false
        touchedCount = 0
    }
}
