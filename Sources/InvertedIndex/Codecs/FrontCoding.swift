/// Sorted or similar byte strings, each by what it shares with the one before.
///
/// One entry is: a byte with the shared count in its high and the count of new bytes in its low
/// four bits; where either is 15, a varint with what goes beyond 15, the shared one first; then
/// the new bytes.
enum FrontCoding {
    /// The count of bytes that two strings share at their start.
    @inline(__always)
    static func sharedCount(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int
    {
        let limit = min(left.count, right.count)
        var count = 0
        while count < limit, left[count] == right[count] { count &+= 1 }
        return count
    }

    /// Appends an entry.
    static func write(
        _ string: UnsafeRawBufferPointer, shared: Int, to output: inout GrowingBytes
    ) {
        let fresh = string.count - shared
        output.u8(UInt8(min(shared, 15) << 4 | min(fresh, 15)))
        if shared >= 15 { output.varint(UInt64(shared - 15)) }
        if fresh >= 15 { output.varint(UInt64(fresh - 15)) }
        output.append(UnsafeRawBufferPointer(rebasing: string[shared...]))
    }

    /// An entry: the bytes that it shares, and the place and number of its new ones.
    typealias Entry = (shared: Int, start: Int, count: Int)

    /// Reads the counts of an entry and passes over its new bytes.
    @inline(__always)
    static func read(_ cursor: inout ByteCursor) -> Entry? {
        guard let head = cursor.u8() else { return nil }
        var shared = Int(head &>> 4)
        var count = Int(head & 15)
        if shared == 15 {
            guard let more = cursor.varint(), more < 1 << 32 else { return nil }
            shared &+= Int(truncatingIfNeeded: more)
        }
        if count == 15 {
            guard let more = cursor.varint(), more < 1 << 32 else { return nil }
            count &+= Int(truncatingIfNeeded: more)
        }
        guard let start = cursor.skip(count) else { return nil }
        return (shared, start, count)
    }

    /// Makes the next string of the one before; false where that is too short.
    @inline(__always)
    static func apply(
        _ entry: Entry, of cursor: ByteCursor,
        to string: inout [UInt8]
    ) -> Bool {
        guard entry.shared <= string.count else { return false }
        string.removeLast(string.count &- entry.shared)
        string.append(
            contentsOf: UnsafeRawBufferPointer(
                start: cursor.base + entry.start, count: entry.count))
        return true
    }
}
