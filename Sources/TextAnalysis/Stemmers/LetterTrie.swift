/// A set of letter sequences with a number each, walked letter by letter.
///
/// - Shape: nodes in breadth-first order; the children of a node stand side by side in the order
///   of their letters, and a mask says which letters there are.
/// - Cost: a step is one mask, one population count, one addition.
struct LetterTrie: Sendable {
    private struct Node {
        var children: UInt64 = 0
        var firstChild: UInt32 = 0
        /// The value of the sequence that ends here plus one; 0 where none ends.
        var value: UInt32 = 0
    }

    private var nodes: [Node]

    /// A sequence of letters and its value.
    typealias Entry = (letters: [UInt8], value: UInt32)

    /// The node of the empty sequence.
    static let root = 0

    /// A trie of the given sequences; of equal ones the last wins.
    ///
    /// - Requires: letters below 64.
    init(_ entries: [Entry]) {
        nodes = [Node()]
        // Sorted, the sequences of a node are a range.
        let sorted = entries.indices.sorted { left, right in
            let (one, other) = (entries[left].letters, entries[right].letters)
            return one == other ? left < right : one.lexicographicallyPrecedes(other)
        }.map { entries[$0] }
        var pending = [(range: 0..<sorted.count, depth: 0)]
        var next = 0
        while next < nodes.count {
            var (range, depth) = pending[next]
            while let first = range.first, sorted[first].letters.count == depth {
                nodes[next].value = sorted[first].value + 1
                range.removeFirst()
            }
            nodes[next].firstChild = UInt32(nodes.count)
            while let first = range.first {
                let letter = sorted[first].letters[depth]
                precondition(letter < 64, "letters are below 64")
                let end = range.first { sorted[$0].letters[depth] != letter } ?? range.upperBound
                nodes[next].children |= 1 << UInt64(letter)
                nodes.append(Node())
                pending.append((first..<end, depth + 1))
                range = end..<range.upperBound
            }
            next += 1
        }
    }

    /// The node one letter further, or nil.
    @inline(__always)
    func child(of node: Int, by letter: UInt8) -> Int? {
        let bit: UInt64 = 1 &<< UInt64(letter)
        let node = nodes[node]
        guard node.children & bit != 0 else { return nil }
        return Int(node.firstChild) + (node.children & (bit - 1)).nonzeroBitCount
    }

    /// The value of the sequence that ends at a node, or nil.
    @inline(__always)
    func value(at node: Int) -> UInt32? {
        let value = nodes[node].value
        return value == 0 ? nil : value - 1
    }
}
