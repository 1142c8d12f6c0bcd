extension Searcher {
    /// The terms of a key, most frequent first, ties by their bytes.
    ///
    /// - Parameters:
    ///   - field: a field of kind `termKeys`.
    ///   - key: the whole key.
    ///   - limit: how many terms at most.
    /// - Returns: terms of the fields that `field` has keys of, over all segments; the frequency is
    ///   the sum of their document frequencies, deleted documents included until a merge.
    /// - Throws: `IndexError.corrupt` if the index is found damaged.
    /// - Cost: a block in each segment, and one for each term.
    public func terms(
        _ field: FieldID, key: [UInt8], limit: Int
    ) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        guard limit > 0, !key.isEmpty else { return [] }
        let relations = snapshot.segments.map { $0.relation(field) }
        var candidates = TermCandidates(relations)
        for (place, relation) in relations.enumerated() {
            try relation.forEach(key: key) { entry in candidates.add(entry, of: place) }
        }
        // Mostly there are none.
        guard !candidates.isEmpty else { return [] }
        return try candidates.best(limit).map { (term: $0.term, documentFrequency: $0.frequency) }
    }

    /// The most frequent terms of which the key begins with some bytes, ties by key, then by their
    /// own bytes.
    ///
    /// - Parameters:
    ///   - field: a field of kind `termKeys`.
    ///   - keyPrefix: how the keys begin; empty for all.
    ///   - limit: how many terms at most.
    /// - Returns: as `terms(_:key:limit:)`.
    /// - Throws: `IndexError.corrupt` if the index is found damaged.
    /// - Cost: a number for each block with such keys is looked at; blocks are read best first, and
    ///   only while they may hold a term of the answer.
    public func terms(
        _ field: FieldID, keyPrefix: [UInt8], limit: Int
    ) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        guard limit > 0 else { return [] }
        var search = try KeyPrefixSearch(
            snapshot.segments.map { $0.relation(field) }, prefix: keyPrefix, limit: limit)
        return try search.run()
    }

    /// The terms of which the key is within an edit distance of another.
    ///
    /// Nearest first, then most frequent, then by their bytes; the first `prefixLetters` letters
    /// of the keys must be the same. Letters and distances are those of
    /// `fuzzyTerms(_:_:distance:prefixScalars:limit:)`, with the keys in the place of the terms.
    ///
    /// - Parameters:
    ///   - field: a field of kind `termKeys`.
    ///   - key: the key to be near to.
    ///   - distance: the greatest distance; beyond 8 it counts as 8.
    ///   - prefixLetters: how many letters are fixed.
    ///   - limit: how many terms at most.
    /// - Returns: as `terms(_:key:limit:)`, each with the distance of its key.
    /// - Throws: `IndexError.corrupt` if the index is found damaged.
    public func fuzzyTerms(
        keys field: FieldID, _ key: [UInt8], distance: Int, prefixLetters: Int = 0, limit: Int
    ) throws(IndexError) -> [(term: [UInt8], distance: Int, documentFrequency: Int)] {
        guard limit > 0,
            let scan = FuzzyTermScan(word: key, distance: distance, prefixLetters: prefixLetters)
        else { return [] }
        let relations = snapshot.segments.map { $0.relation(field) }
        var byDistance = [TermCandidates](
            repeating: TermCandidates(relations), count: EditDistance.greatestLimit + 1)
        for (place, relation) in relations.enumerated() {
            let found = try relation.terms(
                nearKey: key, distance: distance, prefixLetters: prefixLetters, scan)
            for near in found { byDistance[near.distance].add(near.entry, of: place) }
        }
        var nearest: [(term: [UInt8], distance: Int, documentFrequency: Int)] = []
        for (distance, candidates) in byDistance.enumerated() where nearest.count < limit {
            for (term, frequency) in try candidates.best(limit - nearest.count) {
                nearest.append((term, distance, frequency))
            }
        }
        return nearest
    }
}
