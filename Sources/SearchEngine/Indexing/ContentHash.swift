/// A hash of what a document holds, to know one that comes again unchanged.
///
/// 64 bits, not against attackers: who makes two documents of one key collide only keeps their own
/// second one out.
struct ContentHash {
    /// The hash of some bytes; stored in the index, so its rule never changes.
    ///
    /// - Source: eight bytes at a time are mixed by a multiplication with an odd constant and a
    ///   rotation; the end is mixed as in SplitMix64.
    static func hash(_ bytes: [UInt8]) -> UInt64 {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        bytes.withUnsafeBytes { bytes in
            var position = 0
            while position + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                hash = mixed(hash, word)
                position += 8
            }
            var tail: UInt64 = 0
            for index in position..<bytes.count { tail = tail << 8 | UInt64(bytes[index]) }
            hash = mixed(hash, tail)
        }
        // Wrapping multiplication is what mixes here.
        hash = (hash ^ hash >> 30) &* 0xBF58_476D_1CE4_E5B9
        hash = (hash ^ hash >> 27) &* 0x94D0_49BB_1331_11EB
        return hash ^ hash >> 31
    }

    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let sum = (hash ^ word) &* 0xD6E8_FEB8_6659_FD93
        return sum << 29 | sum >> 35
    }
}
