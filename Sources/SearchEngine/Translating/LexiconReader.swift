public import TextAnalysis

/// What the lexicon has for a word, asked as a search asks it, but without any index.
///
/// Its analyzer serves one caller at a time; not thread-safe.
public struct LexiconReader {
    /// What the lexicon has for a word.
    public enum Answer: Equatable, Sendable {
        /// A search translates nothing here: a function word, a number, or no word at all.
        case untranslated
        /// The senses that a search translates by; empty for a word without an entry.
        case senses([Sense])
    }

    /// One sense of a word, by the lemmas that stand first in their languages.
    public struct Sense: Equatable, Sendable {
        /// Its lemmas: Kazakh, Russian, English.
        public var lemmas: [String]

        /// Whether it is a proper noun.
        public var isName: Bool { lemmas.allSatisfy { $0.first?.isUppercase == true } }
    }

    private let table: TranslationTable
    private let translator: WordTranslator
    private let analysis: QueryAnalysis

    /// A reader of a table.
    ///
    /// - Throws: If there is no analysis with these tables.
    /// - Cost: The lexicon is laid out: some microseconds a lemma.
    public init(_ table: TranslationTable, tables: AnalysisTables) throws(AnalysisError) {
        let analyzer = try Analyzer(tables: tables)
        self.init(
            table, TranslationLexicon(table, analyzer: analyzer),
            analysis: QueryAnalysis(analyzer: analyzer, stopWords: StopWordSet(tables)))
    }

    /// A reader of a lexicon that was laid out of the table.
    init(_ table: TranslationTable, _ lexicon: TranslationLexicon, analysis: QueryAnalysis) {
        self.table = table
        self.analysis = analysis
        translator = WordTranslator(lexicon: lexicon)
    }

    /// What there is for a word; for a compound that is no lemma, what there is for its parts.
    public func answer(for word: String, language: Language?) -> Answer {
        let units = analysis.units(of: word, language: language)
        let words = units.flatMap(\.words)
        guard words.contains(where: WordTranslator.mayBeTranslated) else { return .untranslated }
        var senses = senses(of: translator.translate(units))
        if senses.isEmpty {
            senses = self.senses(of: translator.translate(words.map { .word($0) }))
        }
        return .senses(
            senses.map { Sense(lemmas: table.concepts[Int($0)].lemmas.map { $0[0] }) })
    }

    private func senses(of units: [QueryUnit]) -> [UInt32] {
        var senses: [UInt32] = []
        for case .translated(_, let translations) in units {
            for sense in translations.compactMap(\.sense) where !senses.contains(sense) {
                senses.append(sense)
            }
        }
        return senses
    }
}
