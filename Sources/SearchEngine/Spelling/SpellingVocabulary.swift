/// The words that a misspelt one may be taken for, and how frequent each is.
///
/// Words are bytes of folded terms.
protocol SpellingVocabulary {
    /// Why words cannot be read; `Never` for words in memory.
    associatedtype Failure: Error = EngineError

    /// How often a word occurs in ten million words, counted or by judgement; 0 if it is unknown.
    ///
    /// `SpellingCorrector.frequency(documents:of:)` makes one from documents.
    func frequency(of word: [UInt8]) throws(Failure) -> Int

    /// Words within some edits of another, nearest first.
    ///
    /// - Returns: at most `limit` words that this vocabulary knows; it may leave out some that are
    ///   no nearer than the last.
    func candidates(
        near word: [UInt8], distance: Int, limit: Int
    ) throws(Failure) -> [(term: [UInt8], frequency: Int)]
}
