/// FNV-1a, 64 bit: bytes in, one after the other, a hash out; wrapping is its definition.
struct FNVHash: Hashable {
    /// The hash of what was taken so far.
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    /// The hash of nothing.
    init() {}

    /// Takes a byte.
    @inline(__always)
    mutating func take(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    /// Takes bytes.
    @inline(__always)
    mutating func take(_ bytes: some Sequence<UInt8>) { for byte in bytes { take(byte) } }
}
