import ArgumentParser
import Foundation
import JSON

/// `izde-bench gates`: holds a run of the speed rig against the ratios in `Tests/Gates/rig.tsv`.
///
/// Times of one machine say little about another; ratios of two programs in one run do. For each
/// line of the file the geometric mean over the common queries of a class of *peer's time / izde's
/// time* is taken, each the least over the rounds; for `build` the line's own quantity.
struct GateCheck: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gates",
        abstract: "Compares results of the speed rig with the ratios that must hold.",
        discussion: """
            Fails if a ratio is below its gate, or if counts differ from those of the peer.

            EXAMPLE
              run.py build tantivy izde --work WORK --threads 2
              run.py query tantivy izde --work WORK --rounds 5
              izde-bench gates --results WORK/results.jsonl
            """)

    @Option(help: "The results of the rig, JSON lines.")
    var results: String

    @Option(help: "The gates.")
    var gates = "Tests/Gates/rig.tsv"

    /// A line of the file of gates.
    private struct Gate {
        let quantity: String
        let className: String
        let peer: String
        let least: Double
        let aim: Double

        init?(_ line: Substring) {
            let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard parts.count == 5, let least = Double(parts[3]), let aim = Double(parts[4]) else {
                return nil
            }
            quantity = String(parts[0])
            className = String(parts[1])
            peer = String(parts[2])
            self.least = least
            self.aim = aim
        }
    }

    func run() throws {
        let measured = try RigResults(path: results)
        let text = try String(contentsOfFile: gates, encoding: .utf8)
        var isMissed = false
        print("quantity      class       peer        ratio   gate    aim")
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where !line.isEmpty && !line.hasPrefix("#")
        {
            guard let gate = Gate(line) else {
                throw ValidationError("\(gates):\(number + 1): not five columns with two numbers")
            }
            let ratio = measured.ratio(gate.quantity, gate.className, to: gate.peer)
            let isHeld = ratio.map { $0 >= gate.least } ?? false
            if !isHeld { isMissed = true }
            let columns = [
                gate.quantity.padding(toLength: 13, withPad: " ", startingAt: 0),
                gate.className.padding(toLength: 11, withPad: " ", startingAt: 0),
                gate.peer.padding(toLength: 10, withPad: " ", startingAt: 0),
                ratio.map { String(format: "%6.2f", $0) } ?? "     –",
                String(format: "%6.2f %6.2f", gate.least, gate.aim),
                isHeld ? (ratio.map { $0 >= gate.aim } ?? false ? "aim" : "") : "MISSED",
            ]
            print(columns.joined(separator: " "))
        }
        for (peer, count) in measured.differingCounts.sorted(by: { $0.key < $1.key }) {
            print("counts of \(count) queries differ from those of \(peer)")
            isMissed = true
        }
        if isMissed { throw ExitCode.failure }
    }
}

/// The least times, counts and build figures in results of the rig.
private struct RigResults {
    private var times: [String: [String: Double]] = [:]
    private var counts: [String: [String: Int64]] = [:]
    private var builds: [String: [String: Double]] = [:]

    init(path: String) throws {
        let file = try BenchCorpus(path: path)
        let reader = JSONReader()
        for part in file.parts(1) {
            try file.forEachLine(in: part) { line throws(any Error) in add(try reader.read(line)) }
        }
    }

    private mutating func add(_ line: JSONValue) {
        guard let engine = line["engine"]?.string, let kind = line["kind"]?.string else { return }
        if kind == "query", let mode = line["mode"]?.string, let query = line["qid"]?.string,
            let className = line["class"]?.string, className != "floor"
        {
            if let hits = line["hits"]?.integer { counts[engine, default: [:]][query] = hits }
            guard let time = line["us_min"]?.number else { return }
            let old = times["\(engine) \(mode) \(className)", default: [:]][query] ?? .infinity
            times["\(engine) \(mode) \(className)", default: [:]][query] = min(old, time)
        } else if kind == "build_process", line["exit"]?.integer == 0 {
            let raw = line["raw"]?.bool == true ? " raw" : ""
            for (name, key) in [
                ("wall", "wall_s"), ("cpu", "cpu_s"), ("memory", "max_rss_MiB"),
                ("size", "index_bytes"),
            ] {
                guard let value = line[key]?.number else { continue }
                let old = builds[engine + raw, default: [:]][name] ?? .infinity
                builds[engine + raw, default: [:]][name] = min(old, value)
            }
        }
    }

    /// How many times better izde is than a peer; `nil` where one of them was not measured.
    func ratio(_ quantity: String, _ className: String, to peer: String) -> Double? {
        if quantity == "build" || quantity == "build raw" {
            let raw = quantity == "build" ? "" : " raw"
            guard let own = builds["izde" + raw]?[className],
                let other = builds[peer + raw]?[className]
            else { return nil }
            return other / own
        }
        guard let own = times["izde \(quantity) \(className)"],
            let other = times["\(peer) \(quantity) \(className)"]
        else { return nil }
        let common = own.keys.filter { other[$0] != nil }
        if common.isEmpty { return nil }
        let sum = common.reduce(0.0) { $0 + log((other[$1] ?? 1) / (own[$1] ?? 1)) }
        return exp(sum / Double(common.count))
    }

    /// By peer, how many queries have another number of hits.
    var differingCounts: [String: Int] {
        let own = counts["izde"] ?? [:]
        return counts.filter { $0.key != "izde" }
            .mapValues { other in
                other.filter { own[$0.key] != nil && own[$0.key] != $0.value }.count
            }
            .filter { $0.value > 0 }
    }
}
