/// Numbers by the hash of a key: sorted once, searched by a table of the hashes' first bits.
struct KeyTable: Sendable {
    private var hashes: [UInt32] = []
    private var values: [UInt32] = []
    private var starts: [UInt32] = []
    private var shift: UInt32 = 32

    /// An empty table.
    init() {}

    /// A table of pairs of a hash and a number; pairs that are there twice count once.
    init(_ pairs: [UInt64]) {
        let sorted = pairs.sorted()
        hashes.reserveCapacity(sorted.count)
        values.reserveCapacity(sorted.count)
        var last: UInt64?
        for pair in sorted where pair != last {
            last = pair
            hashes.append(UInt32(truncatingIfNeeded: pair >> 32))
            values.append(UInt32(truncatingIfNeeded: pair))
        }
        var bits: UInt32 = 1
        while 1 << bits < hashes.count, bits < 24 { bits += 1 }
        shift = 32 - bits
        starts = Array(repeating: 0, count: (1 << Int(bits)) + 1)
        for hash in hashes { starts[Int(hash >> shift) + 1] += 1 }
        for place in 1..<starts.count { starts[place] += starts[place - 1] }
    }

    /// The numbers of a hash.
    subscript(hash: UInt32) -> ArraySlice<UInt32> {
        guard !hashes.isEmpty else { return [] }
        let bucket = Int(hash >> shift)
        var first = Int(starts[bucket])
        let end = Int(starts[bucket + 1])
        while first < end, hashes[first] < hash { first += 1 }
        var last = first
        while last < end, hashes[last] == hash { last += 1 }
        return values[first..<last]
    }

    var byteCount: Int { (hashes.count + values.count + starts.count) * 4 }

    /// The running hash of nothing.
    /// - Source: Fowler, Noll and Vo, FNV-1a of 64 bits, folded to 32.
    static let emptyHash: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of the bytes of a key, from which one may be left out.
    static func hash(_ key: [UInt8], without place: Int) -> UInt32 {
        var hash = emptyHash
        for index in key.indices where index != place { hash = step(hash, UInt64(key[index])) }
        return finished(hash)
    }

    /// The hash of the bytes of a key.
    static func hash(_ key: some Sequence<UInt8>) -> UInt32 {
        finished(key.reduce(emptyHash) { step($0, UInt64($1)) })
    }

    /// The hash of the letters of an acronym.
    static func hash(_ letters: [UInt16]) -> UInt32 { finished(hash(letters, after: emptyHash)) }

    /// The running hash with further letters.
    static func hash(_ letters: [UInt16], after hash: UInt64) -> UInt64 {
        letters.reduce(hash) { step($0, UInt64($1)) }
    }

    /// The hash of a running one.
    static func finished(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }

    private static func step(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        (hash ^ value) &* 0x100_0000_01B3
    }
}
