/// For what is asked of every match and is no hit list: exports, histograms. These go document by
/// document through a closure, so they are not for the hot path of a search.
extension Searcher {
    /// Visits the live documents that match, segment by segment, in ascending order.
    ///
    /// - Parameters:
    ///   - query: What to match.
    ///   - deadline: When it has to be over.
    ///   - body: Gets each address; `false` ends the visit.
    /// - Throws: as `search`, and what `body` throws.
    public func forEachMatch(
        _ query: Query, deadline: ContinuousClock.Instant? = nil,
        _ body: (DocumentAddress) throws(IndexError) -> Bool
    ) throws(IndexError) {
        var offsets: [UInt32] = []
        try forEachWindow(query, deadline: deadline) {
            ordinal, window, matches throws(IndexError) in
            offsets.removeAll(keepingCapacity: true)
            matches.forEachOffset { offsets.append($0) }
            for offset in offsets {
                let address = DocumentAddress(segment: ordinal, document: window.base + offset)
                guard try body(address) else { return false }
            }
            return true
        }
    }

    /// Counts the matching documents by their number in a field, as `bucket` groups the numbers.
    ///
    /// - Parameters:
    ///   - query: What to match.
    ///   - field: The number field.
    ///   - deadline: When it has to be over.
    ///   - bucket: The bucket of a number.
    /// - Returns: the buckets that have a document; documents without a number are in none.
    /// - Throws: as `search`.
    public func numberCounts(
        _ query: Query, _ field: FieldID, deadline: ContinuousClock.Instant? = nil,
        bucket: (Int64) -> Int64
    ) throws(IndexError) -> [Int64: Int] {
        var counts: [Int64: Int] = [:]
        var column: (ordinal: Int, column: NumberColumn?) = (-1, nil)
        try forEachWindow(query, deadline: deadline) {
            ordinal, window, matches throws(IndexError) in
            if column.ordinal != ordinal {
                column = (ordinal, try snapshot.segments[ordinal].numbers(field))
            }
            guard let numbers = column.column else { return true }
            matches.forEachOffset { offset in
                guard let value = numbers.value(of: window.base + offset) else { return }
                counts[bucket(value), default: 0] += 1
            }
            return true
        }
        return counts
    }

    private func forEachWindow(
        _ query: Query, deadline: ContinuousClock.Instant?,
        _ body: (Int, DocumentWindow, WindowBits) throws(IndexError) -> Bool
    ) throws(IndexError) {
        let plan = try planner.plan(query)
        let live = WindowBits.allocateWindow()
        defer { live.deallocate() }
        for (ordinal, segment) in snapshot.segments.enumerated() {
            let builder = NodeBuilder(segment: segment, ordinal: ordinal)
            guard let root = try builder.node(plan) else { continue }
            var target: UInt32 = 0
            while target < segment.documentCount {
                let next = try root.advance(to: target)
                if next >= segment.documentCount { break }
                if let deadline, ContinuousClock.now >= deadline { throw .deadlineExceeded }
                let window = DocumentWindow(around: next, documentCount: segment.documentCount)
                target = window.end
                Deletions.fillLive(segment.deletions, window, live)
                try root.match(window, live)
                if root.matches.isWindowEmpty() { continue }
                guard try body(ordinal, window, root.matches) else { return }
            }
        }
    }
}
