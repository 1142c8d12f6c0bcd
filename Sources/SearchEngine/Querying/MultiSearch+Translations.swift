import InvertedIndex

/// Which hits were found by words of other languages alone.
extension MultiSearch {
    /// For the places of a page the words of the query that the document has only in another
    /// language.
    ///
    /// The index is asked, word by word for the whole page, so that no text is read in vain.
    func throughTranslation(
        _ page: [Found]
    ) throws(EngineError) -> [Int: [TranslatedWord]] {
        var result: [Int: [TranslatedWord]] = [:]
        for (number, target) in targets.enumerated() {
            let words = target.plan.highlights.translated
            guard !words.isEmpty else { continue }
            let own = page.indices.filter { page[$0].target == number }
            guard !own.isEmpty else { continue }
            let searched = SearchedCollection(
                layout: target.collection.layout, searcher: target.searcher)
            for word in words {
                let left = try matching(
                    word.ownQuery(searched, weights: weights), own, of: page, target, isMatch: false
                )
                guard !left.isEmpty else { continue }
                let found = try matching(
                    word.translationQuery(searched.layout), left, of: page, target, isMatch: true)
                for place in found { result[place, default: []].append(word) }
            }
        }
        return result
    }

    /// Those of some places whose document matches a query, or does not.
    private func matching(
        _ query: Query, _ places: [Int], of page: [Found], _ target: Target, isMatch: Bool
    ) throws(EngineError) -> [Int] {
        let matches = try indexed { () throws(IndexError) in
            try target.searcher.matches(query, places.map { page[$0].document.address })
        }
        return zip(places, matches).filter { $0.1 == isMatch }.map(\.0)
    }
}
