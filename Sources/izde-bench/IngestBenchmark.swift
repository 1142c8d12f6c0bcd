import ArgumentParser
import Glibc
import InvertedIndex
import JSON

/// `izde-bench ingest`: what it costs to make an index of raw JSON lines, beside a fixed yardstick.
///
/// The yardstick counts the words between blanks of the same lines in a dictionary of the standard
/// library: it waits for memory as ingest does, and nothing of the project makes it faster. Both
/// take turns on one thread; what counts is their least processor time, so that a busy machine
/// disturbs the ratio little.
struct IngestBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Measures ingest per second of processor time beside a fixed yardstick.",
        discussion: """
            EXAMPLE
              head -40000 WORK/raw.jsonl > part.jsonl
              izde-bench ingest --corpus part.jsonl --index /tmp/part --least-ratio 0.5
            """)

    @Option(help: "JSON lines with id and text.") var corpus: String
    @Option(help: "The folder of the index, replaced.") var index: String
    @Option(help: "How often both run; the least times count.") var rounds = 3
    @Option(help: "Fail if ingest is slower than this times the yardstick.")
    var leastRatio: Double?

    func validate() throws {
        guard rounds > 0 else { throw ValidationError("--rounds must be positive") }
    }

    func run() throws {
        ProcessMemory.returnGreatBlocks()
        let file = try BenchCorpus(path: corpus)
        let byteCount = file.parts(1).reduce(0) { $0 + $1.count }
        var least = (ingest: Double.infinity, yardstick: Double.infinity)
        for _ in 0..<rounds {
            least.yardstick = min(least.yardstick, try Self.seconds { try countWords(of: file) })
            least.ingest = min(least.ingest, try Self.seconds { try build(file) })
        }
        let megabytes = Double(byteCount) / 1e6
        let ratio = least.yardstick / least.ingest
        RigLine.print([
            "what": "ingest", "megabytesPerCPUSecond": .double(megabytes / least.ingest),
            "yardstickMegabytesPerCPUSecond": .double(megabytes / least.yardstick),
            "ratio": .double(ratio),
        ])
        if let leastRatio, ratio < leastRatio { throw ExitCode.failure }
    }

    private func build(_ file: BenchCorpus) throws {
        let schema = RigIndex.schema(raw: true)
        let writer = try IndexWriter(
            directory: try RigIndex.emptyDirectory(at: index), schema: schema,
            fingerprint: "bench")
        defer { writer.close() }
        for part in file.parts(1) {
            let places = RigInverter.places(for: part, of: writer)
            var inverter = try RigInverter(
                schema: schema, isRaw: true, places: places, builderByteCount: 48 << 20)
            for segment in try inverter.run(file, part) { try writer.add(written: segment) }
        }
        try writer.mergeAll()
        _ = try writer.commit(walSequence: 0, userData: "")
    }

    private func countWords(of file: BenchCorpus) throws {
        var counts: [[UInt8]: Int] = [:]
        for part in file.parts(1) {
            try file.forEachLine(in: part) { line throws(any Error) in
                var word: [UInt8] = []
                for index in 0..<line.count {
                    if line[index] != 0x20 {
                        word.append(line[index])
                    } else if !word.isEmpty {
                        counts[word, default: 0] += 1
                        word.removeAll(keepingCapacity: true)
                    }
                }
            }
        }
        guard !counts.isEmpty else {
            throw BenchCorpus.Failure(description: "\(corpus): there are no words")
        }
    }

    /// The processor time of this process for something.
    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = now()
        try body()
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
