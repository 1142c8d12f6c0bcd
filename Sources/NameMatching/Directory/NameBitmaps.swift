/// The names of frequent words as bits, so that a name is looked up in a row at once.
///
/// Only rows that hold a good part of all names have bits: they cost a bit a name.
struct NameBitmaps: Sendable {
    private var bits: [UInt64] = []
    private var places: [UInt32: Int] = [:]
    private var stride = 0

    /// Of fewer names rows are gone through as fast.
    private static let fewestNames = 8192
    /// A row has bits from this part of all names on.
    private static let share = 128

    /// No bits.
    init() {}

    /// The bits of the frequent rows among `names[starts[r]..<starts[r + 1]]`.
    init(_ starts: [UInt32], _ names: [UInt32], nameCount: Int) {
        guard nameCount >= Self.fewestNames, starts.count > 1 else { return }
        stride = nameCount / 64 + 1
        for row in 0..<starts.count - 1 {
            let range = Int(starts[row])..<Int(starts[row + 1])
            guard range.count >= nameCount / Self.share else { continue }
            let start = bits.count
            places[UInt32(row)] = start
            bits += [UInt64](repeating: 0, count: stride)
            for name in names[range] { bits[start + Int(name >> 6)] |= 1 << UInt64(name & 63) }
        }
    }

    /// The bits of a row; `nil` where it is not frequent.
    func row(_ number: UInt32) -> ArraySlice<UInt64>? {
        guard let start = places[number] else { return nil }
        return bits[start..<start + stride]
    }

    /// About how many bytes they take.
    var byteCount: Int { bits.count * 8 + places.count * 24 }
}
