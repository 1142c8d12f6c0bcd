/// A cursor over a range of a mapped file that never leaves it.
///
/// Numbers are little-endian. It keeps the file alive. Every read throws `IndexError.corrupt` where the range ends first; no
/// value of the file is added, multiplied or allocated before it was compared with the range.
///
/// Invariants:
/// 1. `0 <= position <= end <= file.count`.
struct ByteReader: Sendable {
    /// The file that is read.
    let file: MappedFile
    /// The byte offset in the file that is read next.
    private(set) var position: Int
    /// The byte offset in the file after the last that may be read.
    let end: Int

    /// A cursor at the start of a range of byte offsets.
    ///
    /// - Requires: the range lies inside the file.
    init(file: MappedFile, range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= file.count,
            "the range of a reader lies inside its file")
        self.file = file
        position = range.lowerBound
        end = range.upperBound
    }

    /// The bytes left.
    var remaining: Int { end &- position }
    /// Whether all bytes were read.
    var isAtEnd: Bool { position == end }

    /// An error at the current place.
    func corrupt(_ reason: String) -> IndexError { file.corrupt(at: position, reason) }

    /// Reads one byte.
    mutating func u8() throws(IndexError) -> UInt8 { try load(UInt8.self) }
    /// Reads two bytes.
    mutating func u16() throws(IndexError) -> UInt16 { try load(UInt16.self) }
    /// Reads four bytes.
    mutating func u32() throws(IndexError) -> UInt32 { try load(UInt32.self) }
    /// Reads eight bytes.
    mutating func u64() throws(IndexError) -> UInt64 { try load(UInt64.self) }

    /// Reads a number of at most 5 bytes, 7 bits a byte, lowest first.
    mutating func varint32() throws(IndexError) -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while true {
            let byte = try u8()
            let bits = UInt32(byte & 0x7F)
            // The fifth byte has room for four bits only.
            guard shift < 28 || bits < 16 else { throw corrupt("number longer than 32 bits") }
            value |= bits &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
            guard shift <= 28 else { throw corrupt("number longer than 32 bits") }
        }
    }

    /// Reads a number of at most 10 bytes, 7 bits a byte, lowest first.
    mutating func varint64() throws(IndexError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try u8()
            let bits = UInt64(byte & 0x7F)
            guard shift < 63 || bits < 2 else { throw corrupt("number longer than 64 bits") }
            value |= bits &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
            guard shift <= 63 else { throw corrupt("number longer than 64 bits") }
        }
    }

    /// Passes over bytes.
    mutating func skip(_ count: Int) throws(IndexError) {
        guard count >= 0, count <= remaining else { throw corrupt("runs past its end") }
        position &+= count
    }

    /// Goes to a byte offset of the file.
    mutating func seek(to offset: Int) throws(IndexError) {
        guard offset >= 0, offset <= end else { throw corrupt("points past its end") }
        position = offset
    }

    /// The next bytes, in place; valid as long as the file is held.
    mutating func slice(_ count: Int) throws(IndexError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else { throw corrupt("runs past its end") }
        let start = position
        position &+= count
        return UnsafeRawBufferPointer(rebasing: file.bytes[start..<start &+ count])
    }

    /// The next bytes, in place, where the file tells their number in 64 bits.
    mutating func slice(_ count: UInt64) throws(IndexError) -> UnsafeRawBufferPointer {
        guard let count = Int(exactly: count) else { throw corrupt("runs past its end") }
        return try slice(count)
    }

    /// The next bytes, copied.
    mutating func bytes(_ count: Int) throws(IndexError) -> [UInt8] { [UInt8](try slice(count)) }

    @inline(__always)
    private mutating func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type
    ) throws(IndexError) -> Value {
        guard MemoryLayout<Value>.size <= remaining else { throw corrupt("ends too early") }
        let value = file.bytes.loadUnaligned(fromByteOffset: position, as: Value.self)
        position &+= MemoryLayout<Value>.size
        return Value(littleEndian: value)
    }
}
