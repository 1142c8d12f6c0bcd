import Foundation
import JSON

/// The requests of `izde-bench daemon`, rendered beforehand.
struct DaemonRequests {
    /// One request each, by name; plain searches have every way of understanding off.
    let single: [(what: String, requests: [String])]
    /// One request with 16 searches each.
    let batches: [(what: String, requests: [String])]
    /// The bodies of the searches.
    let bodies: [(what: String, bodies: [String])]

    /// Reads the queries of the rig.
    init(_ path: String) throws {
        var texts: [String: [String]] = [:]
        for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
            let query = try JSONReader().read(String(line))
            let terms = (query["terms"]?.array ?? []).compactMap(\.string)
            texts[query["class"]?.string ?? "", default: []].append(terms.joined(separator: " "))
        }
        var bodies: [(what: String, bodies: [String])] = []
        for name in ["term_low", "and3"] {
            guard let queries = texts[name] else {
                throw DaemonConnection.Failure(description: "\(path) has no queries of \(name)")
            }
            bodies.append((name, queries.map { Self.plain($0).text }))
            bodies.append(
                ("\(name)-default", queries.map { JSONValue.object(Self.base($0)).text }))
        }
        self.bodies = bodies
        single =
            [("noop", ["GET /v1/health HTTP/1.1\r\nHost: izde\r\n\r\n"])]
            + bodies.map { ($0.what, $0.bodies.map { Self.post("/v1/search", $0) }) }
        var random = SplitMix(state: 3)
        batches = bodies.filter { !$0.what.hasSuffix("default") }.map { what, bodies in
            let requests = (0..<32).map { _ in
                let queries = (0..<16).map { _ in bodies[random.below(bodies.count)] }
                return Self.post(
                    "/v1/multi-search", "{\"queries\":[\(queries.joined(separator: ","))]}")
            }
            return ("\(what)-batch16", requests)
        }
    }

    private static func base(_ query: String) -> JSONObject {
        JSONObject(["q": .string(query), "collections": ["news"], "limit": 10])
    }

    private static func plain(_ query: String) -> JSONValue {
        var request = base(query)
        request["attributesToRetrieve"] = ["id"]
        request["matchingStrategy"] = "all"
        request["expand"] = [
            "forms": "off", "scripts": "off", "layout": "off", "typos": "off", "names": "off",
            "languages": "off",
        ]
        return .object(request)
    }

    private static func post(_ path: String, _ body: String) -> String {
        "POST \(path) HTTP/1.1\r\nHost: izde\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }
}
