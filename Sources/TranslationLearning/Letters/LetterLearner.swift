public import SearchEngine
public import TextAnalysis

/// Learns from a lexicon by which letters languages write the words that they share: `tion` is
/// `ция`, `ph` is `ф`.
///
/// Words of one concept that look alike are aligned letter by letter; groups of letters that stand
/// for each other in several pairs make the table. What comes out hangs on the lexicon and
/// the order of its rows alone, to the last bit.
public struct LetterLearner {
    private let table: TranslationTable
    private let tables: AnalysisTables
    private let leastCount: Int

    /// A learner from a lexicon of groups of letters that are seen at least so often; once is
    /// chance.
    public init(
        _ table: TranslationTable, tables: AnalysisTables,
        leastCount: Int = LearningSettings().leastCount
    ) {
        self.table = table
        self.tables = tables
        self.leastCount = leastCount
    }

    /// What was learnt.
    public struct Outcome: Sendable, Equatable {
        /// Groups of letters as words and translations; `^` and `$` are the ends of a word.
        public var table: LearntTable
        /// How many pairs of words it was learnt from.
        public var pairCount: Int
    }

    /// The groups of letters of all pairs of languages.
    ///
    /// - Throws: `LearningError.analysisUnavailable`.
    /// - Cost: some seconds for ten thousand pairs.
    public func learn() throws(LearningError) -> Outcome {
        let analyzer = try Analyzer.forLearning(tables)
        let languages = TranslationLearner.languages
        var outcome = Outcome(table: LearntTable(), pairCount: 0)
        for first in languages.indices {
            for second in languages.indices where second > first {
                let pairing = (languages[first], languages[second])
                let pairs = CognatePairs(table, pairing, analyzer: analyzer).pairs
                var alignment = LetterAlignment(pairs)
                alignment.train()
                var groups = LetterGroups(leastCount: leastCount)
                for units in alignment.best() { groups.add(units) }
                outcome.table.rows += groups.rows(pairing)
                outcome.pairCount += pairs.count
            }
        }
        outcome.table.rows.sort(by: LearntTable.Row.precedes)
        return outcome
    }
}
