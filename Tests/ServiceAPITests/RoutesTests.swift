import ServiceAPI
import Testing

@Suite struct RoutesTests {
    @Test func `every endpoint has one route, and every route leads back to it`() {
        #expect(Set(Routes.all.map(\.endpoint)) == Set(Endpoint.allCases))
        #expect(Routes.all.count == Endpoint.allCases.count)
        for route in Routes.all {
            let parameters = Dictionary(
                uniqueKeysWithValues: route.parameterNames.map { ($0, "\($0) ә/%?+") })
            let path = route.path(parameters)
            #expect(
                Routes.match(method: route.method.rawValue, path: path)
                    == .route(route, parameters: parameters))
        }
    }

    @Test func `what writes is not offered for reading`() {
        for route in Routes.all where route.method == .put || route.method == .delete {
            #expect(!route.isReadOnly)
        }
        #expect(Routes[.search].isReadOnly)
        #expect(!Routes[.addDocuments].isReadOnly)
    }

    @Test(arguments: [
        ("GET", "/v1/collections/news/documents/delete", Endpoint.getDocument),
        ("POST", "/v1/collections/news/documents/delete", .deleteDocuments),
        ("HEAD", "/v1/health", .health), ("GET", "/", .root),
    ])
    func `the method chooses among routes of one path`(
        method: String, path: String, endpoint: Endpoint
    ) {
        guard case .route(let route, _) = Routes.match(method: method, path: path) else {
            Issue.record("no route")
            return
        }
        #expect(route.endpoint == endpoint)
    }

    @Test(arguments: [
        "", "v1/health", "/v1/health/", "//", "/v1//search", "/v1/collections//documents",
        "/v1/collections/news/documents/%zz", "/v1/collections/%ff", "/V1/health", "*",
    ])
    func `other paths lead nowhere`(path: String) {
        #expect(Routes.match(method: "GET", path: path) == .notFound)
    }

    @Test func `a known path with another method names those that it has`() {
        #expect(
            Routes.match(method: "POST", path: "/v1/collections/news/documents/x")
                == .methodNotAllowed(["DELETE", "GET", "HEAD"]))
    }
}
