import Foundation
import TestSupport
import Testing

/// P1, P2, P4: the process dies at any moment, and nothing that was acknowledged is lost.
@Suite(.serialized, .onFewThreads) struct KillTests {
    @Test func `nothing acknowledged is lost when the daemon is killed`() throws {
        let rounds = Rounds.count(short: 8, long: 200)
        let longest = Rounds.isLong ? 3.0 : 0.5
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        let load = WriteLoad()
        var generator = SeededGenerator(seed: Rounds.seed)
        var lost = 0
        var damaged = 0
        let watch = Stopwatch()
        for round in 0..<rounds {
            let (daemon, problems) = try IndexProof.restart(place, load)
            lost += problems.count
            #expect(problems.isEmpty, "round \(round), seed \(Rounds.seed): \(problems)")
            let crew = load.start(place)
            usleep(UInt32(Double.random(in: 0...longest, using: &generator) * 1e6))
            #expect(daemon.stop(SIGKILL) == 128 + SIGKILL)
            crew.wait()
            // What an operator might be tempted to clear away is none of their business.
            #expect(access(place.socket, F_OK) == 0)
            if Int.random(in: 0..<4, using: &generator) == 0 {
                try litter(place)
                try killWhileStarting(place, &generator)
            }
            let damage = try IndexProof.damage(place)
            if damage != nil { damaged += 1 }
            #expect(damage == nil, "round \(round), seed \(Rounds.seed)")
        }
        let (daemon, problems) = try IndexProof.restart(place, load)
        #expect(problems.isEmpty)
        #expect(daemon.stop() == 0)
        #expect(try IndexProof.damage(place) == nil)
        #expect(load.refusals.isEmpty, "\(load.refusals)")
        #expect(load.acknowledgedCount > 0)
        Rounds.report(
            "kill -9",
            [
                "rounds": rounds, "batches acknowledged": load.acknowledgedCount,
                "losses": lost + problems.count, "damaged": damaged, "seed": Rounds.seed,
                "time": watch.text,
            ])
    }

    /// Leaves files as a crash does: half-written ones, and a lock of a process that is gone.
    private func litter(_ place: RunningDaemon.Place) throws {
        let collection = "\(place.data)/collections/\(PlainSettings.collection)"
        for name in [
            "seg-0123456789abcdef0123456789abcdef.izs.tmp", "MANIFEST-00000000000fffff.izm.tmp",
        ] {
            try Data([1, 2, 3]).write(to: URL(fileURLWithPath: "\(collection)/\(name)"))
        }
        try Data("999999\n".utf8).write(to: URL(fileURLWithPath: "\(place.data)/LOCK"))
    }

    private func killWhileStarting(
        _ place: RunningDaemon.Place, _ generator: inout SeededGenerator
    ) throws {
        let daemon = try RunningDaemon(starting: place)
        usleep(UInt32.random(in: 0...400_000, using: &generator))
        #expect(daemon.stop(SIGKILL) == 128 + SIGKILL)
    }
}
