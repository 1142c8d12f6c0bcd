extension Searcher {
    /// The terms of a key, most frequent first, ties by their bytes.
    ///
    /// - Parameters:
    ///   - field: a field of kind `termKeys`.
    ///   - key: the whole key.
    ///   - limit: how many terms at most.
    /// - Returns: terms of the fields that `field` has keys of, over all segments; the frequency is
    ///   the sum of their document frequencies, deleted documents included.
    /// - Cost: a block in each segment, and one for each term.
    public func terms(
        _ field: FieldID, key: [UInt8], limit: Int
    ) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        []
    }

    /// The most frequent terms of which the key begins with some bytes, ties by key, then by their
    /// own bytes.
    ///
    /// - Parameters:
    ///   - field: a field of kind `termKeys`.
    ///   - keyPrefix: how the keys begin; empty for all.
    ///   - limit: how many terms at most.
    /// - Returns: as `terms(_:key:limit:)`.
    /// - Cost: blocks are read best first, and only while they may hold one of the answer.
    public func terms(
        _ field: FieldID, keyPrefix: [UInt8], limit: Int
    ) throws(IndexError) -> [(term: [UInt8], documentFrequency: Int)] {
        []
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
    public func fuzzyTerms(
        keys field: FieldID, _ key: [UInt8], distance: Int, prefixLetters: Int = 0, limit: Int
    ) throws(IndexError) -> [(term: [UInt8], distance: Int, documentFrequency: Int)] {
        []
    }
}
