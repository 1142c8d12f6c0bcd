import Foundation
import JSON
import TestSupport
import Testing

/// P7 and P6 by injected errors: what the disk refuses is told, and nothing acknowledged is lost.
@Suite(
    .serialized, .onFewThreads,
    .enabled(if: Strace.canAttach, "strace may not attach to a program here"))
struct DiskErrorTests {
    /// A call that fails once, for the n-th time that it is made.
    struct Fault: CustomStringConvertible {
        var call: String
        var number: Int
        var description: String { "\(call) \(number)" }
    }

    private static func faults(_ calls: [String], short: Int, long: Int) -> [Fault] {
        let count = Rounds.count(short: short, long: long)
        return calls.flatMap { call in (1...count).map { Fault(call: call, number: $0) } }
    }

    /// `write` is for sockets and the wake-up of threads: the index writes by `pwrite64` alone.
    @Test func `an error of the disk ends writing, not reading, until the next start`() throws {
        let watch = Stopwatch()
        let faults = Self.faults(
            Rounds.isLong ? ["fdatasync", "pwrite64", "fsync", "renameat"] : ["fdatasync"],
            short: 2, long: 12)
        var acknowledgedCount = 0
        for fault in faults {
            let folder = try TemporaryDirectory()
            let place = try RunningDaemon.Place(folder: folder.path)
            let load = WriteLoad(writerCount: 1, seed: UInt64(fault.number))
            let daemon = try RunningDaemon(place)
            let writer = load.writers[0]
            let client = try daemon.client()
            for _ in 0..<3 { #expect(writer.write(client)) }
            try daemon.commit()
            let found = try daemon.foundCount("құжат")
            #expect(found > 0)
            let strace = try Strace(
                attachedTo: daemon.process.identifier,
                ["\(fault.call):error=EIO:when=\(fault.number)"], log: "\(folder.path)/calls")
            for _ in 0..<60 { guard writer.write(client) else { break } }
            let refusal = try #require(load.refusals.first, "\(fault): nothing was refused")
            #expect(refusal.status == 503 && refusal.code == "storage_failed", "\(fault)")
            // The call would succeed now, so whoever tries again is found out.
            let before = load.refusals.count
            for wait in ["durable", "visible"] {
                let answer = try client.send(
                    "POST", "/v1/collections/\(PlainSettings.collection)/documents?wait=\(wait)",
                    Array("{\"id\":\"w0-late\",\"title\":\"кеш\"}\n".utf8),
                    type: "application/x-ndjson")
                #expect(answer.status == 503, "\(fault): \(answer.text)")
                #expect(try answer.json["code"]?.string == "storage_failed", "\(fault)")
            }
            #expect(load.refusals.count == before)
            #expect(try daemon.foundCount("құжат") > 0, "\(fault)")
            _ = try daemon.documents()
            let health = try client.send("GET", "/v1/health")
            #expect(health.status == 503, "\(fault): \(health.text)")
            #expect(try health.json["status"]?.string == "readOnly", "\(fault)")
            #expect(try health.json["reason"]?.string?.isEmpty == false, "\(fault)")
            strace.detach()
            #expect(
                Self.callsAfterFault("\(folder.path)/calls") == 0, "\(fault) was tried again")
            #expect(daemon.stop() == 0, "\(fault)")
            acknowledgedCount += load.acknowledgedCount
            try Self.expectWhole(place, load, "\(fault)")
        }
        Rounds.report(
            "EIO",
            [
                "faults": faults.count, "batches acknowledged": acknowledgedCount, "losses": 0,
                "time": watch.text,
            ])
    }

    /// Without `openat`: it fails so only where it makes a file, which `FullDiskTests` has.
    @Test func `a call that finds no space refuses its write, and later ones go on`() throws {
        let watch = Stopwatch()
        let faults = Self.faults(["pwrite64"], short: 2, long: 24)
        var acknowledgedCount = 0
        var refusedCount = 0
        for fault in faults {
            let folder = try TemporaryDirectory()
            let place = try RunningDaemon.Place(folder: folder.path)
            let load = WriteLoad(writerCount: 1, seed: UInt64(fault.number))
            let daemon = try RunningDaemon(place)
            let writer = load.writers[0]
            let client = try daemon.client()
            for _ in 0..<3 { #expect(writer.write(client)) }
            let strace = try Strace(
                attachedTo: daemon.process.identifier,
                ["\(fault.call):error=ENOSPC:when=\(fault.number)"], log: "\(folder.path)/calls")
            for _ in 0..<20 { _ = writer.write(client) }
            strace.detach()
            let log = TextOfFile.read("\(folder.path)/calls")
            let faultCount = log.split(separator: "\n").count { $0.contains("(INJECTED)") }
            for refusal in load.refusals {
                #expect(
                    refusal.status == 507 && refusal.code == "no_space_left",
                    "\(fault): \(refusal)")
            }
            // Each thread has its own n-th call.
            #expect(load.refusals.count <= faultCount, "\(fault): \(load.refusals) \(log)")
            refusedCount += load.refusals.count
            for _ in 0..<3 { #expect(writer.write(client), "\(fault): \(load.refusals)") }
            #expect(daemon.stop() == 0, "\(fault)")
            acknowledgedCount += load.acknowledgedCount
            try Self.expectWhole(place, load, "\(fault)")
        }
        #expect(refusedCount > 0)
        Rounds.report(
            "ENOSPC",
            [
                "faults": faults.count, "refused": refusedCount,
                "batches acknowledged": acknowledgedCount, "losses": 0, "time": watch.text,
            ])
    }

    /// How often the call was made again after it failed.
    private static func callsAfterFault(_ log: String) -> Int {
        let lines = TextOfFile.read(log).split(separator: "\n").filter { $0.contains("(") }
        guard let fault = lines.firstIndex(where: { $0.contains("(INJECTED)") }) else { return -1 }
        return lines.count - fault - 1
    }

    /// The next start brings back all that was acknowledged, and takes writes again.
    static func expectWhole(
        _ place: RunningDaemon.Place, _ load: WriteLoad, _ told: String
    ) throws {
        #expect(try IndexProof.damage(place) == nil, "\(told)")
        let (daemon, problems) = try IndexProof.restart(place, load)
        #expect(problems.isEmpty, "\(told): \(problems)")
        #expect(load.writers[0].write(try daemon.client()), "\(told)")
        #expect(daemon.stop() == 0, "\(told)")
    }
}
