public import JSON

/// A name to be looked up.
public struct NamesMessage: Sendable, Equatable {
    /// The name as somebody writes it.
    public var q: String
    /// The collections; `nil` or empty for all.
    public var collections: [String]?
    /// What bears the name; `nil` for anything.
    public var type: NamedType?
    /// The least score of a hit, 0 to 1.
    public var threshold: Double?
    /// The most hits.
    public var limit: Int?

    /// A name to be looked up.
    public init(
        q: String, collections: [String]? = nil, type: NamedType? = nil, threshold: Double? = nil,
        limit: Int? = nil
    ) {
        self.q = q
        self.collections = collections
        self.type = type
        self.threshold = threshold
        self.limit = limit
    }

    /// The message of a body.
    ///
    /// - Throws: `ProblemDetails` that names the field.
    public init(json: JSONValue) throws(ProblemDetails) {
        self.init(checked: try Self.schema.check(json))
    }

    /// The message of a query string.
    ///
    /// - Throws: `ProblemDetails` that names the parameter.
    public init(query: QueryString) throws(ProblemDetails) {
        self.init(checked: try Self.schema.check(query))
    }

    private init(checked object: JSONObject) {
        q = object["q"]?.string ?? ""
        collections = object["collections"]?.strings
        type = object["type"]?.string.flatMap { NamedType(rawValue: $0) }
        threshold = object["threshold"]?.number
        limit = object["limit"]?.int
    }

    /// The body that stands for this; what is `nil` is left out.
    public var json: JSONValue {
        var object = JSONObject(["q": .string(q)])
        object["collections"] = collections.map(JSONValue.init(strings:))
        object["type"] = type.map { .string($0.rawValue) }
        object["threshold"] = threshold.map(JSONValue.double)
        object["limit"] = limit.map(JSONValue.init(int:))
        return .object(object)
    }

    /// The fields.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "q", .string, "The name, in any script and spelling", code: .invalidQ,
            isRequired: true),
        MessageField("collections", .strings, "The collections; all if absent"),
        MessageField(
            "type", .choice(NamedType.allCases.map(\.rawValue)),
            "What bears the name; anything if absent"),
        MessageField(
            "threshold", .number(0...1), "The least score of a hit, 0 if absent"),
        MessageField(
            "limit", .integer(0...1000), "The most hits, 10 if absent", code: .invalidLimit),
    ])
}
