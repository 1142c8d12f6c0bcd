/// Terms that were found in the relations of several segments, of which the best are the answer.
struct TermCandidates {
    private let relations: [TermRelation]
    private var found: [(segment: Int, entry: TermKeys.Entry)] = []

    /// No candidates.
    init(_ relations: [TermRelation]) { self.relations = relations }

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
        var frequencies: [[UInt8]: Int] = [:]
        for (segment, entry) in candidates {
            let term = try relations[segment].term(of: entry)
            frequencies[term, default: 0] += Int(entry.frequency)
        }
        let sorted = frequencies.sorted {
            $0.value != $1.value
                ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
        }
        return sorted.prefix(limit).map { (term: $0.key, frequency: $0.value) }
    }
}
