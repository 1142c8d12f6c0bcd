/// The order of hits: by score, or by one number or date and then by score.
enum SearchOrder: Equatable {
    case score
    case field(name: String, descending: Bool)

    /// The order that sort keys ask for.
    ///
    /// - Throws: `QueryError` for what cannot be sorted by.
    init(_ keys: [SearchRequest.Sort], layouts: [CollectionLayout]) throws(QueryError) {
        var keys = keys
        // The score decides between equals in any case.
        if keys.count > 1, keys.last == .init(field: "_score", descending: true) {
            keys.removeLast()
        }
        guard let key = keys.first else {
            self = .score
            return
        }
        guard keys.count == 1 else {
            throw QueryError(
                .sort, "Hits are sorted by one field, and then by `_score:desc`.")
        }
        guard key.field != "_score" else {
            guard key.descending else {
                throw QueryError(
                    .sort, "The worst hits first are of no use; `_score` is sorted `desc`.",
                    suggestion: "_score:desc")
            }
            self = .score
            return
        }
        let fields = layouts.compactMap { $0.valueField(named: key.field) }
        guard fields.contains(where: { $0.role != .keyword }) else {
            throw Self.problem(key.field, layouts)
        }
        self = .field(name: key.field, descending: key.descending)
    }

    private static func problem(_ name: String, _ layouts: [CollectionLayout]) -> QueryError {
        let names = layouts.flatMap { layout in
            layout.valueFields.filter { $0.role != .keyword }.map(\.name)
        }
        if layouts.contains(where: { $0.names.contains(name) }) {
            return QueryError(
                .sort, "Hits are sorted by numbers and dates; `\(name)` is neither.",
                suggestion: names.first)
        }
        let nearest = NearestName.nearest(to: name, in: names + ["_score"])
        return QueryError(
            .sort,
            "Unknown attribute `\(name)`." + (nearest.map { " Did you mean `\($0)`?" } ?? ""),
            suggestion: nearest)
    }
}
