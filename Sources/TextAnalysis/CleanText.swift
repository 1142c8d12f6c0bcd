/// A stretch of a text as clean UTF-16, each unit with the bytes of the original it stands for.
///
/// Invariants: 1. `units`, `starts` and `ends` hold at least `count` entries. 2. `starts` never
/// descends. 3. `starts[i] < ends[i]`; both are borders of scalars where the bytes are UTF-8.
///
/// The entries lie in memory of its own, since every stage reads them one by one: an index is
/// checked in builds for debugging only. Not copied, freed with its owner.
struct CleanText: ~Copyable {
    /// Entries that may be written behind the last one, so that several are at once.
    static let slack = 8

    private(set) var units: UnsafeMutableBufferPointer<UInt16> = .allocate(capacity: 0)
    /// Byte offset in the whole text at which the source of each unit begins.
    private(set) var starts: UnsafeMutableBufferPointer<UInt32> = .allocate(capacity: 0)
    /// Byte offset after the source of each unit, with the marks that were dropped after it.
    private(set) var ends: UnsafeMutableBufferPointer<UInt32> = .allocate(capacity: 0)
    var count = 0

    init() {}

    deinit { free() }

    /// Empties the text and makes room for `capacity` units.
    mutating func reset(capacity: Int) {
        count = 0
        guard units.count < capacity + Self.slack else { return }
        free()
        let room = capacity + Self.slack
        units = .allocate(capacity: room)
        units.initialize(repeating: 0)
        starts = .allocate(capacity: room)
        starts.initialize(repeating: 0)
        ends = .allocate(capacity: room)
        ends.initialize(repeating: 0)
    }

    private func free() {
        units.deallocate()
        starts.deallocate()
        ends.deallocate()
    }
}
