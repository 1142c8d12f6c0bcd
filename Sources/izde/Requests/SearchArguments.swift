import ServiceAPI

/// What a search was asked on the command line, and the request that stands for it.
struct SearchArguments: Equatable {
    /// The words of the query, joined by spaces.
    var query = ""
    /// The collections; empty for all.
    var collections: [String] = []
    /// `auto`, `kk`, `ru` or `en`.
    var lang: String?
    /// The most hits.
    var limit: Int?
    /// How many hits are passed over.
    var offset: Int?
    /// Filters, all of which must hold.
    var filters: [String] = []
    /// Ids of entities, all of which must be mentioned.
    var mentions: [String] = []
    /// Facets, each possibly several separated by commas.
    var facets: [String] = []
    /// Sort keys, each possibly several separated by commas.
    var sort: [String] = []
    /// The first date of publication.
    var since: String?
    /// The last date of publication.
    var until: String?
    /// Whether only the typed forms match.
    var isExact = false
    /// Ways of understanding the query that are switched off.
    var ways = WayOptions.Off()
    /// Whether the query is in the full language.
    var isQueryMode = false
    /// Whether translations of one story are shown as one hit.
    var groupsTranslations = false
    /// How many words a snippet has.
    var snippetWordCount = 30
    /// Whether the score is explained.
    var explains = false
    /// Whether hits are shown to people, who need snippets and counts but not whole documents.
    var isForReading = false
    /// Whether the score is shown.
    var showsScore = false

    /// The request.
    var message: SearchMessage {
        var message = SearchMessage()
        message.q = query
        message.collections = collections.isEmpty ? nil : SearchArguments.list(collections)
        message.lang = lang
        message.mode = isQueryMode ? "query" : nil
        message.limit = limit
        message.offset = offset
        message.filter = filter
        message.sort = sort.isEmpty ? nil : SearchArguments.list(sort)
        if isExact || ways != WayOptions.Off() {
            var expand = SearchMessage.Expand()
            let off = "off"
            if isExact { expand.forms = off }
            if isExact || ways.scripts { expand.scripts = off }
            if isExact || ways.layout { expand.layout = off }
            if isExact || ways.typos { expand.typos = off }
            if isExact || ways.names { expand.names = off }
            if isExact || ways.languages { expand.languages = off }
            message.expand = expand
        }
        if groupsTranslations { message.groupTranslations = true }
        if showsScore || explains { message.showRankingScore = true }
        if explains { message.showRankingScoreDetails = true }
        var facets = SearchArguments.list(self.facets)
        if isForReading {
            if !facets.contains("lang") { facets.append("lang") }
            message.attributesToRetrieve = [
                "id", "title", "name", "names", "lang", "publishedAt", "source", "url", "city",
            ]
            message.attributesToHighlight = ["*"]
            message.attributesToCrop = ["*:\(snippetWordCount)"]
            message.highlightPreTag = String(SafeText.openMark)
            message.highlightPostTag = String(SafeText.closeMark)
        }
        message.facets = facets.isEmpty ? nil : facets
        return message
    }

    /// The one filter that stands for all; each is put in brackets where there are several.
    var filter: String? {
        var others = mentions.map { "mentions = \(Self.quoted($0))" }
        if let since { others.append("publishedAt >= \(since)") }
        if let until { others.append("publishedAt <= \(until)") }
        let isAlone = filters.count + others.count == 1
        let parts = (isAlone ? filters : filters.map { "(\($0))" }) + others
        return parts.isEmpty ? nil : parts.joined(separator: " AND ")
    }

    /// A value as filters take it, whatever stands in it.
    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }

    /// Values given one by one or separated by commas.
    static func list(_ values: [String]) -> [String] {
        values.flatMap { $0.split(separator: ",").map(String.init) }
    }

    /// What was sent, by the name of the field, so that an error can show its place.
    var texts: [String: String] {
        var texts = ["q": query]
        texts["filter"] = filter
        return texts
    }
}
