import ArgumentParser
import Foundation
import JSON
import NameMatching

/// `izde-bench names`: how fast are names looked up among very many, and how well.
struct NameBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "names",
        abstract: "Measures looking names up in a directory; prints JSON lines.",
        discussion: """
            Names are made by rule, queries are spellings of them by rule. Fails if a threshold is \
            given and missed.

            EXAMPLE
              izde-bench names --count 1000000 --least-per-second 20000 --most-p99 1000
            """)

    @Option(help: "How many names.")
    var count = 1_000_000

    @Option(help: "How many queries.")
    var queries = 20_000

    @Option(help: "How many hits a query asks for.")
    var limit = 5

    @Option(help: "The seed of names and queries.")
    var seed: UInt64 = 1

    @Option(help: "The folder of words.tsv and places.tsv.")
    var tables = "config/names"

    @Option(help: "Names of people that come first.")
    var people = "index/sources/people.jsonl"

    @Option(help: "Fail below so many lookups a second.")
    var leastPerSecond: Double?

    @Option(help: "Fail above so many microseconds at the 99th percentile.")
    var mostP99: Double?

    @Option(help: "Fail below so great a share of queries whose first hit is right.")
    var leastRight: Double?

    func validate() throws {
        guard count > 0, queries > 0, limit > 0 else {
            throw ValidationError("--count, --queries and --limit must be positive")
        }
    }

    func run() throws {
        let vocabulary = try NameVocabulary(
            NameTables(
                words: Self.rows("\(tables)/words.tsv"), places: Self.rows("\(tables)/places.tsv")))
        var population = NamePopulation(
            count: count, people: try Self.lines(people), vocabulary: vocabulary, seed: seed)
        let directory = try build(population, vocabulary)
        let asked = (0..<queries).map { _ in population.query() }
        try ask(asked, population, directory, vocabulary)
    }

    private func build(_ population: NamePopulation, _ vocabulary: NameVocabulary) throws
        -> NameDirectory
    {
        let before = Self.residentBytes()
        let start = ContinuousClock.now
        let builder = try NameDirectoryBuilder(vocabulary: vocabulary)
        let spellings = NamePopulation.Spelling.allCases
        for (place, entity) in population.entities.enumerated() {
            builder.add(
                population.name(entity, spellings[place % spellings.count]),
                entity: UInt32(place))
        }
        let directory = builder.finish()
        RigLine.print([
            "names": .integer(Int64(directory.nameCount)),
            "words": .integer(Int64(directory.formCount)),
            "buildSeconds": .double(RigLine.seconds(start, .now)),
            "byteCount": .integer(Int64(directory.byteCount)),
            "residentBytes": .integer(Int64(Self.residentBytes() - before)),
        ])
        return directory
    }

    private func ask(
        _ queries: [NamePopulation.Query], _ population: NamePopulation,
        _ directory: NameDirectory, _ vocabulary: NameVocabulary
    ) throws {
        let lookup = try NameLookup(vocabulary: vocabulary)
        var times: [Double] = []
        var right = 0
        var whole = 0.0
        // The first round fills caches and buffers.
        for round in 0..<2 {
            times.removeAll(keepingCapacity: true)
            right = 0
            let start = ContinuousClock.now
            for query in queries {
                let before = ContinuousClock.now
                let hits = lookup.hits(lookup.read(query.text), in: directory, limit: limit)
                times.append(RigLine.microseconds(.now - before))
                if round > 0, let first = hits.first,
                    query.fits(population.entities[Int(first.entity)])
                {
                    right += 1
                }
            }
            whole = RigLine.seconds(start, .now)
        }
        times.sort()
        let perSecond = Double(queries.count) / whole
        let p99 = times[min(times.count - 1, times.count * 99 / 100)]
        let share = Double(right) / Double(queries.count)
        RigLine.print([
            "lookupsPerSecond": .double(perSecond),
            "p50Microseconds": .double(times[times.count / 2]),
            "p99Microseconds": .double(p99),
            "worstMicroseconds": .double(times.last ?? 0),
            "successAt1": .double(share),
        ])
        if let leastPerSecond, perSecond < leastPerSecond { throw ExitCode.failure }
        if let mostP99, p99 > mostP99 { throw ExitCode.failure }
        if let leastRight, share < leastRight { throw ExitCode.failure }
    }

    /// The rows of a table, without comments, empty lines and the header.
    private static func rows(_ path: String) throws -> [String] {
        Array(try lines(path).filter { !$0.hasPrefix("#") }.dropFirst())
    }

    private static func lines(_ path: String) throws -> [String] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// The memory of the process that is in use.
    private static func residentBytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
        let pages = status.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * 4096
    }
}
