import InvertedIndex

/// Turns a filter into a query over keyword and number fields of one collection.
struct FilterPlanner {
    let layout: CollectionLayout
    /// The names of all fields of all searched collections: what only another collection has
    /// matches nothing here, and is no error.
    let knownNames: FieldNames
    let searcher: Searcher

    /// The most values of a keyword field that `CONTAINS` may find.
    static let containedValueCount = 1024

    /// The query of a filter.
    ///
    /// - Throws: `EngineError.query` for an unknown attribute or a value of the wrong type.
    func query(_ filter: FilterSyntax) throws(EngineError) -> Query {
        switch filter {
        case .comparison(let name, let comparison, let value):
            return try compare(name, comparison, value)
        case .isIn(let name, let values):
            guard let field = try field(name) else { return .nothing }
            if field.role == .keyword {
                return .keyword(field.field, anyOf: values.map { Array($0.text.utf8) })
            }
            var parts: [Query] = []
            for value in values {
                parts.append(.range(field.field, try interval(of: value, field)))
            }
            return parts.isEmpty ? .nothing : .boolean(should: parts, minimumShould: 1)
        case .range(let name, let lower, let upper):
            guard let field = try field(name) else { return .nothing }
            try requireOrder(field, name)
            let first = try interval(of: lower, field).lowerBound
            let last = try interval(of: upper, field).upperBound
            return first <= last ? .range(field.field, first...last) : .nothing
        case .exists(let name):
            guard let field = try field(name) else { return .nothing }
            return .exists(field.field)
        case .contains(let name, let value): return try contains(name, value)
        case .and(let parts): return .boolean(filter: try queries(parts))
        case .or(let parts): return .boolean(should: try queries(parts), minimumShould: 1)
        case .not(let part): return .boolean(mustNot: [try query(part)], filter: [.everything])
        }
    }

    private func queries(_ parts: [FilterSyntax]) throws(EngineError) -> [Query] {
        var queries: [Query] = []
        for part in parts { queries.append(try query(part)) }
        return queries
    }

    private func compare(
        _ name: FilterSyntax.Name, _ comparison: FilterSyntax.Comparison,
        _ value: FilterSyntax.Value
    ) throws(EngineError) -> Query {
        if name.text == "id" { return try compareKey(name, comparison, value) }
        guard let field = try field(name) else {
            return comparison == .notEqual ? .everything : .nothing
        }
        let equal: Query
        if field.role == .keyword {
            switch comparison {
            case .equal, .notEqual: equal = .keyword(field.field, anyOf: [Array(value.text.utf8)])
            default:
                try requireOrder(field, name)
                return .nothing
            }
        } else {
            let interval = try interval(of: value, field)
            switch comparison {
            case .equal, .notEqual: equal = .range(field.field, interval)
            case .greater:
                guard interval.upperBound < .max else { return .nothing }
                return .range(field.field, interval.upperBound + 1...Int64.max)
            case .greaterOrEqual: return .range(field.field, interval.lowerBound...Int64.max)
            case .less:
                guard interval.lowerBound > .min else { return .nothing }
                return .range(field.field, Int64.min...interval.lowerBound - 1)
            case .lessOrEqual: return .range(field.field, Int64.min...interval.upperBound)
            }
        }
        return comparison == .equal
            ? equal : .boolean(mustNot: [equal], filter: [.everything])
    }

    private func compareKey(
        _ name: FilterSyntax.Name, _ comparison: FilterSyntax.Comparison,
        _ value: FilterSyntax.Value
    ) throws(EngineError) -> Query {
        let keys = Query.keys([Array(value.text.utf8)])
        switch comparison {
        case .equal: return keys
        case .notEqual: return .boolean(mustNot: [keys], filter: [.everything])
        default:
            throw .query(
                QueryError(
                    .filter, "`id` has no order; only = and != compare it.", at: name.span))
        }
    }

    private func contains(_ name: FilterSyntax.Name, _ value: FilterSyntax.Value)
        throws(EngineError) -> Query
    {
        guard let field = try field(name) else { return .nothing }
        guard field.role == .keyword else {
            throw .query(
                QueryError(
                    .filter, "CONTAINS looks into keywords; `\(name.text)` is none.",
                    at: name.span))
        }
        let wanted = value.text.lowercased()
        let values = try indexed { () throws(IndexError) in
            try searcher.terms(field.field, prefix: [], limit: .max)
        }
        let found = values.map(\.term).filter { value in
            String(decoding: value, as: UTF8.self).lowercased().contains(wanted)
        }
        guard found.count <= Self.containedValueCount else {
            throw .query(
                QueryError(
                    .filter,
                    "More than \(Self.containedValueCount) values of `\(name.text)` contain "
                        + "this. Make it longer.", at: value.span))
        }
        return found.isEmpty ? .nothing : .keyword(field.field, anyOf: found)
    }

    // MARK: Fields and values

    /// The field of a name; `nil` if only another collection has it.
    private func field(_ name: FilterSyntax.Name) throws(EngineError)
        -> CollectionLayout.ValueField?
    {
        if let field = layout.valueField(named: name.text) { return field }
        if layout.textField(named: name.text) != nil {
            throw .query(
                QueryError(
                    .filter,
                    "`\(name.text)` is a text field: it is searched, not filtered.",
                    at: name.span))
        }
        if knownNames.contains(name.text) { return nil }
        let nearest = knownNames.nearest(to: name.text)
        throw .query(
            QueryError(
                .filter,
                "Unknown attribute `\(name.text)`."
                    + (nearest.map { " Did you mean `\($0)`?" } ?? ""), at: name.span,
                suggestion: nearest))
    }

    private func requireOrder(_ field: CollectionLayout.ValueField, _ name: FilterSyntax.Name)
        throws(EngineError)
    {
        guard field.role != .keyword else {
            throw .query(
                QueryError(
                    .filter,
                    "`\(name.text)` is a keyword and has no order; use =, != or IN.",
                    at: name.span))
        }
    }

    /// The numbers that a value stands for; a date stands for all its seconds.
    private func interval(of value: FilterSyntax.Value, _ field: CollectionLayout.ValueField)
        throws(EngineError) -> ClosedRange<Int64>
    {
        if field.role == .date {
            guard let date = DateValue(value.text) else {
                throw .query(
                    QueryError(
                        .filter,
                        "A date is expected for `\(field.name)`: 2024, 2024-09, 2024-09-12 or "
                            + "2024-09-12T10:00:00Z.", at: value.span))
            }
            return date.first...date.last
        }
        guard let number = Int64(value.text) else {
            throw .query(
                QueryError(
                    .filter, "A whole number is expected for `\(field.name)`.", at: value.span))
        }
        return number...number
    }
}
