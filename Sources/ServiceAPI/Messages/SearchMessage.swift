public import JSON

/// A search as it goes over the socket, in plain values; `nil` leaves a field to the daemon.
public struct SearchMessage: Sendable, Equatable {
    /// Which ways of understanding a query are taken: `off`, `auto` or `on`.
    public struct Expand: Sendable, Equatable {
        /// Other forms of the words.
        public var forms: String?
        /// The same word in another script.
        public var scripts: String?
        /// The word typed on the wrong keyboard layout.
        public var layout: String?
        /// Words with slips.
        public var typos: String?
        /// Names of listed entities under any of their names.
        public var names: String?
        /// Words of the same meaning.
        public var synonyms: String?
        /// The words of the other languages.
        public var languages: String?

        /// All left to the daemon.
        public init() {}
    }

    /// What was typed.
    public var q: String?
    /// The collections searched; `nil` or empty for all.
    public var collections: [String]?
    /// `auto`, `kk`, `ru` or `en`.
    public var lang: String?
    /// `simple` or `query`.
    public var mode: String?
    /// The most hits returned.
    public var limit: Int?
    /// How many hits are passed over.
    public var offset: Int?
    /// Where the page before ended; excludes `offset`.
    public var cursor: String?
    /// The filter.
    public var filter: String?
    /// The fields whose values are counted.
    public var facets: [String]?
    /// Sort keys, `publishedAt:desc`.
    public var sort: [String]?
    /// The members returned of each hit.
    public var attributesToRetrieve: [String]?
    /// The fields shown with highlights.
    public var attributesToHighlight: [String]?
    /// The fields shown cropped, `body:30`.
    public var attributesToCrop: [String]?
    /// Put before a highlighted word.
    public var highlightPreTag: String?
    /// Put behind a highlighted word.
    public var highlightPostTag: String?
    /// Put where a cropped field goes on.
    public var cropMarker: String?
    /// Whether the places of the matches are returned.
    public var showMatchesPosition: Bool?
    /// Whether the score is returned.
    public var showRankingScore: Bool?
    /// Whether the parts of the score are returned.
    public var showRankingScoreDetails: Bool?
    /// Whether is told where the time of the search went.
    public var showPerformanceDetails: Bool?
    /// `all`, `last` or `frequency`.
    public var matchingStrategy: String?
    /// Ways of understanding the query.
    public var expand: Expand?
    /// Whether near-duplicates are shown as one.
    public var groupDuplicates: Bool?
    /// Whether translations of one story are shown as one.
    public var groupTranslations: Bool?
    /// The time for the search.
    public var timeoutMs: Int?

    /// A search with everything left to the daemon.
    public init() {}

    /// A search from a body.
    ///
    /// - Throws: `ProblemDetails` that names the field which is not known or not of its kind.
    public init(json: JSONValue) throws(ProblemDetails) {
        self.init(checked: try Self.schema.check(json))
    }

    /// A search from the query string of `GET /v1/search`.
    ///
    /// - Throws: `ProblemDetails` that names the parameter.
    public init(query: QueryString) throws(ProblemDetails) {
        self.init(checked: try Self.schema.check(query))
    }

    init(checked object: JSONObject) {
        q = object["q"]?.string
        collections = object["collections"]?.strings
        lang = object["lang"]?.string
        mode = object["mode"]?.string
        limit = object["limit"]?.int
        offset = object["offset"]?.int
        cursor = object["cursor"]?.string
        filter = object["filter"]?.string
        facets = object["facets"]?.strings
        sort = object["sort"]?.strings
        attributesToRetrieve = object["attributesToRetrieve"]?.strings
        attributesToHighlight = object["attributesToHighlight"]?.strings
        attributesToCrop = object["attributesToCrop"]?.strings
        highlightPreTag = object["highlightPreTag"]?.string
        highlightPostTag = object["highlightPostTag"]?.string
        cropMarker = object["cropMarker"]?.string
        showMatchesPosition = object["showMatchesPosition"]?.bool
        showRankingScore = object["showRankingScore"]?.bool
        showRankingScoreDetails = object["showRankingScoreDetails"]?.bool
        showPerformanceDetails = object["showPerformanceDetails"]?.bool
        matchingStrategy = object["matchingStrategy"]?.string
        groupDuplicates = object["groupDuplicates"]?.bool
        groupTranslations = object["groupTranslations"]?.bool
        timeoutMs = object["timeoutMs"]?.int
        if let ways = object["expand"]?.object {
            var expand = Expand()
            expand.forms = ways["forms"]?.string
            expand.scripts = ways["scripts"]?.string
            expand.layout = ways["layout"]?.string
            expand.typos = ways["typos"]?.string
            expand.names = ways["names"]?.string
            expand.synonyms = ways["synonyms"]?.string
            expand.languages = ways["languages"]?.string
            self.expand = expand
        }
    }

    /// The body that stands for this search; what is `nil` is left out.
    public var json: JSONValue {
        var object = JSONObject()
        object["q"] = q.map(JSONValue.string)
        object["collections"] = collections.map(JSONValue.init(strings:))
        object["lang"] = lang.map(JSONValue.string)
        object["mode"] = mode.map(JSONValue.string)
        object["limit"] = limit.map(JSONValue.init(int:))
        object["offset"] = offset.map(JSONValue.init(int:))
        object["cursor"] = cursor.map(JSONValue.string)
        object["filter"] = filter.map(JSONValue.string)
        object["facets"] = facets.map(JSONValue.init(strings:))
        object["sort"] = sort.map(JSONValue.init(strings:))
        object["attributesToRetrieve"] = attributesToRetrieve.map(JSONValue.init(strings:))
        object["attributesToHighlight"] = attributesToHighlight.map(JSONValue.init(strings:))
        object["attributesToCrop"] = attributesToCrop.map(JSONValue.init(strings:))
        object["highlightPreTag"] = highlightPreTag.map(JSONValue.string)
        object["highlightPostTag"] = highlightPostTag.map(JSONValue.string)
        object["cropMarker"] = cropMarker.map(JSONValue.string)
        object["showMatchesPosition"] = showMatchesPosition.map(JSONValue.bool)
        object["showRankingScore"] = showRankingScore.map(JSONValue.bool)
        object["showRankingScoreDetails"] = showRankingScoreDetails.map(JSONValue.bool)
        object["showPerformanceDetails"] = showPerformanceDetails.map(JSONValue.bool)
        object["matchingStrategy"] = matchingStrategy.map(JSONValue.string)
        if let expand {
            var ways = JSONObject()
            ways["forms"] = expand.forms.map(JSONValue.string)
            ways["scripts"] = expand.scripts.map(JSONValue.string)
            ways["layout"] = expand.layout.map(JSONValue.string)
            ways["typos"] = expand.typos.map(JSONValue.string)
            ways["names"] = expand.names.map(JSONValue.string)
            ways["synonyms"] = expand.synonyms.map(JSONValue.string)
            ways["languages"] = expand.languages.map(JSONValue.string)
            object["expand"] = .object(ways)
        }
        object["groupDuplicates"] = groupDuplicates.map(JSONValue.bool)
        object["groupTranslations"] = groupTranslations.map(JSONValue.bool)
        object["timeoutMs"] = timeoutMs.map(JSONValue.init(int:))
        return .object(object)
    }

    /// The fields of a search.
    public static let schema = MessageSchema(fields: [
        MessageField("q", .string, "What was typed; empty for every document", code: .invalidQ),
        MessageField("collections", .strings, "The collections searched; empty for all"),
        MessageField(
            "lang", .choice(["auto", "kk", "ru", "en"]), "The language of the query",
            code: .invalidLang),
        MessageField(
            "mode", .choice(["simple", "query"]),
            "simple: never a syntax error; query: the full language"),
        MessageField(
            "limit", .integer(0...Int.max), "The most hits returned, 20 if absent",
            code: .invalidLimit),
        MessageField(
            "offset", .integer(0...Int.max), "How many hits are passed over", code: .invalidLimit),
        MessageField("cursor", .string, "nextCursor of the page before", code: .invalidCursor),
        MessageField(
            "filter", .string, "lang IN [kk, ru] AND publishedAt >= 2024-01-01",
            code: .invalidFilter),
        MessageField(
            "facets", .strings, "Fields whose values are counted: lang, publishedAt:month",
            code: .invalidFacet),
        MessageField("sort", .strings, "Sort keys: publishedAt:desc", code: .invalidSort),
        MessageField(
            "attributesToRetrieve", .strings, "The members returned of each hit, id always"),
        MessageField("attributesToHighlight", .strings, "The fields shown with highlights"),
        MessageField("attributesToCrop", .strings, "The fields shown cropped: body:30"),
        MessageField("highlightPreTag", .string, "Put before a highlighted word"),
        MessageField("highlightPostTag", .string, "Put behind a highlighted word"),
        MessageField("cropMarker", .string, "Put where a cropped field goes on"),
        MessageField("showMatchesPosition", .boolean, "Whether _matchesPosition is returned"),
        MessageField("showRankingScore", .boolean, "Whether _rankingScore is returned"),
        MessageField(
            "showRankingScoreDetails", .boolean, "Whether _rankingScoreDetails is returned"),
        MessageField(
            "showPerformanceDetails", .boolean,
            "Whether performanceDetails is returned: the microseconds of each part of the search"),
        MessageField(
            "matchingStrategy", .choice(["all", "last", "frequency"]),
            "How many of the words have to stand in a document"),
        MessageField(
            "expand",
            .object(
                [
                    "forms", "scripts", "layout", "typos", "names", "synonyms", "languages",
                ].map {
                    MessageField(
                        $0, .choice(["off", "auto", "on"]), "Whether this way is taken")
                }), "Ways of understanding the query"),
        MessageField("groupDuplicates", .boolean, "Whether near-duplicates are shown as one"),
        MessageField(
            "groupTranslations", .boolean,
            "Whether hits that are translations of one story, by translationOf, are shown as one, "
                + "the others as _translations and _translationCount; limit and offset then count "
                + "stories, as totalStories does, totalHits and facets documents; "
                + "totalStoriesRelation is gte where more documents match than are looked through"),
        MessageField(
            "timeoutMs", .integer(1...600_000),
            "The time for the search; then the answer is what was found so far, `timedOut`"),
    ])
}

extension JSONValue {
    /// A list of texts.
    public init(strings: [String]) { self = .array(strings.map(JSONValue.string)) }

    init(int: Int) { self = .integer(Int64(int)) }

    /// The strings of an array of strings, else `nil`.
    var strings: [String]? { array?.compactMap(\.string) }

    /// A whole number as `Int`, else `nil`.
    var int: Int? { integer.flatMap { Int(exactly: $0) } }
}
