/// Builds little-endian bytes at the end of an array: the counterpart of `ByteReader`.
struct ByteWriter: Sendable {
    /// The bytes so far.
    var bytes: [UInt8] = []

    /// An empty array with room for `capacity` bytes.
    init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    /// The number of bytes so far.
    var count: Int { bytes.count }

    /// Writes one byte.
    mutating func u8(_ value: UInt8) { bytes.append(value) }
    /// Writes two bytes.
    mutating func u16(_ value: UInt16) { store(value) }
    /// Writes four bytes.
    mutating func u32(_ value: UInt32) { store(value) }
    /// Writes eight bytes.
    mutating func u64(_ value: UInt64) { store(value) }

    /// Writes 1 to 5 bytes, 7 bits a byte, lowest first.
    mutating func varint32(_ value: UInt32) { varint64(UInt64(value)) }

    /// Writes 1 to 10 bytes, 7 bits a byte, lowest first.
    mutating func varint64(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest &>>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes bytes as they are.
    mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

    /// Writes zeros up to a multiple of `alignment`.
    mutating func align(to alignment: Int) {
        while bytes.count % alignment != 0 { bytes.append(0) }
    }

    @inline(__always)
    private mutating func store(_ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }
}
