import ArgumentParser
import Foundation
import JSON

/// `izde-bench expansion`: what the ways of understanding a query cost, beside a plain search.
///
/// A daemon of the same build serves an index that `izded build` made. Queries are three words of
/// the lexicon in one language, drawn by a seed. Each is asked plain (other forms of the words
/// alone), with all ways but translation, and with all; in turns, so that a busy machine disturbs
/// the ratios little. The time of an answer about nothing is subtracted. With a filter that no
/// document passes nothing is searched: what is left is the time in which the query is understood.
///
/// The ways take turns in asking a query first: `first` figures are of queries that the daemon has
/// not seen, of a third of them each, the others of the fastest of some rounds. Those of `seenWords`
/// are of queries that are new too, but whose words were asked for in another order: most queries
/// have words that some other had. Parts of a search
/// are told by the daemon itself (`showPerformanceDetails`) and given as means over the queries.
struct ExpansionBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expansion",
        abstract: "Measures what the ways of understanding a query cost; prints JSON lines.",
        discussion: """
            Needs an index made by izded build. Fails if a threshold is given and missed: the gates
            are --most-ratio 3, all ways beside a plain search, --most-understanding 0.45, what
            understanding adds beside a plain search, and --most-new-words 1.5, what it adds where
            the daemon has not seen the words, on an index of 266,943 documents.

            EXAMPLE
              izded build corpus.jsonl --data run/perf
              izde-bench expansion --data run/perf --most-ratio 3
            """)

    @OptionGroup var drawn: DrawnQueries

    @Flag(help: "Take a letter out of each word.")
    var slips = false

    @Option(help: "Fail where searching in all ways takes more than so many times a plain search.")
    var mostRatio: Double?

    @Option(help: "Fail where understanding adds so many times a plain search.")
    var mostUnderstanding: Double?

    @Option(help: "Fail where understanding new words adds so many times a plain search.")
    var mostNewWords: Double?

    @Option(help: "Fail where understanding adds more microseconds in the median.")
    var mostMicroseconds: Double?

    /// What is switched on.
    private enum Ways: String, CaseIterable {
        case plain, withoutLanguages, all

        var expand: JSONValue {
            let off: [String] =
                switch self {
                case .plain: ["scripts", "layout", "typos", "names", "languages"]
                case .withoutLanguages: ["languages"]
                case .all: []
                }
            var ways = JSONObject()
            for way in off { ways[way] = "off" }
            return .object(ways)
        }
    }

    /// What was measured of the queries in one way, in microseconds.
    private struct Measured {
        var searches = Sample()
        var understandings = Sample()
        /// Understanding a query that was not asked before.
        var first = Sample()
        /// Understanding a query that was not asked before, of words that were.
        var seenWords = Sample()
        var parts = PartTimes()
        var firstParts = PartTimes()

        func line(_ ways: Ways) -> JSONValue {
            [
                "ways": .string(ways.rawValue),
                "searchP50Microseconds": .double(searches.share(50)),
                "searchP95Microseconds": .double(searches.share(95)),
                "understandingP50Microseconds": .double(understandings.share(50)),
                "understandingP95Microseconds": .double(understandings.share(95)),
                "firstUnderstandingP50Microseconds": .double(first.share(50)),
                "seenWordsUnderstandingP50Microseconds": .double(seenWords.share(50)),
                "partsMicroseconds": parts.json,
                "firstPartsMicroseconds": firstParts.json,
            ]
        }
    }

    func run() throws {
        let served = try ServedIndex(drawn.data)
        defer { served.stop() }
        let connection = try DaemonConnection(served.socket)
        var measured: [Ways: Measured] = [:]
        for (place, query) in try drawn.texts(slips: slips).enumerated() {
            let first = Ways.allCases[place % Ways.allCases.count]
            let idle =
                try (0..<drawn.rounds).map { _ in
                    try RigLine.microseconds { try connection.send("GET", "/v1/health") }
                }.min() ?? 0
            var parts = PartTimes()
            let unseen = try RigLine.microseconds {
                parts = try partsOfUnderstanding(connection, query, first)
            }
            measured[first, default: Measured()].first.add(unseen - idle)
            measured[first, default: Measured()].firstParts.add(parts)
            try measure(connection, query, idle, &measured)
            let turned = query.split(separator: " ").reversed().joined(separator: " ")
            let seen = try RigLine.microseconds {
                try search(connection, turned, first, filter: Self.nothing)
            }
            measured[first, default: Measured()].seenWords.add(seen - idle)
        }
        for ways in Ways.allCases { RigLine.print((measured[ways] ?? Measured()).line(ways)) }
        guard let plain = measured[.plain], let all = measured[.all] else { return }
        let ratio = all.searches.share(50) / max(plain.searches.share(50), 1e-9)
        let expansion = all.understandings.share(50) - plain.understandings.share(50)
        let understanding = expansion / max(plain.searches.share(50), 1e-9)
        let newWords = all.first.share(50) - plain.first.share(50)
        let newWordsRatio = newWords / max(plain.searches.share(50), 1e-9)
        RigLine.print([
            "ratio": .double(ratio), "understandingRatio": .double(understanding),
            "expansionMicroseconds": .double(expansion),
            "firstExpansionMicroseconds": .double(newWords),
            "newWordsRatio": .double(newWordsRatio),
            "seenWordsExpansionMicroseconds": .double(
                all.seenWords.share(50) - plain.seenWords.share(50)),
        ])
        if let mostRatio, ratio > mostRatio {
            throw DaemonConnection.Failure(
                description: "all ways take \(ratio) times a plain search, not \(mostRatio)")
        }
        if let mostUnderstanding, understanding > mostUnderstanding {
            throw DaemonConnection.Failure(
                description:
                    "understanding adds \(understanding) times a plain search, not \(mostUnderstanding)"
            )
        }
        if let mostNewWords, newWordsRatio > mostNewWords {
            throw DaemonConnection.Failure(
                description:
                    "understanding new words adds \(newWordsRatio) times a plain search, not "
                    + "\(mostNewWords)")
        }
        if let mostMicroseconds, expansion > mostMicroseconds {
            throw DaemonConnection.Failure(
                description: "understanding takes \(expansion) µs more, not \(mostMicroseconds)")
        }
    }

    /// Asks a query in each way in turns, and keeps the least of the times.
    private func measure(
        _ connection: DaemonConnection, _ query: String, _ idle: Double,
        _ measured: inout [Ways: Measured]
    ) throws {
        var least: [Ways: (whole: Double, nothing: Double, parts: PartTimes)] = [:]
        for _ in 0..<drawn.rounds {
            for ways in Ways.allCases {
                let whole = try RigLine.microseconds { try search(connection, query, ways) }
                let nothing = try RigLine.microseconds {
                    try search(connection, query, ways, filter: Self.nothing)
                }
                let parts = try partsOfUnderstanding(connection, query, ways)
                let old = least[ways] ?? (.infinity, .infinity, parts)
                least[ways] = (
                    min(old.whole, whole), min(old.nothing, nothing), old.parts.least(parts)
                )
            }
        }
        for (ways, times) in least {
            measured[ways, default: Measured()].searches.add(times.whole - idle)
            measured[ways, default: Measured()].understandings.add(times.nothing - idle)
            measured[ways, default: Measured()].parts.add(times.parts)
        }
    }

    /// A filter that no document passes.
    private static let nothing = "lang = none"

    /// What the parts of understanding a query take, as the daemon says.
    private func partsOfUnderstanding(
        _ connection: DaemonConnection, _ query: String, _ ways: Ways
    ) throws -> PartTimes {
        let answer = try search(connection, query, ways, filter: Self.nothing, showsParts: true)
        return PartTimes(try JSONReader().read(answer)["performanceDetails"])
    }

    @discardableResult
    private func search(
        _ connection: DaemonConnection, _ query: String, _ ways: Ways, filter: String? = nil,
        showsParts: Bool = false
    ) throws -> [UInt8] {
        var request = JSONObject(["q": .string(query), "limit": 10, "expand": ways.expand])
        if let filter { request["filter"] = .string(filter) }
        if showsParts { request["showPerformanceDetails"] = true }
        return try connection.send("POST", "/v1/search", JSONValue.object(request).bytes)
    }
}

/// Numbers of which a share is asked for.
private struct Sample {
    private var values: [Double] = []

    /// Adds a number; what is below 0 by noise is 0.
    mutating func add(_ value: Double) { values.append(max(0, value)) }

    /// The least value that so many in a hundred do not pass; 0 of none.
    func share(_ percent: Int) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count * percent / 100]
    }
}

/// The times of the parts of a search in microseconds, or sums of them.
private struct PartTimes {
    private var names: [String] = []
    private var times: [Double] = []
    private var count = 0

    /// Nothing yet.
    init() {}

    /// What an answer tells.
    init(_ details: JSONValue?) {
        for (name, value) in details?.object?.members ?? [] {
            names.append(name)
            times.append(value.number ?? 0)
        }
        count = 1
    }

    /// The lesser of both, part by part.
    func least(_ other: PartTimes) -> PartTimes {
        var result = self
        for place in times.indices { result.times[place] = min(times[place], other.times[place]) }
        return result
    }

    /// Adds another query.
    mutating func add(_ other: PartTimes) {
        guard count > 0 else {
            self = other
            return
        }
        for place in times.indices { times[place] += other.times[place] }
        count += other.count
    }

    /// The means.
    var json: JSONValue {
        var object = JSONObject()
        for (name, time) in zip(names, times) { object[name] = .double(time / Double(count)) }
        return .object(object)
    }
}
