/// The documents that hold one of some terms, to count those in which other terms stand too.
///
/// Made once for the terms and asked for many others. Few documents are looked for in the postings
/// one by one; where that would be more work than to read the postings, these are read once, into
/// a set that later counts use as well.
public struct TermCompany {
    private let searcher: Searcher
    /// The postings of the terms, segment by segment; the most frequent first.
    private var postings: [[(field: FieldID, entry: TermEntry)]] = []
    /// Documents with any of the terms, segment by segment, once the postings have been read.
    private var sets: [SegmentBits?]
    private let buffers = PostingsBuffers()

    /// Looking for a document costs about as much as reading so many postings.
    private static let postingsPerSeek = 24

    /// The company of some terms, whatever they weigh.
    public init(
        _ searcher: Searcher, of terms: [TermGroup.Alternative]
    ) throws(IndexError) {
        self.searcher = searcher
        sets = Array(repeating: nil, count: searcher.snapshot.segments.count)
        postings = try Self.entries(terms, searcher).map { entries in
            entries.sorted { $0.entry.documentFrequency > $1.entry.documentFrequency }
        }
    }

    /// In how many live documents some of a few other terms stand in this company.
    public mutating func count(_ others: [TermGroup.Alternative]) throws(IndexError) -> Int {
        let entries = try Self.entries(others, searcher)
        var count = 0
        for (ordinal, segment) in searcher.snapshot.segments.enumerated()
        where !postings[ordinal].isEmpty {
            let documents = try documents(with: entries[ordinal], segment)
            let together = try withCompany(documents, segment, ordinal)
            count += together.count { segment.isLive($0) }
        }
        return count
    }

    /// The terms that are there, segment by segment.
    private static func entries(
        _ terms: [TermGroup.Alternative], _ searcher: Searcher
    ) throws(IndexError) -> [[(field: FieldID, entry: TermEntry)]] {
        var found = [[(field: FieldID, entry: TermEntry)]](
            repeating: [], count: searcher.snapshot.segments.count)
        for term in terms {
            for (ordinal, entry) in try searcher.entries(term.field, term.term).enumerated() {
                if let entry { found[ordinal].append((term.field, entry)) }
            }
        }
        return found
    }

    /// The documents of a segment that hold one of some terms, ascending.
    private func documents(
        with entries: [(field: FieldID, entry: TermEntry)], _ segment: Segment
    ) throws(IndexError) -> [UInt32] {
        var documents: [UInt32] = []
        for (field, entry) in entries {
            var own: [UInt32] = []
            own.reserveCapacity(Int(entry.documentFrequency))
            try forEachBlock(of: entry, field, segment) { own.append(contentsOf: $0) }
            documents = documents.isEmpty ? own : Self.merged(documents, own)
        }
        return documents
    }

    /// Two ascending rows of documents as one, each once.
    static func merged(_ left: [UInt32], _ right: [UInt32]) -> [UInt32] {
        var merged: [UInt32] = []
        merged.reserveCapacity(left.count + right.count)
        var place = 0
        for document in left {
            while place < right.count, right[place] < document {
                merged.append(right[place])
                place += 1
            }
            if place < right.count, right[place] == document { place += 1 }
            merged.append(document)
        }
        return merged + right[place...]
    }

    private func forEachBlock(
        of entry: TermEntry, _ field: FieldID, _ segment: Segment,
        _ body: (UnsafeBufferPointer<UInt32>) -> Void
    ) throws(IndexError) {
        var cursor = try self.cursor(entry, field, segment)
        while try cursor.nextBlock() {
            try cursor.decodeDocuments()
            body(UnsafeBufferPointer(start: cursor.documents, count: cursor.count))
        }
    }

    /// - Requires: the cursor before it is no longer used, since they share their buffers.
    private func cursor(
        _ entry: TermEntry, _ field: FieldID, _ segment: Segment
    ) throws(IndexError) -> PostingsCursor {
        try segment.content.postings(entry, segment.content.field(field), buffers: buffers)
    }

    /// Those of some documents of a segment that hold one of the terms.
    private mutating func withCompany(
        _ documents: [UInt32], _ segment: Segment, _ ordinal: Int
    ) throws(IndexError) -> [UInt32] {
        if let set = sets[ordinal] { return documents.filter { set.contains($0) } }
        var together: [UInt32] = []
        var left = documents
        for (place, (field, entry)) in postings[ordinal].enumerated() where !left.isEmpty {
            let reading = postings[ordinal][place...].reduce(0) {
                $0 + Int($1.entry.documentFrequency)
            }
            if left.count * Self.postingsPerSeek * (postings[ordinal].count - place) > reading {
                let set = try self.set(segment, ordinal)
                return together + left.filter { set.contains($0) }
            }
            var scan = PostingsScan(try cursor(entry, field, segment))
            var without: [UInt32] = []
            for document in left {
                if try scan.seek(document) == document {
                    together.append(document)
                } else {
                    without.append(document)
                }
            }
            left = without
        }
        return together
    }

    /// Reads the postings of the terms.
    private mutating func set(_ segment: Segment, _ ordinal: Int) throws(IndexError) -> SegmentBits
    {
        var set = SegmentBits(documentCount: segment.documentCount)
        for (field, entry) in postings[ordinal] {
            try forEachBlock(of: entry, field, segment) { documents in
                if let start = documents.baseAddress { set.insert(start, count: documents.count) }
            }
        }
        sets[ordinal] = set
        return set
    }
}
