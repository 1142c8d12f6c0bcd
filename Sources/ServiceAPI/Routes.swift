/// Everything that the daemon answers: one table for its router, its OpenAPI document and clients.
public enum Routes {
    /// The routes; where two fit a path, the one that stands first is taken.
    public static let all: [Route] = table.enumerated().map { place, route in
        var route = route
        route.position = place
        return route
    }

    private static let table: [Route] = [
        Route(.root, .get, "/", isReadOnly: true, "Name, version, links"),
        Route(.openAPI, .get, "/openapi.json", isReadOnly: true, "This interface, OpenAPI 3.1"),
        Route(
            .metrics, .get, "/metrics", isReadOnly: true,
            "Numbers for a monitor, in the text format of Prometheus"),
        Route(
            .live, .get, "/v1/health/live", isReadOnly: true,
            "Whether the daemon runs: 200 as long as it answers at all"),
        Route(
            .health, .get, "/v1/health", isReadOnly: true,
            "Whether the daemon can do its work; 503 while it starts, stops or cannot write"),
        Route(
            .stats, .get, "/v1/stats", isReadOnly: true,
            "Numbers of the collections, versions of programs and analysis"),
        Route(
            .searchByQueryString, .get, "/v1/search", isReadOnly: true,
            "One ranked list over all or the named collections"),
        Route(
            .search, .post, "/v1/search", isReadOnly: true,
            "One ranked list over all or the named collections"),
        Route(
            .multiSearch, .post, "/v1/multi-search", isReadOnly: true,
            "Several searches in one request"),
        Route(
            .suggest, .get, "/v1/suggest", isReadOnly: true,
            "How a text may go on while it is typed: words and titles, in any script"),
        Route(
            .namesByQueryString, .get, "/v1/names", isReadOnly: true,
            "The documents that bear a name, however it is written"),
        Route(
            .names, .post, "/v1/names", isReadOnly: true,
            "The documents that bear a name, however it is written"),
        Route(
            .match, .post, "/v1/match", isReadOnly: true,
            "The entities that examples stand for, by their names, countries and cities"),
        Route(
            .analyze, .post, "/v1/analyze", isReadOnly: true,
            "What analysis makes of a text: tokens, language, stems"),
        Route(
            .explain, .post, "/v1/explain", isReadOnly: true,
            "How a query was understood, and the score of one document part by part"),
        Route(
            .createCollection, .put, "/v1/collections/{collection}", isReadOnly: false,
            "Make a collection of a declared kind; one that is there is left as it is"),
        Route(
            .dropCollection, .delete, "/v1/collections/{collection}", isReadOnly: false,
            isAdmin: true, "Remove a collection with its documents"),
        Route(
            .deleteDocuments, .post, "/v1/collections/{collection}/documents/delete",
            isReadOnly: false, "Delete documents by ids or by filter"),
        Route(
            .addDocuments, .post, "/v1/collections/{collection}/documents", isReadOnly: false,
            "Add or replace documents: NDJSON, a JSON array or one JSON object"),
        Route(
            .listDocuments, .get, "/v1/collections/{collection}/documents", isReadOnly: true,
            "A page of documents, or all of them as NDJSON"),
        Route(
            .getDocument, .get, "/v1/collections/{collection}/documents/{id}", isReadOnly: true,
            "One document, highlighted by a query if one is given"),
        Route(
            .deleteDocument, .delete, "/v1/collections/{collection}/documents/{id}",
            isReadOnly: false, "Delete one document"),
        Route(
            .takeSnapshot, .post, "/v1/snapshots", isReadOnly: false, isAdmin: true,
            "Keep all collections as they are now, under a name"),
        Route(
            .reload, .post, "/v1/admin/reload", isReadOnly: false, isAdmin: true,
            "Read the configuration again; a wrong one changes nothing"),
        Route(
            .compact, .post, "/v1/admin/compact", isReadOnly: false, isAdmin: true,
            "Make one segment of all, and give back the space of deleted documents"),
        Route(
            .verify, .post, "/v1/admin/verify", isReadOnly: false, isAdmin: true,
            "Read every byte of the index and prove it sound"),
    ]

    /// What a method and a path lead to.
    public enum Match: Sendable, Equatable {
        /// A route, with the parameters of its path decoded.
        case route(Route, parameters: [String: String])
        /// The path is known, not with this method; these are the methods that it has.
        case methodNotAllowed([String])
        /// Nothing is there.
        case notFound
    }

    /// The route for a method and a path without its query; `HEAD` is taken as `GET`.
    public static func match(method: String, path: String) -> Match {
        guard path.hasPrefix("/") else { return .notFound }
        // An empty piece fits no parameter, so that `/v1//documents` is not a route.
        let pieces =
            path == "/"
            ? [] : path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        let method = method == "HEAD" ? "GET" : method
        var allowed: [String] = []
        for route in all {
            guard let parameters = route.parameters(in: pieces) else { continue }
            if route.method.rawValue == method { return .route(route, parameters: parameters) }
            if !allowed.contains(route.method.rawValue) { allowed.append(route.method.rawValue) }
        }
        guard !allowed.isEmpty else { return .notFound }
        if allowed.contains("GET") { allowed.append("HEAD") }
        return .methodNotAllowed(allowed.sorted())
    }

    /// The route of an endpoint.
    public static subscript(endpoint: Endpoint) -> Route {
        guard let route = all.first(where: { $0.endpoint == endpoint }) else {
            preconditionFailure("every endpoint has a route")
        }
        return route
    }
}
