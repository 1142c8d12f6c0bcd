/// Terms that were found in the relations of several segments, of which the best are the answer.
struct TermCandidates {
    private let relations: [TermRelation]
    private var found: [(segment: Int, entry: TermKeys.Entry)] = []

    /// No candidates.
    init(_ relations: [TermRelation]) { self.relations = relations }

    /// Whether there are none.
    var isEmpty: Bool { found.isEmpty }

    /// Adds an entry of a segment.
    mutating func add(_ entry: TermKeys.Entry, of segment: Int) {
        found.append((segment, entry))
    }

    /// The most frequent, ties by their bytes.
    ///
    /// - Cost: a block of the dictionary for each candidate; where all are of one segment only for
    ///   those of the answer and their ties.
    func best(_ limit: Int) throws(IndexError) -> [(term: [UInt8], frequency: Int)] {
        var candidates = found
        if let first = found.first, found.allSatisfy({ $0.segment == first.segment }),
            limit < found.count
        {
            candidates.sort { $0.entry.frequency > $1.entry.frequency }
            let least = candidates[limit - 1].entry.frequency
            candidates.removeAll { $0.entry.frequency < least }
        }
        var terms: [(term: [UInt8], frequency: Int)] = []
        terms.reserveCapacity(candidates.count)
        for (segment, entry) in candidates {
            terms.append((try relations[segment].term(of: entry), Int(entry.frequency)))
        }
        // A relation has each term once.
        if relations.count > 1 { terms = Self.summed(terms) }
        if terms.count > 1 {
            terms.sort {
                $0.frequency != $1.frequency
                    ? $0.frequency > $1.frequency : $0.term.lexicographicallyPrecedes($1.term)
            }
        }
        return terms.count > limit ? Array(terms.prefix(limit)) : terms
    }

    /// Each term once, with its frequencies in all segments.
    private static func summed(
        _ terms: [(term: [UInt8], frequency: Int)]
    ) -> [(term: [UInt8], frequency: Int)] {
        var frequencies: [[UInt8]: Int] = [:]
        for (term, frequency) in terms { frequencies[term, default: 0] += frequency }
        return frequencies.map { (term: $0.key, frequency: $0.value) }
    }
}
