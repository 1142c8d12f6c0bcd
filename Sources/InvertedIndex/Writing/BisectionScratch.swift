import Glibc

/// Memory of one thread for splitting, kept from part to part.
final class BisectionScratch {
    /// For each term the documents of the left half that have it; zeros after `prepare`.
    private(set) var left: UnsafeMutablePointer<UInt32>
    /// The same of the right half.
    private(set) var right: UnsafeMutablePointer<UInt32>
    /// For each term how much it draws to the right.
    private(set) var bias: UnsafeMutablePointer<Float>
    /// For each document its bias and its place, as `key` makes them.
    private(set) var keys: UnsafeMutablePointer<UInt64>
    /// The same, to be put in another order.
    private(set) var selected: UnsafeMutablePointer<UInt64>
    /// For each document anything.
    private(set) var documents: UnsafeMutablePointer<UInt32>

    private var termCapacity = 0
    private var documentCapacity = 0
    /// Logarithms of small numbers, to base 2, each of the number and 1.
    private let logarithms: [Float] = (0..<logarithmCount).map { log2f(Float($0 + 1)) }
    private static let logarithmCount = 4096

    /// Memory for nothing yet.
    init() {
        left = .allocate(capacity: 0)
        right = .allocate(capacity: 0)
        bias = .allocate(capacity: 0)
        keys = .allocate(capacity: 0)
        selected = .allocate(capacity: 0)
        documents = .allocate(capacity: 0)
    }

    deinit {
        freeTerms()
        freeDocuments()
    }

    private func freeTerms() {
        left.deallocate()
        right.deallocate()
        bias.deallocate()
    }

    private func freeDocuments() {
        keys.deallocate()
        selected.deallocate()
        documents.deallocate()
    }

    /// Makes room and counts no documents.
    func prepare(documentCount: Int, termCount: Int) {
        if termCount > termCapacity {
            freeTerms()
            termCapacity = termCount
            left = .allocate(capacity: termCount)
            right = .allocate(capacity: termCount)
            bias = .allocate(capacity: termCount)
        }
        if documentCount > documentCapacity {
            freeDocuments()
            documentCapacity = documentCount
            keys = .allocate(capacity: documentCount)
            selected = .allocate(capacity: documentCount)
            documents = .allocate(capacity: documentCount)
        }
        left.update(repeating: 0, count: termCount)
        right.update(repeating: 0, count: termCount)
    }

    /// Computes how much each term draws its documents to the right: the more of them are there
    /// and the fewer here, the more.
    ///
    /// - Source: the approximate gain of Mackenzie, Petri, Moffat, *Tradeoff Options for Bipartite
    ///   Graph Partitioning* (2021): what a move changes in the sum of log-gaps of a term, as the
    ///   difference of the logarithms of its frequencies on both sides.
    func computeBias(termCount: Int) {
        logarithms.withUnsafeBufferPointer { logarithms in
            @inline(__always)
            func logarithm(_ degree: UInt32) -> Float {
                degree < Self.logarithmCount
                    ? logarithms[Int(degree)] : log2f(Float(degree &+ 1))
            }
            for term in 0..<termCount {
                bias[term] = logarithm(right[term]) - logarithm(left[term])
            }
        }
    }

    /// A number that is in the order of biases, and of places where these are the same.
    @inline(__always)
    static func key(_ bias: Float, _ place: Int) -> UInt64 {
        let bits = bias.bitPattern
        let ordered = bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
        return UInt64(ordered) &<< 32 | UInt64(truncatingIfNeeded: place)
    }

    /// The number of a rank among the first `count` of `selected`, which are put in another order.
    func select(rank: Int, of count: Int) -> UInt64 {
        var low = 0
        var high = count - 1
        while low < high {
            let (first, middle, last) = (selected[low], selected[(low + high) / 2], selected[high])
            let pivot = max(min(first, middle), min(max(first, middle), last))
            var left = low
            var right = high
            while left <= right {
                while selected[left] < pivot { left &+= 1 }
                while selected[right] > pivot { right &-= 1 }
                guard left <= right else { break }
                swap(&selected[left], &selected[right])
                left &+= 1
                right &-= 1
            }
            if rank <= right {
                high = right
            } else if rank >= left {
                low = left
            } else {
                break
            }
        }
        return selected[rank]
    }
}
