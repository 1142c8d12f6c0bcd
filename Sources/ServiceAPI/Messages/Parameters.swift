/// The query string of `GET /v1/stats`.
public enum StatsParameters {
    /// Its parameters.
    public static let schema = MessageSchema(fields: [
        MessageField("collection", .string, "The collection; all if absent")
    ])
}

/// The query string of `GET …/documents/{id}`.
public enum DocumentParameters {
    /// Its parameters.
    public static let schema = MessageSchema(fields: [
        MessageField("highlight", .string, "A query; its words are marked", code: .invalidQ),
        MessageField(
            "lang", .choice(["auto", "kk", "ru", "en"]), "The language of the query",
            code: .invalidLang),
        MessageField("mode", .choice(["simple", "query"]), "How the query is read"),
        MessageField("highlightPreTag", .string, "Put before a marked word"),
        MessageField("highlightPostTag", .string, "Put behind a marked word"),
    ])
}

/// The query string of `GET …/documents`.
public enum ListParameters {
    /// Its parameters.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "filter", .string, "What the documents have in common", code: .invalidFilter),
        MessageField("cursor", .string, "nextCursor of the page before", code: .invalidCursor),
        MessageField(
            "limit", .integer(1...WireLimits.documentPageSize),
            "The most documents of a page, 20 if absent; of an export, all", code: .invalidLimit),
    ])
}

/// The query string of writes.
public enum WriteParameters {
    /// Its parameters.
    public static let schema = MessageSchema(fields: [
        MessageField(
            "wait", .choice(["none", "durable", "visible"]),
            "When the answer comes: at once, when it is synced (default), when it is found")
    ])
}
