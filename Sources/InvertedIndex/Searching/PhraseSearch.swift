/// The loop for terms that must stand side by side in one field.
///
/// Documents that have all terms are found first, rarest term leading. A phrase is no more
/// frequent than its rarest word, so a document whose score at that frequency is not enough is
/// given up before it is looked for in another term, let alone its positions are read.
struct PhraseSearch {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let target: PlainTarget
    /// For each term, rarest first, where it stands in the phrase.
    private let offsets: [Int64]
    /// `weight · idf · (k1 + 1)` of the whole phrase.
    private let factor: Float
    private let k1: Float
    /// The candidates of the present block of the rarest term, and their places in it.
    private let candidates: UnsafeMutablePointer<UInt32>
    private let origins: UnsafeMutablePointer<UInt8>
    /// Where candidates are in these, and in the next rarest term.
    private let firstPlaces: UnsafeMutablePointer<UInt8>
    private let secondPlaces: UnsafeMutablePointer<UInt8>
    private let owner: PlainTerms

    /// Gathers the documents that have the phrase.
    ///
    /// - Requires: two terms at least, rarest first, `offsets` with them; they are of one field.
    static func run(
        _ terms: PlainTerms, offsets: [Int64], factor: Float, k1: Float, _ target: PlainTarget,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let places = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * 129 + 128)
        let candidates = UnsafeMutablePointer<UInt32>.allocate(capacity: 128)
        defer {
            places.deallocate()
            candidates.deallocate()
        }
        let search = PhraseSearch(
            terms: terms.first, count: terms.count,
            target: target, offsets: offsets, factor: factor, k1: k1, candidates: candidates,
            origins: places + 2 * 129, firstPlaces: places,
            secondPlaces: places + 129, owner: terms)
        try search.run(&collector)
    }

    private func run(_ collector: inout SearchCollector) throws(IndexError) {
        var reading = Reading()
        var blocks = 0
        while try terms[0].scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 63 == 0 { try collector.checkDeadline() }
            let canEnter = target.ranks && bound(terms[0].blockTotal) > collector.best.threshold
            if !canEnter, !target.counts { continue }
            try terms[0].scan.cursor.decodeDocuments()
            guard try runBlock(&reading, canEnter: canEnter, &collector) else { return }
        }
    }

    /// What is in use while positions are read.
    private struct Reading {
        var starts: [UInt32] = []
        var positions: [UInt32] = []
    }

    /// Takes the present block of the rarest term; false where another term has ended.
    ///
    /// Its documents are looked for in the next rarest term block by block, and what both have in
    /// the others one by one.
    private func runBlock(
        _ reading: inout Reading, canEnter: Bool, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let documents = candidates
        let count = try findCandidates(collector.best.threshold)
        var place = 0
        while place < count {
            let first = documents[place]
            guard try terms[1].scan.enterBlock(of: first) else { return false }
            let last = terms[1].scan.cursor.blockLastDocument
            var end = place &+ 1
            while end < count, documents[end] <= last { end &+= 1 }
            if documents[end &- 1] >= terms[1].scan.cursor.blockFirstBound {
                try terms[1].scan.cursor.decodeDocuments()
                let found = BlockIntersection.find(
                    documents + place, end &- place, in: terms[1].scan.cursor.documents,
                    terms[1].scan.cursor.count, candidatePlaces: firstPlaces,
                    documentPlaces: secondPlaces)
                for hit in 0..<found {
                    terms[0].scan.index = Int(origins[place &+ Int(firstPlaces[hit])])
                    terms[1].scan.index = Int(secondPlaces[hit])
                    guard try runDocument(&reading, canEnter: canEnter, &collector) else {
                        return false
                    }
                }
            }
            place = end
        }
        return true
    }

    /// Gathers the documents of the present block of the rarest term that are to be looked for in
    /// the others; returns how many there are.
    @inline(__always)
    private func findCandidates(_ threshold: Float) throws(IndexError) -> Int {
        let documents = terms[0].scan.cursor.documents
        let count = terms[0].scan.cursor.count
        if target.counts || threshold <= 0 {
            candidates.update(from: documents, count: count)
            for place in 0..<count { origins[place] = UInt8(truncatingIfNeeded: place) }
            return count
        }
        try terms[0].scan.cursor.decodeFrequencies()
        let frequencies = terms[0].scan.cursor.frequencies
        let least = terms[0].greatestTotal(scoringAtMost: threshold / BM25.boundSlack)
        var kept = 0
        for place in 0..<count {
            let document = documents[place]
            let total = terms[0].total(frequency: frequencies[place], document)
            candidates[kept] = document
            origins[kept] = UInt8(truncatingIfNeeded: place)
            // 1 where it is greater, without a branch: positive floats have the order of their bits.
            kept &+= Int((least.bitPattern &- total.bitPattern) &>> 31)
        }
        return kept
    }

    /// Takes a document that the two rarest terms have; false where another term has ended.
    @inline(__always)
    private func runDocument(
        _ reading: inout Reading, canEnter: Bool, _ collector: inout SearchCollector
    ) throws(IndexError) -> Bool {
        let document = terms[0].scan.cursor.documents[terms[0].scan.index]
        var term = 2
        while term < count {
            let found = try terms[term].scan.seek(document)
            if found == noDocument { return false }
            if found != document { return true }
            term &+= 1
        }
        if !target.isLive(document) { return true }
        var ranks = canEnter
        if ranks, collector.best.threshold > -.infinity {
            ranks = try isPossible(document, collector.best.threshold)
        }
        if !ranks, !target.counts { return true }
        let frequency = try phraseCount(&reading.starts, &reading.positions)
        if frequency == 0 { return true }
        collector.totalHits &+= 1
        if ranks {
            let total = Float(frequency) * terms[0].inverse[Int(terms[0].codes[Int(document)])]
            collector.best.offer(factor * total / (k1 + total), target.base &+ document)
        }
        return true
    }

    @inline(__always)
    private func bound(_ total: Float) -> Float {
        factor * total / (k1 + total) * BM25.boundSlack
    }

    /// Whether a document could be kept if the phrase were as frequent as its rarest word there.
    @inline(__always)
    private func isPossible(
        _ document: UInt32, _ threshold: Float
    ) throws(IndexError) -> Bool {
        var least = UInt32.max
        for term in 0..<count {
            try terms[term].scan.cursor.decodeFrequencies()
            least = min(least, terms[term].scan.cursor.frequencies[terms[term].scan.index])
        }
        let code = Int(terms[0].codes[Int(document)])
        return bound(Float(least) * terms[0].inverse[code]) > threshold
    }

    /// How often the phrase stands in the document at which all terms are.
    private func phraseCount(
        _ starts: inout [UInt32], _ positions: inout [UInt32]
    ) throws(IndexError) -> Int {
        try terms[0].scan.cursor.positions(at: terms[0].scan.index, into: &starts)
        var left = PhraseSearch.dropRepeated(&starts)
        for term in 1..<count {
            if left == 0 { return 0 }
            try terms[term].scan.cursor.positions(at: terms[term].scan.index, into: &positions)
            left = PhraseSearch.keep(
                &starts, left, followedAt: offsets[term] - offsets[0], positions)
        }
        return left
    }

    /// Keeps the first of equal neighbours; returns how many are left.
    private static func dropRepeated(_ positions: inout [UInt32]) -> Int {
        var kept = 0
        for index in 0..<positions.count where index == 0 || positions[index] != positions[kept - 1]
        {
            positions[kept] = positions[index]
            kept += 1
        }
        return kept
    }

    /// Keeps those of the first `count` starts at whose distance there is a position.
    private static func keep(
        _ starts: inout [UInt32], _ count: Int, followedAt distance: Int64, _ positions: [UInt32]
    ) -> Int {
        var kept = 0
        var place = 0
        for index in 0..<count {
            let wanted = Int64(starts[index]) + distance
            while place < positions.count, Int64(positions[place]) < wanted { place += 1 }
            if place == positions.count { break }
            if Int64(positions[place]) == wanted {
                starts[kept] = starts[index]
                kept += 1
            }
        }
        return kept
    }
}
