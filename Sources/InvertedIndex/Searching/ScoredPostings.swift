/// Postings of one block that a search still wants, with their scores.
///
/// What cannot be among the best is left out before it is scored where its frequency tells, else
/// after; without branches, which would be foreseen badly.
struct ScoredPostings {
    /// The documents; room for 128.
    let documents: UnsafeMutablePointer<UInt32>
    /// Their scores.
    let scores: UnsafeMutablePointer<Float>
    private let frequencies: UnsafeMutablePointer<UInt32>
    private let memory: UnsafeMutableRawPointer

    /// Room for a block.
    init() {
        let count = BitPacking.blockCount
        memory = .allocate(byteCount: 3 * 4 * count, alignment: 16)
        documents = memory.bindMemory(to: UInt32.self, capacity: count)
        frequencies = (memory + 4 * count).bindMemory(to: UInt32.self, capacity: count)
        scores = (memory + 8 * count).bindMemory(to: Float.self, capacity: count)
    }

    /// Frees the room.
    func deallocate() { memory.deallocate() }

    /// Takes the postings at some places of the present block of a term that score above `floor`,
    /// and some that do not unless it is to be exact; returns how many there are.
    ///
    /// - Requires: the documents of the block are decoded; `total` is the term's
    ///   `greatestTotal(scoringAtMost: floor)`.
    @inline(__always)
    func take(
        _ term: inout PlainTerm, _ places: Range<Int>, above floor: Float, total: Float,
        isExact: Bool
    ) throws(IndexError) -> Int {
        try term.scan.cursor.decodeFrequencies()
        let from = term.scan.cursor.documents + places.lowerBound
        let frequencies = term.scan.cursor.frequencies + places.lowerBound
        let count = places.count
        let passed = term.greatestFrequency(totallingAtMost: total)
        if passed == 0 {
            term.score(from, frequencies, count, into: scores)
            if isExact, floor > 0 { return keep(from, count, above: floor) }
            documents.update(from: from, count: count)
            return count
        }
        var kept = 0
        for place in 0..<count {
            let frequency = frequencies[place]
            documents[kept] = from[place]
            self.frequencies[kept] = frequency
            // 1 where it is greater, since both are below 2³¹.
            kept &+= Int((passed &- frequency) &>> 31)
        }
        term.score(documents, self.frequencies, kept, into: scores)
        return isExact ? keep(documents, kept, above: floor) : kept
    }

    /// Takes those postings of the present block of a term whose documents are in a set; returns
    /// how many there are.
    ///
    /// - Requires: as `take`; the places are those of a window.
    @inline(__always)
    func take(
        _ term: inout PlainTerm, _ places: Range<Int>, in found: WindowBits,
        of window: DocumentWindow
    ) throws(IndexError) -> Int {
        try term.scan.cursor.decodeFrequencies()
        let from = term.scan.cursor.documents
        let frequencies = term.scan.cursor.frequencies
        var kept = 0
        // Not `for`, which would check the place against both ends each time.
        var place = places.lowerBound
        while place < places.upperBound {
            let document = from[place]
            documents[kept] = document
            self.frequencies[kept] = frequencies[place]
            kept &+= found.bit(document &- window.base)
            place &+= 1
        }
        term.score(documents, self.frequencies, kept, into: scores)
        return kept
    }

    /// Keeps the documents with a score above a positive one.
    @inline(__always)
    private func keep(_ from: UnsafePointer<UInt32>, _ count: Int, above floor: Float) -> Int {
        var kept = 0
        for place in 0..<count {
            let score = scores[place]
            documents[kept] = from[place]
            scores[kept] = score
            // Positive floats have the order of their bits.
            kept &+= Int((floor.bitPattern &- score.bitPattern) &>> 31)
        }
        return kept
    }
}
