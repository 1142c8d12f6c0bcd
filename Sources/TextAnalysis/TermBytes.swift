import Glibc

/// Bytes that grow at their end, for the inner loops of analysis: no checks of exclusivity, no
/// zeroing, and always `slack` bytes of room behind them, so that many may be read or written at once
/// from any of them on.
///
/// Not copied, freed with its owner.
struct TermBytes: ~Copyable {
    /// Bytes that may be read behind the last one; their values are not defined.
    static let slack = 32

    /// The bytes; those from `count` on are not defined.
    private(set) var base: UnsafeMutablePointer<UInt8>
    /// The bytes in use.
    private(set) var count = 0
    private var capacity: Int

    /// No bytes.
    init(capacity: Int = 256) {
        self.capacity = capacity + Self.slack
        base = Self.allocate(self.capacity)
    }

    deinit { free(base) }

    /// The bytes in use, in place until the next change.
    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: base, count: count) }

    /// A stretch of the bytes, in place until the next change.
    @inline(__always)
    func bytes(_ range: ByteRange) -> UnsafeBufferPointer<UInt8> {
        assert(range.range.upperBound <= count, "the stretch is in use")
        return UnsafeBufferPointer(start: base + Int(range.start), count: Int(range.count))
    }

    /// The bytes that were appended since there were `start`.
    func range(from start: Int) -> ByteRange {
        ByteRange(
            start: UInt32(truncatingIfNeeded: start),
            count: UInt32(truncatingIfNeeded: count &- start))
    }

    /// Room for more bytes at the end, and where it begins.
    @inline(__always)
    mutating func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity &- count < more &+ Self.slack { grow(more &+ Self.slack) }
        return base + count
    }

    /// Counts bytes that were written to reserved room.
    @inline(__always)
    mutating func extend(by more: Int) {
        assert(capacity &- count >= more &+ Self.slack, "the room was reserved")
        count &+= more
    }

    /// Forgets the bytes from `newCount` on.
    @inline(__always)
    mutating func truncate(to newCount: Int = 0) {
        precondition(newCount <= count, "bytes are only forgotten")
        count = newCount
    }

    /// Appends one byte.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1).pointee = byte
        count &+= 1
    }

    /// Appends the bytes of a list.
    mutating func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { append($0, isPadded: false) }
    }

    /// Appends bytes.
    ///
    /// - Requires: where they are padded, `slack` more may be read behind them.
    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, isPadded: Bool) {
        guard let source = bytes.baseAddress else { return }
        let target = reserve(bytes.count)
        if isPadded, bytes.count <= Self.slack {
            // Nearly all words: two steps of a fixed size beat a call.
            let from = UnsafeRawPointer(source)
            let to = UnsafeMutableRawPointer(target)
            let first = from.loadUnaligned(as: SIMD16<UInt8>.self)
            let second = from.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
            to.storeBytes(of: first, as: SIMD16<UInt8>.self)
            to.storeBytes(of: second, toByteOffset: 16, as: SIMD16<UInt8>.self)
        } else {
            target.update(from: source, count: bytes.count)
        }
        count &+= bytes.count
    }

    /// Eight bytes from an address on.
    @inline(__always)
    static func load(_ address: UnsafePointer<UInt8>) -> UInt64 {
        UnsafeRawPointer(address).loadUnaligned(as: UInt64.self)
    }

    /// Whether the first bytes from two addresses on are the same.
    ///
    /// - Requires: at most `slack` bytes; as many may be read from both.
    @inline(__always)
    static func areEqual(
        _ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>, _ count: Int
    ) -> Bool {
        assert(count <= slack, "there are so many bytes to be read")
        let first = load(left) ^ load(right)
        let second = load(left + 8) ^ load(right + 8)
        var difference = first & bits(of: count) | second & bits(of: count &- 8)
        if count > 16 {
            let third = load(left + 16) ^ load(right + 16)
            let fourth = load(left + 24) ^ load(right + 24)
            difference |= third & bits(of: count &- 16) | fourth & bits(of: count &- 24)
        }
        return difference == 0
    }

    /// The first bytes from an address on, as four times eight, and zeros behind them.
    ///
    /// - Requires: at most `slack` bytes; as many may be read.
    @inline(__always)
    static func padded(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> SIMD4<UInt64> {
        assert(count <= slack, "there are so many bytes to be read")
        return SIMD4(
            load(bytes) & bits(of: count), load(bytes + 8) & bits(of: count &- 8),
            load(bytes + 16) & bits(of: count &- 16), load(bytes + 24) & bits(of: count &- 24))
    }

    /// The bits of the first bytes of a word: all of them from eight bytes on, none below one.
    @inline(__always)
    private static func bits(of byteCount: Int) -> UInt64 {
        ~(UInt64.max << UInt64(8 &* max(0, byteCount)))
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let grown = max(count + more, capacity * 2)
        let memory = Self.allocate(grown)
        memory.update(from: base, count: count)
        free(base)
        base = memory
        capacity = grown
    }

    private static func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
        guard let memory = malloc(count) else { preconditionFailure("out of memory") }
        return memory.bindMemory(to: UInt8.self, capacity: count)
    }
}
