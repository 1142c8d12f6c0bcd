/// What a queue takes its terms from.
protocol SortedTerms {
    /// What comes with a term.
    associatedtype Entry
    /// The current term; only after `next` returned true.
    var term: [UInt8] { get }
    /// What comes with it.
    var entry: Entry { get }
    /// Goes to the next term, which is after this one; false at the end.
    mutating func next() throws(IndexError) -> Bool
}

extension TermCursor: SortedTerms {}

/// The terms of several sources in one order: by bytes, then by source.
///
/// A heap of cursors; the least is the first. Comparisons are of the first 16 bytes as two
/// numbers, and of all bytes only where these are equal.
struct TermQueue<Cursor: SortedTerms> {
    private struct Source {
        var cursor: Cursor
        /// Of its current term.
        var prefix = TermPrefix(high: 0, low: 0)
    }

    /// By place; a source that ended is not in the heap.
    private var sources: [Source] = []
    private var heap: [Int] = []

    /// Adds a cursor; places count from 0.
    mutating func add(_ cursor: Cursor, _ place: Int) throws(IndexError) {
        precondition(place == sources.count, "places are counted")
        sources.append(Source(cursor: cursor))
        guard try step(place) else { return }
        heap.append(place)
        var child = heap.count - 1
        while child > 0, isBefore(heap[child], heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// The place of the source with the least term; `nil` at the end of all.
    var first: Int? { heap.first }

    /// The current term of a source.
    func term(of place: Int) -> [UInt8] { sources[place].cursor.term }

    /// The first 16 bytes of the current term of a source.
    func prefix(of place: Int) -> TermPrefix { sources[place].prefix }

    /// Whether the current term of a source is some term, of which the prefix is known.
    func isAt(_ term: [UInt8], _ prefix: TermPrefix, in place: Int) -> Bool {
        guard sources[place].prefix == prefix else { return false }
        let current = sources[place].cursor.term
        guard current.count == term.count else { return false }
        if term.count <= TermPrefix.byteCount { return true }
        return current.withUnsafeBytes { current in
            term.withUnsafeBytes { TermDictionary.compare(current, $0) == 0 }
        }
    }

    /// What the dictionary tells of it.
    func entry(of place: Int) -> Cursor.Entry { sources[place].cursor.entry }

    /// Moves the first source to its next term.
    ///
    /// - Requires: there is a first.
    mutating func advance() throws(IndexError) {
        if try !step(heap[0]) {
            let last = heap.removeLast()
            if heap.isEmpty { return }
            heap[0] = last
        }
        var parent = 0
        while true {
            var least = parent
            let left = 2 * parent + 1
            if left < heap.count, isBefore(heap[left], heap[least]) { least = left }
            if left + 1 < heap.count, isBefore(heap[left + 1], heap[least]) { least = left + 1 }
            if least == parent { return }
            heap.swapAt(parent, least)
            parent = least
        }
    }

    private mutating func step(_ place: Int) throws(IndexError) -> Bool {
        guard try sources[place].cursor.next() else { return false }
        sources[place].prefix = sources[place].cursor.term.withUnsafeBytes {
            TermDictionary.prefix($0)
        }
        return true
    }

    private func isBefore(_ left: Int, _ right: Int) -> Bool {
        let (prefix, other) = (sources[left].prefix, sources[right].prefix)
        if prefix != other { return prefix.isBefore(other) }
        let order = sources[left].cursor.term.withUnsafeBytes { bytes in
            sources[right].cursor.term.withUnsafeBytes { TermDictionary.compare(bytes, $0) }
        }
        return order != 0 ? order < 0 : left < right
    }
}
