extension Searcher {
    /// Which of some live documents match a query, in the order given.
    ///
    /// - Requires: the addresses are of this snapshot.
    /// - Cost: one plan of the query, and for each document about a dozen postings of each term.
    public func matches(
        _ query: Query, _ addresses: [DocumentAddress]
    ) throws(IndexError) -> [Bool] {
        var result = [Bool](repeating: false, count: addresses.count)
        let plan = try planner.plan(query)
        let asked = WindowBits.allocateWindow()
        defer { asked.deallocate() }
        // Nodes are run forward.
        var places = addresses.indices.sorted {
            (addresses[$0].segment, addresses[$0].document)
                < (addresses[$1].segment, addresses[$1].document)
        }[...]
        while let first = places.first {
            let ordinal = addresses[first].segment
            let segment = snapshot.segments[ordinal]
            let end = places.firstIndex { addresses[$0].segment != ordinal } ?? places.endIndex
            var own = places[..<end]
            places = places[end...]
            guard let node = try NodeBuilder(segment: segment, ordinal: ordinal).node(plan) else {
                continue
            }
            while let place = own.first {
                let window = DocumentWindow(
                    around: addresses[place].document, documentCount: segment.documentCount)
                let end = own.firstIndex { addresses[$0].document >= window.end } ?? own.endIndex
                asked.clearWindow()
                for place in own[..<end] where !segment.isDeleted(addresses[place].document) {
                    asked.insert(addresses[place].document - window.base)
                }
                try node.match(window, asked)
                for place in own[..<end] {
                    result[place] = node.matches.contains(addresses[place].document - window.base)
                }
                own = own[end...]
            }
        }
        return result
    }
}
