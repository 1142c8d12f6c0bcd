import InvertedIndex
import JSON

/// Hits that are translations of one story, shown as one.
extension MultiSearch {
    /// The searched collections with the field that says what a document translates; `nil` where
    /// hits are not grouped, or where no document says so and each is a story of its own.
    var linkedCollections: [StoryGrouping.Collection]? {
        guard request.groupTranslations else { return nil }
        let collections = targets.map { target -> StoryGrouping.Collection in
            (target.searcher, target.collection.layout.translationOf)
        }
        let isAny = collections.contains { collection in
            collection.links.map { collection.searcher.hasValues($0) } ?? false
        }
        return isAny ? collections : nil
    }

    /// Puts the page of stories into an answer.
    ///
    /// Stories are made of the same first hits for every page: so no story comes twice, and none of
    /// these hits is left out.
    func putStories(
        of hits: [Found], _ collections: [StoryGrouping.Collection], level: Int,
        into response: inout SearchResponse
    ) throws(EngineError) {
        var grouping = StoryGrouping(
            collections, spare: limits.windowSize, deadline: deadline)
        let places = hits.map {
            StoryGrouping.Place(collection: $0.target, address: $0.document.address)
        }
        let stories = try indexed { () throws(IndexError) in try grouping.stories(places) }
        response.storyCount = stories.count
        response.storyCountIsExact = hits.count == response.totalHits
        let page = stories.dropFirst(request.offset).prefix(request.limit)
        response.hits = try self.hits(page.map { hits[$0[0]] }, level: level)
        for (index, story) in page.enumerated() {
            response.hits[index].translationCount = story.count - 1
            for place in story.dropFirst().prefix(limits.translationCount) {
                response.hits[index].translations.append(
                    try translation(hits[place].document, targets[hits[place].target]))
            }
        }
    }

    private func translation(
        _ document: ScoredDocument, _ target: Target
    ) throws(EngineError) -> SearchResponse.TranslatedDocument {
        let stored = try StoredDocument.read(at: document.address, in: target.snapshot)
        let layout = target.collection.layout
        return SearchResponse.TranslatedDocument(
            collection: target.collection.name, key: stored.key,
            lang: stored.members[CollectionLayout.languageName]?.string,
            title: layout.kind.title(of: stored), url: stored.members["url"]?.string)
    }
}
