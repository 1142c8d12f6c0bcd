/// The documents of a merge in another order than that in which they were added.
struct MergeOrder {
    /// A document of a segment that is merged.
    struct Origin: Equatable {
        /// Which of the segments.
        var source: UInt32
        /// Its number there.
        var document: UInt32
    }

    /// The documents by their new numbers.
    let origins: [Origin]
    /// How much of the stored bytes is read before it is written in the new order; less would read
    /// more blocks again.
    var windowByteCount = 32 << 20
    /// How many occurrences of a term are gathered at once, up to some thirty bytes each.
    var occurrenceLimit = 1 << 21

    /// The order of a permutation: for each new number that of the document by the maps of the
    /// sources, which are changed to the new numbers.
    ///
    /// - Requires: each live document is there once.
    init(_ sources: [MergeSource], order: [UInt32]) {
        var origins = [Origin](
            repeating: Origin(source: .max, document: .max), count: order.count)
        for (place, source) in sources.enumerated() {
            for document in 0..<source.segment.documentCount {
                let target = source.documentMap[Int(document)]
                guard target != .max else { continue }
                origins[Int(target)] = Origin(
                    source: UInt32(truncatingIfNeeded: place), document: document)
            }
        }
        var numbers = [UInt32](repeating: .max, count: order.count)
        for (number, added) in order.enumerated() {
            precondition(numbers[Int(added)] == .max, "each document is there once")
            numbers[Int(added)] = UInt32(truncatingIfNeeded: number)
        }
        for source in sources {
            source.documentMap = source.documentMap.map { $0 == .max ? .max : numbers[Int($0)] }
        }
        self.origins = order.map { origins[Int($0)] }
    }

    /// The order that bisection finds; `nil` where it was told to stop.
    ///
    /// - Requires: `field` is one of keywords.
    static func bisected(
        _ sources: [MergeSource], clusterBy field: FieldID?, threadCount: Int,
        shouldStop: () -> Bool
    ) throws(IndexError) -> MergeOrder? {
        let documentCount = sources.reduce(0) { $0 + Int($1.segment.liveCount) }
        let choice = ForwardIndex.Choice(documentCount: documentCount)
        var (order, groups) = try clusters(sources, documentCount, by: field)
        guard
            let index = try ForwardIndex(
                sources, documentCount: documentCount, choice, shouldStop: shouldStop)
        else { return nil }
        var bisection = GraphBisection()
        bisection.threadCount = threadCount
        guard bisection.sort(&order, groups: groups, by: index, shouldStop: shouldStop) else {
            return nil
        }
        return MergeOrder(sources, order: order)
    }

    /// The documents sorted by the least value of a keyword field, those without first; documents
    /// of one value keep their order and are a group.
    private static func clusters(
        _ sources: [MergeSource], _ documentCount: Int, by field: FieldID?
    ) throws(IndexError) -> (order: [UInt32], groups: [Range<Int>]) {
        let added = [UInt32](0..<UInt32(documentCount))
        guard let field else { return (added, [0..<documentCount]) }
        var columns: [KeywordColumn?] = []
        var places: [[UInt8]: Int] = [:]
        for source in sources {
            let column = try source.segment.content.keywords(Int(field.rawValue))
            for ordinal in 0..<(column?.valueCount ?? 0) {
                if let value = try column?.value(ordinal) { places[value] = 0 }
            }
            columns.append(column)
        }
        for (place, value) in places.keys.sorted(by: { $0.lexicographicallyPrecedes($1) })
            .enumerated()
        {
            places[value] = place + 1
        }
        var cluster = [Int](repeating: 0, count: documentCount)
        for (source, column) in zip(sources, columns) {
            guard let column else { continue }
            var known: [Int] = []
            for ordinal in 0..<column.valueCount {
                known.append(places[try column.value(ordinal)] ?? 0)
            }
            for document in 0..<source.segment.documentCount {
                let target = source.documentMap[Int(document)]
                guard target != .max, let ordinal = column.ordinals(of: document).first else {
                    continue
                }
                cluster[Int(target)] = known[Int(ordinal)]
            }
        }
        var ends = [Int](repeating: 0, count: places.count + 1)
        for place in cluster { ends[place] += 1 }
        var groups: [Range<Int>] = []
        var start = 0
        for place in ends.indices {
            groups.append(start..<start + ends[place])
            start += ends[place]
            ends[place] = groups[place].lowerBound
        }
        var order = added
        for document in added {
            let place = cluster[Int(document)]
            order[ends[place]] = document
            ends[place] += 1
        }
        return (order, groups)
    }
}
