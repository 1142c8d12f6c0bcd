import Glibc

/// Random numbers that come again for the same seed, on every machine.
///
/// Source: SplitMix64, by Steele, Lea and Flood, “Fast splittable pseudorandom number generators”,
/// 2014.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator that gives the same numbers for the same seed.
    public init(seed: UInt64) { state = seed }

    /// The next number.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }

    /// The seeds of a property test: some that stay, and the one in `IZDE_SEED`, if it is set.
    ///
    /// Given as arguments of a test, the seed stands in its name, so that a failure can be repeated.
    public static func seeds(_ count: Int = 4) -> [UInt64] {
        var seeds = (1...UInt64(count)).map { $0 &* 0x5851_F42D_4C95_7F2D }
        if let text = getenv("IZDE_SEED"), let seed = UInt64(String(cString: text)) {
            seeds.append(seed)
        }
        return seeds
    }
}
