/// Values that grow at their end, for the inner loops of analysis: no checks of exclusivity or
/// uniqueness, no counting of references, an index checked in builds for debugging only.
///
/// Not copied, freed with its owner.
struct GrowingRow<Element: BitwiseCopyable>: ~Copyable {
    private var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    /// No values.
    init(capacity: Int = 64) {
        self.capacity = max(1, capacity)
        base = .allocate(capacity: self.capacity)
    }

    deinit { base.deallocate() }

    /// The values, in place until the next one is appended.
    @inline(__always)
    var elements: UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }

    /// Forgets the values from `newCount` on, and keeps the room.
    @inline(__always)
    mutating func truncate(to newCount: Int = 0) {
        precondition(newCount <= count, "values are only forgotten")
        count = newCount
    }

    /// Appends a value.
    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { grow(to: count &+ 1) }
        (base + count).initialize(to: element)
        count &+= 1
    }

    /// Appends so many values that the caller writes before it reads them.
    @inline(__always)
    mutating func extend(by more: Int) -> UnsafeMutablePointer<Element> {
        if capacity &- count < more { grow(to: count &+ more) }
        count &+= more
        return base + (count &- more)
    }

    @inline(never)
    private mutating func grow(to least: Int) {
        capacity = max(least, capacity * 2)
        let grown = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
        grown.update(from: base, count: count)
        base.deallocate()
        base = grown
    }
}
