public import JSON

/// Names by example, in batches: the shape of yente's `match`.
public struct MatchMessage: Sendable, Equatable {
    /// What is known of one entity that is looked for.
    public struct Query: Sendable, Equatable {
        /// How the sender calls it.
        public var key: String
        /// What it is.
        public var type: NamedType
        /// Its names, at least one.
        public var names: [String]
        /// Its countries as two capital letters.
        public var countries: [String]
        /// Its cities.
        public var cities: [String]
        /// The query as it came, to be sent back with the answer.
        public var json: JSONValue

        /// An entity known by its names.
        public init(key: String, type: NamedType, names: [String]) {
            self.key = key
            self.type = type
            self.names = names
            countries = []
            cities = []
            var query = JSONObject()
            query["schema"] = .string(type.schemaWord)
            query["properties"] = ["name": JSONValue(strings: names)]
            json = .object(query)
        }
    }

    /// The entities looked for, in their order; keys are unique.
    public var queries: [Query]
    /// From this score on a result is a match.
    public var threshold: Double?
    /// The most results of each query.
    public var limit: Int?
    /// The collections; `nil` or empty for all.
    public var collections: [String]?

    /// Entities to be looked for.
    public init(
        queries: [Query], threshold: Double? = nil, limit: Int? = nil,
        collections: [String]? = nil
    ) {
        self.queries = queries
        self.threshold = threshold
        self.limit = limit
        self.collections = collections
    }

    /// The message of a body.
    ///
    /// - Throws: `ProblemDetails`, whose `param` is a path such as `queries.a.properties.name`.
    public init(json: JSONValue) throws(ProblemDetails) {
        let object = try Self.schema.check(json)
        queries = []
        for (key, query) in object["queries"]?.object?.members ?? [] {
            let original = json["queries"]?[key] ?? query
            queries.append(try Query(key: key, checked: query, original: original))
        }
        threshold = object["threshold"]?.number
        limit = object["limit"]?.int
        collections = object["collections"]?.strings
    }

    /// The body that stands for this; what is `nil` is left out.
    public var json: JSONValue {
        var queries = JSONObject()
        for query in self.queries { queries[query.key] = query.json }
        var object = JSONObject(["queries": .object(queries)])
        object["threshold"] = threshold.map(JSONValue.double)
        object["limit"] = limit.map(JSONValue.init(int:))
        object["collections"] = collections.map(JSONValue.init(strings:))
        return .object(object)
    }

    /// The fields.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "queries",
            .map(
                [
                    MessageField("id", .string, "Comes back with the query, else unused"),
                    MessageField(
                        "schema", .string,
                        "What it is: Person, Organization, Place, Thing, or a narrower word"),
                    MessageField(
                        "properties", .anyObject,
                        "name, alias, firstName, middleName, lastName, country, city: a string or "
                            + "an array of strings; others are passed over",
                        isRequired: true),
                ], maximumCount: WireLimits.matchQueryCount),
            "Entities by example, each under a key that its answer bears", isRequired: true),
        MessageField(
            "threshold", .number(0...1), "From this score on a result is a match, 0.7 if absent"),
        MessageField(
            "limit", .integer(0...WireLimits.matchResultCount),
            "The most results of each query, 5 if absent", code: .invalidLimit),
        MessageField("collections", .strings, "The collections; all if absent"),
    ])

    /// The path of a field of a query, as it is named in errors.
    public static func path(_ key: String, _ field: String) -> String {
        "queries.\(MessageSchema.shortened(key)).\(field)"
    }
}

extension MatchMessage.Query {
    /// A query of a body whose fields are checked.
    fileprivate init(key: String, checked: JSONValue, original: JSONValue) throws(ProblemDetails) {
        self.key = key
        json = original
        let word = checked["schema"]?.string ?? NamedType.any.schemaWord
        guard let type = NamedType(schema: word) else {
            let nearest = EditDistance.nearest(to: word, in: NamedType.schemaWords)
            throw ProblemDetails(
                .invalidValue,
                nearest.map { "Unknown schema. Did you mean `\($0)`?" }
                    ?? "Unknown schema. Among the known are: Person, Organization, Company, "
                    + "CollegeOrUniversity, Place, City, Thing",
                param: MatchMessage.path(key, "schema"), suggestion: nearest)
        }
        self.type = type
        let properties = checked["properties"]?.object ?? JSONObject()
        func values(_ name: String) throws(ProblemDetails) -> [String] {
            try Self.values(properties[name], param: MatchMessage.path(key, "properties.\(name)"))
        }
        let whole = try values("name")
        let pieces = [try values("firstName"), try values("middleName"), try values("lastName")]
        names = (whole.isEmpty ? Self.joined(pieces) : whole) + (try values("alias"))
        let param = MatchMessage.path(key, "properties.name")
        guard !names.isEmpty else {
            throw ProblemDetails(
                .missingField, "An example needs a name: `name`, `alias`, or `lastName`",
                param: param)
        }
        guard names.count <= WireLimits.matchNameCount else {
            throw ProblemDetails(
                .invalidValue,
                "The example has \(names.count) names, allowed are \(WireLimits.matchNameCount)",
                param: param)
        }
        // What is no code of a country could only contradict everything.
        countries = try values("country").filter { $0.utf8.count == 2 }.map { $0.uppercased() }
        cities = try values("city")
    }

    /// The texts of a property that are not blank.
    private static func values(_ property: JSONValue?, param: String) throws(ProblemDetails)
        -> [String]
    {
        let texts: [String]
        switch property {
        case nil, .null?: return []
        case .string(let text)?: texts = [text]
        case .array(let elements)? where elements.allSatisfy({ $0.string != nil }):
            texts = elements.compactMap(\.string)
        case let other?:
            throw ProblemDetails(
                .invalidValue,
                "`\(param)` has to be a string or an array of strings, not "
                    + (other.array == nil ? other.phrase : "an array of something else"),
                param: param)
        }
        return texts.filter { !$0.allSatisfy(\.isWhitespace) }
    }

    /// Names put together of their pieces: the first of each, the second of each.
    ///
    /// A piece that has fewer values than others lends its last one.
    private static func joined(_ pieces: [[String]]) -> [String] {
        (0..<(pieces.map(\.count).max() ?? 0)).map { index in
            pieces.compactMap { $0.isEmpty ? nil : $0[min(index, $0.count - 1)] }
                .joined(separator: " ")
        }
    }
}

extension NamedType {
    /// The widest word of this type.
    public var schemaWord: String {
        switch self {
        case .person: "Person"
        case .organization: "Organization"
        case .place: "Place"
        case .any: "Thing"
        }
    }
}
