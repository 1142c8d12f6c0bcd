public import TextAnalysis

/// The words of the lexica that ship with the program, whatever the collections hold.
///
/// The forms are laid out on first need, or when `prepare` is called, once for all searches.
public final class LexiconVocabulary: Sendable {
    private let tables: [LanguageTables]
    private let lexica = OnceMade<[SpellingLexicon]>()

    /// The vocabulary of the languages whose tables have a lexicon.
    public init(tables: AnalysisTables) {
        self.tables = Language.allCases.compactMap { tables.languages[$0] }
            .filter { $0.lexicon.lemmaCount > 0 }
    }

    /// Lays out the forms, unless that is done.
    ///
    /// - Cost: about 0.2 s for 20,000 lemmas; another thread that needs the forms waits.
    public func prepare() { _ = loaded() }

    /// The word that was meant by a misspelt one, as far as the lexica alone can tell.
    ///
    /// - Parameters:
    ///   - typed: the word as it was typed; acronyms and words with digits are left alone.
    ///   - folded: the same word as a term.
    /// - Returns: a folded word; `nil` if the word may well be right as it is.
    public func correction(of typed: String, folded: [UInt8]) -> String? {
        guard SpellingCorrector.isCorrectable(typed) else { return nil }
        return SpellingCorrector().correction(of: folded, in: self).map {
            String(decoding: $0.term, as: UTF8.self)
        }
    }

    private func loaded() -> [SpellingLexicon] {
        lexica.value {
            tables.map {
                SpellingLexicon($0.lexicon, frequent: $0.lists[Self.frequentList] ?? [])
            }
        }
    }

    /// The list of a language's frequent words, in `frequent.txt`.
    private static let frequentList = "frequent"

    /// What candidates within one and two edits may cost: nearly all slips are one, and a slip of
    /// two costs less than two letters that have nothing to do with what was meant.
    private static let limits: [Float] = [1.15, 1.6]
}

extension LexiconVocabulary: SpellingVocabulary {
    typealias Failure = Never

    /// How often a word occurs in some ten million, by judgement.
    func frequency(of word: [UInt8]) -> Int {
        loaded().reduce(0) { max($0, $1.frequency(of: word.span)) }
    }

    /// Words near another, by what the slip costs.
    func candidates(
        near word: [UInt8], distance: Int, limit: Int
    ) -> [(term: [UInt8], frequency: Int)] {
        guard distance > 0, limit > 0 else { return [] }
        let cost = Self.limits[min(distance, Self.limits.count) - 1]
        var found: [SpellingLexicon.Match] = []
        for lexicon in loaded() {
            found += lexicon.matches(near: word.span, limit: cost, count: limit)
        }
        if tables.count > 1 { found.sort { $0.cost < $1.cost } }
        return found.prefix(limit).map { ($0.word, $0.frequency) }
    }
}
