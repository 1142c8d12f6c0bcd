import TextAnalysis

/// Turns sentences into the stems that translations are learnt for.
///
/// Function words, numbers, dates, single letters and words of another script stay out: they have
/// no translation that a search could use, or are alike in all languages.
struct WordReader {
    private let analyzer: Analyzer
    private let tables: AnalysisTables
    private let stopWords: StopWordSet
    private var stream = TokenStream()

    /// A reader with the given tables.
    init(tables: AnalysisTables) throws(LearningError) {
        analyzer = try Analyzer.forLearning(tables)
        self.tables = tables
        stopWords = StopWordSet(tables)
    }

    /// A word of a sentence.
    struct Word: Equatable {
        /// The number of its stem.
        var number: UInt32
        var stem: [UInt8]
        var form: [UInt8]
    }

    /// The words of a sentence, in its order.
    mutating func read(
        _ sentence: String, _ language: Language, into vocabulary: inout LearningVocabulary
    ) -> [Word] {
        analyzer.analyze(Array(sentence.utf8).span, language: language, into: &stream)
        var words: [Word] = []
        var position: UInt32?
        for token in stream.tokens where token.kind == .word || token.kind == .acronym {
            guard position != token.position, token.language == language else { continue }
            let form = Array(stream.bytes[token.exact.range])
            let isLetter = form.count { $0 & 0xC0 != 0x80 } < 2
            guard !isLetter, !stopWords.contains(form, language: language) else { continue }
            position = token.position
            let stem = Array(stream.bytes[token.stem.range])
            words.append(
                Word(number: vocabulary.add(stem: stem, form: form), stem: stem, form: form))
        }
        return words
    }

    /// The form under which a person knows a stem, and which has this stem when it is read again.
    ///
    /// - Parameters:
    ///   - stem: A stem.
    ///   - forms: Its forms in the texts, the most frequent first.
    ///   - language: Their language.
    /// - Returns: The lemma of most occurrences, where the lexicon of the language has it; else the
    ///   stem, if it is a form of its own; else the most frequent form; `nil` if none leads back to
    ///   the stem.
    mutating func citation(
        of stem: [UInt8], forms: [LearningVocabulary.Form], _ language: Language
    ) -> [UInt8]? {
        var candidates: [[UInt8]] = []
        if let lexicon = tables.languages[language]?.lexicon {
            var lemmas: [LearningVocabulary.Form] = []
            for form in forms {
                guard let lemma = lexicon.lemma(of: form.bytes) else { continue }
                if let known = lemmas.firstIndex(where: { $0.bytes == lemma }) {
                    lemmas[known].count += form.count
                } else {
                    lemmas.append(.init(bytes: lemma, count: form.count))
                }
            }
            lemmas.sort(by: LearningVocabulary.Form.precedes)
            candidates += lemmas.map(\.bytes)
        }
        if forms.contains(where: { $0.bytes == stem }) { candidates.append(stem) }
        return (candidates + forms.map(\.bytes)).first { hasStem($0, stem, language) }
    }

    private mutating func hasStem(_ form: [UInt8], _ stem: [UInt8], _ language: Language) -> Bool {
        analyzer.analyze(form.span, language: language, into: &stream)
        guard let first = stream.tokens.first, stream.positionCount == 1 else { return false }
        return stream.bytes[first.stem.range].elementsEqual(stem)
    }
}
