import ArgumentParser
import Foundation
import JSON

/// `izde-bench features`: what each feature of a search costs end to end, beside a bare one.
///
/// A daemon of the same build serves an index that `izded build` made. Queries are three words of
/// the lexicon in one language, drawn by a seed. Each is asked with one feature more than the bare
/// search, all in turns, so that a busy machine disturbs the ratios little; the least time of each
/// counts.
struct FeatureBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "features",
        abstract: "Measures what each feature of a search costs; prints a table.",
        discussion: """
            Needs an index made by izded build.

            EXAMPLE
              izded build corpus.jsonl --data run/perf
              izde-bench features --data run/perf
            """)

    @OptionGroup var drawn: DrawnQueries

    /// Members of a request beside those of the bare search.
    private struct Feature {
        let name: String
        let members: [String: JSONValue]
        var isQuoted = false
    }

    /// The words of the query as stems and as typed, in all fields with their weights; ids alone.
    ///
    /// Some words may be missing, since three that are drawn hardly ever stand in one document.
    private static let bare: [String: JSONValue] = [
        "limit": 10, "attributesToRetrieve": ["id"], "matchingStrategy": "frequency",
        "expand": [
            "scripts": "off", "layout": "off", "typos": "off", "names": "off", "languages": "off",
        ],
    ]

    private static let features = [
        Feature(name: "bare: words as stems and as typed, ids", members: [:]),
        Feature(name: "words in any form off", members: ["expand": off(but: [], forms: false)]),
        Feature(name: "in quotes, as a phrase", members: [:], isQuoted: true),
        Feature(name: "all words have to be there", members: ["matchingStrategy": "all"]),
        Feature(name: "a filter by language", members: ["filter": "lang = ru"]),
        Feature(name: "a facet of language", members: ["facets": ["lang"]]),
        Feature(name: "100 hits", members: ["limit": 100]),
        Feature(name: "all members", members: ["attributesToRetrieve": ["*"]]),
        Feature(name: "highlights", members: ["attributesToHighlight": ["*"]]),
        Feature(name: "a snippet of 30 words", members: ["attributesToCrop": ["body:30"]]),
        Feature(name: "scripts", members: ["expand": off(but: ["scripts"])]),
        Feature(name: "layout and typos", members: ["expand": off(but: ["layout", "typos"])]),
        Feature(name: "names", members: ["expand": off(but: ["names"])]),
        Feature(name: "languages", members: ["expand": off(but: ["languages"])]),
        Feature(
            name: "all of these ways",
            members: ["expand": off(but: ["scripts", "layout", "typos", "names", "languages"])]),
    ]

    private static func off(but ways: Set<String>, forms: Bool = true) -> JSONValue {
        var expand = JSONObject()
        if !forms { expand["forms"] = "off" }
        for way in ["scripts", "layout", "typos", "names", "languages"] where !ways.contains(way) {
            expand[way] = "off"
        }
        return .object(expand)
    }

    func run() throws {
        let served = try ServedIndex(drawn.data)
        defer { served.stop() }
        let connection = try DaemonConnection(served.socket)
        var times: [[Double]] = Array(repeating: [], count: Self.features.count)
        for query in try drawn.texts() {
            var least = [Double](repeating: .infinity, count: Self.features.count)
            for _ in 0..<drawn.rounds {
                for (place, feature) in Self.features.enumerated() {
                    let body = body(feature, query)
                    let time = try RigLine.microseconds {
                        try connection.send("POST", "/v1/search", body)
                    }
                    least[place] = min(least[place], time)
                }
            }
            for place in least.indices { times[place].append(least[place]) }
        }
        let bare = Self.median(times[0])
        print("microseconds   p50     p95   × bare   feature")
        for (feature, own) in zip(Self.features, times) {
            let sorted = own.sorted()
            print(
                String(
                    format: "          %8.0f %7.0f %7.2f   ", Self.median(own),
                    sorted[sorted.count * 95 / 100], Self.median(own) / bare) + feature.name)
        }
    }

    private static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

    private func body(_ feature: Feature, _ query: String) -> [UInt8] {
        var request = JSONObject()
        for (name, value) in Self.bare.merging(feature.members, uniquingKeysWith: { $1 }) {
            request[name] = value
        }
        request["q"] = .string(feature.isQuoted ? "\"\(query)\"" : query)
        return JSONValue.object(request).bytes
    }
}
