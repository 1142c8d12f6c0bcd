import Glibc
import InvertedIndex

/// A collection as one search sees it: where its fields stand, and one snapshot of its index.
struct SearchedCollection {
    let layout: CollectionLayout
    let searcher: Searcher

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
            guard usesForms else { continue }
            for stem in word.stems {
                alternatives.append(.init(field: field.stem, term: stem, weight: weights.stem))
            }
        }
        return alternatives
    }

    /// In how many documents the most frequent of some terms stands, as the searcher counts it.
    func documentFrequency(_ alternatives: [TermGroup.Alternative]) throws(EngineError) -> Int {
        var greatest = 0
        for alternative in alternatives {
            let frequency = try indexed { () throws(IndexError) in
                try searcher.documentFrequency(alternative.field, alternative.term)
            }
            greatest = max(greatest, frequency)
        }
        return greatest
    }

    /// How many documents the searcher counts, deleted ones included.
    var documentCount: Int {
        searcher.snapshot.documentCount + searcher.snapshot.deletedCount
    }

    /// The idf that the searcher gives to a term.
    static func inverseDocumentFrequency(_ frequency: Int, of documentCount: Int) -> Float {
        let frequency = Float(frequency)
        return log(1 + (Float(documentCount) - frequency + 0.5) / (frequency + 0.5))
    }
}
