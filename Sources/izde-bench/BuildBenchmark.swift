import ArgumentParser
import Dispatch
import InvertedIndex
import JSON
import Synchronization
import TextAnalysis

/// Builds an index of a rig corpus, durable and merged to one segment.
struct BuildBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build", abstract: "Builds an index of a corpus, replacing what is there.")

    @Option(help: "JSON lines with id and text.") var corpus: String
    @Option(help: "The percent of the documents that are taken, evenly.") var share = 100
    @Option(help: "The folder of the index.") var index: String
    @Option(help: "How many threads work.") var threads = 1
    @Option(help: "The memory of the builders of all threads together, in MiB.") var memory = 84
    @Option(help: "The order of documents: added or bisected.") var order = Order.added
    @Flag(help: "Analyse the text as izde does; without it, split at blanks.") var raw = false

    /// In which order the merge puts the documents.
    enum Order: String, CaseIterable, ExpressibleByArgument {
        case added, bisected
    }

    func validate() throws {
        guard (1...64).contains(threads) else {
            throw ValidationError("--threads is 1 to 64, not \(threads).")
        }
        guard (1...100).contains(share) else {
            throw ValidationError("--share is 1 to 100, not \(share).")
        }
        // A builder holds more than the 4 MiB of text for which there is a place.
        guard memory >= 16 * threads else {
            throw ValidationError("--memory is at least 16 MiB for each thread, not \(memory).")
        }
    }

    func run() throws {
        ProcessMemory.returnGreatBlocks()
        let start = ContinuousClock.now
        let file = try BenchCorpus(path: corpus)
        let directory = try RigIndex.emptyDirectory(at: index)
        let writer = try IndexWriter(
            directory: directory, schema: RigIndex.schema(raw: raw), fingerprint: "bench",
            options: .init(
                fullMergeOrder: order == .added ? .added : .bisected(threadCount: threads)))
        let segments = try invert(file, writer)
        for part in segments {
            for segment in part { try writer.add(written: segment) }
        }
        let inverted = ContinuousClock.now
        try writer.mergeAll(threadCount: threads)
        let snapshot = try writer.commit(walSequence: 0, userData: "")
        writer.close()
        report(snapshot, start: start, inverted: inverted, end: .now)
    }

    /// The segments of each part of the corpus, in order, so that documents keep the order of ids.
    private func invert(_ file: BenchCorpus, _ writer: IndexWriter) throws -> [[SegmentDescriptor]]
    {
        let parts = file.parts(threads)
        let schema = RigIndex.schema(raw: raw)
        let places = parts.map { RigInverter.places(for: $0, of: writer) }
        let (raw, share) = (raw, share)
        let builderByteCount = (memory << 20) / threads
        let results = Mutex<[Int: Result<[SegmentDescriptor], any Error>]>([:])
        DispatchQueue.concurrentPerform(iterations: parts.count) { worker in
            let result = Result<[SegmentDescriptor], any Error> {
                var inverter = try RigInverter(
                    schema: schema, isRaw: raw, places: places[worker],
                    builderByteCount: builderByteCount)
                return try inverter.run(file, parts[worker], share: share)
            }
            results.withLock { $0[worker] = result }
        }
        let done = results.withLock { $0 }
        return try parts.indices.map { try done[$0]?.get() ?? [] }
    }

    private func report(
        _ snapshot: Snapshot, start: ContinuousClock.Instant, inverted: ContinuousClock.Instant,
        end: ContinuousClock.Instant
    ) {
        RigLine.print([
            "engine": "izde", "kind": "build", "version": .string(RigIndex.version),
            "docs": .integer(Int64(snapshot.documentCount)),
            "wall_s": .double(RigLine.seconds(start, end)),
            "index_s": .double(RigLine.seconds(start, inverted)),
            "merge_s": .double(RigLine.seconds(inverted, end)),
            "threads": .integer(Int64(threads)), "raw": .bool(raw),
            "order": .string(order.rawValue),
        ])
    }
}
