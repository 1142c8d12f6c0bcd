import Synchronization
import TextAnalysis

/// The lexicon of the three languages, laid out when it is first needed.
final class TranslationKnowledge: Sendable {
    private let table: TranslationTable
    private let loaded = Mutex<TranslationLexicon?>(nil)

    /// The knowledge of a table.
    init(table: TranslationTable) { self.table = table }

    /// The lexicon, if nobody has to wait for it.
    var ready: TranslationLexicon? { loaded.withLock { $0 } }

    /// The lexicon; the first caller lays it out with an analyzer.
    func lexicon(with analyzer: Analyzer) -> TranslationLexicon {
        loaded.withLock { loaded in
            if let loaded { return loaded }
            let lexicon = TranslationLexicon(table, analyzer: analyzer)
            loaded = lexicon
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
