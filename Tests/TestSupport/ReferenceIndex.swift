public import InvertedIndex

/// The searches of `Searcher`, done the slow and obvious way over lists of tokens.
///
/// It shares no code with the index: every document is looked at for every query, scores are
/// computed from their formulas in `Double`. Documents that were deleted stay in the statistics
/// until `mergeAll`, as in the index.
public struct ReferenceIndex: Sendable {
    /// A document in its segment.
    public struct Entry: Sendable {
        /// What was added.
        public var document: ReferenceDocument
        /// Whether it was deleted or replaced.
        public var isDeleted: Bool
        let counts: ReferenceCounts

        init(_ document: ReferenceDocument) {
            self.document = document
            isDeleted = false
            counts = ReferenceCounts(document)
        }
    }

    /// A document that matches.
    public struct Hit: Sendable {
        /// Its key.
        public var key: [UInt8]
        /// Its segment and number.
        public var address: DocumentAddress
        /// Its score.
        public var score: Double
        /// The number it is sorted by.
        public var sortValue: Int64?
        let document: ReferenceDocument
    }

    /// The fields.
    public let schema: IndexSchema
    /// The weights.
    public let scoring: Scoring
    /// The documents as they stand in the index.
    public private(set) var segments: [[Entry]] = []
    private(set) var statistics = ReferenceStatistics()
    /// Where the live document of each key is.
    private var live: [[UInt8]: (segment: Int, number: Int)] = [:]

    /// An empty index.
    public init(schema: IndexSchema, scoring: Scoring) {
        self.schema = schema
        self.scoring = scoring
    }

    /// All documents that are not deleted.
    public var liveKeys: [[UInt8]] {
        segments.flatMap { $0.filter { !$0.isDeleted }.map(\.document.key) }
    }

    /// Adds a segment; the last document with a key replaces all before.
    public mutating func add(_ documents: [ReferenceDocument]) {
        segments.append([])
        for document in documents {
            delete(document.key)
            live[document.key] = (segments.count - 1, segments[segments.count - 1].count)
            segments[segments.count - 1].append(Entry(document))
        }
        refresh()
    }

    /// Deletes a document.
    public mutating func delete(_ key: [UInt8]) {
        guard let place = live.removeValue(forKey: key) else { return }
        segments[place.segment][place.number].isDeleted = true
    }

    /// Brings all live documents into one segment, in the order of the given addresses.
    public mutating func mergeAll(addressOf address: ([UInt8]) -> DocumentAddress?) {
        let ordered = segments.joined().filter { !$0.isDeleted }.sorted {
            (address($0.document.key)?.document ?? 0) < (address($1.document.key)?.document ?? 0)
        }
        segments = [ordered]
        relocate()
    }

    /// Drops segments without live documents, as a commit does.
    public mutating func dropEmptySegments() {
        segments.removeAll { $0.allSatisfy(\.isDeleted) }
        relocate()
    }

    private mutating func relocate() {
        for (segment, entries) in segments.enumerated() {
            for (number, entry) in entries.enumerated() where !entry.isDeleted {
                live[entry.document.key] = (segment, number)
            }
        }
        refresh()
    }

    private mutating func refresh() {
        statistics = ReferenceStatistics(
            entries: segments.joined().map { $0 }, schema: schema)
    }

    // MARK: - Searching

    /// All matching documents in the order asked for, not cut at the limit.
    public func hits(_ query: Query, order: SearchOptions.Order = .score) -> [Hit] {
        let query = resolved(query)
        var hits: [Hit] = []
        for (segment, entries) in segments.enumerated() {
            for (number, entry) in entries.enumerated() where !entry.isDeleted {
                guard let score = score(query, entry) else { continue }
                var value: Int64?
                if case .number(let field, _) = order { value = entry.document.numbers[field] }
                let address = DocumentAddress(segment: segment, document: UInt32(number))
                hits.append(
                    Hit(
                        key: entry.document.key, address: address, score: score, sortValue: value,
                        document: entry.document))
            }
        }
        return hits.sorted { left, right in
            if case .number(_, let isDescending) = order, left.sortValue != right.sortValue {
                guard let first = left.sortValue else { return false }
                guard let second = right.sortValue else { return true }
                return isDescending ? first > second : first < second
            }
            if left.score != right.score { return left.score > right.score }
            return (left.address.segment, left.address.document)
                < (right.address.segment, right.address.document)
        }
    }

    /// The values of a keyword field over some documents, most first, ties by value.
    public func facet(_ hits: [Hit], _ field: FieldID) -> [(value: [UInt8], count: Int)] {
        var counts: [[UInt8]: Int] = [:]
        for hit in hits {
            for value in Set(hit.document.keywords[field] ?? []) { counts[value, default: 0] += 1 }
        }
        return counts.map { (value: $0.key, count: $0.value) }.sorted {
            $0.count != $1.count
                ? $0.count > $1.count : $0.value.lexicographicallyPrecedes($1.value)
        }
    }

    /// The least and the greatest number of some documents.
    public func numberRange(_ hits: [Hit], _ field: FieldID) -> ClosedRange<Int64>? {
        let values = hits.compactMap { $0.document.numbers[field] }
        guard let least = values.min(), let greatest = values.max() else { return nil }
        return least...greatest
    }

    /// How many documents have a term, deleted ones included.
    public func documentFrequency(_ field: FieldID, _ term: [UInt8]) -> Int {
        statistics.documentFrequencies[field]?[term] ?? 0
    }

    /// The terms of a text field with their document frequencies.
    public func terms(_ field: FieldID) -> [[UInt8]: Int] {
        statistics.documentFrequencies[field] ?? [:]
    }
}
