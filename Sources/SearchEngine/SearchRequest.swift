/// What a search asks, member by member as in the API.
public struct SearchRequest: Sendable, Equatable {
    /// How `q` is read.
    public enum Mode: String, Sendable, CaseIterable {
        /// Words, and "phrases" in quotes; anything else is text; never a syntax error.
        case simple
        /// The full language: AND OR NOT ( ) "phrase"~slop prefix* fuzzy~1 field:word.
        case query
    }

    /// How many of the words have to stand in a document.
    public enum MatchingStrategy: String, Sendable, CaseIterable {
        /// All.
        case all
        /// All; if too few documents have them, the last words may be missing.
        case last
        /// All; if too few documents have them, any of them, rare words counting most. The default.
        case frequency
    }

    /// Whether a way of understanding the query is taken.
    public enum Expansion: String, Sendable, CaseIterable {
        case off, auto, on
    }

    /// A sort key.
    public struct Sort: Sendable, Equatable {
        /// The number or date field; `_score` for the score.
        public var field: String
        /// Greatest first.
        public var descending: Bool

        /// A sort key.
        public init(field: String, descending: Bool) {
            self.field = field
            self.descending = descending
        }
    }

    /// What was typed; empty for every document.
    public var q = ""
    /// The collections searched; empty for all.
    public var collections: [String] = []
    /// `auto`, `kk`, `ru` or `en`.
    public var lang = "auto"
    /// How `q` is read.
    public var mode: Mode = .simple
    /// The most hits returned.
    public var limit = 20
    /// How many hits are passed over.
    public var offset = 0
    /// The filter, in the grammar of the API; `nil` for none.
    public var filter: String?
    /// The fields whose values are counted: a name, or `publishedAt:month` (`:year`, `:day`).
    public var facets: [String] = []
    /// The order; empty for best score first.
    public var sort: [Sort] = []
    /// The members returned of each hit; `nil` for all.
    public var attributesToRetrieve: [String]?
    /// The fields that `_formatted` shows with highlights; `["*"]` for all text fields.
    public var attributesToHighlight: [String] = []
    /// The fields that `_formatted` shows cropped: a name, or `body:30` words.
    public var attributesToCrop: [String] = []
    /// Put before a highlighted word.
    public var highlightPreTag = "<mark>"
    /// Put behind a highlighted word.
    public var highlightPostTag = "</mark>"
    /// Put where a cropped field goes on.
    public var cropMarker = "…"
    /// Whether `_matchesPosition` is returned.
    public var showMatchesPosition = false
    /// Whether `_rankingScore` is returned.
    public var showRankingScore = false
    /// Whether `_rankingScoreDetails` is returned.
    public var showRankingScoreDetails = false
    /// Whether `performance` is returned.
    public var showPerformanceDetails = false
    /// How many words have to match.
    public var matchingStrategy: MatchingStrategy = .frequency
    /// `expand.forms`: other forms of the words (stems); as all ways, `nil` for what the
    /// configuration says.
    public var forms: Expansion?
    /// `expand.scripts`: the words in other scripts and spellings.
    public var scripts: Expansion?
    /// `expand.layout`: what was typed on the wrong keyboard layout.
    public var layout: Expansion?
    /// `expand.typos`: words that no document knows, as near words that some do.
    public var typos: Expansion?
    /// `expand.names`: names of listed people, institutions and places, under any of their names.
    public var names: Expansion?
    /// `expand.languages`: the words in the other languages.
    public var languages: Expansion?
    /// Whether translations of one story, by their member `translationOf`, are shown as one hit.
    public var groupTranslations = false
    /// The time for the search in milliseconds, after which the answer is what was found so far;
    /// `nil` for the default, after which it is an error.
    public var timeoutMs: Int?
    /// How long the search may take before it gives up with `deadlineExceeded`; `nil` for no limit.
    ///
    /// Stands in place of `timeoutMs`, for who then asks again where it may take longer.
    public var patience: Duration?
    /// Ends the search when nobody waits for it any more.
    public var cancellation: Cancellation?

    /// A request with all defaults.
    public init() {}

    /// The same request with the configured ways where it leaves them open.
    func completed(by ways: QueryWays) -> SearchRequest {
        var request = self
        request.forms = forms ?? ways.forms
        request.scripts = scripts ?? ways.scripts
        request.layout = layout ?? ways.layout
        request.typos = typos ?? ways.typos
        request.names = names ?? ways.names
        request.languages = languages ?? ways.languages
        return request
    }

    /// The same request with phrases as words; `nil` without any, or where all of them must match.
    ///
    /// A quotation in a headline stands in no text of another language.
    var withoutQuotes: SearchRequest? {
        guard mode == .simple, matchingStrategy == .frequency,
            q.utf8.count(where: { $0 == UInt8(ascii: "\"") }) > 1
        else { return nil }
        var request = self
        request.q = q.replacing("\"", with: " ")
        return request
    }
}

/// The answer to a search.
public struct SearchResponse: Sendable {
    /// One hit, ready to be shown.
    public struct Hit: Sendable {
        /// The collection it is from.
        public var collection: String
        /// The document.
        public var document: Document
        /// Its score.
        public var score: Float
        /// The formatted members by name, highlighted and cropped.
        public var formatted: [(name: String, text: String)]
        /// The matches by member, in the original text.
        public var matches: [(name: String, matches: [Match])]
        /// The parts of the score, if asked for.
        public var scoreDetails: Explanation?
        /// The words of the query that the document has in another language alone.
        public var translatedMatches: [TranslatedMatch] = []
        /// The other hits of the story, in the order in which they would have come; of many the
        /// first `Limits.translationCount`.
        public var translations: [TranslatedDocument] = []
        /// How many other hits of the story there are.
        public var translationCount = 0

        /// A hit.
        public init(
            collection: String, document: Document, score: Float,
            formatted: [(name: String, text: String)] = [],
            matches: [(name: String, matches: [Match])] = [], scoreDetails: Explanation? = nil
        ) {
            self.collection = collection
            self.document = document
            self.score = score
            self.formatted = formatted
            self.matches = matches
            self.scoreDetails = scoreDetails
        }
    }

    /// A word of the query that a document has in another language alone.
    public struct TranslatedMatch: Sendable, Equatable {
        /// As it was typed; several words where they mean something together.
        public var typed: String
        /// The code of the language that it was taken for.
        public var typedLang: String
        /// How it is written in the document.
        public var word: String
        /// The code of the language of that.
        public var lang: String

        /// A match.
        public init(typed: String, typedLang: String, word: String, lang: String) {
            self.typed = typed
            self.typedLang = typedLang
            self.word = word
            self.lang = lang
        }
    }

    /// A document that tells the story of a hit in another language.
    public struct TranslatedDocument: Sendable, Equatable {
        /// The collection it is from.
        public var collection: String
        /// Its key.
        public var key: DocumentKey
        /// The code of its language, if it has one.
        public var lang: String?
        /// What it is called, if it has a title.
        public var title: String?
        /// Its address, if it has one.
        public var url: String?

        /// A document.
        public init(
            collection: String, key: DocumentKey, lang: String? = nil, title: String? = nil,
            url: String? = nil
        ) {
            self.collection = collection
            self.key = key
            self.lang = lang
            self.title = title
            self.url = url
        }
    }

    /// One match in a text, on scalar borders of the original.
    public struct Match: Sendable, Equatable {
        /// Why it matched.
        public enum Via: String, Sendable, CaseIterable {
            case exact, forms, scripts, layout, typo, synonym, language
            /// The words of a phrase that no document has as it stands.
            case words

            /// 0 for what was typed, the more the further from it.
            var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
        }

        /// Where it begins, in UTF-8 bytes.
        public var start: Int
        /// How long it is, in UTF-8 bytes.
        public var length: Int
        /// Where it begins, in UTF-16 units.
        public var startUtf16: Int
        /// How long it is, in UTF-16 units.
        public var lengthUtf16: Int
        /// Why it matched.
        public var via: Via

        /// A match.
        public init(start: Int, length: Int, startUtf16: Int, lengthUtf16: Int, via: Via) {
            self.start = start
            self.length = length
            self.startUtf16 = startUtf16
            self.lengthUtf16 = lengthUtf16
            self.via = via
        }
    }

    /// A text that was read otherwise than it was typed.
    public struct Correction: Sendable, Equatable {
        /// The whole text as it was typed.
        public var typed: String
        /// The whole text as it was taken.
        public var meant: String
        /// Why: `layout`, `typo`, or `words` for phrases taken word by word.
        public var via: Match.Via

        /// A correction.
        public init(typed: String, meant: String, via: Match.Via) {
            self.typed = typed
            self.meant = meant
            self.via = via
        }
    }

    /// How the query was understood.
    public struct Interpretation: Sendable {
        /// The languages in which it was read, best first, with their share.
        public var languages: [(code: String, score: Double)] = []
        /// Each typed word with the terms used for it, words of other languages as the lexicon has
        /// them, and why.
        public var terms: [(typed: String, used: [String], via: [String])] = []
        /// What was read otherwise than it was typed; always said.
        public var corrections: [Correction] = []
        /// The listed entities that the query names: id, the name that it bears there, likeness.
        public var entities: [(id: String, name: String, score: Double)] = []
        /// What may have been meant where nothing was found; not searched for.
        public var didYouMean: String?
        /// Whether a prefix stands for more terms than are looked for; the most frequent are.
        public var isTruncated = false

        /// Nothing understood yet.
        public init() {}
    }

    /// The hits of the page.
    public var hits: [Hit] = []
    /// What was typed.
    public var query = ""
    /// How it was understood.
    public var interpretation = Interpretation()
    /// How long each part of the search took, if asked for.
    ///
    /// - Shape: always the same parts in the same order; none counts what another one does.
    public var performance: [(name: String, duration: Duration)] = []
    /// The size of the page asked for.
    public var limit = 20
    /// How many hits were passed over.
    public var offset = 0
    /// How many documents match.
    public var totalHits = 0
    /// Whether `totalHits` is exact; it is not after a timeout.
    public var totalIsExact = true
    /// How many stories the hits are grouped to; `nil` where that was not asked for.
    public var storyCount: Int?
    /// Whether `storyCount` is exact; it is not where more documents match than are looked through.
    public var storyCountIsExact = true
    /// The facets: field, values and counts, most first.
    public var facets: [(field: String, values: [(value: String, count: Int)])] = []
    /// The least and greatest value of date and number facets, as shown in the document.
    public var facetStats: [(field: String, min: String, max: String)] = []
    /// How long it took.
    public var duration: Duration = .zero
    /// Whether the time ran out and the hits are only some.
    public var timedOut = false
    /// The generation searched: the sum over the collections of their generations.
    public var generation: UInt64 = 0

    /// An empty answer.
    public init() {}
}

/// A tree that says how a score came about.
public struct Explanation: Sendable, Equatable {
    /// The value of this part.
    public var value: Float
    /// What it is, for people: `weight(title:қазақ) idf 3.2 ...`.
    public var description: String
    /// The parts it was made of.
    public var parts: [Explanation]

    /// An explanation.
    public init(value: Float, description: String, parts: [Explanation] = []) {
        self.value = value
        self.description = description
        self.parts = parts
    }
}
