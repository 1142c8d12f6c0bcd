import SearchEngine
import ServiceAPI

extension SearchRequest {
    /// The request that a message stands for; what the message leaves open keeps its default.
    init(_ message: SearchMessage) throws(ProblemDetails) {
        self.init()
        if message.cursor != nil {
            throw ProblemDetails(
                .invalidCursor, "Searches have no cursors yet; use `offset`", param: "cursor")
        }
        q = message.q ?? q
        collections = message.collections ?? collections
        lang = message.lang ?? lang
        limit = message.limit ?? limit
        offset = message.offset ?? offset
        filter = message.filter
        facets = message.facets ?? facets
        sort = try (message.sort ?? []).map(Self.sort)
        attributesToRetrieve = message.attributesToRetrieve
        attributesToHighlight = message.attributesToHighlight ?? attributesToHighlight
        attributesToCrop = message.attributesToCrop ?? attributesToCrop
        highlightPreTag = message.highlightPreTag ?? highlightPreTag
        highlightPostTag = message.highlightPostTag ?? highlightPostTag
        cropMarker = message.cropMarker ?? cropMarker
        showMatchesPosition = message.showMatchesPosition ?? showMatchesPosition
        showRankingScore = message.showRankingScore ?? showRankingScore
        showRankingScoreDetails = message.showRankingScoreDetails ?? showRankingScoreDetails
        showPerformanceDetails = message.showPerformanceDetails ?? showPerformanceDetails
        groupTranslations = message.groupTranslations ?? groupTranslations
        timeoutMs = message.timeoutMs
        // The words of these fields were checked when the message was read.
        mode = message.mode.flatMap(Mode.init) ?? mode
        matchingStrategy =
            message.matchingStrategy.flatMap(MatchingStrategy.init) ?? matchingStrategy
        try take(message.expand ?? SearchMessage.Expand())
    }

    /// Takes over what is known; `on` for a way that is not there yet is refused, since silence
    /// would look like “nothing found this way”.
    private mutating func take(_ expand: SearchMessage.Expand) throws(ProblemDetails) {
        forms = expand.forms.flatMap(Expansion.init) ?? forms
        scripts = expand.scripts.flatMap(Expansion.init) ?? scripts
        layout = expand.layout.flatMap(Expansion.init) ?? layout
        typos = expand.typos.flatMap(Expansion.init) ?? typos
        names = expand.names.flatMap(Expansion.init) ?? names
        languages = expand.languages.flatMap(Expansion.init) ?? languages
        let absent = [("synonyms", expand.synonyms)]
        for (name, value) in absent where value == "on" {
            throw ProblemDetails(
                .invalidValue, "This way of understanding a query is not there yet",
                param: "expand.\(name)", suggestion: "auto")
        }
    }

    /// Reads `field`, `field:asc` or `field:desc`.
    private static func sort(_ key: String) throws(ProblemDetails) -> Sort {
        let pieces = key.split(separator: ":", omittingEmptySubsequences: false)
        guard let field = pieces.first, !field.isEmpty, pieces.count <= 2,
            pieces.count == 1 || pieces[1] == "asc" || pieces[1] == "desc"
        else {
            throw ProblemDetails(
                .invalidSort, "A sort key is `field:asc` or `field:desc`", param: "sort")
        }
        // The score alone means the best first, as everywhere.
        let isDescending = pieces.count == 2 ? pieces[1] == "desc" : field == "_score"
        return Sort(field: String(field), descending: isDescending)
    }
}
