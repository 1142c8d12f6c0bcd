public import TextAnalysis

/// Rows of the lexicon in three languages; read by the caller from `config/lexicon`.
///
/// A row: concept, part of speech, and its lemmas in Kazakh, Russian and English, parted by tabs;
/// lemmas of one language by `|`, the best first.
public struct TranslationTable: Sendable, Equatable {
    /// A row that cannot be read.
    public struct MalformedRow: Error, Equatable {
        /// The place of the row among those handed in, from 0.
        public var row: Int
        /// What is wrong with it.
        public var reason: String
    }

    /// One concept: one sense that three languages have words for.
    struct Concept: Sendable, Equatable {
        /// Its short English name, which tells senses apart.
        var slug: String
        /// Its lemmas by language: Kazakh, Russian, English; the best first.
        var lemmas: [[String]]

        /// Whether it is a proper noun.
        var isName: Bool { lemmas.allSatisfy { $0.first?.first?.isUppercase == true } }
    }

    let concepts: [Concept]

    /// A table without rows: nothing is translated.
    public init() { concepts = [] }

    /// A table of rows.
    ///
    /// - Throws: `MalformedRow` for the first that cannot be read.
    public init(rows: [String]) throws(MalformedRow) {
        var concepts: [Concept] = []
        concepts.reserveCapacity(rows.count)
        for (number, row) in rows.enumerated() {
            let cells = row.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count == 5 else {
                throw MalformedRow(
                    row: number, reason: "5 columns are expected, not \(cells.count)")
            }
            let lemmas = cells[2...].map { cell in
                cell.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
            }
            guard !cells[0].isEmpty, !lemmas.joined().contains("") else {
                throw MalformedRow(row: number, reason: "a cell or a lemma is empty")
            }
            concepts.append(Concept(slug: String(cells[0]), lemmas: lemmas))
        }
        self.concepts = concepts
    }

    /// The words of each concept in two languages, each with each; lemmas of several words are
    /// passed over.
    public func words(_ first: Language, _ second: Language) -> [(first: String, second: String)] {
        let places = [first, second].compactMap(TranslationLexicon.languages.firstIndex)
        guard places.count == 2 else { return [] }
        var pairs: [(first: String, second: String)] = []
        for concept in concepts {
            for word in concept.lemmas[places[0]] where !word.contains(" ") {
                for other in concept.lemmas[places[1]] where !other.contains(" ") {
                    pairs.append((word, other))
                }
            }
        }
        return pairs
    }
}
