import Foundation
import JSON

/// What `izde-bench daemon` found, and the ratios that count.
struct DaemonFigures {
    /// The times of searches in process, by kind of request.
    var inProcess: [String: InProcessTimes] = [:]
    private let runs: [LoadRun]

    init(_ runs: [LoadRun]) {
        self.runs = runs
    }

    /// Prints every figure, then for each daemon the ratios.
    func print() {
        for run in runs { RigLine.print(run.json) }
        for (what, times) in inProcess.sorted(by: { $0.key < $1.key }) {
            RigLine.print([
                "what": .string(what), "inProcess": true,
                "p50Microseconds": .double(times.search),
                "withMessagesP50Microseconds": .double(times.whole),
            ])
        }
        for daemon in daemons {
            var line = JSONObject(["daemon": .integer(Int64(daemon))])
            for (name, value) in ratios(daemon) {
                line[name] = .double((value * 1000).rounded() / 1000)
            }
            RigLine.print(.object(line))
        }
    }

    /// Fails where a ratio of this build misses a threshold.
    func check(
        leastNoOp: Double?, mostSearch: Double?, mostWriting: Double?, leastPipelined: Double?
    ) throws {
        let found = Dictionary(ratios(0), uniquingKeysWith: { first, _ in first })
        var missed: [String] = []
        func hold(_ name: String, least: Double? = nil, most: Double? = nil) {
            guard least != nil || most != nil else { return }
            guard let value = found[name] else {
                return missed.append("\(name) was not measured")
            }
            if let least, value < least { missed.append("\(name) is \(value), not \(least)") }
            if let most, value > most { missed.append("\(name) is \(value), not \(most)") }
        }
        hold("noOpToPing", least: leastNoOp)
        for what in ["term_low", "and3"] {
            hold("\(what)BeyondProcessToPing", most: mostSearch)
            hold("\(what)WritingP99ToPing", most: mostWriting)
            hold("\(what)PipelinedToSingle", least: leastPipelined)
        }
        guard missed.isEmpty else {
            throw DaemonConnection.Failure(description: missed.joined(separator: "; "))
        }
    }

    private var daemons: [Int] { Set(runs.compactMap(\.daemon)).sorted() }

    private func run(
        _ what: String, _ daemon: Int?, clients: Int = 1, depth: Int = 1, writing: Bool = false
    ) -> LoadRun? {
        runs.first {
            $0.what == what && $0.daemon == daemon && $0.clientCount == clients
                && $0.depth == depth && $0.isWriting == writing
        }
    }

    private func ratios(_ daemon: Int) -> [(String, Double)] {
        var ratios: [(String, Double)] = []
        let ping = run("ping", nil)
        if let noop = run("noop", daemon), let ping {
            ratios.append(("noOpToPing", noop.requestsPerSecond / ping.requestsPerSecond))
        }
        for what in inProcess.keys.sorted() {
            if let search = run(what, daemon), let times = inProcess[what], let ping {
                let beyond = search.microseconds(0.5) - times.search
                ratios.append(("\(what)BeyondProcessToPing", beyond / ping.microseconds(0.5)))
            }
            if let search = run(what, daemon, clients: 2, writing: true),
                let ping = run("ping", nil, clients: 2)
            {
                let ratio = search.microseconds(0.99) / ping.microseconds(0.99)
                ratios.append(("\(what)WritingP99ToPing", ratio))
            }
            if let single = run(what, daemon), let row = run(what, daemon, depth: 16) {
                let ratio = row.requestsPerSecond / single.requestsPerSecond
                ratios.append(("\(what)PipelinedToSingle", ratio))
            }
            if let single = run(what, daemon), let batch = run("\(what)-batch16", daemon) {
                let ratio = 16 * batch.requestsPerSecond / single.requestsPerSecond
                ratios.append(("\(what)BatchedToSingle", ratio))
            }
        }
        if let single = run("noop", daemon), let row = run("noop", daemon, depth: 16) {
            let ratio = row.requestsPerSecond / single.requestsPerSecond
            ratios.append(("noOpPipelinedToSingle", ratio))
        }
        return ratios
    }
}
