public import JSON

/// Several searches in one request.
public struct MultiSearchMessage: Sendable, Equatable {
    /// The searches.
    public var queries: [SearchMessage]

    /// The searches of a body; an error's `param` begins with the place, `queries[2].limit`.
    public init(json: JSONValue) throws(ProblemDetails) {
        let object = try Self.schema.check(json)
        queries = []
        for (index, query) in (object["queries"]?.array ?? []).enumerated() {
            do throws(ProblemDetails) {
                queries.append(try SearchMessage(json: query))
            } catch {
                var problem = error
                let place = "queries[\(index)]"
                problem.param = error.param.map { "\(place).\($0)" } ?? place
                throw problem
            }
        }
    }

    /// The field of a multi-search.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "queries", .objects(maximumCount: WireLimits.multiSearchCount), "Search requests",
            isRequired: true)
    ])
}

/// A search, and the document whose score is to be explained.
public struct ExplainMessage: Sendable, Equatable {
    /// The search.
    public var search: SearchMessage
    /// The document.
    public var id: String
    /// Its collection.
    public var collection: String

    /// An explanation asked for.
    public init(search: SearchMessage, id: String, collection: String) {
        self.search = search
        self.id = id
        self.collection = collection
    }

    /// The message of a body.
    public init(json: JSONValue) throws(ProblemDetails) {
        let object = try Self.schema.check(json)
        search = SearchMessage(checked: object)
        id = object["id"]?.string ?? ""
        collection = object["collection"]?.string ?? ""
    }

    /// The body.
    public var json: JSONValue {
        var object = search.json.object ?? JSONObject()
        object["id"] = .string(id)
        object["collection"] = .string(collection)
        return .object(object)
    }

    /// The fields of a search, `id` and `collection`.
    public static let schema = MessageSchema(
        fields: SearchMessage.schema.fields + [
            MessageField("id", .string, "The document", isRequired: true),
            MessageField("collection", .string, "Its collection", isRequired: true),
        ])
}

/// A text to be analysed.
public struct AnalyzeMessage: Sendable, Equatable {
    /// The text.
    public var text: String
    /// `auto`, `kk`, `ru` or `en`.
    public var lang: String
    /// Whether every stage is shown.
    public var steps: Bool

    /// A text to be analysed.
    public init(text: String, lang: String = "auto", steps: Bool = false) {
        self.text = text
        self.lang = lang
        self.steps = steps
    }

    /// The message of a body.
    public init(json: JSONValue) throws(ProblemDetails) {
        let object = try Self.schema.check(json)
        text = object["text"]?.string ?? ""
        lang = object["lang"]?.string ?? "auto"
        steps = object["steps"]?.bool ?? false
    }

    /// The body.
    public var json: JSONValue {
        ["text": .string(text), "lang": .string(lang), "steps": .bool(steps)]
    }

    /// The fields of the message.
    public static let schema = MessageSchema(fields: [
        MessageField("text", .string, "The text", isRequired: true),
        MessageField(
            "lang", .choice(["auto", "kk", "ru", "en"]), "Its language", code: .invalidLang),
        MessageField("steps", .boolean, "Whether every stage is shown"),
    ])
}

/// What a new collection is.
public struct CollectionMessage: Sendable, Equatable {
    /// The name of a kind that the configuration declares.
    public var kind: String

    /// A collection of a kind.
    public init(kind: String) {
        self.kind = kind
    }

    /// The message of a body.
    public init(json: JSONValue) throws(ProblemDetails) {
        kind = try Self.schema.check(json)["kind"]?.string ?? ""
    }

    /// The body.
    public var json: JSONValue { ["kind": .string(kind)] }

    /// The field of the message.
    public static let schema = MessageSchema(fields: [
        MessageField("kind", .string, "A kind that the configuration declares", isRequired: true)
    ])
}

/// Which documents are to be deleted.
public enum DeletionMessage: Sendable, Equatable {
    /// Those of these ids.
    case ids([String])
    /// Those that match.
    case filter(String)

    /// The message of a body; it has `ids` or `filter`, not both.
    public init(json: JSONValue) throws(ProblemDetails) {
        let object = try Self.schema.check(json)
        switch (object["ids"]?.strings, object["filter"]?.string) {
        case (let ids?, nil):
            guard ids.count <= WireLimits.deletionCount else {
                throw ProblemDetails(
                    .batchTooLarge,
                    "`ids` has \(ids.count) elements, allowed are \(WireLimits.deletionCount)",
                    param: "ids")
            }
            self = .ids(ids)
        case (nil, let filter?): self = .filter(filter)
        case (nil, nil):
            throw ProblemDetails(.missingField, "One of `ids` and `filter` is needed", param: "ids")
        case (_?, _?):
            throw ProblemDetails(
                .invalidValue, "`ids` and `filter` exclude each other", param: "filter")
        }
    }

    /// The body.
    public var json: JSONValue {
        switch self {
        case .ids(let ids): ["ids": JSONValue(strings: ids)]
        case .filter(let filter): ["filter": .string(filter)]
        }
    }

    /// The fields of the message.
    public static let schema = MessageSchema(fields: [
        MessageField("ids", .strings, "The ids of the documents"),
        MessageField(
            "filter", .string, "What the documents have in common", code: .invalidFilter),
    ])
}
