/// The occurrences of one field of a builder, in the order in which they came.
///
/// Each is the number of its term and, with positions, a byte: the distance of its position from
/// the one before in the document. So adding one writes to the ends of two blocks of memory and
/// waits for nothing; what belongs to one term is found when the segment is written.
///
/// Not copied, freed with its owner.
struct OccurrenceLog: ~Copyable {
    /// The step that stands for one that does not fit a byte; that is the next of `longSteps`.
    static let longStep: UInt8 = .max

    /// Whether its occurrences have positions.
    let hasPositions: Bool
    private var termBytes = GrowingBytes(capacity: 64)
    private var stepBytes = GrowingBytes(capacity: 64)
    private var longStepBytes = GrowingBytes(capacity: 64)
    private var endBytes = GrowingBytes(capacity: 64)
    private var position: UInt32 = 0
    private var greatestPosition: UInt32 = 0

    /// The documents that have the field, and where in the log each ends.
    struct End {
        /// The document.
        var document: UInt32
        /// The number of occurrences up to its last one.
        var end: UInt32
    }

    /// An empty log.
    init(hasPositions: Bool) { self.hasPositions = hasPositions }

    /// The number of occurrences.
    var count: Int { termBytes.count / 4 }
    /// The memory in use, in bytes.
    var byteCount: Int {
        termBytes.count + stepBytes.count + longStepBytes.count + endBytes.count
    }

    /// Whether documents and positions fit 16 bits.
    var isNarrow: Bool {
        greatestPosition <= UInt16.max && ends.last?.document ?? 0 <= UInt16.max
    }

    // Written below, whole values each.

    /// The term of each occurrence.
    var terms: UnsafeBufferPointer<UInt32> { termBytes.bytes.assumingMemoryBound(to: UInt32.self) }
    /// The step of each occurrence; none without positions.
    var steps: UnsafeBufferPointer<UInt8> { stepBytes.bytes.assumingMemoryBound(to: UInt8.self) }
    /// The steps that do not fit a byte.
    var longSteps: UnsafeBufferPointer<UInt32> {
        longStepBytes.bytes.assumingMemoryBound(to: UInt32.self)
    }
    /// The documents, ascending.
    var ends: UnsafeBufferPointer<End> { endBytes.bytes.assumingMemoryBound(to: End.self) }

    /// Adds an occurrence to the document that comes.
    ///
    /// - Requires: its position is not before the last of the document.
    /// - Returns: its place in the log.
    @inline(__always)
    @discardableResult
    mutating func add(_ term: Int, position: UInt32) -> Int {
        let place = count
        termBytes.u32(UInt32(truncatingIfNeeded: term))
        guard hasPositions else { return place }
        let step = position &- self.position
        self.position = position
        if step < UInt32(Self.longStep) {
            stepBytes.u8(UInt8(truncatingIfNeeded: step))
        } else {
            stepBytes.u8(Self.longStep)
            longStepBytes.u32(step)
        }
        return place
    }

    /// Tells the term of an occurrence that was added without knowing it.
    ///
    /// - Requires: the place is one that `add` returned.
    @inline(__always)
    mutating func setTerm(_ term: Int, at place: Int) {
        termBytes.base.storeBytes(
            of: UInt32(truncatingIfNeeded: term), toByteOffset: place &* 4, as: UInt32.self)
    }

    /// Ends a document, which has the field if something was added.
    @inline(__always)
    mutating func endDocument(_ document: UInt32) {
        let count = count
        guard count > ends.last.map({ Int($0.end) }) ?? 0 else { return }
        precondition(count <= Int(UInt32.max), "a builder is written before it holds 4 GiB")
        endBytes.u32(document)
        endBytes.u32(UInt32(truncatingIfNeeded: count))
        greatestPosition = max(greatestPosition, position)
        position = 0
    }

    /// Forgets all occurrences; their memory is kept for the next ones.
    mutating func removeAll() {
        termBytes.truncate()
        stepBytes.truncate()
        longStepBytes.truncate()
        endBytes.truncate()
        greatestPosition = 0
    }
}
