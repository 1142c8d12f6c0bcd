import Foundation
import TestSupport
import Testing

/// P1, P2, P4: a process that dies at its first, second, third … call of a kind, until none is left.
@Suite(.serialized, .onFewThreads, .enabled(if: Strace.isInstalled, "strace is not installed"))
struct CrashPointTests {
    /// The calls that change what the disk holds, by the names that `strace` gives them.
    private static let calls: [String] =
        Rounds.isLong
        ? ["fdatasync", "fsync", "renameat", "unlinkat", "ftruncate", "fallocate", "pwrite64"]
        : ["fdatasync", "renameat"]

    /// Numbers of a call: all of them in a long run.
    private static var numbers: StrideThrough<Int> {
        Rounds.isLong ? stride(from: 1, through: 10_000, by: 1) : stride(from: 2, through: 8, by: 5)
    }

    private static func death(_ call: String, _ number: Int) -> [String] {
        Strace.starting(["\(call):signal=KILL:when=\(number)"])
    }

    /// The first build makes a collection and commits; the second replaces some of the documents
    /// and merges all segments into one.
    @Test func `a build that dies at any call leaves the old index or the new`() throws {
        let watch = Stopwatch()
        let first = try BuildSource(documents: 0..<12, text: "алғашқы")
        let second = try BuildSource(documents: 6..<20, text: "кейінгі")
        let empty = try TemporaryDirectory()
        let built = try TemporaryDirectory()
        let place = try RunningDaemon.Place(folder: built.path)
        #expect(try first.build(place).status == 0)
        let old = try Self.documents(place)
        #expect(old.count == 12)
        var pointCounts = 0
        for (source, before, beginning) in [
            (first, [:], "\(empty.path)/data"), (second, old, place.data),
        ] {
            let after = before.merging(source.lines) { $1 }
            for call in Self.calls {
                for number in Self.numbers {
                    let copy = try TemporaryDirectory()
                    let place = try RunningDaemon.Place(folder: copy.path)
                    if access(beginning, F_OK) == 0 {
                        try FileManager.default.copyItem(atPath: beginning, toPath: place.data)
                    }
                    let told = "\(call) \(number) of \(source.text)"
                    let (status, text) = try source.build(
                        place, wrapper: Self.death(call, number))
                    #expect(status == 0 || status == 128 + SIGKILL, "\(told): \(status) \(text)")
                    if access("\(place.data)/collections", F_OK) == 0 {
                        #expect(try IndexProof.damage(place) == nil, "\(told)")
                    }
                    let found = try Self.documents(place)
                    #expect(found == before || found == after, "\(told): \(found.keys.sorted())")
                    #expect(try IndexProof.damage(place) == nil, "\(told)")
                    if status == 0 {
                        #expect(found == after, "\(told)")
                        break
                    }
                    pointCounts += 1
                }
            }
        }
        #expect(pointCounts > 0)
        Rounds.report(
            "crash points of izded build",
            ["calls": Self.calls.joined(separator: " "), "points": pointCounts, "time": watch.text])
    }

    @Test func `a daemon that dies at any call keeps what it acknowledged`() throws {
        let watch = Stopwatch()
        var pointCount = 0
        var acknowledgedCount = 0
        for call in Self.calls {
            for number in Self.numbers {
                let folder = try TemporaryDirectory()
                let place = try RunningDaemon.Place(folder: folder.path)
                let load = WriteLoad(writerCount: 1, seed: 11)
                let status = try Self.write(place, load, batchCount: 14, dying: (call, number))
                let told = "\(call) \(number)"
                #expect(status == 0 || status == 128 + SIGKILL, "\(told): \(status)")
                acknowledgedCount += load.acknowledgedCount
                if access("\(place.data)/collections", F_OK) == 0 {
                    #expect(try IndexProof.damage(place) == nil, "\(told)")
                }
                let (daemon, problems) = try IndexProof.restart(place, load)
                #expect(problems.isEmpty, "\(told): \(problems)")
                #expect(daemon.stop(SIGKILL) == 128 + SIGKILL)
                if status == 0 { break }
                pointCount += 1
            }
        }
        #expect(pointCount > 0)
        Rounds.report(
            "crash points of a daemon that commits and merges",
            [
                "calls": Self.calls.joined(separator: " "), "points": pointCount,
                "batches acknowledged": acknowledgedCount, "time": watch.text,
            ])
    }

    /// Starting anew brings back what the log has: that may die as well, again and again.
    @Test func `a daemon that dies at any call of its start loses nothing`() throws {
        let watch = Stopwatch()
        let base = try TemporaryDirectory()
        let beginning = try RunningDaemon.Place(folder: base.path)
        // Killed before the commit that comes a second after a write: the log has it all.
        let load = WriteLoad(writerCount: 1, seed: 13, waits: ["durable"])
        #expect(
            try Self.write(beginning, load, batchCount: 3, dying: nil, ending: SIGKILL)
                == 128 + SIGKILL)
        var pointCount = 0
        for call in Self.calls {
            for number in Self.numbers {
                let folder = try TemporaryDirectory()
                let place = try RunningDaemon.Place(folder: folder.path)
                try FileManager.default.copyItem(atPath: beginning.data, toPath: place.data)
                let none = WriteLoad(writerCount: 0)
                let status = try Self.write(place, none, batchCount: 0, dying: (call, number))
                let told = "\(call) \(number)"
                #expect(status == 0 || status == 128 + SIGKILL, "\(told): \(status)")
                #expect(try IndexProof.damage(place) == nil, "\(told)")
                let (daemon, problems) = try IndexProof.restart(place, load)
                #expect(problems.isEmpty, "\(told): \(problems)")
                #expect(daemon.stop() == 0)
                if status == 0 { break }
                pointCount += 1
            }
        }
        Rounds.report(
            "crash points of a start after a crash",
            ["calls": Self.calls.joined(separator: " "), "points": pointCount, "time": watch.text])
    }

    /// Runs a daemon with a load until it dies or all batches are written; gives how it ended.
    private static func write(
        _ place: RunningDaemon.Place, _ load: WriteLoad, batchCount: Int,
        dying point: (call: String, number: Int)?, ending signal: Int32 = SIGTERM
    ) throws -> Int32 {
        let daemon = try RunningDaemon(
            starting: place, wrapper: point.map { death($0.call, $0.number) } ?? [])
        do {
            try daemon.waitUntilServing()
        } catch let error as RunningDaemon.NotServing {
            return error.status
        }
        if let writer = load.writers.first, let client = try? daemon.client() {
            for _ in 0..<batchCount {
                guard writer.write(client) else { break }
            }
        }
        return daemon.stop(signal)
    }

    /// What a daemon finds.
    private static func documents(_ place: RunningDaemon.Place) throws -> WriteLoad.Documents {
        let daemon = try RunningDaemon(place)
        let documents = try daemon.documents()
        #expect(daemon.stop() == 0)
        return documents
    }
}

/// A file of documents for `izded build`.
private final class BuildSource {
    let text: String
    let lines: WriteLoad.Documents
    private let folder: TemporaryDirectory

    init(documents: Range<Int>, text: String) throws {
        self.text = text
        folder = try TemporaryDirectory()
        lines = WriteLoad.Documents(
            uniqueKeysWithValues: documents.map {
                ("b\($0)", "{\"id\":\"b\($0)\",\"title\":\"құжат \(text) \($0)\",\"n\":\($0)}")
            })
        let body = lines.sorted { $0.key < $1.key }.map { $0.value + "\n" }.joined()
        try body.write(toFile: "\(folder.path)/documents.jsonl", atomically: true, encoding: .utf8)
    }

    /// Builds on one thread, so that the calls come in the same order each time.
    func build(
        _ place: RunningDaemon.Place, wrapper: [String] = []
    ) throws -> (status: Int32, text: String) {
        let words =
            wrapper + [
                Programs.folder.appendingPathComponent("izded").path, "build",
                "\(folder.path)/documents.jsonl", "--config", place.configuration, "--data",
                place.data, "--threads", "1", "--quiet", "--rejects", "\(place.folder)/rejects",
            ]
        return try ChildProcess.run(words[0], Array(words.dropFirst()), scratch: place.folder)
    }
}
