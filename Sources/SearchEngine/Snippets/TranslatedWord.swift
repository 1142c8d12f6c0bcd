import InvertedIndex

/// A word of a query, or words of one lemma, with what it is called in other languages.
struct TranslatedWord: Sendable {
    /// As it was typed.
    let typed: String
    /// Its words that are no function words; at least one.
    let parts: [QueryWord]
    /// What it is called, the best of each language first.
    let translations: [Translation]
    /// Whether other forms of the typed words match.
    private let usesForms: Bool

    /// A typed word as it may stand in a text of its own language: in all its forms and spellings.
    struct Forms {
        var exact: TermSet
        var stems: TermSet
    }

    /// The words of a unit; `nil` where there is nothing to tell apart.
    init?(_ parts: [QueryUnit], _ translations: [Translation], usesForms: Bool) {
        let words = parts.flatMap(\.words)
        let own = words.filter { !$0.isStopWord }
        guard !own.isEmpty, !translations.isEmpty else { return nil }
        typed = words.map(\.typed).joined(separator: " ")
        self.translations = translations
        self.usesForms = usesForms
        self.parts = own
    }

    /// The forms of each of `parts`; worked out only where a text is read for them.
    var forms: [Forms] {
        parts.map { word in
            let related = word.related.filter { $0.via != .language }
            return Forms(
                exact: TermSet(word.exact + related.filter { !$0.isStem }.map(\.term)),
                stems: TermSet(
                    (usesForms ? word.stems : []) + related.filter(\.isStem).map(\.term)))
        }
    }

    /// What finds the documents that have all of its own words.
    func ownQuery(_ collection: SearchedCollection, weights: RankingWeights) -> Query {
        .boolean(
            must: parts.map { part in
                var word = part
                word.related.removeAll { $0.via == .language }
                return .group(
                    TermGroup(
                        alternatives: collection.alternatives(
                            of: word, collection.layout.textFields, weights: weights,
                            usesForms: usesForms)))
            })
    }

    /// What finds the documents that have one of its translations.
    func translationQuery(_ layout: CollectionLayout) -> Query {
        .boolean(
            should: translations.map { translation in
                .boolean(
                    must: translation.stems.map { stem in
                        .group(
                            TermGroup(alternatives: layout.textFields.alternatives(ofStem: stem)))
                    })
            }, minimumShould: 1)
    }
}
