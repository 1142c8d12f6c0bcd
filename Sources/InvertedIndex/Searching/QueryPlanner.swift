/// Looks up the terms of a query in a snapshot and works out its weights.
struct QueryPlanner {
    /// The segments.
    let segments: [Segment]
    /// The weights and averages.
    let model: ScoringModel
    /// Where terms are that were asked for before.
    let lookups: TermLookups

    /// The plan of a query; scores of it are multiplied by `factor`.
    func plan(_ query: Query, factor: Float = 1) throws(IndexError) -> PlannedQuery {
        switch query {
        case .everything: return .everything
        case .nothing: return .nothing
        case .group(let group): return try plan(group, factor)
        case .phrase(let phrase): return try plan(phrase, factor)
        case .prefix(let field, let prefix):
            return try termSet(field) { segment throws(IndexError) in
                try TermExpansion.prefix(segment, field, prefix)
            }
        case .fuzzy(let field, let word, let distance):
            guard let scan = FuzzyTermScan(word: word, distance: distance, prefixLetters: 0) else {
                return .nothing
            }
            return try termSet(field) { segment throws(IndexError) in
                try TermExpansion.fuzzy(segment, field, scan)
            }
        case .keyword(let field, let values):
            return try termSet(field) { segment throws(IndexError) in
                var entries: [TermEntry] = []
                for value in values {
                    if let entry = try segment.lookup(field, value.span) { entries.append(entry) }
                }
                return entries
            }
        case .range(let field, let range): return .range(field, range)
        case .exists(let field): return .exists(field)
        case .keys(let keys): return keys.isEmpty ? .nothing : .keys(keys)
        case .boosted(let inner, let boost): return try plan(inner, factor: factor * boost)
        case .boolean(let must, let should, let mustNot, let filter, let minimumShould):
            return try plan(must, should, mustNot, filter, minimumShould, factor)
        }
    }

    /// A term in all segments; nil where none has it.
    func term(
        _ field: FieldID, _ bytes: [UInt8], weight: Float = 1
    ) throws(IndexError) -> PlannedTerm? {
        let entries = try lookups.entries(field, bytes, in: segments)
        let frequency = entries.reduce(0) { $0 + UInt64($1?.documentFrequency ?? 0) }
        guard frequency > 0 else { return nil }
        return PlannedTerm(
            field: field, term: bytes, normalization: model.normalization(field, weight: weight),
            weight: weight, entries: entries,
            impactScales: model.impactScales(field, weight: weight),
            documentFrequency: frequency)
    }

    private func plan(_ group: TermGroup, _ factor: Float) throws(IndexError) -> PlannedQuery {
        var alternatives: [PlannedTerm] = []
        var frequency: UInt64 = 0
        for alternative in group.alternatives {
            guard
                let term = try term(
                    alternative.field, alternative.term, weight: alternative.weight)
            else { continue }
            frequency = max(frequency, term.documentFrequency)
            alternatives.append(term)
        }
        if alternatives.isEmpty { return .nothing }
        let idf = model.inverseDocumentFrequency(frequency, of: group.documentCount)
        return .group(
            PlannedGroup(
                alternatives: alternatives, inverseDocumentFrequency: idf,
                factor: factor * group.weight * idf * (model.k1 + 1), k1: model.k1))
    }

    private func plan(_ phrase: Phrase, _ factor: Float) throws(IndexError) -> PlannedQuery {
        guard let first = phrase.slots.first else { return .nothing }
        var fields: [PlannedPhrase.Field] = []
        for field in phrase.fields {
            var slots: [[PlannedTerm]] = []
            var idf: Float = 0
            for slot in phrase.slots {
                var terms: [PlannedTerm] = []
                var frequency: UInt64 = 0
                for (index, bytes) in slot.terms.enumerated()
                where !slot.terms[..<index].contains(bytes) {
                    guard let term = try term(field, bytes) else { continue }
                    frequency = max(frequency, term.documentFrequency)
                    terms.append(term)
                }
                if terms.isEmpty { break }
                idf += model.inverseDocumentFrequency(frequency)
                slots.append(terms)
            }
            guard slots.count == phrase.slots.count else { continue }
            fields.append(
                PlannedPhrase.Field(
                    field: field, normalization: model.normalization(field), slots: slots,
                    inverseDocumentFrequency: idf,
                    factor: factor * phrase.weight * idf * (model.k1 + 1)))
        }
        if fields.isEmpty { return .nothing }
        return .phrase(
            PlannedPhrase(
                fields: fields,
                offsets: phrase.slots.map { Int64($0.offset) - Int64(first.offset) },
                slop: Int64(max(0, phrase.slop)), k1: model.k1))
    }

    private func termSet(
        _ field: FieldID,
        _ expand: (Segment) throws(IndexError) -> [TermEntry]
    ) throws(IndexError) -> PlannedQuery {
        var entries: [[TermEntry]] = []
        for segment in segments { entries.append(try expand(segment)) }
        return entries.allSatisfy(\.isEmpty)
            ? .nothing : .terms(PlannedTermSet(field: field, entries: entries))
    }

    private func plan(
        _ must: [Query], _ should: [Query], _ mustNot: [Query], _ filter: [Query],
        _ minimumShould: Int, _ factor: Float
    ) throws(IndexError) -> PlannedQuery {
        var boolean = PlannedBoolean()
        for query in must {
            switch try plan(query, factor: factor) {
            case .nothing: return .nothing
            case .boolean(let inner) where inner.should.isEmpty && inner.mustNot.isEmpty:
                boolean.must += inner.must
                boolean.filter += inner.filter
            case let part: boolean.must.append(part)
            }
        }
        for query in filter {
            switch try plan(query, factor: 0) {
            case .nothing: return .nothing
            case let part: boolean.filter.append(part)
            }
        }
        for query in should {
            let part = try plan(query, factor: factor)
            if case .nothing = part { continue }
            boolean.should.append(part)
        }
        for query in mustNot {
            let part = try plan(query, factor: 0)
            if case .nothing = part { continue }
            boolean.mustNot.append(part)
        }
        // Without anything required one of `should` is, also where none of them is in the index.
        let isShouldAlone = must.isEmpty && filter.isEmpty && !should.isEmpty
        boolean.minimumShould = max(minimumShould, isShouldAlone ? 1 : 0)
        return QueryPlanner.simplify(boolean)
    }

    private static func simplify(_ boolean: PlannedBoolean) -> PlannedQuery {
        var boolean = boolean
        if boolean.should.count < boolean.minimumShould { return .nothing }
        if boolean.should.count == boolean.minimumShould {
            // All of them are needed.
            boolean.must += boolean.should
            boolean.should = []
            boolean.minimumShould = 0
        }
        let isOnlyMust =
            boolean.should.isEmpty && boolean.mustNot.isEmpty && boolean.filter.isEmpty
        if isOnlyMust, boolean.must.count == 1 { return boolean.must[0] }
        if isOnlyMust, boolean.must.isEmpty { return .everything }
        return .boolean(boolean)
    }
}
