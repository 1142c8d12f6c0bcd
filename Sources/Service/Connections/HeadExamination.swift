import NIOHTTP1
import SearchEngine
import ServiceAPI

/// What the head of a request tells, before any of its body has come.
///
/// After a refusal it holds what was found until then: the route to count it for, the methods to
/// name.
struct HeadExamination {
    /// The request, as far as its head tells it.
    private(set) var request: Request
    /// Where it leads.
    private(set) var route: Route?
    /// The methods of the path, where the one asked for is none of them.
    private(set) var allowed: [String] = []
    /// The most bytes that the body may have.
    private(set) var bodyLimit: Int

    private let configuration: ServerConfiguration
    private let isReadOnlySocket: Bool

    /// An examination of what is a request so far only by its number.
    init(of request: Request, _ configuration: ServerConfiguration, isReadOnlySocket: Bool) {
        self.request = request
        self.configuration = configuration
        self.isReadOnlySocket = isReadOnlySocket
        bodyLimit = configuration.limits.searchBodyByteCount
    }

    /// Examines the head.
    ///
    /// - Parameters:
    ///   - head: the line of the request and its fields.
    ///   - findPeer: who is at the other end; asked for where it matters only.
    /// - Throws: why the request is refused, whatever its body is.
    mutating func examine(_ head: HTTPRequestHead, findPeer: () -> Peer?) throws(ProblemDetails) {
        guard head.headers["host"].count <= 1 else {
            throw ProblemDetails(.invalidHTTP, "The request has more than one Host", param: "Host")
        }
        guard head.uri.utf8.count <= WireLimits.uriByteCount else {
            throw ProblemDetails(
                .uriTooLong,
                "Path and query have at most \(WireLimits.uriByteCount) bytes, not "
                    + "\(head.uri.utf8.count); send the search as a body")
        }
        let (path, query) = Self.split(head.uri)
        try findRoute(method: head.method, path: path, findPeer: findPeer)
        request.queryText = query
        request.contentType = head.headers.first(name: "content-type").map {
            $0.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
        }
        request.accept = head.headers.first(name: "accept")
        if request.endpoint == .addDocuments {
            bodyLimit = configuration.limits.ingestBodyByteCount
        }
        if let coding = head.headers.first(name: "content-encoding"),
            coding.lowercased() != "identity"
        {
            throw ProblemDetails(
                .unsupportedMediaType, "Bodies are taken as they are, without compression",
                param: "Content-Encoding")
        }
        if let expectation = head.headers.first(name: "expect"),
            expectation.lowercased() != "100-continue"
        {
            throw ProblemDetails(
                .expectationFailed, "Only 100-continue can be expected", param: "Expect")
        }
    }

    private mutating func findRoute(
        method: HTTPMethod, path: String, findPeer: () -> Peer?
    ) throws(ProblemDetails) {
        switch Routes.match(method: method.rawValue, path: path) {
        case .route(let route, let parameters):
            self.route = route
            request.endpoint = route.endpoint
            request.parameters = parameters
            if !route.isReadOnly { request.peer = findPeer() }
            let permissions = Permissions(adminUserIDs: configuration.adminUserIDs)
            if let problem = permissions.problem(
                with: route, from: request.peer, isReadOnlySocket: isReadOnlySocket)
            {
                throw problem
            }
        case .methodNotAllowed(let methods):
            allowed = methods
            throw ProblemDetails(
                .methodNotAllowed, "Allowed here: \(methods.joined(separator: ", "))")
        case .notFound:
            throw ProblemDetails(
                .routeNotFound, "Nothing is at this path; /openapi.json lists what there is")
        }
    }

    /// Path and query of a request target in origin or absolute form.
    private static func split(_ target: String) -> (path: String, query: String) {
        var rest = target[...]
        if rest.hasPrefix("http://") {
            rest = rest.dropFirst(7)
            rest = rest[(rest.firstIndex(of: "/") ?? rest.endIndex)...]
            if rest.isEmpty { rest = "/" }
        }
        let pieces = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(pieces[0]), pieces.count > 1 ? String(pieces[1]) : "")
    }
}
