import Glibc
import InvertedIndex
import TextAnalysis

extension Sequence<CollectionLayout.TextField> {
    /// A stem in each of the fields.
    func alternatives(ofStem stem: [UInt8], weight: Float = 1) -> [TermGroup.Alternative] {
        map { TermGroup.Alternative(field: $0.stem, term: stem, weight: weight) }
    }
}

/// A collection as one search sees it: where its fields stand, and one snapshot of its index.
///
/// A class, since it is asked for each word: copies would count references to all its parts.
final class SearchedCollection: Sendable {
    let layout: CollectionLayout
    let searcher: Searcher
    /// The keys of its words and of its stems; none in an index of another version.
    let wordKeys: FieldID?
    let stemKeys: FieldID?

    /// A collection on a snapshot.
    init(layout: CollectionLayout, searcher: Searcher) {
        self.layout = layout
        self.searcher = searcher
        (wordKeys, stemKeys) = (layout.wordKeys, layout.stemKeys)
    }

    /// Whether it has no documents, not even deleted ones: nothing is found or counted in it.
    var isEmpty: Bool { searcher.snapshot.documentCount + searcher.snapshot.deletedCount == 0 }

    /// The terms that a word stands for in the given text fields of this collection.
    func alternatives(
        of word: QueryWord, _ fields: [CollectionLayout.TextField], weights: RankingWeights,
        usesForms: Bool
    ) -> [TermGroup.Alternative] {
        var alternatives: [TermGroup.Alternative] = []
        for field in fields {
            for form in word.exact {
                alternatives.append(
                    .init(
                        field: field.exact, term: form,
                        weight: usesForms ? weights.exactForm : 1))
            }
            if usesForms {
                for stem in word.stems {
                    alternatives.append(.init(field: field.stem, term: stem, weight: weights.stem))
                }
            }
            for term in word.related {
                alternatives.append(
                    .init(
                        field: term.isStem ? field.stem : field.exact, term: term.term,
                        weight: term.weight))
            }
        }
        return alternatives
    }

    /// In how many documents the most frequent of some terms stands, as the searcher counts it.
    func documentFrequency(_ alternatives: [TermGroup.Alternative]) throws(EngineError) -> Int {
        var greatest = 0
        for alternative in alternatives {
            greatest = max(greatest, try documentFrequency(alternative.field, alternative.term))
        }
        return greatest
    }

    /// In how many documents the most frequent own form of a word stands, in any text field.
    func documentFrequency(
        ofTyped word: QueryWord, usesForms: Bool
    ) throws(EngineError) -> Int {
        var greatest = 0
        for form in word.exact {
            greatest = max(greatest, try documentFrequency(ofExact: form))
        }
        guard usesForms else { return greatest }
        for stem in word.stems { greatest = max(greatest, try documentFrequency(ofStem: stem)) }
        return greatest
    }

    /// In how many documents an exact form stands, in the text field that has it most.
    func documentFrequency(ofExact form: [UInt8]) throws(EngineError) -> Int {
        try greatestFrequency(layout.exactFields, form)
    }

    /// In how many documents a stem stands, in the text field that has it most.
    func documentFrequency(ofStem stem: [UInt8]) throws(EngineError) -> Int {
        try greatestFrequency(layout.stemFields, stem)
    }

    private func greatestFrequency(
        _ fields: [FieldID], _ term: [UInt8]
    ) throws(EngineError) -> Int {
        var greatest = 0
        for field in fields { greatest = max(greatest, try documentFrequency(field, term)) }
        return greatest
    }

    private func documentFrequency(
        _ field: FieldID, _ term: [UInt8]
    ) throws(EngineError) -> Int {
        try indexed { () throws(IndexError) in try searcher.documentFrequency(field, term) }
    }

    /// How many documents a word of a query in a language is rare among, deleted ones included:
    /// those that are not in another language, or all where the language is not known.
    ///
    /// Among all documents every word of a language that few are in would look rare, its frequent
    /// words nearly as much as its rare ones. The language is that of the whole query: a name in
    /// another script is as rare as its neighbours. Mixed documents count, so do those whose
    /// language the engine does not know.
    func documentCount(in language: Language?) throws(EngineError) -> Int {
        var count = searcher.snapshot.documentCount + searcher.snapshot.deletedCount
        guard let language, language != .other, let field = layout.language else { return count }
        for other in Language.allCases where other != .other && other != language {
            count -= try indexed { () throws(IndexError) in
                try searcher.documentFrequency(field, Array(other.code.utf8))
            }
        }
        return max(0, count)
    }

    /// The idf that the searcher gives to a term; the count is raised to the frequency.
    static func inverseDocumentFrequency(_ frequency: Int, of documentCount: Int) -> Float {
        let others = Float(max(0, documentCount - frequency))
        return log1p((others + 0.5) / (Float(frequency) + 0.5))
    }
}
