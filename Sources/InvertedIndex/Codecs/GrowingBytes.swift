import Glibc

/// Bytes that grow at their end, for the inner loops of writing: no checks of exclusivity, no
/// zeroing, and blocks that the kernel moves instead of copying.
///
/// Not copied, freed with its owner.
struct GrowingBytes: ~Copyable {
    /// The bytes; those from `count` on are not defined.
    private(set) var base: UnsafeMutableRawPointer
    /// The bytes in use.
    private(set) var count = 0
    /// The bytes there is room for.
    private(set) var capacity: Int

    /// No bytes.
    init(capacity: Int = 1024) {
        self.capacity = max(64, capacity)
        guard let memory = malloc(self.capacity) else { preconditionFailure("out of memory") }
        base = memory
    }

    deinit { free(base) }

    /// The bytes in use, in place until the next change.
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

    /// Room for more bytes at the end, and where it begins.
    @inline(__always)
    mutating func reserve(_ more: Int) -> UnsafeMutableRawPointer {
        if capacity &- count < more { grow(more) }
        return base + count
    }

    /// Counts bytes that were written to reserved room.
    @inline(__always)
    mutating func extend(by more: Int) {
        assert(capacity &- count >= more, "the room was reserved")
        count &+= more
    }

    /// Forgets the bytes from `newCount` on.
    mutating func truncate(to newCount: Int = 0) {
        precondition(newCount <= count, "bytes are only forgotten")
        count = newCount
    }

    /// Appends one byte.
    @inline(__always)
    mutating func u8(_ value: UInt8) {
        reserve(1).storeBytes(of: value, as: UInt8.self)
        count &+= 1
    }

    /// Appends two bytes.
    @inline(__always)
    mutating func u16(_ value: UInt16) {
        reserve(2).storeBytes(of: value.littleEndian, as: UInt16.self)
        count &+= 2
    }

    /// Appends four bytes.
    @inline(__always)
    mutating func u32(_ value: UInt32) {
        reserve(4).storeBytes(of: value.littleEndian, as: UInt32.self)
        count &+= 4
    }

    /// Appends eight bytes.
    @inline(__always)
    mutating func u64(_ value: UInt64) {
        reserve(8).storeBytes(of: value.littleEndian, as: UInt64.self)
        count &+= 8
    }

    /// Appends 1 to 10 bytes, 7 bits a byte, lowest first.
    @inline(__always)
    mutating func varint(_ value: UInt64) {
        let target = reserve(10)
        count &+= Varint.write(value, to: target)
    }

    /// Appends bytes.
    @inline(__always)
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count).copyMemory(from: source, byteCount: bytes.count)
        count &+= bytes.count
    }

    /// Appends zeros up to a multiple of `alignment`.
    mutating func align(to alignment: Int) {
        while count % alignment != 0 { u8(0) }
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let needed = count + more
        capacity = max(needed, capacity + capacity / 2)
        guard let memory = realloc(base, capacity) else { preconditionFailure("out of memory") }
        base = memory
    }
}
