import JSON
import ServiceAPI
import Testing

@Suite struct WireTests {
    @Test func `percent-encoding gives back every text`() {
        for text in ["", "a b", "ror:03q0vrn42", "қазақ/é+%41", "\u{0}\n", "😀&=?#"] {
            #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        }
        #expect(PercentEncoding.encode("ror:0 ә") == "ror:0%20%D3%99")
        #expect(PercentEncoding.decode("a+b", plusIsSpace: true) == "a b")
        for broken in ["%", "%4", "%4g", "%ff", "%d3"] {
            #expect(PercentEncoding.decode(broken) == nil)
        }
    }

    @Test func `a query string is read in order`() throws {
        let query = try QueryString(parsing: "q=%D2%9B+b&flag&empty=&x=1=2")
        #expect(query.items.map(\.name) == ["q", "flag", "empty", "x"])
        #expect(query.items.map(\.value) == ["қ b", "", "", "1=2"])
        #expect(try QueryString(parsing: query.text).items.map(\.value) == query.items.map(\.value))
        #expect(throws: ProblemDetails.self) { try QueryString(parsing: "a=1&a=2") }
        #expect(throws: ProblemDetails.self) { try QueryString(parsing: "a=%") }
    }

    @Test func `problems go over the wire and back`() {
        var problem = ProblemDetails(
            .invalidFilter, "Unknown attribute", param: "filter",
            position: .init(start: 19, length: 9), suggestion: "publishedAt",
            extensions: JSONObject(["summary": ["failed": 1]]))
        problem.instance = "/requests/1"
        #expect(ProblemDetails(json: problem.json) == problem)
        #expect(problem.json["type"] == "/problems/invalid_filter")
        #expect(problem.json["status"] == 400)
        for value: JSONValue in [.null, [], ["code": "x"], ["code": "x", "status": 200]] {
            #expect(ProblemDetails(json: value) == nil)
        }
    }

    @Test func `every code has an error status and a title of its own`() {
        #expect(Set(ProblemCode.allCases.map(\.title)).count == ProblemCode.allCases.count)
        for code in ProblemCode.allCases {
            #expect((400...599).contains(code.status))
            #expect(ProblemDetails(code, "").knownCode == code)
            // Waiting helps only where the daemon is busy or on its way.
            if code.retryAfter != nil { #expect(code.status == 503) }
        }
    }

    @Test func `errors become the exit codes of the command line`() {
        func status(_ code: ProblemCode) -> ServiceAPI.ExitStatus {
            ServiceAPI.ExitStatus(ProblemDetails(code, ""))
        }
        #expect(status(.invalidFilter) == .usage)
        #expect(status(.collectionNotFound) == .usage)
        #expect(status(.documentNotFound) == .nothingFound)
        #expect(status(.allLinesFailed) == .dataError)
        #expect(status(.tooManySearches) == .tryAgain)
        #expect(status(.readOnlySocket) == .noPermission)
        #expect(status(.noSpaceLeft) == .inputOutputError)
        #expect(status(.internalError) == .internalError)
    }

    @Test func `the nearest name is the one that was meant`() {
        let names = ["limit", "offset", "filter", "facets", "lang", "q"]
        for (typed, meant) in [
            ("limt", "limit"), ("LIMIT", "limit"), ("fliter", "filter"), ("facet", "facets"),
            ("language", nil), ("xyz", nil), ("", "q"), ("ofset", "offset"), ("lnag", "lang"),
        ] {
            #expect(EditDistance.nearest(to: typed, in: names) == meant, "\(typed)")
        }
        #expect(EditDistance.nearest(to: String(repeating: "a", count: 100_000), in: names) == nil)
    }

    @Test func `a given socket is the only one, else the user's comes first`() {
        let environment = ["XDG_RUNTIME_DIR": "/run/user/7"]
        #expect(SocketPath.candidates(flag: "a", environment: ["IZDE_SOCKET": "b"]) == ["a"])
        #expect(SocketPath.candidates(flag: nil, environment: ["IZDE_SOCKET": "b"]) == ["b"])
        #expect(
            SocketPath.candidates(flag: nil, environment: environment) == [
                "/run/user/7/izde/izded.sock", "/run/izde/izded.sock", "run/izded.sock",
            ])
        #expect(
            SocketPath.resolve(flag: nil, environment: environment) { $0 == "run/izded.sock" }
                == "run/izded.sock")
        #expect(
            SocketPath.resolve(flag: nil, environment: [:]) { _ in false }
                == "/run/izde/izded.sock")
        #expect(SocketPath.problem(with: String(repeating: "a", count: 107)) == nil)
        #expect(SocketPath.problem(with: String(repeating: "a", count: 108)) != nil)
        #expect(SocketPath.problem(with: "") != nil)
    }
}
