import ArgumentParser
import Foundation
import JSON

/// `izde-bench daemon`: what a request costs over the socket, beside PING of redis in the same run.
///
/// A daemon of the same build, and any other that is named, serves a copy of an index that
/// `izded build` made. Clients are threads that keep one request in flight each. All kinds of
/// requests are measured in turns of part of a second, round after round, so that a busy machine
/// disturbs the ratios little; a figure is over all rounds. The time of the same searches in
/// process comes from `izded time`.
struct DaemonBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "daemon",
        abstract: "Measures requests over the socket; prints JSON lines.",
        discussion: """
            Needs an index made by izded build, and queries of the speed rig. Fails if a threshold \
            is given and missed. Ratios are to PING of redis-server, which is left out with a \
            message where it is not installed.

            EXAMPLE
              izded build corpus.jsonl --data run/perf
              izde-bench daemon --data run/perf --queries queries.jsonl --most-search-ratio 2.5
            """)

    @Option(help: "The data folder of the index; what is written goes to a copy.")
    var data: String

    @Option(help: "JSON lines with the queries of the rig.")
    var queries: String

    @Option(help: "The izded of another build, measured in turns with this one.")
    var against: [String] = []

    @Option(help: "Clients at once, separated by commas.")
    var clients = "1,2,16"

    @Option(help: "How often each kind of request is measured.")
    var rounds = 3

    @Option(help: "How long each kind of request is measured in a round, in seconds.")
    var seconds = 0.4

    @Option(help: "How often each daemon is started, to time its start.")
    var starts = 5

    @Option(help: "Documents that the writer adds at once.")
    var batchSize = 100

    @Option(help: "Fail where no-ops of one client are fewer than so many times PINGs.")
    var leastNoOpRatio: Double?

    @Option(help: "Fail where a search costs more than so many PINGs beyond its time in process.")
    var mostSearchRatio: Double?

    @Option(help: "Fail where p99 of 2 clients while a writer commits is more times that of PING.")
    var mostWritingRatio: Double?

    @Option(help: "Fail where 16 searches in flight do not bring so many times those of one.")
    var leastPipelinedRatio: Double?

    func validate() throws {
        guard rounds > 0, seconds > 0, !clientCounts.isEmpty else {
            throw ValidationError("--rounds, --seconds and --clients must be positive")
        }
    }

    private var clientCounts: [Int] {
        clients.split(separator: ",").compactMap { Int($0) }.filter { $0 > 0 }
    }

    func run() throws {
        let requests = try DaemonRequests(queries)
        let programs = [OwnBuild.izded] + against.map { URL(fileURLWithPath: $0) }
        for (index, program) in programs.enumerated() where starts > 0 {
            try StartTimes(program, data, starts: starts, requests).print(daemon: index)
        }
        var copies: [LinkedCopy] = []
        var daemons: [ServedIndex] = []
        defer {
            for daemon in daemons { daemon.stop() }
            for copy in copies { copy.remove() }
        }
        for program in programs {
            copies.append(try LinkedCopy(of: data))
            daemons.append(try ServedIndex(copies[copies.count - 1].path, program: program))
        }
        let redis = try RedisServer()
        defer { redis?.stop() }
        if redis == nil {
            FileHandle.standardError.write(
                Data("redis-server is not installed: no ratios to it\n".utf8))
        }
        var runs: [LoadRun] = []
        for writing in [false, true] {
            for count in clientCounts {
                if let redis {
                    runs.append(.init("ping", count, 1, writing, nil, redis.socket, ["PING\r\n"]))
                }
                for (daemon, served) in daemons.enumerated() {
                    for (what, bytes) in requests.single {
                        runs.append(.init(what, count, 1, writing, daemon, served.socket, bytes))
                    }
                }
            }
            if let redis {
                runs.append(.init("ping", 1, 16, writing, nil, redis.socket, ["PING\r\n"]))
            }
            for (daemon, served) in daemons.enumerated() {
                for (what, bytes) in requests.single where !what.hasSuffix("default") {
                    runs.append(.init(what, 1, 16, writing, daemon, served.socket, bytes))
                }
                for (what, bytes) in requests.batches {
                    runs.append(.init(what, 1, 1, writing, daemon, served.socket, bytes))
                }
            }
        }
        try measure(runs, daemons)
        var results = DaemonFigures(runs)
        for (what, bodies) in requests.bodies {
            results.inProcess[what] = try InProcessTimes(
                OwnBuild.izded, data, bodies, seconds: Double(rounds) * seconds)
        }
        results.print()
        try results.check(
            leastNoOp: leastNoOpRatio, mostSearch: mostSearchRatio, mostWriting: mostWritingRatio,
            leastPipelined: leastPipelinedRatio)
    }

    /// Measures all in turns; those while a writer commits after the others of their round.
    private func measure(_ runs: [LoadRun], _ daemons: [ServedIndex]) throws {
        for run in runs { try run.warmUp() }
        for _ in 0..<rounds {
            for run in runs where !run.isWriting { try run.measure(seconds) }
            for (index, daemon) in daemons.enumerated() {
                let writer = try BackgroundWriter(daemon.socket, batchSize: batchSize, pause: 0.05)
                defer { writer.stop() }
                for run in runs where run.isWriting && (run.daemon ?? 0) == index {
                    try run.measure(seconds)
                }
                let batches = writer.batchCount
                RigLine.print([
                    "daemon": .integer(Int64(index)), "committedBatches": .integer(Int64(batches)),
                ])
            }
        }
    }
}
