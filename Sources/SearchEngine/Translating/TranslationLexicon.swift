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

    /// A lemma of one language: the stems of its words.
    struct Lemma: Sendable, Equatable {
        var stems: [[UInt8]]
    }

    /// The lemmas of each concept, by language.
    private var lemmas: [[[Lemma]]] = []
    /// The concepts of a lemma, by its stems with a zero between them and the language at the end.
    private var concepts: [[UInt8]: [UInt32]] = [:]
    /// The first stems of lemmas of several words, with the language.
    private var beginnings: Set<[UInt8]> = []

    /// What was learnt from texts, for words that are in no lemma.
    var learnt = LearntWords()

    /// Whether there is nothing to be translated.
    var isEmpty: Bool { lemmas.isEmpty && learnt.isEmpty }

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
                    let readings = Self.stems(of: text, language, analyzer, &stream)
                    for (rank, stems) in readings.enumerated() {
                        add(stems, place, UInt32(number))
                        if rank == 0, !own.contains(Lemma(stems: stems)) {
                            own.append(Lemma(stems: stems))
                        }
                    }
                }
                byLanguage.append(own)
            }
            lemmas.append(byLanguage)
        }
    }

    private mutating func add(_ stems: [[UInt8]], _ language: Int, _ concept: UInt32) {
        guard !stems.isEmpty, stems.count <= Self.longestLemma else { return }
        let key = Self.key(stems[...], language)
        if concepts[key]?.last != concept { concepts[key, default: []].append(concept) }
        if stems.count > 1 { beginnings.insert(Self.key(stems[..<1], language)) }
    }

    /// The stems of the words of a lemma: as the analysis gives them, and with a second stem of a
    /// lone word where it has one.
    static func stems(
        of lemma: String, _ language: Language, _ analyzer: Analyzer, _ stream: inout TokenStream
    ) -> [[[UInt8]]] {
        analyzer.analyze(Array(lemma.utf8).span, language: language, into: &stream)
        var stems: [[UInt8]] = []
        var other: [UInt8]?
        var position: UInt32?
        for token in stream.tokens where token.kind != .compound && token.kind != .date {
            if position == token.position { continue }
            position = token.position
            stems.append(Array(stream.bytes[token.stem.range]))
            if !token.otherStem.isEmpty { other = Array(stream.bytes[token.otherStem.range]) }
        }
        guard !stems.isEmpty else { return [] }
        if stems.count == 1, let other, other != stems[0] { return [stems, [other]] }
        return [stems]
    }

    private static func key(_ stems: ArraySlice<[UInt8]>, _ language: Int) -> [UInt8] {
        var key: [UInt8] = []
        for stem in stems {
            key += stem
            key.append(0)
        }
        key.append(UInt8(language))
        return key
    }

    // MARK: Queries

    /// The concepts that some stems in a row stand for in a language, by its place in `languages`.
    func concepts(_ stems: ArraySlice<[UInt8]>, language: Int) -> [UInt32] {
        concepts[Self.key(stems, language)] ?? []
    }

    /// Whether a lemma of several words begins with a stem.
    func beginsPhrase(_ stem: [UInt8], language: Int) -> Bool {
        beginnings.contains(Self.key([stem], language))
    }

    /// The lemmas of a concept in a language.
    func lemmas(_ concept: UInt32, language: Int) -> [Lemma] { lemmas[Int(concept)][language] }
}
