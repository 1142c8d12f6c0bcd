import TextAnalysis

/// The lexicon laid out for queries: from stems of one language to stems of the others.
///
/// Lemmas are stemmed as texts are, so that any form of a word finds its row and any form of its
/// translations is found. Immutable, so it is shared by all threads.
struct TranslationLexicon: Sendable {
    /// The languages in the order of the table.
    static let languages: [Language] = [.kazakh, .russian, .english]
    /// The most words of one lemma.
    static let longestLemma = 5

    /// A lemma of one language.
    struct Lemma: Sendable {
        /// The stems of its words.
        var stems: [[UInt8]]
        /// As it stands in the table: its place in `texts`.
        fileprivate var text: Range<UInt32>
    }

    /// The lemmas of each concept, by language.
    private var lemmas: [[[Lemma]]] = []
    /// The lemmas as they stand in the table, one after the other.
    private var texts: [UInt8] = []
    /// Whether each concept is a name: its first lemmas begin with capitals in all languages.
    private var areNames: [Bool] = []
    /// What lemmas stand for, by their stems.
    private var rows = StemRows()

    /// What was learnt from texts, for words that are in no lemma.
    var learnt = LearntWords()

    /// How the languages write words that they share, for what is neither.
    var letters = LetterModel()

    /// Whether there is nothing to be translated.
    var isEmpty: Bool { lemmas.isEmpty && learnt.isEmpty }

    /// How a word is written, and what it therefore is first.
    enum Writing {
        /// In small letters: a word; a name or an acronym if it is nothing else.
        case small
        /// With a capital: a word or a name.
        case capital
        /// In capitals or mixed: an acronym, else as with a capital.
        case acronym

        /// How a word of a query is written.
        init(_ word: QueryWord) {
            self =
                word.kind == .acronym
                ? .acronym : word.typed.first?.isUppercase == true ? .capital : .small
        }
    }

    /// A lemma as the analysis reads it.
    private struct Reading {
        /// The stems of its words.
        var stems: [[UInt8]]
        /// The second stem of a lone word, if it has one.
        var otherStem: [UInt8]?
        var isAcronym = false
        /// Whether it is a lone word that begins with a capital, and its stem is not all of it.
        var isCutName = false

        /// All that a query may have for it.
        var keys: [[[UInt8]]] {
            if let otherStem, otherStem != stems[0] { return [stems, [otherStem]] }
            return [stems]
        }
    }

    /// The lexicon of a table.
    ///
    /// - Cost: some microseconds a lemma; keep it.
    init(_ table: TranslationTable, analyzer: Analyzer) {
        var stream = TokenStream()
        lemmas.reserveCapacity(table.concepts.count)
        for (number, concept) in table.concepts.enumerated() {
            var byLanguage: [[Lemma]] = []
            for (place, language) in Self.languages.enumerated() {
                var own: [Lemma] = []
                for text in concept.lemmas[place] {
                    let reading = Self.reading(of: text, language, analyzer, &stream)
                    guard !reading.stems.isEmpty else { continue }
                    if !own.contains(where: { $0.stems == reading.stems }) {
                        let start = UInt32(texts.count)
                        texts.append(contentsOf: text.utf8)
                        own.append(
                            Lemma(stems: reading.stems, text: start..<UInt32(texts.count)))
                    }
                    add(reading, place, UInt32(number))
                }
                byLanguage.append(own)
            }
            lemmas.append(byLanguage)
            areNames.append(concept.isName)
        }
    }

    private mutating func add(_ reading: Reading, _ language: Int, _ concept: UInt32) {
        let kind: WritableKeyPath<StemRows.Row, [UInt32]> =
            reading.isAcronym ? \.acronyms : reading.isCutName ? \.names : \.concepts
        for stems in reading.keys where stems.count <= Self.longestLemma {
            rows.change(stems[...], language) { row in
                if row[keyPath: kind].last != concept { row[keyPath: kind].append(concept) }
            }
            if stems.count > 1 { rows.change(stems[..<1], language) { $0.beginsPhrase = true } }
        }
    }

    private static func reading(
        of lemma: String, _ language: Language, _ analyzer: Analyzer, _ stream: inout TokenStream
    ) -> Reading {
        analyzer.analyze(Array(lemma.utf8).span, language: language, into: &stream)
        var reading = Reading(stems: [])
        var position: UInt32?
        for token in stream.tokens where token.kind != .compound && token.kind != .date {
            if position == token.position { continue }
            position = token.position
            let stem = Array(stream.bytes[token.stem.range])
            reading.stems.append(stem)
            reading.isAcronym = token.kind == .acronym
            reading.isCutName = stem != Array(stream.bytes[token.exact.range])
            if !token.otherStem.isEmpty {
                reading.otherStem = Array(stream.bytes[token.otherStem.range])
            }
        }
        if reading.stems.count > 1 { (reading.otherStem, reading.isAcronym) = (nil, false) }
        reading.isCutName =
            reading.isCutName && reading.stems.count == 1 && !reading.isAcronym
            && lemma.first?.isUppercase == true
        return reading
    }

    /// The readings of a text: the stems of its words, and for a lone word its second stem.
    static func stems(
        of text: String, _ language: Language, _ analyzer: Analyzer, _ stream: inout TokenStream
    ) -> [[[UInt8]]] {
        let reading = reading(of: text, language, analyzer, &stream)
        return reading.stems.isEmpty ? [] : reading.keys
    }

    // MARK: Queries

    /// The concepts that some stems in a row stand for in a language, by its place in `languages`.
    func concepts(
        _ stems: ArraySlice<[UInt8]>, language: Int, writing: Writing = .capital
    ) -> [UInt32] {
        guard let row = rows[stems, language] else { return [] }
        if writing == .acronym, !row.acronyms.isEmpty { return row.acronyms }
        var found = row.concepts
        if writing != .small || found.isEmpty, !row.names.isEmpty {
            found += row.names.filter { !found.contains($0) }
        }
        return found.isEmpty ? row.acronyms : found
    }

    /// Whether a lemma of several words begins with a stem.
    func beginsPhrase(_ stem: [UInt8], language: Int) -> Bool {
        rows.beginsPhrase(stem, language)
    }

    /// Whether a concept is a name.
    func isName(_ concept: UInt32) -> Bool { areNames[Int(concept)] }

    /// A translation as people write it: its lemma, or the stems of what has none.
    func text(of translation: Translation) -> String {
        if let sense = translation.sense,
            let lemma = lemmas(sense, language: translation.language)
                .first(where: { $0.stems == translation.stems })
        {
            let text = texts[Int(lemma.text.lowerBound)..<Int(lemma.text.upperBound)]
            return String(decoding: text, as: UTF8.self)
        }
        return translation.stemText
    }

    /// The lemmas of a concept in a language.
    func lemmas(_ concept: UInt32, language: Int) -> [Lemma] { lemmas[Int(concept)][language] }
}
