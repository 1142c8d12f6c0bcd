/// Why a document has its score: a tree whose parts make up the value.
public struct ScoreExplanation: Sendable, Equatable {
    /// What this part adds, or its factor as the description says.
    public var value: Float
    /// How the value comes about.
    public var description: String
    /// What it is made of.
    public var parts: [ScoreExplanation]

    /// An explanation.
    public init(value: Float, description: String, parts: [ScoreExplanation] = []) {
        self.value = value
        self.description = description
        self.parts = parts
    }
}

extension Searcher {
    /// Why a document has its score for a query; nil if it does not match or is deleted.
    ///
    /// - Requires: the address is of this snapshot.
    public func explain(
        _ query: Query, _ address: DocumentAddress
    ) throws(IndexError) -> ScoreExplanation? {
        let segment = snapshot.segments[address.segment]
        if segment.isDeleted(address.document) { return nil }
        let explainer = ScoreExplainer(
            schema: snapshot.schema, model: model, segment: segment, ordinal: address.segment,
            document: address.document)
        return try explainer.explain(try planner.plan(query))
    }
}

/// Works out the score of one document, part by part.
struct ScoreExplainer {
    let schema: IndexSchema
    let model: ScoringModel
    let segment: Segment
    let ordinal: Int
    let document: UInt32

    func explain(_ plan: PlannedQuery) throws(IndexError) -> ScoreExplanation? {
        switch plan {
        case .everything: return ScoreExplanation(value: 0, description: "every document")
        case .nothing: return nil
        case .group(let group): return try explain(group)
        case .phrase(let phrase): return try explain(phrase)
        case .terms(let set): return try unscored(plan, "a term of \(name(set.field))")
        case .range(let field, _): return try unscored(plan, "the range of \(name(field))")
        case .exists(let field): return try unscored(plan, "has \(name(field))")
        case .keys: return try unscored(plan, "the key")
        case .boolean(let boolean): return try explain(boolean)
        }
    }

    private func name(_ field: FieldID) -> String { schema[field].name }

    private func unscored(
        _ plan: PlannedQuery, _ description: String
    ) throws(IndexError) -> ScoreExplanation? {
        let builder = NodeBuilder(segment: segment, ordinal: ordinal)
        guard let node = try builder.node(plan) else { return nil }
        let window = DocumentWindow(around: document, documentCount: segment.documentCount)
        let candidates = WindowBits.allocateWindow()
        defer { candidates.deallocate() }
        candidates.insert(document - window.base)
        try node.match(window, candidates)
        if node.matches.isWindowEmpty() { return nil }
        return ScoreExplanation(value: 0, description: description)
    }

    private func explain(_ boolean: PlannedBoolean) throws(IndexError) -> ScoreExplanation? {
        var parts: [ScoreExplanation] = []
        for part in boolean.must {
            guard let explanation = try explain(part) else { return nil }
            parts.append(explanation)
        }
        for part in boolean.filter {
            guard var explanation = try explain(part) else { return nil }
            explanation.description = "filter: \(explanation.description)"
            explanation.value = 0
            parts.append(explanation)
        }
        for part in boolean.mustNot where try explain(part) != nil { return nil }
        var shouldCount = 0
        for part in boolean.should {
            guard let explanation = try explain(part) else { continue }
            shouldCount += 1
            parts.append(explanation)
        }
        if shouldCount < boolean.minimumShould { return nil }
        return ScoreExplanation(
            value: parts.reduce(0) { $0 + $1.value }, description: "sum of", parts: parts)
    }

    private func explain(_ group: PlannedGroup) throws(IndexError) -> ScoreExplanation? {
        var total: Float = 0
        var parts: [ScoreExplanation] = []
        for term in group.alternatives {
            guard let entry = term.entries[ordinal] else { continue }
            var scan = PostingsScan(try segment.postings(entry, term.field))
            guard try scan.seek(document) == document else { continue }
            try scan.cursor.decodeFrequencies()
            let frequency = scan.cursor.frequencies[scan.index]
            let part = occurrences(
                Float(frequency), term.field, term.normalization,
                "\(String(decoding: term.term, as: UTF8.self)) in \(name(term.field)):"
                    + " weight \(term.weight), in \(term.documentFrequency) documents,"
                    + " \(frequency) times")
            total += part.value
            parts.append(part)
        }
        if parts.isEmpty { return nil }
        return saturated(
            total, factor: group.factor, k1: group.k1, idf: group.inverseDocumentFrequency, parts)
    }

    private func explain(_ phrase: PlannedPhrase) throws(IndexError) -> ScoreExplanation? {
        var fields: [ScoreExplanation] = []
        var counter = PhraseCounter(offsets: phrase.offsets, slop: phrase.slop)
        for field in phrase.fields {
            var slots: [PhraseSlot] = []
            for terms in field.slots {
                guard var slot = try PhraseSlot(terms, segment, ordinal) else { break }
                if try !slot.find(document) { break }
                try slot.read(document)
                slots.append(slot)
            }
            guard slots.count == field.slots.count else { continue }
            let count = counter.count(slots)
            if count == 0 { continue }
            let part = occurrences(
                Float(count), field.field, field.normalization,
                "phrase in \(name(field.field)): \(count) times")
            fields.append(
                saturated(
                    part.value, factor: field.factor, k1: phrase.k1,
                    idf: field.inverseDocumentFrequency, [part]))
        }
        if fields.count <= 1 { return fields.first }
        return ScoreExplanation(
            value: fields.reduce(0) { $0 + $1.value }, description: "sum of", parts: fields)
    }

    private func occurrences(
        _ frequency: Float, _ field: FieldID, _ normalization: LengthNormalization,
        _ description: String
    ) -> ScoreExplanation {
        let code = segment.lengths(field).map { Int($0[document]) } ?? 0
        return ScoreExplanation(
            value: frequency * normalization.inverse[code],
            description: description
                + ", boost \(normalization.boost), length \(FieldLengths.decode[code])"
                + " (average \(normalization.averageLength))")
    }

    private func saturated(
        _ total: Float, factor: Float, k1: Float, idf: Float, _ parts: [ScoreExplanation]
    ) -> ScoreExplanation {
        ScoreExplanation(
            value: factor * total / (k1 + total),
            description: "\(factor) · T / (\(k1) + T), idf \(idf), T = \(total) is the sum of",
            parts: parts)
    }
}
