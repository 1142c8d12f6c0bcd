/// What a request asks for; the name is the `operationId` of the OpenAPI document.
public enum Endpoint: String, Sendable, CaseIterable {
    case root, openAPI, metrics, health, live, stats
    case search, searchByQueryString, multiSearch
    case suggest, names, namesByQueryString, match
    case analyze, explain
    case createCollection, dropCollection
    case addDocuments, listDocuments, getDocument, deleteDocument, deleteDocuments
    case takeSnapshot, reload, compact, verify
}

/// One method at one path.
public struct Route: Sendable, Equatable {
    /// The methods in use; `HEAD` is answered for every `GET`.
    public enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case put = "PUT"
        case post = "POST"
        case delete = "DELETE"
    }

    /// One piece of a path between slashes.
    public enum Segment: Sendable, Equatable {
        /// A fixed word.
        case literal(String)
        /// Any text, by its name.
        case parameter(String)
    }

    /// What it asks for.
    public let endpoint: Endpoint
    /// The method.
    public let method: Method
    /// The path with its parameters in braces.
    public let template: String
    /// What it does, in one line.
    public let purpose: String
    /// Whether it changes nothing, so that a read-only socket may offer it.
    public let isReadOnly: Bool
    /// Whether it is for those who run the daemon, not for everybody who may write.
    public let isAdmin: Bool
    /// Its place in the table of routes.
    public internal(set) var position = 0
    /// The pieces of the path.
    public let segments: [Segment]

    init(
        _ endpoint: Endpoint, _ method: Method, _ template: String, isReadOnly: Bool,
        isAdmin: Bool = false, _ purpose: String
    ) {
        self.endpoint = endpoint
        self.method = method
        self.template = template
        self.isReadOnly = isReadOnly
        self.isAdmin = isAdmin
        self.purpose = purpose
        segments = template.split(separator: "/").map { piece in
            piece.hasPrefix("{")
                ? .parameter(String(piece.dropFirst().dropLast())) : .literal(String(piece))
        }
    }

    /// The names of the parameters in the path.
    public var parameterNames: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }

    /// The path with parameters filled in and encoded.
    ///
    /// - Requires: `parameters` has a value for each parameter of the path.
    public func path(_ parameters: [String: String] = [:], query: QueryString = QueryString())
        -> String
    {
        var path = ""
        for segment in segments {
            path.append("/")
            switch segment {
            case .literal(let text): path.append(text)
            case .parameter(let name):
                guard let value = parameters[name] else {
                    preconditionFailure("\(template) needs the parameter \(name)")
                }
                path.append(PercentEncoding.encode(value))
            }
        }
        if path.isEmpty { path = "/" }
        return query.items.isEmpty ? path : "\(path)?\(query.text)"
    }

    /// The parameters, decoded, if the pieces of a path fit; fewer literals fit worse.
    func parameters(in pieces: [Substring]) -> [String: String]? {
        guard pieces.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (piece, segment) in zip(pieces, segments) {
            switch segment {
            case .literal(let text): guard piece == text else { return nil }
            case .parameter(let name):
                guard let value = PercentEncoding.decode(piece), !value.isEmpty else { return nil }
                parameters[name] = value
            }
        }
        return parameters
    }
}
