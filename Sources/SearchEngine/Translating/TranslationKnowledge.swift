import Synchronization
import TextAnalysis

/// The lexicon of the three languages, laid out when it is first needed.
final class TranslationKnowledge: Sendable {
    private let table: TranslationTable
    /// Held for a moment, so that a search that only asks does not wait for who lays out.
    private let loaded = Mutex<TranslationLexicon?>(nil)
    /// Held as long as the lexicon is laid out.
    private let layout = Mutex(())

    /// The knowledge of a table.
    init(table: TranslationTable) { self.table = table }

    /// The lexicon, if nobody has to wait for it.
    var ready: TranslationLexicon? { loaded.withLock { $0 } }

    /// The lexicon; the first caller lays it out with an analyzer, others wait for it.
    func lexicon(with analyzer: Analyzer) -> TranslationLexicon {
        if let ready { return ready }
        return layout.withLock { _ in
            if let ready { return ready }
            let lexicon = TranslationLexicon(table, analyzer: analyzer)
            loaded.withLock { $0 = lexicon }
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
