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

    @Option(
        help: """
            Fail if a lookup takes longer than so many plain edit distances of two of the queries, \
            which tells slower code from a slower machine.
            """)
    var mostDistances: Double?

    @Option(help: "Write the hits of each query to this file, to compare two builds.")
    var writeHits: String?

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

    /// What looking queries of one form up took and found.
    private struct Tally {
        var times: [Double] = []
        var right = 0

        /// The mean in microseconds.
        var mean: Double { times.reduce(0, +) / Double(max(1, times.count)) }

        /// The time below which a share of the queries stays.
        func quantile(_ share: Double) -> Double {
            times.sorted()[min(times.count - 1, Int(Double(times.count) * share))]
        }
    }

    private func ask(
        _ queries: [NamePopulation.Query], _ population: NamePopulation,
        _ directory: NameDirectory, _ vocabulary: NameVocabulary
    ) throws {
        let lookup = try NameLookup(vocabulary: vocabulary)
        let plainWork = PlainEditDistance(queries.prefix(2000).map(\.text))
        var tallies: [NamePopulation.Query.Form: Tally] = [:]
        var found: [[NameHit]] = []
        var plain = 0.0
        var processorTime = 0.0
        // The first round fills caches and buffers.
        for round in 0..<2 {
            tallies.removeAll()
            var start = Self.processorMicroseconds()
            plainWork.run()
            plain = (Self.processorMicroseconds() - start) / Double(plainWork.count)
            start = Self.processorMicroseconds()
            for query in queries {
                let before = ContinuousClock.now
                let hits = lookup.hits(lookup.read(query.text), in: directory, limit: limit)
                let time = RigLine.microseconds(.now - before)
                tallies[query.form, default: Tally()].times.append(time)
                guard round > 0 else { continue }
                if let first = hits.first, query.fits(population.entities[Int(first.entity)]) {
                    tallies[query.form, default: Tally()].right += 1
                }
                if writeHits != nil { found.append(hits) }
            }
            processorTime = (Self.processorMicroseconds() - start) / Double(queries.count)
        }
        for (form, tally) in tallies.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            RigLine.print([
                "form": .string(form.rawValue), "queries": .integer(Int64(tally.times.count)),
                "meanMicroseconds": .double(tally.mean),
                "p50Microseconds": .double(tally.quantile(0.5)),
                "p99Microseconds": .double(tally.quantile(0.99)),
                "successAt1": .double(Double(tally.right) / Double(tally.times.count)),
            ])
        }
        let whole = Tally(
            times: tallies.values.flatMap(\.times),
            right: tallies.values.reduce(0) { $0 + $1.right })
        let perSecond = 1_000_000 / whole.mean
        let p99 = whole.quantile(0.99)
        let share = Double(whole.right) / Double(queries.count)
        RigLine.print([
            "lookupsPerSecond": .double(perSecond),
            "lookupsPerProcessorSecond": .double(1_000_000 / processorTime),
            "p50Microseconds": .double(whole.quantile(0.5)),
            "p99Microseconds": .double(p99),
            "worstMicroseconds": .double(whole.quantile(1)),
            "successAt1": .double(share),
            "distancesPerLookup": .double(processorTime / plain),
        ])
        if let writeHits {
            try zip(queries, found).map(Self.line).joined(separator: "\n").write(
                toFile: writeHits, atomically: true, encoding: .utf8)
        }
        if let leastPerSecond, perSecond < leastPerSecond { throw ExitCode.failure }
        if let mostP99, p99 > mostP99 { throw ExitCode.failure }
        if let leastRight, share < leastRight { throw ExitCode.failure }
        if let mostDistances, processorTime / plain > mostDistances { throw ExitCode.failure }
    }

    private static func line(_ query: NamePopulation.Query, _ hits: [NameHit]) -> String {
        let found = hits.map { "\($0.name):\($0.score)" }
        return ([query.text, query.form.rawValue] + found).joined(separator: "\t")
    }

    /// The processor time of this thread, which other work on the machine does not add to.
    private static func processorMicroseconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
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
