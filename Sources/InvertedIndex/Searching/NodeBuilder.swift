/// Makes the operators of a plan for one segment.
struct NodeBuilder {
    /// The segment.
    let segment: Segment
    /// Its place in the snapshot.
    let ordinal: Int

    /// The operator of a plan; nil if nothing in the segment can match.
    func node(_ plan: PlannedQuery) throws(IndexError) -> WindowNode? {
        try node(plan, nil)
    }

    /// The operator of a plan that gives or takes frequencies.
    private func node(
        _ plan: PlannedQuery, _ kept: KeptFrequencies?
    ) throws(IndexError) -> WindowNode? {
        switch plan {
        case .everything: return EverythingNode(cost: UInt64(segment.documentCount))
        case .nothing: return nil
        case .group(let group): return try TermGroupNode(group, segment, ordinal, kept)
        case .phrase(let phrase): return try PhraseNode(phrase, segment, ordinal, kept)
        case .terms(let set): return try termSet(set)
        case .range(let field, let range): return try self.range(field, range)
        case .exists(let field): return try exists(field)
        case .keys(let keys): return try self.keys(keys)
        case .boolean(let boolean): return try self.boolean(boolean, kept)
        }
    }

    private func boolean(
        _ boolean: PlannedBoolean, _ outer: KeptFrequencies?
    ) throws(IndexError) -> WindowNode? {
        let isUnion =
            boolean.must.isEmpty && boolean.filter.isEmpty && boolean.mustNot.isEmpty
            && boolean.minimumShould <= 1
        // Of a union all parts are asked for the same documents; elsewhere they may not be.
        let kept =
            isUnion ? outer : isFrequent(boolean.must) ? KeptFrequencies(of: boolean.should) : nil
        var must: [WindowNode] = []
        for part in boolean.must {
            guard let node = try node(part, kept) else { return nil }
            must.append(node)
        }
        if !isUnion { kept?.close() }
        var filter: [WindowNode] = []
        for part in boolean.filter {
            guard let node = try node(part) else { return nil }
            filter.append(node)
        }
        var should: [WindowNode] = []
        for part in boolean.should {
            if let node = try node(part, kept) { should.append(node) }
        }
        if should.count < boolean.minimumShould { return nil }
        var mustNot: [WindowNode] = []
        for part in boolean.mustNot {
            if let node = try node(part) { mustNot.append(node) }
        }
        return BooleanNode(
            must: must, filter: filter, should: should, mustNot: mustNot,
            minimumShould: boolean.minimumShould, documentCount: UInt64(segment.documentCount))
    }

    /// Whether all words that have to be there are frequent: else few documents are bounded, and
    /// keeping frequencies costs more than it spares.
    private func isFrequent(_ must: [PlannedQuery]) -> Bool {
        must.allSatisfy { part in
            guard case .group(let group) = part else { return true }
            return group.alternatives.contains {
                ($0.entries[ordinal]?.documentFrequency ?? 0) >= NodeBuilder.frequentCount
            }
        }
    }

    private static let frequentCount = 1024

    /// The union of all postings as a set of bits; never more work than reading them once.
    private func termSet(_ set: PlannedTermSet) throws(IndexError) -> WindowNode? {
        let entries = set.entries[ordinal]
        if entries.isEmpty { return nil }
        var bits = SegmentBits(documentCount: segment.documentCount)
        // At most so many; an estimate is enough.
        var postingCount: UInt64 = 0
        let field = segment.content.field(set.field)
        let buffers = PostingsBuffers()
        for entry in entries {
            postingCount += UInt64(entry.documentFrequency)
            if entry.documentFrequency == 1 {
                bits.insert(entry.document)
                continue
            }
            var cursor = try segment.content.postings(entry, field, buffers: buffers)
            while try cursor.nextBlock() {
                try cursor.decodeDocuments()
                bits.insert(cursor.documents, count: cursor.count)
            }
        }
        return bits.node(cost: postingCount)
    }

    private func range(
        _ field: FieldID, _ range: ClosedRange<Int64>
    ) throws(IndexError) -> WindowNode? {
        guard let column = try segment.numbers(field), column.bounds.overlaps(range) else {
            return nil
        }
        return ColumnNode(cost: UInt64(segment.documentCount)) { document in
            column.value(of: document).map { range.contains($0) } ?? false
        }
    }

    private func exists(_ field: FieldID) throws(IndexError) -> WindowNode? {
        let cost = UInt64(segment.documentCount)
        if let column = try segment.numbers(field) {
            return ColumnNode(cost: cost) { column.value(of: $0) != nil }
        }
        if let column = try segment.keywords(field) {
            return ColumnNode(cost: cost) { !column.ordinals(of: $0).isEmpty }
        }
        guard segment.content.field(field).hasLengths, let lengths = segment.lengths(field) else {
            return nil
        }
        return ColumnNode(cost: cost) { lengths[$0] != 0 }
    }

    private func keys(_ keys: [[UInt8]]) throws(IndexError) -> WindowNode? {
        var bits = SegmentBits(documentCount: segment.documentCount)
        var count: UInt64 = 0
        for key in keys {
            guard let document = try segment.liveDocument(withKey: key.span) else { continue }
            bits.insert(document)
            count += 1
        }
        return count == 0 ? nil : bits.node(cost: count)
    }
}

/// One bit for each document of a segment.
struct SegmentBits {
    private var words: [UInt64]

    /// An empty set.
    init(documentCount: UInt32) {
        words = [UInt64](repeating: 0, count: (Int(documentCount) + 63) / 64)
    }

    /// Adds a document.
    ///
    /// - Requires: it is in the segment.
    mutating func insert(_ document: UInt32) {
        words[Int(document / 64)] |= 1 &<< UInt64(document & 63)
    }

    /// Adds the documents of a block.
    ///
    /// - Requires: all are in the segment, as the cursor has checked.
    mutating func insert(_ documents: UnsafePointer<UInt32>, count: Int) {
        words.withUnsafeMutableBufferPointer { words in
            for index in 0..<count {
                let document = documents[index]
                words[Int(document &>> 6)] |= 1 &<< UInt64(document & 63)
            }
        }
    }

    /// Whether a document is in the set.
    ///
    /// - Requires: it is in the segment.
    func contains(_ document: UInt32) -> Bool {
        words[Int(document &>> 6)] &>> UInt64(document & 63) & 1 != 0
    }

    /// An operator for the set, which has about `cost` documents.
    func node(cost: UInt64) -> WindowNode { DocumentSetNode(words: words, cost: cost) }
}
