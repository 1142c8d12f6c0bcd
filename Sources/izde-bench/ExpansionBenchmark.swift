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
struct ExpansionBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expansion",
        abstract: "Measures what the ways of understanding a query cost; prints JSON lines.",
        discussion: """
            Needs an index made by izded build. Fails if a threshold is given and missed.

            EXAMPLE
              izded build corpus.jsonl --data run/perf
              izde-bench expansion --data run/perf --most-ratio 3
            """)

    @Option(help: "The data folder of the index.")
    var data: String

    @Option(help: "The folder of the lexicon that queries are drawn from.")
    var lexicon = "config/lexicon"

    @Option(help: "How many queries.")
    var queries = 300

    @Option(help: "How often each is asked in each way; the least time counts.")
    var rounds = 5

    @Option(help: "The seed of the queries.")
    var seed: UInt64 = 1

    @Option(help: "Fail where searching in all ways takes more than so many times a plain search.")
    var mostRatio: Double?

    @Option(help: "Fail where understanding takes more microseconds in the median.")
    var mostMicroseconds: Double?

    func validate() throws {
        guard queries > 0, rounds > 0 else {
            throw ValidationError("--queries and --rounds must be positive")
        }
    }

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

    func run() throws {
        let served = try ServedIndex(data)
        defer { served.stop() }
        let connection = try DaemonConnection(served.socket)
        var random = SplitMix(state: seed)
        let words = try LexiconWords(lexicon)
        let asked = (0..<queries).map { _ in words.query(&random) }

        var searching: [Ways: [Double]] = [:]
        var understanding: [Ways: [Double]] = [:]
        for query in asked {
            var least: [Ways: (whole: Double, nothing: Double)] = [:]
            var idle = Double.infinity
            for _ in 0..<rounds {
                idle = min(idle, try time(connection, "GET", "/v1/health", []))
                for ways in Ways.allCases {
                    let old = least[ways] ?? (.infinity, .infinity)
                    least[ways] = (
                        min(old.whole, try search(connection, query, ways, filter: nil)),
                        min(
                            old.nothing,
                            try search(connection, query, ways, filter: "lang = none"))
                    )
                }
            }
            for (ways, times) in least {
                searching[ways, default: []].append(max(0, times.whole - idle))
                understanding[ways, default: []].append(max(0, times.nothing - idle))
            }
        }
        var medians: [Ways: (search: Double, understanding: Double)] = [:]
        for ways in Ways.allCases {
            let searches = (searching[ways] ?? []).sorted()
            let readings = (understanding[ways] ?? []).sorted()
            medians[ways] = (searches[searches.count / 2], readings[readings.count / 2])
            RigLine.print([
                "ways": .string(ways.rawValue),
                "searchP50Microseconds": .double(searches[searches.count / 2]),
                "searchP95Microseconds": .double(searches[searches.count * 95 / 100]),
                "understandingP50Microseconds": .double(readings[readings.count / 2]),
                "understandingP95Microseconds": .double(readings[readings.count * 95 / 100]),
            ])
        }
        guard let plain = medians[.plain], let all = medians[.all] else { return }
        let ratio = all.search / max(plain.search, 1e-9)
        let expansion = all.understanding - plain.understanding
        RigLine.print([
            "ratio": .double(ratio), "expansionMicroseconds": .double(expansion),
        ])
        if let mostRatio, ratio > mostRatio {
            throw DaemonConnection.Failure(
                description: "all ways take \(ratio) times a plain search, not \(mostRatio)")
        }
        if let mostMicroseconds, expansion > mostMicroseconds {
            throw DaemonConnection.Failure(
                description: "understanding takes \(expansion) µs more, not \(mostMicroseconds)")
        }
    }

    private func search(
        _ connection: DaemonConnection, _ query: String, _ ways: Ways, filter: String?
    ) throws -> Double {
        var request = JSONObject(["q": .string(query), "limit": 10, "expand": ways.expand])
        if let filter { request["filter"] = .string(filter) }
        return try time(connection, "POST", "/v1/search", JSONValue.object(request).bytes)
    }

    /// The time of one request, in microseconds.
    private func time(
        _ connection: DaemonConnection, _ method: String, _ target: String, _ body: [UInt8]
    ) throws -> Double {
        let start = ContinuousClock.now
        _ = try connection.send(method, target, body)
        return RigLine.microseconds(.now - start)
    }
}

/// A daemon of the same build on an index, ended by its own process id.
private final class ServedIndex {
    let socket: String
    private let process = Process()
    private let folder: URL

    init(_ data: String) throws {
        folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("izde-expansion-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        socket = folder.appendingPathComponent("izded.sock").path
        process.executableURL = OwnBuild.izded
        process.arguments = [
            "serve", "--data", data, "--socket", socket, "--log-level", "warning",
        ]
        try process.run()
        try DaemonConnection.waitUntilPrepared(socket)
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }
}

/// Words of the lexicon by language, to make queries of.
private struct LexiconWords {
    /// Lone words by column: Kazakh, Russian, English.
    private var words: [[String]] = [[], [], []]

    init(_ folder: String) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        where name.hasSuffix(".tsv") {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            for line in text.split(separator: "\n").dropFirst() {
                let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard cells.count == 5 else { continue }
                for (place, cell) in cells[2...].enumerated() {
                    guard let best = cell.split(separator: "|").first, !best.contains(" ") else {
                        continue
                    }
                    words[place].append(String(best))
                }
            }
        }
        guard !words.contains(where: \.isEmpty) else {
            throw ValidationError("\(folder) has no words of all three languages")
        }
    }

    /// Three words of one language.
    func query(_ random: inout SplitMix) -> String {
        let own = words[random.below(words.count)]
        return (0..<3).map { _ in own[random.below(own.count)] }
            .joined(separator: " ")
    }
}
