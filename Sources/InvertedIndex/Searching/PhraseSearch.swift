/// The loop for terms that must stand side by side in one field.
///
/// Documents that have all terms are found first, rarest term leading. A phrase is no more
/// frequent than its rarest word, so a document whose score at that frequency is not enough is
/// given up before its positions are read.
struct PhraseSearch {
    private let terms: UnsafeMutablePointer<PlainTerm>
    private let count: Int
    private let target: PlainTarget
    /// For each term, rarest first, where it stands in the phrase.
    private let offsets: [Int64]
    /// `weight · idf · (k1 + 1)` of the whole phrase.
    private let factor: Float
    private let k1: Float

    /// Gathers the documents that have the phrase.
    ///
    /// - Requires: the terms come rarest first, `offsets` with them; they are of one field.
    static func run(
        _ terms: PlainTerms, offsets: [Int64], factor: Float, k1: Float, _ target: PlainTarget,
        _ collector: inout SearchCollector
    ) throws(IndexError) {
        let search = PhraseSearch(
            terms: terms.terms.baseAddress.unsafelyUnwrapped, count: terms.terms.count,
            target: target, offsets: offsets, factor: factor, k1: k1)
        try search.run(&collector)
        withExtendedLifetime(terms) {}
    }

    private func run(_ collector: inout SearchCollector) throws(IndexError) {
        var starts: [UInt32] = []
        var positions: [UInt32] = []
        starts.reserveCapacity(64)
        positions.reserveCapacity(64)
        var blocks = 0
        let inverse = terms[0].inverse
        while try terms[0].scan.cursor.nextBlock() {
            blocks &+= 1
            if blocks & 63 == 0 { try collector.checkDeadline() }
            let total =
                Float(terms[0].scan.cursor.blockMaxFrequency)
                * inverse[Int(terms[0].scan.cursor.blockMinLength)]
            let canEnter = target.ranks && bound(total) > collector.best.threshold
            if !canEnter, !target.counts { continue }
            try terms[0].scan.cursor.decodeDocuments()
            let documents = terms[0].scan.cursor.documents
            documents: for place in 0..<terms[0].scan.cursor.count {
                let document = documents[place]
                for term in 1..<count {
                    let found = try terms[term].scan.seek(document)
                    if found == noDocument { return }
                    if found != document { continue documents }
                }
                if target.deletions != nil, !target.isLive(document) { continue }
                terms[0].scan.index = place
                var ranks = canEnter
                if ranks, collector.best.threshold > -.infinity {
                    ranks = try isPossible(document, collector.best.threshold)
                }
                if !ranks, !target.counts { continue }
                let frequency = try phraseCount(&starts, &positions)
                if frequency == 0 { continue }
                collector.totalHits &+= 1
                if target.ranks {
                    let total =
                        Float(frequency)
                        * inverse[Int(terms[0].codes[Int(document)])]
                    collector.best.offer(
                        factor * total / (k1 + total), target.base &+ document)
                }
            }
        }
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
