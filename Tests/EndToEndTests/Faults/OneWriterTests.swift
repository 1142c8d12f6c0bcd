import Foundation
import TestSupport
import Testing

/// P9 and the bounds of a process: one daemon to its data and its socket, and few resources.
@Suite(.serialized) struct OneWriterTests {
    @Test func `whoever comes second leaves the first untouched`() throws {
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        let other = try TemporaryDirectory()
        let daemon = try RunningDaemon(place)
        let load = WriteLoad()
        let crew = load.start(place)
        for _ in 0..<Rounds.count(short: 2, long: 20) {
            // On the same data with a socket of its own, on the same socket with data of its own,
            // and on both.
            var sameData = try RunningDaemon.Place(folder: other.path, data: place.data)
            sameData.folder = other.path
            let sameSocket = try RunningDaemon.Place(
                folder: folder.path, data: "\(other.path)/data")
            for second in [sameData, sameSocket, place] {
                let process = try RunningDaemon(starting: second)
                #expect(process.process.wait(seconds: 60) == 75)
            }
            let (status, text) = try ChildProcess.run(
                Programs.folder.appendingPathComponent("izded").path,
                [
                    "build", "index/sources", "--config", place.configuration, "--data",
                    place.data, "--quiet", "--rejects", "\(other.path)/rejects",
                ], scratch: other.path)
            #expect(status == 75, "\(text)")
            #expect(access(place.socket, F_OK) == 0)
            #expect(try daemon.isHealthy)
        }
        crew.stop()
        #expect(load.refusals.isEmpty, "\(load.refusals)")
        #expect(daemon.stop() == 0)
        let (again, problems) = try IndexProof.restart(place, load)
        #expect(problems.isEmpty, "\(problems)")
        #expect(again.stop() == 0)
    }

    @Test(.enabled(if: ChildProcess.isInstalled("prlimit"), "prlimit is not installed"))
    func `a daemon with few descriptors keeps serving`() throws {
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        let daemon = try RunningDaemon(place, wrapper: ["prlimit", "--nofile=64:64"])
        // Many more clients than it has descriptors for: they wait for each other.
        let crew = Crew(100) { _, _ in
            for _ in 0..<2 {
                guard let client = try? SocketClient(place.socket),
                    let answer = try? client.send("GET", "/v1/search?q=x"), answer.status == 200
                else {
                    Issue.record("a client was not served")
                    return
                }
            }
        }
        crew.wait()
        let writer = WriteLoad(writerCount: 1).writers[0]
        do {
            let client = try daemon.client()
            // Enough commits for merges.
            for _ in 0..<30 { #expect(writer.write(client)) }
        }
        #expect(try daemon.isHealthy)
        #expect(daemon.usage.descriptorCount <= 64)
        #expect(daemon.stop() == 0)
    }

    @Test(.enabled(if: ChildProcess.isInstalled("prlimit"), "prlimit is not installed"))
    func `a daemon with little memory serves within it`() throws {
        let folder = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: folder.path)
        // What the limits of a small daemon add up to, with room for a build for debugging.
        let daemon = try RunningDaemon(place, wrapper: ["prlimit", "--data=\(600 << 20)"])
        let load = WriteLoad(writerCount: 4)
        let writing = load.start(place)
        let searches = SearchLoad()
        let searching = searches.start(place, clientCount: 12)
        usleep(Rounds.isLong ? 60_000_000 : 1_500_000)
        searching.stop()
        writing.stop()
        #expect(searches.figures.errors.isEmpty, "\(searches.figures.errors.prefix(3))")
        #expect(searches.figures.latencies.count > 0)
        #expect(load.refusals.isEmpty, "\(load.refusals.prefix(3))")
        #expect(try daemon.isHealthy)
        let used = daemon.usage.residentByteCount >> 20
        #expect(daemon.stop() == 0)
        Rounds.report(
            "600 MiB of data", ["RSS MiB": used, "searches": searches.figures.latencies.count])
    }
}
