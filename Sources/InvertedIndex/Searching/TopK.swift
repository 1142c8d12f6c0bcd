/// The best documents so far by score, ties by number.
///
/// Documents mostly come in ascending order of their number, so one that only equals the worst kept
/// score never enters: `score > threshold` is the whole test, and whatever cannot get above
/// `threshold` may be left out.
struct TopK {
    /// The score that a document has to exceed; minus infinity until `limit` are kept or a score
    /// is known that as many reach.
    private(set) var threshold: Float
    /// Whether each document has a greater number than all before it.
    ///
    /// If not, one may enter that only equals the worst kept, and the threshold lets it through.
    var isAscending = true {
        didSet {
            threshold = isAscending ? max(threshold, worst) : threshold.nextDown
        }
    }
    /// A heap with the worst on top: the score, made to order as an integer, above the
    /// complement of the number.
    private var heap: [UInt64] = []
    /// How many are kept.
    let limit: Int

    /// Keeps at most `limit`.
    init(limit: Int) {
        self.limit = max(0, limit)
        threshold = limit > 0 ? -.infinity : .infinity
        heap.reserveCapacity(min(self.limit, 1024))
    }

    /// Keeps out what does not reach a score that at least as many documents as are kept have.
    mutating func raise(toReach score: Float) {
        threshold = max(threshold, score.nextDown)
    }

    /// The worst score once `limit` are kept.
    private var worst: Float {
        heap.count < limit ? -.infinity : heap.first.map(TopK.score) ?? threshold
    }

    /// Forgets the documents from a number on, but not what score as many as are kept reach.
    mutating func forget(from number: UInt32) {
        if isAscending { threshold = threshold.nextDown }
        heap.removeAll { ~UInt32(truncatingIfNeeded: $0) >= number }
        // What ascends is a heap.
        heap.sort()
    }

    /// Offers a document that was not offered before.
    @inline(__always)
    mutating func offer(_ score: Float, _ number: UInt32) {
        if score > threshold { insert(score, number) }
    }

    private mutating func insert(_ score: Float, _ number: UInt32) {
        let key = TopK.key(score, number)
        if heap.count < limit {
            heap.append(key)
            siftUp(heap.count - 1)
            if heap.count < limit { return }
        } else {
            if key < heap[0] { return }
            heap[0] = key
            siftDown()
        }
        threshold = max(threshold, isAscending ? worst : worst.nextDown)
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            if heap[parent] <= heap[child] { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        let count = heap.count
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < count, heap[left] < heap[least] { least = left }
            if left + 1 < count, heap[left + 1] < heap[least] { least = left + 1 }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    /// Best first.
    func sorted() -> [(score: Float, number: UInt32)] {
        heap.sorted(by: >).map { (TopK.score($0), ~UInt32(truncatingIfNeeded: $0)) }
    }

    /// Greater is better: the float order as unsigned integers, then the smaller number.
    private static func key(_ score: Float, _ number: UInt32) -> UInt64 {
        let bits = (score + 0).bitPattern
        let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(ordered) << 32 | UInt64(~number)
    }

    private static func score(_ key: UInt64) -> Float {
        let ordered = UInt32(truncatingIfNeeded: key >> 32)
        return Float(bitPattern: ordered & 0x8000_0000 != 0 ? ordered ^ 0x8000_0000 : ~ordered)
    }
}

/// The best documents so far by a number, documents without it last, ties by score.
struct NumberTopK {
    /// How a document compares; the least comes first.
    struct Key: Comparable {
        /// 0 with a number, 1 without.
        var isMissing: UInt8
        /// The number, mapped so that the smaller comes first.
        var rank: UInt64
        /// The score.
        var score: Float
        /// The number of the document.
        var number: UInt32

        static func < (left: Key, right: Key) -> Bool {
            if left.isMissing != right.isMissing { return left.isMissing < right.isMissing }
            if left.rank != right.rank { return left.rank < right.rank }
            if left.score != right.score { return left.score > right.score }
            return left.number < right.number
        }
    }

    /// A heap with the last on top.
    private var heap: [Key] = []
    private let limit: Int
    private let isDescending: Bool

    /// Keeps at most `limit`.
    init(limit: Int, isDescending: Bool) {
        self.limit = max(0, limit)
        self.isDescending = isDescending
    }

    /// Offers a document.
    mutating func offer(_ value: Int64?, _ score: Float, _ number: UInt32) {
        var rank: UInt64 = 0
        if let value {
            let ascending = UInt64(bitPattern: value) ^ (1 << 63)
            rank = isDescending ? ~ascending : ascending
        }
        let key = Key(
            isMissing: value == nil ? 1 : 0, rank: rank, score: score, number: number)
        if heap.count < limit {
            heap.append(key)
            var child = heap.count - 1
            while child > 0, heap[(child - 1) / 2] < heap[child] {
                heap.swapAt(child, (child - 1) / 2)
                child = (child - 1) / 2
            }
        } else if let last = heap.first, key < last {
            heap[0] = key
            siftDown()
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var greatest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[greatest] < heap[child] {
                greatest = child
            }
            if greatest == parent { return }
            heap.swapAt(parent, greatest)
            parent = greatest
        }
    }

    /// First to last.
    func sorted() -> [(value: Int64?, score: Float, number: UInt32)] {
        heap.sorted().map { key in
            let ascending = isDescending ? ~key.rank : key.rank
            let value = key.isMissing == 1 ? nil : Int64(bitPattern: ascending ^ (1 << 63))
            return (value, key.score, key.number)
        }
    }
}
