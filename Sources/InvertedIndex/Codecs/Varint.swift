/// Numbers in 1 to 10 bytes: 7 bits a byte, lowest first, the high bit set on all but the last.
enum Varint {
    /// Writes a number and returns its bytes.
    ///
    /// - Requires: there is room for 10 bytes.
    @inline(__always)
    static func write(_ value: UInt64, to target: UnsafeMutableRawPointer) -> Int {
        var rest = value
        var count = 0
        while rest >= 0x80 {
            target.storeBytes(
                of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: count, as: UInt8.self)
            rest &>>= 7
            count &+= 1
        }
        target.storeBytes(
            of: UInt8(truncatingIfNeeded: rest), toByteOffset: count, as: UInt8.self)
        return count &+ 1
    }

    /// The bytes that a number takes.
    static func byteCount(of value: UInt64) -> Int {
        max(1, (64 - value.leadingZeroBitCount + 6) / 7)
    }
}

/// Reads bytes of a file in an inner loop: like `ByteReader`, but tells of an overrun by `nil` and
/// holds no reference; its owner keeps the file and knows where it is.
struct ByteCursor {
    /// The first byte.
    let base: UnsafeRawPointer
    /// The place of the next byte.
    var position: Int
    /// The place after the last byte.
    let end: Int

    /// A cursor over bytes in place.
    @inline(__always)
    init(base: UnsafeRawPointer, position: Int, end: Int) {
        self.base = base
        self.position = position
        self.end = end
    }

    /// The next byte.
    @inline(__always)
    mutating func u8() -> UInt8? {
        guard position < end else { return nil }
        let value = base.load(fromByteOffset: position, as: UInt8.self)
        position &+= 1
        return value
    }

    /// The next number; `nil` also where it is longer than 64 bits.
    @inline(__always)
    mutating func varint() -> UInt64? {
        guard position < end else { return nil }
        let byte = base.load(fromByteOffset: position, as: UInt8.self)
        position &+= 1
        if byte < 0x80 { return UInt64(byte) }
        return longVarint(UInt64(byte & 0x7F))
    }

    /// The next number as 32 bits; `nil` also where it is longer.
    @inline(__always)
    mutating func varint32() -> UInt32? {
        guard let value = varint() else { return nil }
        return UInt32(exactly: value)
    }

    /// The place of the next bytes, which are passed over.
    @inline(__always)
    mutating func skip(_ count: Int) -> Int? {
        guard count >= 0, count <= end &- position else { return nil }
        let start = position
        position &+= count
        return start
    }

    private mutating func longVarint(_ first: UInt64) -> UInt64? {
        var value = first
        var shift: UInt64 = 7
        while position < end {
            let byte = base.load(fromByteOffset: position, as: UInt8.self)
            position &+= 1
            let bits = UInt64(byte & 0x7F)
            guard shift < 63 || (shift == 63 && bits < 2) else { return nil }
            value |= bits &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
        return nil
    }
}
