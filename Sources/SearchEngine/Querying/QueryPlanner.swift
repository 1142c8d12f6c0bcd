import InvertedIndex
import TextAnalysis

/// What one query means in one collection.
struct QueryPlan {
    /// The queries to be tried, strictest first; never empty.
    var queries: [Query]
    /// What to highlight.
    var highlights = HighlightTerms()
    /// How it was understood.
    var interpretation = SearchResponse.Interpretation()
    /// Whether the query was looked at; it is not for a collection without documents.
    var isMade = true
}

/// Turns what was typed into queries over the fields of one collection.
///
/// Each typed word becomes one group of terms: its exact form in each exact field, its stems in
/// each field of stems. A document counts a word once, however many of them it has.
struct QueryPlanner {
    let collection: SearchedCollection
    /// All collections of the search, this one among them.
    ///
    /// A word is as rare as it is in all of them together: else a small collection would score by
    /// another measure than a large one.
    let all: [SearchedCollection]
    let weights: RankingWeights
    let limits: Limits
    /// The names of all fields of all searched collections.
    let knownNames: FieldNames
    /// How many words must match, in simple mode.
    let strategy: SearchRequest.MatchingStrategy
    /// Whether other forms of the words match.
    let usesForms: Bool
    /// The language of the query, `nil` to be found out.
    let language: Language?

    let understanding: QueryUnderstanding
    /// Among how many documents of this collection, and of all, the words are rare.
    private(set) var documentCount = 0
    private(set) var totalCount = 0
    private var highlights = HighlightTerms()
    private var interpretation = SearchResponse.Interpretation()

    /// A planner for one query and one collection.
    init(
        collection: SearchedCollection, all: [SearchedCollection], request: SearchRequest,
        language: Language?, weights: RankingWeights, limits: Limits, knownNames: FieldNames,
        understanding: QueryUnderstanding
    ) {
        self.collection = collection
        self.all = all
        self.weights = weights
        self.limits = limits
        self.knownNames = knownNames
        self.strategy = request.matchingStrategy
        self.usesForms = request.forms != .off
        highlights.usesForms = request.forms != .off
        self.language = language
        self.understanding = understanding
    }

    private var layout: CollectionLayout { collection.layout }
    private var searcher: Searcher { collection.searcher }

    /// The plan of what was typed; `nil` stands for every document.
    ///
    /// - Throws: `EngineError.query` for a field that no searched collection has.
    mutating func plan(_ syntax: QuerySyntax?, mode: SearchRequest.Mode) throws(EngineError)
        -> QueryPlan
    {
        guard let syntax else { return QueryPlan(queries: [.everything]) }
        if understanding.corrections.contains(where: { $0.via == .layout }) {
            highlights.exactVia = .layout
        }
        let guessed = language ?? understanding.times.measure(.analysis) { guess(syntax) }
        documentCount = try collection.documentCount(in: guessed)
        totalCount = 0
        for other in all { totalCount += try other.documentCount(in: guessed) }
        let queries: [Query]
        switch mode {
        case .simple: queries = try planSimple(syntax)
        case .query: queries = [try compile(syntax, language: guessed)]
        }
        let total = understanding.analysis.languageCounts.values.reduce(0, +)
        interpretation.languages =
            understanding.analysis.languageCounts
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { ($0.key.code, Double($0.value) / Double(max(1, total))) }
        return QueryPlan(
            queries: queries, highlights: highlights, interpretation: interpretation)
    }

    // MARK: Simple mode

    private mutating func planSimple(_ syntax: QuerySyntax) throws(EngineError) -> [Query] {
        let parts: [QuerySyntax] = if case .and(let parts) = syntax { parts } else { [syntax] }
        var phrases: [Query] = []
        var units: [QueryUnit] = []
        for part in parts {
            switch part {
            case .text(let literal):
                let found = try understanding.units(of: literal.text, language: language)
                for unit in found { note(unit) }
                units += found
            default: phrases.append(try compile(part, language: language))
            }
        }
        let fields = layout.textFields
        var required = units.filter { !$0.isStopWord }
        var stopWords = units.filter(\.isStopWord)
        if required.isEmpty && phrases.isEmpty {
            required = stopWords
            stopWords = []
        }
        if required.isEmpty && phrases.isEmpty { return [.nothing] }
        var optional = try queries(of: stopWords, fields, weight: weights.stopWord)
        if let bonus = phraseBonus(units, fields) { optional.append(bonus) }
        let words = try queries(of: required, fields, weight: 1)
        // Where not all words are needed, those of a name count one by one.
        let hasName = required.contains {
            switch $0 {
            case .name: true
            case .translated(let parts, _): parts.count > 1
            default: false
            }
        }
        let loose = hasName ? try loose(required, fields) : words
        return levels(words, loose: loose, phrases: phrases, optional: optional)
    }

    /// The queries of a strategy, strictest first.
    private func levels(
        _ words: [Query], loose: [Query], phrases: [Query], optional: [Query]
    ) -> [Query] {
        let all = conjunction(phrases + words, optional)
        switch strategy {
        case .all: return [all]
        case .last:
            guard words.count > 1 else { return [all] }
            return [all]
                + (1..<words.count).reversed().map { count in
                    conjunction(phrases + words[..<count], Array(words[count...]) + optional)
                }
        case .frequency:
            guard loose.count + phrases.count > 1, !words.isEmpty else { return [all] }
            if !phrases.isEmpty { return [all, conjunction(phrases, loose + optional)] }
            let any = Query.boolean(should: loose, minimumShould: 1)
            return [all, conjunction([any], optional)]
        }
    }

    private func conjunction(_ must: [Query], _ should: [Query]) -> Query {
        if must.count == 1 && should.isEmpty { return must[0] }
        return .boolean(must: must, should: should)
    }

    /// What is added for documents in which neighbouring words of the query are neighbours too.
    private func phraseBonus(_ units: [QueryUnit], _ fields: [CollectionLayout.TextField])
        -> Query?
    {
        let words = units.flatMap(\.words)
        guard weights.phraseBonus > 0, words.count > 1,
            words.count <= limits.phraseTermCount
        else { return nil }
        var pairs: [Query] = []
        for (left, right) in zip(words, words.dropFirst())
        where right.position == left.position + 1 && !(left.isStopWord && right.isStopWord) {
            pairs.append(
                .phrase(
                    Phrase(
                        fields: fields.map(\.exact),
                        slots: [(0, left.written), (1, right.written)],
                        weight: weights.phraseBonus / Float(words.count - 1))))
        }
        return pairs.isEmpty ? nil : .boolean(should: pairs, minimumShould: 1)
    }

    // MARK: Query mode

    private mutating func compile(_ syntax: QuerySyntax, language: Language?) throws(EngineError)
        -> Query
    {
        switch syntax {
        case .text(let literal): return try text(literal, language)
        case .phrase(let literal, let slop): return try phrase(literal, slop, language)
        case .prefix(let literal): return try prefix(literal, language)
        case .fuzzy(let literal, let distance): return try fuzzy(literal, distance, language)
        case .not(let part):
            return .boolean(mustNot: [try compile(part, language: language)], filter: [.everything])
        case .or(let parts):
            var should: [Query] = []
            for part in parts { should.append(try compile(part, language: language)) }
            return .boolean(should: should, minimumShould: 1)
        case .and(let parts): return try conjunction(of: parts, language)
        }
    }

    private mutating func conjunction(of parts: [QuerySyntax], _ language: Language?)
        throws(EngineError) -> Query
    {
        var must: [Query] = []
        var stopWords: [Query] = []
        var mustNot: [Query] = []
        for part in parts {
            switch part {
            case .not(let inner): mustNot.append(try compile(inner, language: language))
            case .text(let literal):
                let query = try text(literal, language)
                if try isStopWord(literal, language) {
                    stopWords.append(query)
                } else {
                    must.append(query)
                }
            default: must.append(try compile(part, language: language))
            }
        }
        if must.isEmpty, !stopWords.isEmpty {
            must = stopWords
            stopWords = []
        }
        let filter: [Query] = must.isEmpty ? [.everything] : []
        return .boolean(must: must, should: stopWords, mustNot: mustNot, filter: filter)
    }

    private func isStopWord(_ literal: QuerySyntax.Literal, _ language: Language?)
        throws(EngineError) -> Bool
    {
        guard literal.field == nil else { return false }
        let units = try understanding.units(of: literal.text, language: language)
        return !units.isEmpty && units.allSatisfy(\.isStopWord)
    }

    private mutating func text(_ literal: QuerySyntax.Literal, _ language: Language?)
        throws(EngineError) -> Query
    {
        guard let fields = try textFields(literal) else { return try value(literal) }
        let units = try understanding.units(of: literal.text, language: language)
        for unit in units { note(unit) }
        var queries: [Query] = []
        for unit in units {
            queries.append(
                try query(of: unit, fields, weight: unit.isStopWord ? weights.stopWord : 1))
        }
        switch queries.count {
        case 0: return .nothing
        case 1: return queries[0]
        default: return .boolean(must: queries)
        }
    }

    private mutating func phrase(
        _ literal: QuerySyntax.Literal, _ slop: Int, _ language: Language?
    ) throws(EngineError) -> Query {
        guard let fields = try textFields(literal) else { return try value(literal) }
        let words = understanding.analysis.words(of: literal.text, language: language)
        guard let first = words.first else { return .nothing }
        for word in words {
            interpretation.terms.append(
                (word.typed, word.exact.map { String(decoding: $0, as: UTF8.self) }, ["exact"]))
        }
        guard words.count > 1 else {
            for form in first.exact { highlights.exact.insert(form) }
            return .group(
                TermGroup(
                    alternatives: fields.flatMap { field in
                        first.exact.map { TermGroup.Alternative(field: field.exact, term: $0) }
                    }))
        }
        highlights.phrases.append(
            HighlightTerms.Phrase(slots: words.map { TermSet($0.exact) }, slop: slop))
        return .phrase(
            Phrase(
                fields: fields.map(\.exact),
                slots: words.map { ($0.position - first.position, $0.exact) },
                slop: min(max(0, slop), limits.phraseSlop)))
    }

    private mutating func prefix(_ literal: QuerySyntax.Literal, _ language: Language?)
        throws(EngineError) -> Query
    {
        guard let fields = try textFields(literal) else { return try value(literal) }
        var words = understanding.analysis.words(of: literal.text, language: language)
        guard let last = words.popLast() else { return .nothing }
        var must: [Query] = []
        for word in words {
            note(.word(word))
            must.append(try query(of: .word(word), fields, weight: 1))
        }
        var alternatives: [TermGroup.Alternative] = []
        var used: [String] = []
        for field in fields {
            for form in last.exact {
                let terms = try indexed { () throws(IndexError) in
                    try searcher.terms(
                        field.exact, prefix: form, limit: limits.prefixExpansionCount + 1)
                }
                if terms.count > limits.prefixExpansionCount { interpretation.isTruncated = true }
                for (term, _) in terms.prefix(limits.prefixExpansionCount) {
                    alternatives.append(.init(field: field.exact, term: term))
                    used.append(String(decoding: term, as: UTF8.self))
                }
            }
        }
        for form in last.exact { highlights.prefixes.append(form) }
        interpretation.terms.append((last.typed + "*", Self.shown(used), ["prefix"]))
        must.append(.group(TermGroup(alternatives: alternatives, weight: weights.prefix)))
        return must.count == 1 ? must[0] : .boolean(must: must)
    }

    private mutating func fuzzy(
        _ literal: QuerySyntax.Literal, _ distance: Int, _ language: Language?
    ) throws(EngineError) -> Query {
        guard let fields = try textFields(literal) else { return try value(literal) }
        var must: [Query] = []
        for word in understanding.analysis.words(of: literal.text, language: language) {
            var alternatives: [TermGroup.Alternative] = []
            var used: [String] = []
            for form in word.exact {
                let edits = Self.editCount(distance, of: form)
                for field in fields {
                    let terms = try indexed { () throws(IndexError) in
                        try searcher.fuzzyTerms(
                            field.exact, form, distance: edits, prefixScalars: 1,
                            limit: limits.fuzzyExpansionCount)
                    }
                    for found in terms {
                        var weight: Float = 1
                        for _ in 0..<found.distance { weight *= weights.fuzzy }
                        alternatives.append(
                            .init(field: field.exact, term: found.term, weight: weight))
                        highlights.exact.insert(found.term)
                        used.append(String(decoding: found.term, as: UTF8.self))
                    }
                }
            }
            interpretation.terms.append((word.typed, Self.shown(used), ["exact", "typo"]))
            must.append(.group(TermGroup(alternatives: alternatives)))
        }
        switch must.count {
        case 0: return .nothing
        case 1: return must[0]
        default: return .boolean(must: must)
        }
    }

    /// Short words take fewer edits: none below four letters, one below eight.
    private static func editCount(_ distance: Int, of form: [UInt8]) -> Int {
        let letterCount = String(decoding: form, as: UTF8.self).unicodeScalars.count
        return min(distance, letterCount < 4 ? 0 : letterCount < 8 ? 1 : 2)
    }

    // MARK: Words

    private func queries(
        of units: [QueryUnit], _ fields: [CollectionLayout.TextField], weight: Float
    ) throws(EngineError) -> [Query] {
        var queries: [Query] = []
        for unit in units { queries.append(try query(of: unit, fields, weight: weight)) }
        return queries
    }

    /// The queries of the units that are no stop words.
    func required(
        of units: [QueryUnit], _ fields: [CollectionLayout.TextField], weight: Float
    ) throws(EngineError) -> [Query] {
        try queries(of: units.filter { !$0.isStopWord }, fields, weight: weight)
    }

    /// The queries of units, those of a name one by one and who bears it beside them.
    private func loose(
        _ units: [QueryUnit], _ fields: [CollectionLayout.TextField]
    ) throws(EngineError) -> [Query] {
        var queries: [Query] = []
        for unit in units {
            switch unit {
            case .name(let parts, let ids):
                queries += try required(of: parts, fields, weight: 1)
                if let mention = mention(of: ids) { queries.append(mention) }
            case .translated(let parts, let translations) where parts.count > 1:
                queries += try required(of: parts, fields, weight: 1)
                queries += try self.translations(translations, fields, of: parts, weight: 1)
            default: queries.append(try query(of: unit, fields, weight: 1))
            }
        }
        return queries
    }

    /// The documents that mention an entity, under whatever name; below those that have the typed
    /// words.
    private func mention(of ids: [String]) -> Query? {
        guard let field = layout.mentionTerms else { return nil }
        return .group(
            TermGroup(
                alternatives: ids.map { .init(field: field, term: Array($0.utf8)) },
                weight: weights.mention))
    }

    /// The query of a word, or of a compound: its parts, or the whole as one word.
    ///
    /// A date also finds what was published on that day, below the texts that name it.
    func query(
        of unit: QueryUnit, _ fields: [CollectionLayout.TextField], weight: Float
    ) throws(EngineError) -> Query {
        switch unit {
        case .word(let word):
            let group = Query.group(try group(word, fields, weight))
            let days = published(on: word)
            return days.isEmpty ? group : .boolean(should: [group] + days, minimumShould: 1)
        case .name(let parts, let ids):
            var must = try required(of: parts, fields, weight: weight)
            var should = try queries(
                of: parts.filter(\.isStopWord), fields, weight: weights.stopWord)
            if must.isEmpty { swap(&must, &should) }
            let words =
                must.count == 1 && should.isEmpty
                ? must[0] : Query.boolean(must: must, should: should)
            guard let mention = mention(of: ids) else { return words }
            return .boolean(should: [words, mention], minimumShould: 1)
        case .translated(let parts, let translations):
            return try query(of: parts, translations, fields, weight: weight)
        case .compound(let parts, let whole):
            var must: [Query] = []
            for part in parts { must.append(.group(try group(part, fields, weight))) }
            return .boolean(
                should: [.boolean(must: must), .group(try group(whole, fields, weight))]
                    + published(on: whole),
                minimumShould: 1)
        }
    }

    /// The documents whose date members name the day that a word stands for, if it stands for one.
    private func published(on word: QueryWord) -> [Query] {
        var queries: [Query] = []
        for form in word.exact where form.starts(with: "d:".utf8) {
            guard let day = DateValue(String(decoding: form.dropFirst(2), as: UTF8.self)) else {
                continue
            }
            for field in layout.valueFields where field.role == .date {
                queries.append(.range(field.field, day.first...day.last))
            }
        }
        return queries
    }

    func group(
        _ word: QueryWord, _ fields: [CollectionLayout.TextField], _ weight: Float
    ) throws(EngineError) -> TermGroup {
        let alternatives = collection.alternatives(
            of: word, fields, weights: weights, usesForms: usesForms)
        var group = TermGroup(
            alternatives: alternatives, weight: weight, documentCount: documentCount)
        guard all.count > 1 || !word.related.isEmpty else { return group }
        let own = try collection.documentFrequency(alternatives)
        guard own > 0 else { return group }
        // A word is as rare as its own forms are: that other words look like it in another script
        // does not make it a frequent one. Only if nobody writes it so, the others count.
        var frequency = try frequency(ofTyped: word)
        if frequency == 0 { frequency = try self.frequency(of: word) }
        group.weight *=
            SearchedCollection.inverseDocumentFrequency(max(frequency, 1), of: totalCount)
            / SearchedCollection.inverseDocumentFrequency(own, of: documentCount)
        return group
    }

    /// In how many documents of all collections the own forms of a word stand.
    func frequency(ofTyped word: QueryWord) throws(EngineError) -> Int {
        var frequency = 0
        for other in all {
            frequency += try other.documentFrequency(ofTyped: word, usesForms: usesForms)
        }
        return frequency
    }

    /// In how many documents of all collections a word stands.
    func frequency(of word: QueryWord) throws(EngineError) -> Int {
        var frequency = 0
        for other in all {
            frequency += try other.documentFrequency(
                other.alternatives(
                    of: word, other.layout.textFields, weights: weights, usesForms: usesForms))
        }
        return frequency
    }

    /// Keeps what a unit stands for, for highlights and for the answer.
    private mutating func note(_ unit: QueryUnit) {
        highlights.units.append(unit)
        say(unit)
    }

    /// Keeps what a unit stands for, for the answer.
    private mutating func say(_ unit: QueryUnit) {
        if case .name(let parts, _) = unit {
            for part in parts { say(part) }
            return
        }
        if case .translated(let parts, let translations) = unit {
            for part in parts { say(part) }
            say(translations)
            if let word = TranslatedWord(parts, translations, usesForms: usesForms) {
                highlights.translated.append(word)
            }
            return
        }
        var words = unit.words
        if case .compound(_, let whole) = unit { words.append(whole) }
        for word in words {
            var used = word.exact
            var ways = [highlights.exactVia]
            if usesForms {
                used += word.stems.filter { !word.exact.contains($0) }
                ways.append(.forms)
            }
            for term in word.related {
                if !used.contains(term.term) { used.append(term.term) }
                if !ways.contains(term.via) { ways.append(term.via) }
            }
            let shown = used.prefix(Self.mostShown).map { String(decoding: $0, as: UTF8.self) }
            interpretation.terms.append((word.typed, shown, ways.map(\.rawValue)))
        }
    }

    /// Keeps what the last noted words are called in other languages.
    private mutating func say(_ translations: [Translation]) {
        guard let lexicon = understanding.translator?.lexicon, !translations.isEmpty,
            !interpretation.terms.isEmpty
        else { return }
        let last = interpretation.terms.count - 1
        for translation in translations {
            let text = lexicon.text(of: translation)
            // Terms are normalised, so their bytes tell whether they are the same.
            let isKnown = interpretation.terms[last].used.contains {
                $0.utf8.count == text.utf8.count && $0.utf8.elementsEqual(text.utf8)
            }
            if !isKnown { interpretation.terms[last].used.append(text) }
        }
        interpretation.terms[last].via.append(SearchResponse.Match.Via.language.rawValue)
    }

    /// The first of some terms, each once.
    private static func shown(_ terms: [String]) -> [String] {
        var shown: [String] = []
        for term in terms where !shown.contains(term) {
            shown.append(term)
            if shown.count == mostShown { break }
        }
        return shown
    }

    private static let mostShown = 20

    // MARK: Fields

    /// The text fields that a literal is looked for in; `nil` where it names another field.
    private func textFields(_ literal: QuerySyntax.Literal) throws(EngineError)
        -> [CollectionLayout.TextField]?
    {
        guard let name = literal.field else { return layout.textFields }
        if let field = layout.textField(named: name) { return [field] }
        if layout.valueField(named: name) != nil || knownNames.contains(name) { return nil }
        let nearest = knownNames.nearest(to: name)
        throw .query(
            QueryError(
                .q, "Unknown field `\(name)`." + (nearest.map { " Did you mean `\($0)`?" } ?? ""),
                at: literal.span, suggestion: nearest))
    }

    /// The query of a literal on a keyword, number or date field: equality, as in a filter.
    private func value(_ literal: QuerySyntax.Literal) throws(EngineError) -> Query {
        guard let name = literal.field, layout.valueField(named: name) != nil else {
            return .nothing
        }
        let planner = FilterPlanner(layout: layout, knownNames: knownNames, searcher: searcher)
        do {
            return try planner.query(
                .comparison(
                    .init(text: name, span: literal.span), .equal,
                    .init(text: literal.text, span: literal.span)))
        } catch .query(var error) {
            error.part = .q
            throw .query(error)
        }
    }

    /// The language that a query is in as a whole, since one word hardly tells.
    private func guess(_ syntax: QuerySyntax) -> Language? {
        let text = Self.texts(of: syntax).joined(separator: " ")
        return text.split(separator: " ").count > 2
            ? understanding.analysis.language(of: text) : nil
    }

    private static func texts(of syntax: QuerySyntax) -> [String] {
        switch syntax {
        case .text(let literal), .phrase(let literal, _), .prefix(let literal),
            .fuzzy(let literal, _):
            [literal.text]
        case .and(let parts), .or(let parts): parts.flatMap { texts(of: $0) }
        case .not(let part): texts(of: part)
        }
    }
}
