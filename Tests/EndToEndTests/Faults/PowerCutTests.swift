import Foundation
import TestSupport
import Testing

/// P1, P2, P4 on real file systems: the power goes at any moment.
@Suite(
    .serialized, .onFewThreads,
    .enabled(if: LoopFileSystem.obstacle == nil, "\(LoopFileSystem.obstacle ?? "")"))
struct PowerCutTests {
    @Test(arguments: LoopFileSystem.Kind.allCases)
    func `nothing acknowledged is lost when the power is cut`(_ kind: LoopFileSystem.Kind) throws {
        var run = try PowerCuts(kind)
        let rounds = Rounds.count(short: 2, long: 200)
        for round in 0..<rounds {
            let problems = try run.cut(wrapper: [])
            #expect(problems.isEmpty, "round \(round), seed \(Rounds.seed)")
            // Broken data would fail all further rounds too.
            guard problems.isEmpty else { break }
        }
        #expect(run.acknowledgedCount > 0)
        run.report("power cut \(kind.rawValue)")
    }

    /// The harness finds a daemon that does not sync, so its silence means something.
    @Test(
        .enabled(if: Rounds.isLong, "a long run: IZDE_LONG=1"),
        .enabled(if: ChildProcess.isInstalled("strace"), "strace is not installed"),
        arguments: LoopFileSystem.Kind.allCases)
    func `a daemon whose syncs do nothing is found out`(_ kind: LoopFileSystem.Kind) throws {
        var run = try PowerCuts(kind)
        var isFound = false
        for _ in 0..<20 where !isFound {
            isFound = try !run.cut(
                wrapper: Strace.starting(["fdatasync,fsync:retval=0"])
            ).isEmpty
        }
        #expect(isFound, "20 power cuts without any sync lost nothing")
        run.report("power cut \(kind.rawValue) without syncs")
    }
}

/// Rounds of writes and power cuts on one file system.
private struct PowerCuts {
    private let fileSystem: LoopFileSystem
    private let folder: TemporaryDirectory
    private var generator = SeededGenerator(seed: Rounds.seed)
    private var load = WriteLoad()
    private var place: RunningDaemon.Place
    private let watch = Stopwatch()
    private var roundCount = 0
    private var problemCount = 0
    /// What loads before this one were acknowledged.
    private var endedLoadsCount = 0
    var acknowledgedCount: Int { endedLoadsCount + load.acknowledgedCount }

    init(_ kind: LoopFileSystem.Kind) throws {
        fileSystem = try LoopFileSystem(kind)
        folder = try TemporaryDirectory()
        place = try RunningDaemon.Place(folder: folder.path, data: "\(fileSystem.path)/data")
    }

    /// Writes for a while, cuts the power, brings it back, and compares.
    mutating func cut(wrapper: [String]) throws -> [String] {
        roundCount += 1
        let daemon = try RunningDaemon(place, wrapper: wrapper)
        let crew = load.start(place)
        if roundCount == 1 {
            // On a busy machine the first write may take longer than the wait below.
            let watch = Stopwatch()
            while load.acknowledgedCount == 0, watch.seconds < 60 { usleep(5000) }
        }
        usleep(UInt32.random(in: 20_000...600_000, using: &generator))
        try fileSystem.cutPower()
        daemon.stop(SIGKILL)
        crew.wait()
        try fileSystem.restorePower()
        var problems: [String] = []
        do {
            if let damage = try IndexProof.damage(place) { problems.append(damage) }
            let (daemon, found) = try IndexProof.restart(place, load)
            problems += found
            // A death by a signal leaves the next round what a crash leaves.
            daemon.stop(Bool.random(using: &generator) ? SIGKILL : SIGTERM)
        } catch let error as RunningDaemon.NotServing {
            problems.append("\(error)")
        }
        problemCount += problems.count
        if roundCount % 10 == 0 { try startAnew() }
        return problems
    }

    /// New data, so that the first commits of an index meet power cuts too.
    private mutating func startAnew() throws {
        endedLoadsCount += load.acknowledgedCount
        load = WriteLoad(seed: generator.next())
        try FileManager.default.removeItem(atPath: place.data)
        place.data = "\(fileSystem.path)/data\(roundCount)"
    }

    func report(_ name: String) {
        Rounds.report(
            name,
            [
                "rounds": roundCount, "batches acknowledged": acknowledgedCount,
                "losses": problemCount, "seed": Rounds.seed, "time": watch.text,
            ])
    }
}
