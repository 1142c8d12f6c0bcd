public import SearchEngine
public import TextAnalysis

/// Learns from sentences that are translations of each other which words mean the same.
///
/// Not thread-safe: it holds an analyzer. What comes out hangs on the sentences and their order
/// alone, to the last bit.
public final class TranslationLearner {
    /// How far the learning is.
    public struct Progress: Sendable, Equatable {
        /// The two languages.
        public var languages: (Language, Language)
        /// The round, from 1, and how many there are.
        public var round: Int
        /// How many rounds there are for the two languages.
        public var roundCount: Int

        /// Whether both are as far.
        public static func == (left: Progress, right: Progress) -> Bool {
            left.languages == right.languages && left.round == right.round
                && left.roundCount == right.roundCount
        }
    }

    /// The sentence pairs of two languages.
    public struct Counts: Sendable, Equatable {
        /// Those that are learnt from.
        public var taken = 0
        /// Those that were there before, word for word.
        public var repeated = 0
        /// Those with words in one language only, the same words in both, or too many.
        public var unusable = 0

        /// No pairs.
        public init() {}
    }

    /// The languages in the order in which two of them stand in a row.
    public static let languages: [Language] = [.kazakh, .russian, .english]

    private static let pairings = [(0, 1), (0, 2), (1, 2)]

    private let settings: LearningSettings
    private var reader: WordReader
    private var vocabularies: [LearningVocabulary]
    /// The sentences of each two languages, as in `pairings`.
    private var texts = [Bitext](repeating: Bitext(), count: 3)
    /// What became of all pairs of sentences.
    public private(set) var counts = Counts()

    /// A learner that has met no sentence.
    ///
    /// - Throws: `LearningError.analysisUnavailable`.
    public init(
        tables: AnalysisTables, settings: LearningSettings = LearningSettings()
    ) throws(LearningError) {
        self.settings = settings
        reader = try WordReader(tables: tables)
        vocabularies = Self.languages.map { _ in LearningVocabulary() }
    }

    /// The memory that the sentences take, about.
    public var byteCount: Int {
        vocabularies.reduce(0) { $0 + $1.byteCount } + texts.reduce(0) { $0 + $1.byteCount }
    }

    /// Takes in one sentence in two or three languages.
    ///
    /// - Throws: `LearningError.memoryExceeded`.
    public func add(_ sentences: [Language: String]) throws(LearningError) {
        var words: [[WordReader.Word]?] = []
        for (place, language) in Self.languages.enumerated() {
            words.append(
                sentences[language].map { reader.read($0, language, into: &vocabularies[place]) })
        }
        for (number, (left, right)) in Self.pairings.enumerated() {
            guard let first = words[left], let second = words[right] else { continue }
            let pair = Self.withoutCommonWords(first, second)
            let isUsable =
                !pair.0.isEmpty && !pair.1.isEmpty && first.count <= settings.longestSentence
                && second.count <= settings.longestSentence
            if !isUsable {
                counts.unusable += 1
            } else if texts[number].append(pair.0, pair.1) {
                counts.taken += 1
            } else {
                counts.repeated += 1
            }
        }
        guard byteCount <= settings.byteLimit else {
            throw .memoryExceeded(needed: byteCount, limit: settings.byteLimit)
        }
    }

    /// The words of two sentences but those that stand in both, which translate themselves.
    private static func withoutCommonWords(
        _ first: [WordReader.Word], _ second: [WordReader.Word]
    ) -> ([UInt32], [UInt32]) {
        func rest(_ words: [WordReader.Word], _ others: [WordReader.Word]) -> [UInt32] {
            words.filter { word in
                !others.contains { $0.form == word.form || $0.stem == word.stem }
            }.map(\.number)
        }
        return (rest(first, second), rest(second, first))
    }

    /// What can be learnt from the sentences so far, in the order of languages and words.
    ///
    /// - Parameter report: Called before each round.
    /// - Returns: The table.
    /// - Throws: `LearningError.noSentences`, `LearningError.memoryExceeded`.
    public func learn(report: (Progress) -> Void = { _ in }) throws(LearningError) -> LearntTable {
        guard counts.taken > 0 else { throw .noSentences }
        var rows: [LearntTable.Row] = []
        for (number, places) in Self.pairings.enumerated() where texts[number].count > 0 {
            let languages = (Self.languages[places.0], Self.languages[places.1])
            let text = texts[number].withoutRareWords(leastFrequency: settings.leastFrequency)
            let pairs = try MutualTranslations.find(
                in: text, settings: settings, usedByteCount: byteCount
            ) {
                report(
                    Progress(
                        languages: languages, round: $0, roundCount: settings.iterationCount * 2))
            }
            rows += self.rows(of: pairs, places)
        }
        return LearntTable(rows: rows)
    }

    /// Pairs as people read them; words that are alike in both languages need no translation.
    private func rows(of pairs: [MutualTranslations.Pair], _ places: (Int, Int))
        -> [LearntTable.Row]
    {
        let first = citations(Set(pairs.map(\.first)), places.0)
        let second = citations(Set(pairs.map(\.second)), places.1)
        var rows: [LearntTable.Row] = []
        for pair in pairs {
            guard let word = first[pair.first], let translation = second[pair.second],
                vocabularies[places.0].stem(pair.first)
                    != vocabularies[places.1].stem(pair.second)
            else { continue }
            rows.append(
                LearntTable.Row(
                    languages: (Self.languages[places.0], Self.languages[places.1]), word: word,
                    translation: translation, probability: pair.forward,
                    reverseProbability: pair.backward, count: pair.count))
        }
        return rows.sorted(by: LearntTable.Row.precedes)
    }

    /// The words of some stems as people know them.
    private func citations(_ stems: Set<UInt32>, _ place: Int) -> [UInt32: String] {
        var citations: [UInt32: String] = [:]
        for (number, forms) in vocabularies[place].forms(of: stems) {
            let stem = vocabularies[place].stem(number)
            citations[number] = reader.citation(of: stem, forms: forms, Self.languages[place]).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        return citations
    }
}
