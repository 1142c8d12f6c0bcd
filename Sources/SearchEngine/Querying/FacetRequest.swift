import InvertedIndex

/// One facet that was asked for.
struct FacetRequest: Equatable {
    /// As it was asked for: `lang`, `publishedAt:month`.
    var name: String
    /// The field.
    var field: String
    /// How exactly dates are counted; `nil` for keywords and numbers, and for dates of which only
    /// the least and greatest are wanted.
    var precision: DateValue.Precision?

    /// Reads a facet.
    ///
    /// - Throws: `QueryError` for a field that is not counted in any of the collections.
    init(_ name: String, layouts: [CollectionLayout]) throws(QueryError) {
        self.name = name
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        field = String(parts[0])
        let fields = layouts.compactMap { [field] in $0.valueField(named: field) }
        // Every collection may be asked for languages; one without them counts none.
        guard !fields.isEmpty || field == CollectionLayout.languageName else {
            throw Self.problem(field, layouts)
        }
        guard parts.count == 2 else { return }
        precision = DateValue.Precision(rawValue: String(parts[1]))
        guard precision != nil, fields.contains(where: { $0.role == .date }) else {
            throw QueryError(
                .facets, "Only dates are counted by `year`, `month` or `day`.",
                suggestion: fields.contains { $0.role == .date } ? "\(field):month" : field)
        }
    }

    private static func problem(_ name: String, _ layouts: [CollectionLayout]) -> QueryError {
        if layouts.contains(where: { $0.textField(named: name) != nil }) {
            return QueryError(.facets, "`\(name)` is a text field: its values are not counted.")
        }
        let nearest = NearestName.nearest(
            to: name, in: layouts.flatMap { $0.valueFields.map(\.name) })
        return QueryError(
            .facets,
            "Unknown attribute `\(name)`." + (nearest.map { " Did you mean `\($0)`?" } ?? ""),
            suggestion: nearest)
    }
}

/// Counts of facets over several collections.
struct FacetTotals {
    private var counts: [String: [String: Int]] = [:]
    private var ranges: [String: (range: ClosedRange<Int64>, isDate: Bool)] = [:]

    /// Adds what one collection has for a facet.
    mutating func add(
        _ facet: FacetRequest, _ field: CollectionLayout.ValueField, query: Query,
        results: SearchResults, searcher: Searcher, deadline: ContinuousClock.Instant
    ) throws(EngineError) {
        switch field.role {
        case .keyword:
            for (value, count) in results.facets[field.field] ?? [] {
                counts[facet.name, default: [:]][
                    String(decoding: value, as: UTF8.self), default: 0] += count
            }
            return
        case .number, .date:
            if let range = results.numberRanges[field.field] {
                let old = ranges[facet.field]?.range ?? range
                ranges[facet.field] = (
                    min(old.lowerBound, range.lowerBound)...max(old.upperBound, range.upperBound),
                    field.role == .date
                )
            }
            if field.role == .date && facet.precision == nil { return }
        case .text, .names: return
        }
        let precision = facet.precision
        let numbers = try indexed { () throws(IndexError) in
            try searcher.numberCounts(query, field.field, deadline: deadline) { number in
                guard let precision else { return number }
                let (year, month, day) = DateValue.day(of: number)
                return DateValue.seconds(
                    year, precision == .year ? 1 : month, precision == .day ? day : 1)
            }
        }
        for (number, count) in numbers {
            let value = precision.map { DateValue.text(of: number, precision: $0) }
            counts[facet.name, default: [:]][value ?? String(number), default: 0] += count
        }
    }

    /// The values of each facet, most first, ties by value.
    func values(_ facets: [FacetRequest], limit: Int) -> [(
        field: String, values: [(value: String, count: Int)]
    )] {
        facets.map { facet in
            let sorted = (counts[facet.name] ?? [:])
                .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
            return (facet.name, sorted.prefix(limit).map { (value: $0.key, count: $0.value) })
        }
    }

    /// The least and greatest values of numbers and dates.
    func stats(_ facets: [FacetRequest]) -> [(field: String, min: String, max: String)] {
        var seen: Set<String> = []
        return facets.compactMap { facet in
            guard seen.insert(facet.field).inserted, let (range, isDate) = ranges[facet.field]
            else { return nil }
            func text(_ number: Int64) -> String {
                isDate ? DateValue.text(of: number) : String(number)
            }
            return (facet.field, text(range.lowerBound), text(range.upperBound))
        }
    }
}
