import TextAnalysis

/// The lexicon of the three languages, laid out when it is first needed.
final class TranslationKnowledge: Sendable {
    private let table: TranslationTable
    private let learnt: LearntTable
    private let letters: LearntTable
    private let loaded = OnceMade<TranslationLexicon>()

    /// The knowledge of a table, and of the words and letters that were learnt beside it.
    init(
        table: TranslationTable, learnt: LearntTable = LearntTable(),
        letters: LearntTable = LearntTable()
    ) {
        self.table = table
        self.learnt = learnt
        self.letters = letters
    }

    /// The lexicon, if nobody has to wait for it.
    var ready: TranslationLexicon? { loaded.ready }

    /// The lexicon; the first caller lays it out with an analyzer, others wait for it.
    func lexicon(with analyzer: Analyzer) -> TranslationLexicon {
        loaded.value {
            var lexicon = TranslationLexicon(table, analyzer: analyzer)
            lexicon.add(learnt: learnt, analyzer: analyzer)
            lexicon.letters = LetterModel(letters)
            return lexicon
        }
    }
}

extension Engine {
    /// What translates the words of a search; `nil` where it shall not be.
    ///
    /// In the first moments of a daemon a search does not wait for the lexicon.
    func translator(_ request: SearchRequest) -> WordTranslator? {
        guard request.languages != .off, let lexicon = translations.ready else { return nil }
        return WordTranslator(lexicon: lexicon)
    }
}
