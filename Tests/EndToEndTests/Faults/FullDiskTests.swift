import Foundation
import TestSupport
import Testing

/// P6 on a real small file system: a full disk refuses writes, reads go on, and space that comes
/// back is enough.
@Suite(
    .serialized, .onFewThreads,
    .enabled(if: SmallFileSystem.obstacle == nil, "\(SmallFileSystem.obstacle ?? "")"))
struct FullDiskTests {
    /// What the disk runs out of.
    enum Scarcity: CaseIterable {
        /// The reserve is reached before anything fails.
        case reserve
        /// There is no reserve, and calls fail.
        case space
        /// There is space, and no file can be made.
        case files
    }

    @Test(arguments: Scarcity.allCases)
    func `a full disk refuses writes until there is space again`(_ scarcity: Scarcity) throws {
        let disk = try SmallFileSystem(
            byteCount: 40 << 20, fileCount: scarcity == .files ? 60 : 5000)
        let folder = try TemporaryDirectory()
        let reserve = scarcity == .reserve ? 1 << 20 : 1
        let place = try RunningDaemon.Place(
            folder: folder.path, data: "\(disk.path)/data",
            configuration: PlainSettings.shared.configuration(
                named: "full-\(scarcity).yaml", limits: ["diskReserveByteCount: \(reserve)"]))
        let load = WriteLoad(writerCount: 1, seed: 5)
        let writer = load.writers[0]
        let daemon = try RunningDaemon(place)
        let client = try daemon.client()
        var refusedCount = 0
        for round in 0..<Rounds.count(short: 2, long: 20) {
            for _ in 0..<3 { #expect(writer.write(client), "\(load.refusals)") }
            let found = try daemon.foundCount("құжат")
            try disk.fill(scarcity)
            let before = load.refusals.count
            for _ in 0..<80 { guard writer.write(client) else { break } }
            let refusals = load.refusals.dropFirst(before)
            #expect(refusals.count == 1, "nothing was refused in round \(round)")
            for refusal in refusals {
                #expect(refusal.status == 507 && refusal.code == "no_space_left", "\(refusal)")
            }
            refusedCount += refusals.count
            #expect(try daemon.foundCount("құжат") > 0 || found == 0)
            #expect(try daemon.client().send("GET", "/v1/stats").status == 200)
            try disk.empty()
        }
        for _ in 0..<3 { #expect(writer.write(client), "\(load.refusals)") }
        #expect(daemon.stop() == 0)
        try DiskErrorTests.expectWhole(place, load, "\(scarcity)")
        Rounds.report(
            "full disk, \(scarcity)",
            [
                "refused": refusedCount, "batches acknowledged": load.acknowledgedCount,
                "losses": 0,
            ])
    }
}

/// A file system in memory that is soon full.
final class SmallFileSystem {
    /// Why there can be none; `nil` if there can.
    static let obstacle: String? = {
        guard geteuid() == 0 else { return "a file system of its own needs root" }
        do {
            _ = try SmallFileSystem(byteCount: 1 << 20, fileCount: 10)
            return nil
        } catch {
            return "\(error)"
        }
    }()

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let path: String
    private let folder: TemporaryDirectory

    init(byteCount: Int, fileCount: Int) throws {
        folder = try TemporaryDirectory()
        path = "\(folder.path)/mounted"
        mkdir(path, 0o700)
        let (status, text) = try ChildProcess.run(
            "mount",
            ["-t", "tmpfs", "-o", "size=\(byteCount),nr_inodes=\(fileCount)", "tmpfs", path],
            scratch: folder.path)
        guard status == 0 else { throw Failure(description: "mount: \(text)") }
    }

    deinit {
        // Lazily: a process that is about to end may still hold it.
        _ = try? ChildProcess.run("umount", ["-l", path], scratch: folder.path)
    }

    /// Takes all space or all files that are left.
    func fill(_ scarcity: FullDiskTests.Scarcity) throws {
        mkdir("\(path)/ballast", 0o700)
        if scarcity == .files {
            var number = 0
            while true {
                let file = creat("\(path)/ballast/\(number)", 0o600)
                guard file >= 0 else { return }
                close(file)
                number += 1
            }
        }
        let file = creat("\(path)/ballast/bytes", 0o600)
        guard file >= 0 else { throw Failure(description: "creat: \(errno)") }
        defer { close(file) }
        var block = [UInt8](repeating: 1, count: 1 << 16)
        while write(file, &block, block.count) > 0 {}
    }

    /// Gives it all back.
    func empty() throws { try FileManager.default.removeItem(atPath: "\(path)/ballast") }
}
