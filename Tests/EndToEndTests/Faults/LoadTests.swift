import Foundation
import JSON
import Synchronization
import TestSupport
import Testing

/// P3, P8, P10: many clients at once, searching and writing, while segments are committed and merged.
@Suite(.serialized) struct LoadTests {
    @Test func `a long load gets answers, and the daemon does not grow`() throws {
        let seconds = Rounds.isLong ? Double(Rounds.count(short: 300, long: 300)) : 3
        let clientCount = Rounds.isLong ? 256 : 16
        let writerCount = clientCount / 16
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(
            folder: folder.path,
            configuration: PlainSettings.shared.configuration(
                named: "load.yaml", limits: ["connectionCount: 400"]))
        let daemon = try RunningDaemon(place)
        let load = WriteLoad(writerCount: writerCount)
        let writing = load.start(place)
        let searches = SearchLoad()
        let searching = searches.start(place, clientCount: clientCount - writerCount)
        let watch = Stopwatch()
        var samples: [(seconds: Double, usage: ProcessUsage)] = []
        while watch.seconds < seconds {
            usleep(Rounds.isLong ? 1_000_000 : 200_000)
            samples.append((watch.seconds, daemon.usage))
        }
        searching.stop()
        writing.stop()
        let figures = searches.figures
        #expect(figures.errors.isEmpty, "\(figures.errors.prefix(5))")
        #expect(figures.latencies.count > 0 && load.acknowledgedCount > 0)
        let shedWrites = load.refusals.filter { $0.code == "too_many_writes" }.count
        #expect(load.refusals.count == shedWrites, "\(load.refusals.prefix(5))")
        try daemon.commit()
        #expect(try load.check(daemon.documents()).isEmpty)

        // Of the last two thirds: before, caches and buffers fill.
        let settled = samples.filter { $0.seconds > seconds / 3 }
        let descriptors = settled.map(\.usage.descriptorCount)
        let slope = Self.slope(
            settled.map { ($0.seconds, Double($0.usage.residentByteCount) / 1_048_576) })
        if Rounds.isLong {
            #expect(slope * seconds < 100, "RSS grows by \(slope) MiB a second")
        }
        // Connections are constant; mapped files keep no descriptor, files are written in passing.
        #expect((descriptors.max() ?? 0) - (descriptors.min() ?? 0) <= 12, "\(descriptors)")
        #expect(daemon.stop() == 0)
        #expect(try IndexProof.damage(place) == nil)
        let sorted = figures.latencies.sorted()
        Rounds.report(
            "load",
            [
                "clients": clientCount, "seconds": Int(seconds), "searches": sorted.count,
                "shed": figures.shedCount + shedWrites, "batches": load.acknowledgedCount,
                "p50 ms": Self.quantile(sorted, 0.5), "p99 ms": Self.quantile(sorted, 0.99),
                "RSS MiB": (samples.last?.usage.residentByteCount ?? 0) >> 20,
                "RSS slope KiB/s": Int(slope * 1024),
                "descriptors": "\(descriptors.min() ?? 0)–\(descriptors.max() ?? 0)",
            ])
    }

    @Test func `a daemon that is told to stop under load ends in time and loses nothing`() throws {
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        let load = WriteLoad(writerCount: 6)
        let rounds = Rounds.count(short: 2, long: 20)
        var longest = 0.0
        for round in 0..<rounds {
            let (daemon, problems) = try IndexProof.restart(place, load)
            #expect(problems.isEmpty, "round \(round): \(problems)")
            let writing = load.start(place)
            let searches = SearchLoad(isCutOff: true)
            let searching = searches.start(place, clientCount: 6)
            usleep(700_000)
            let watch = Stopwatch()
            #expect(daemon.stop() == 0, "round \(round)")
            // 20 seconds are for what does not end; the rest is for a busy machine.
            #expect(watch.seconds < 40, "round \(round)")
            longest = max(longest, watch.seconds)
            writing.stop()
            searching.stop()
            #expect(access(place.socket, F_OK) != 0, "the socket is left")
            #expect(try IndexProof.damage(place) == nil, "round \(round)")
        }
        let (daemon, problems) = try IndexProof.restart(place, load)
        #expect(problems.isEmpty, "\(problems)")
        #expect(daemon.stop() == 0)
        let codes = Set(load.refusals.map(\.code))
        #expect(codes.isSubset(of: ["stopping", "too_many_writes"]), "\(codes)")
        Rounds.report(
            "SIGTERM under load",
            [
                "rounds": rounds, "batches acknowledged": load.acknowledgedCount, "losses": 0,
                "longest": "\((longest * 10).rounded() / 10) s",
            ])
    }

    private static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let value = sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
        return (value * 10_000).rounded() / 10
    }

    /// The slope of the line of least squares.
    static func slope(_ points: [(x: Double, y: Double)]) -> Double {
        guard points.count > 1 else { return 0 }
        let count = Double(points.count)
        let x = points.reduce(0) { $0 + $1.x } / count
        let y = points.reduce(0) { $0 + $1.y } / count
        let spread = points.reduce(0) { $0 + ($1.x - x) * ($1.x - x) }
        return spread == 0 ? 0 : points.reduce(0) { $0 + ($1.x - x) * ($1.y - y) } / spread
    }
}

/// Clients that search, one request after the other, and keep the times of the answers.
final class SearchLoad: Sendable {
    struct Figures {
        var latencies: [Double] = []
        var shedCount = 0
        var errors: [String] = []
    }

    private static let queries = [
        "құжат", "университет есебі", "новость министерства", "\"council meeting\"", "қау*",
        "тексеру OR report", "documnt", "решение совета",
    ]

    private let state = Mutex(Figures())
    /// Whether the daemon may end meanwhile.
    private let isCutOff: Bool

    init(isCutOff: Bool = false) { self.isCutOff = isCutOff }

    var figures: Figures { state.withLock { $0 } }

    func start(_ place: RunningDaemon.Place, clientCount: Int) -> Crew {
        Crew(clientCount) { [self] number, flag in
            do {
                let client = try SocketClient(place.socket)
                var step = number
                while !flag.isSet {
                    let query = Self.queries[step % Self.queries.count]
                    step += 1
                    let watch = Stopwatch()
                    let answer = try client.send(
                        "POST", "/v1/search", (["q": .string(query)] as JSONValue).bytes)
                    take(answer, watch.seconds)
                    if answer.status == 503, isCutOff { return }
                }
            } catch {
                if !isCutOff { state.withLock { $0.errors.append("\(error)") } }
            }
        }
    }

    private func take(_ answer: Daemon.Answer, _ seconds: Double) {
        state.withLock { state in
            switch answer.status {
            case 200: state.latencies.append(seconds)
            case 503 where answer.headers["retry-after"] != nil: state.shedCount += 1
            default: state.errors.append("\(answer.status): \(answer.text.prefix(300))")
            }
        }
    }
}
