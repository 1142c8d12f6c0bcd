import InvertedIndex
import TextAnalysis

/// One search over one or several collections, each with its own plan.
struct MultiSearch {
    /// A collection and what the query means in it.
    struct Target {
        let collection: OpenCollection
        let snapshot: Snapshot
        let searcher: Searcher
        let plan: QueryPlan
        let filter: Query?

        /// The query of a level of strictness; the last where it has fewer levels.
        func query(level: Int) -> Query {
            let query = plan.queries[min(level, plan.queries.count - 1)]
            guard let filter else { return query }
            return .boolean(must: [query], filter: [filter])
        }
    }

    let request: SearchRequest
    let limits: Limits
    let weights: RankingWeights
    let targets: [Target]
    private let understanding: QueryUnderstanding
    private let order: SearchOrder
    private let facets: [FacetRequest]
    private let formatter: HitFormatter
    private let start: ContinuousClock.Instant
    private let times: SearchTimes

    /// Checks a request and plans it for each collection.
    ///
    /// - Throws: `EngineError.query` for what is wrong with the request.
    init(
        engine: Engine, request given: SearchRequest, collections: [OpenCollection],
        analyzer: Analyzer
    ) throws(EngineError) {
        start = .now
        let request = given.completed(by: engine.settings.ways)
        self.request = request
        times = SearchTimes(isOn: request.showPerformanceDetails)
        limits = engine.settings.limits
        weights = engine.settings.weights
        let layouts = collections.map(\.layout)
        do throws(QueryError) {
            try Self.checkWindow(request, limits)
            order = try SearchOrder(request.sort, layouts: layouts)
            var facets: [FacetRequest] = []
            for name in request.facets {
                facets.append(try FacetRequest(name, layouts: layouts))
            }
            self.facets = facets
            formatter = try HitFormatter(
                request: request, layouts: layouts, limits: limits, analyzer: analyzer)
        } catch {
            throw .query(error)
        }
        (targets, understanding) = try Self.plan(
            engine, request, collections, analyzer, times, start)
    }

    private static func checkWindow(_ request: SearchRequest, _ limits: Limits) throws(QueryError) {
        guard request.limit >= 0, request.limit <= limits.hitCount else {
            throw QueryError(.limit, "`limit` is expected between 0 and \(limits.hitCount).")
        }
        guard request.offset >= 0, request.offset <= limits.windowSize - request.limit else {
            throw QueryError(
                .offset,
                "`offset` and `limit` together reach to \(limits.windowSize) at the most; page "
                    + "by a filter beyond it.")
        }
        guard request.lang == "auto" || languages[request.lang] != nil else {
            throw QueryError(
                .lang, "Unknown language `\(request.lang)`; known are auto, kk, ru and en.",
                suggestion: NearestName.nearest(
                    to: request.lang, in: ["auto"] + languages.keys.sorted()))
        }
    }

    private static let languages: [String: Language] = [
        "kk": .kazakh, "ru": .russian, "en": .english,
    ]

    private static func plan(
        _ engine: Engine, _ request: SearchRequest, _ collections: [OpenCollection],
        _ analyzer: Analyzer, _ times: SearchTimes, _ start: ContinuousClock.Instant
    ) throws(EngineError) -> ([Target], QueryUnderstanding) {
        // All of one kind: another configuration may come at any moment.
        let settings = engine.settings
        let limits = settings.limits
        var filterSyntax: FilterSyntax?
        if let filter = request.filter { filterSyntax = try engine.parseFilter(filter) }
        let knownNames = FieldNames(collections.map(\.layout))
        let searched = engine.searched(collections)
        let weights = settings.weights
        let language = languages[request.lang]
        let understanding = QueryUnderstanding(
            request: request, language: language,
            analysis: QueryAnalysis(analyzer: analyzer, stopWords: engine.analyzers.stopWords),
            vocabulary: SearchedVocabulary(searched), weights: weights, limits: limits,
            memory: settings.words.memory(of: searched.map(\.searcher.snapshot)),
            lexicon: engine.lexicon,
            names: engine.queryNames(request), translator: engine.translator(request),
            times: times)
        // What is too long is refused as it was typed.
        _ = try parse(request.q, request.mode, limits)
        try times.measure(.layout) { () throws(EngineError) in try understanding.correctLayout() }
        try checkPatience(request, start)
        let syntax = try parse(understanding.text, request.mode, limits)
        // What has no documents has no part in what words count. In query mode it is planned all the
        // same, since it may lack a field that is asked for.
        let filled = searched.filter { !$0.isEmpty }
        let planned = request.mode == .simple && !filled.isEmpty ? filled : searched
        var targets: [Target] = []
        for (collection, own) in zip(collections, searched) {
            var filter: Query?
            if let filterSyntax {
                filter = try FilterPlanner(
                    layout: own.layout, knownNames: knownNames, searcher: own.searcher
                ).query(filterSyntax)
            }
            var planner = QueryPlanner(
                collection: own, all: planned, request: request,
                language: language, weights: weights, limits: limits, knownNames: knownNames,
                understanding: understanding)
            let plan =
                own.isEmpty && planned.count < searched.count
                ? QueryPlan(queries: [.nothing], isMade: false)
                : try times.measure(.plan) { () throws(EngineError) in
                    try planner.plan(syntax, mode: request.mode)
                }
            targets.append(
                Target(
                    collection: collection, snapshot: own.searcher.snapshot,
                    searcher: own.searcher, plan: plan, filter: filter))
        }
        understanding.noteSlips()
        try checkPatience(request, start)
        return (targets, understanding)
    }

    /// Gives up between two steps of a search whose patience has run out.
    private static func checkPatience(
        _ request: SearchRequest, _ start: ContinuousClock.Instant
    ) throws(EngineError) {
        guard let patience = request.patience, ContinuousClock.now - start > patience else {
            return
        }
        throw .index(.deadlineExceeded)
    }

    private static func parse(_ text: String, _ mode: SearchRequest.Mode, _ limits: Limits)
        throws(EngineError) -> QuerySyntax?
    {
        do throws(QueryError) {
            return try QueryParser.parse(text, mode: mode, limits: limits)
        } catch {
            throw .query(error)
        }
    }

    // MARK: Running

    /// Searches.
    ///
    /// When the time runs out that the client gave, the answer has what was found before, and
    /// `timedOut` is set; a client that gave none is told by an error, since it may not look.
    func run() throws(EngineError) -> SearchResponse {
        var response = SearchResponse()
        response.query = request.q
        response.limit = request.limit
        response.offset = request.offset
        response.generation = targets.reduce(0) { $0 &+ $1.snapshot.generation }
        response.interpretation = interpretation
        do {
            try times.measure(.search) { () throws(EngineError) in try search(&response) }
            if response.totalHits == 0 {
                response.interpretation.didYouMean = understanding.suggestion
            }
        } catch .index(.deadlineExceeded) {
            guard keepsPartial, request.cancellation?.isCancelled != true else {
                throw .index(.deadlineExceeded)
            }
            if request.groupTranslations {
                response.storyCount = response.storyCount ?? 0
                response.storyCountIsExact = false
            }
            response.timedOut = true
            response.totalIsExact = false
        }
        response.duration = ContinuousClock.now - start
        response.performance = times.parts
        return response
    }

    /// How the query was understood: as in the first collection of which that was found out, with
    /// what prefixes found in all.
    var interpretation: SearchResponse.Interpretation {
        let first = targets.firstIndex { $0.plan.isMade } ?? 0
        var result = targets.isEmpty ? .init() : targets[first].plan.interpretation
        result.corrections = understanding.corrections
        result.entities = understanding.entities.map { ($0.id, $0.name, Double($0.score)) }
        for target in targets.dropFirst(first + 1) {
            let other = target.plan.interpretation
            result.isTruncated = result.isTruncated || other.isTruncated
            for index in result.terms.indices where index < other.terms.count {
                for term in other.terms[index].used
                where !result.terms[index].used.contains(term) {
                    result.terms[index].used.append(term)
                }
            }
        }
        return result
    }

    /// Whether what was found until the time ran out is an answer.
    private var keepsPartial: Bool { request.timeoutMs != nil && request.patience == nil }

    var deadline: ContinuousClock.Instant {
        if let patience = request.patience { return start.advanced(by: patience) }
        let asked = request.timeoutMs ?? limits.searchMilliseconds
        let milliseconds = min(max(1, asked), limits.longestSearchMilliseconds)
        return start.advanced(by: .milliseconds(milliseconds))
    }

    /// A hit and the place of its collection in `targets`.
    typealias Found = (target: Int, document: ScoredDocument)

    /// Searches as strictly as enough documents allow.
    ///
    /// What a stricter query finds a looser one finds too, and mostly before the rest, since each
    /// word adds to the score. How far it is loosened depends on totals alone, so it is the same for
    /// each page.
    private func search(_ response: inout SearchResponse) throws(EngineError) {
        let levelCount = targets.reduce(1) { max($0, $1.plan.queries.count) }
        let linked = linkedCollections
        let limit = linked == nil ? request.offset + request.limit : limits.windowSize
        var level = 0
        var results = try search(level: level, limit: limit)
        while level + 1 < levelCount, !results.contains(where: \.isPartial),
            results.reduce(0, { $0 + $1.totalHits }) < weights.fewestFullMatches
        {
            level += 1
            results = try search(level: level, limit: limit)
        }
        response.totalHits = results.reduce(0) { $0 + $1.totalHits }
        response.timedOut = results.contains(where: \.isPartial)
        response.totalIsExact = !response.timedOut
        let found = merged(results).prefix(limit)
        if let linked {
            try putStories(of: Array(found), linked, level: level, into: &response)
        } else {
            if request.groupTranslations { response.storyCount = response.totalHits }
            response.hits = try hits(Array(found.dropFirst(request.offset)), level: level)
        }
        try count(results, level: level, &response)
    }

    private func search(level: Int, limit: Int) throws(EngineError) -> [SearchResults] {
        var results: [SearchResults] = []
        for target in targets {
            let layout = target.collection.layout
            var options = SearchOptions(
                limit: limit, deadline: deadline, keepsPartial: keepsPartial,
                cancellation: request.cancellation?.ofSearch)
            if case .field(let name, let descending) = order,
                let field = layout.valueField(named: name), field.role != .keyword
            {
                options.order = .number(field.field, descending: descending)
            }
            for facet in facets {
                guard let field = layout.valueField(named: facet.field) else { continue }
                if field.role == .keyword {
                    options.facets.append(field.field)
                } else if !options.numberRanges.contains(field.field) {
                    options.numberRanges.append(field.field)
                }
            }
            results.append(
                try indexed { () throws(IndexError) in
                    try target.searcher.search(target.query(level: level), options)
                })
        }
        return results
    }

    /// The hits of all collections in one order.
    private func merged(_ results: [SearchResults]) -> [Found] {
        var merged: [Found] = []
        for (index, result) in results.enumerated() {
            merged += result.hits.map { (index, $0) }
        }
        // The sort is stable: equals stay in the order of their collections.
        if results.count > 1 {
            merged.sort { precedes($0.document, $1.document) }
        }
        return merged
    }

    private func precedes(_ left: ScoredDocument, _ right: ScoredDocument) -> Bool {
        if case .field(_, let descending) = order, left.sortValue != right.sortValue {
            guard let leftValue = left.sortValue else { return false }
            guard let rightValue = right.sortValue else { return true }
            return descending ? leftValue > rightValue : leftValue < rightValue
        }
        return left.score > right.score
    }

    /// The hits of a page, ready to be shown.
    func hits(_ page: [Found], level: Int) throws(EngineError) -> [SearchResponse.Hit] {
        try times.measure(.hits) { () throws(EngineError) in try shown(page, level: level) }
    }

    private func shown(_ page: [Found], level: Int) throws(EngineError) -> [SearchResponse.Hit] {
        try Self.checkPatience(request, start)
        let translated = try throughTranslation(page)
        var highlights: [Int: HighlightTerms] = [:]
        var hits: [SearchResponse.Hit] = []
        for (place, found) in page.enumerated() {
            let words = translated[place] ?? []
            let target = targets[found.target]
            let readsTexts = formatter.readsTexts || !words.isEmpty
            // Where a word has to be found in its texts, all of the document is read.
            let members = readsTexts ? nil : formatter.neededMembers
            let address = found.document.address
            let document =
                readsTexts || members != nil
                ? try StoredDocument.read(at: address, in: target.snapshot, keeping: members)
                : try StoredDocument.text(at: address, in: target.snapshot)
            var hit = try self.hit(found.document, document, target, level: level)
            if readsTexts, highlights[found.target] == nil {
                highlights[found.target] = target.plan.highlights.complete
            }
            formatter.format(
                &hit, layout: target.collection.layout,
                highlights[found.target] ?? HighlightTerms(), throughTranslation: words)
            hits.append(hit)
        }
        return hits
    }

    private func hit(
        _ found: ScoredDocument, _ document: Document, _ target: Target, level: Int
    ) throws(EngineError) -> SearchResponse.Hit {
        var hit = SearchResponse.Hit(
            collection: target.collection.name, document: document, score: found.score)
        if request.showRankingScoreDetails {
            hit.scoreDetails = try indexed { () throws(IndexError) in
                try target.searcher.explain(target.query(level: level), found.address)
            }.map { Explanation($0) }
        }
        return hit
    }

    /// Highlights a document that was not searched for.
    func format(_ hit: inout SearchResponse.Hit) {
        guard let target = targets.first(where: { $0.collection.name == hit.collection }) else {
            return
        }
        formatter.format(&hit, layout: target.collection.layout, target.plan.highlights.complete)
    }

    private func count(
        _ results: [SearchResults], level: Int, _ response: inout SearchResponse
    ) throws(EngineError) {
        var totals = FacetTotals()
        for (target, result) in zip(targets, results) {
            for facet in facets {
                let layout = target.collection.layout
                guard let field = layout.valueField(named: facet.field) else { continue }
                try totals.add(
                    facet, field, query: target.query(level: level), results: result,
                    searcher: target.searcher, deadline: deadline)
            }
        }
        response.facets = totals.values(facets, limit: limits.facetValueCount)
        response.facetStats = totals.stats(facets)
    }
}

extension Explanation {
    /// The explanation of the index as the engine's.
    init(_ explanation: ScoreExplanation) {
        self.init(
            value: explanation.value, description: explanation.description,
            parts: explanation.parts.map { Explanation($0) })
    }
}
