import JSON

/// A text that is being typed, to be completed.
public struct SuggestMessage: Sendable, Equatable {
    /// The text so far.
    public var q: String
    /// The collections; `nil` or empty for all.
    public var collections: [String]?
    /// The most suggestions.
    public var limit: Int?

    /// A text to be completed.
    public init(q: String, collections: [String]? = nil, limit: Int? = nil) {
        self.q = q
        self.collections = collections
        self.limit = limit
    }

    /// The message of a query string.
    ///
    /// - Throws: `ProblemDetails` that names the parameter.
    public init(query: QueryString) throws(ProblemDetails) {
        let object = try Self.schema.check(query)
        q = object["q"]?.string ?? ""
        collections = object["collections"]?.strings
        limit = object["limit"]?.int
    }

    /// The query string that stands for this.
    public var query: QueryString {
        var items = [(name: "q", value: q)]
        if let collections, !collections.isEmpty {
            items.append((name: "collections", value: collections.joined(separator: ",")))
        }
        if let limit { items.append((name: "limit", value: String(limit))) }
        return QueryString(items)
    }

    /// The parameters.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "q", .string, "The text so far; its last word may be unfinished", code: .invalidQ,
            isRequired: true),
        MessageField("collections", .strings, "The collections; all if absent"),
        MessageField(
            "limit", .integer(0...100), "The most suggestions, 10 if absent", code: .invalidLimit),
    ])
}
