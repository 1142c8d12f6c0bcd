import TestSupport
import Testing

@testable import InvertedIndex

/// What is opened when files are damaged that were durable.
struct RecoveryTests {
    /// An index with three commits and a log that holds all requests.
    private func index(
        removingLogUpTo sequence: UInt64? = nil
    ) throws -> (directory: FaultyDirectory, commits: [CommitPoint]) {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        let log = try WriteAheadLog.open(
            directory: directory, indexUUID: writer.snapshot.indexUUID, after: 0,
            options: .init(preallocatedByteCount: 0)
        ).log
        var commits = [writer.snapshot.commit]
        for number in 1...3 {
            let sequence = try log.append(Array("request \(number)".utf8).span)
            try log.sync()
            try SmallIndex.add([("\(number)", "one"), ("same", "\(number)")], to: writer)
            commits.append(try writer.commit(walSequence: sequence, userData: "").commit)
            try log.rotate()
        }
        if let sequence { try log.removeFiles(upTo: sequence) }
        try log.close()
        writer.close()
        return (directory, commits)
    }

    private func damage(_ name: String, in directory: FaultyDirectory) throws {
        var bytes = try #require(directory.contents(of: name))
        bytes.removeLast()
        directory.setContents(of: name, to: bytes)
    }

    @Test func `a torn newest commit point is passed over while the log holds its requests`() throws
    {
        let (directory, commits) = try index()
        try damage(commits[3].fileName, in: directory)
        let snapshot = try Snapshot.open(directory: directory)
        #expect(snapshot.commit == commits[2])
        #expect(snapshot.damage != nil)
        let report = try IndexChecker(directory: directory).check()
        #expect(!report.isSound)
        #expect(report.logRecordCount == 1)

        let writer = try SmallIndex.writer(directory)
        #expect(writer.snapshot.generation == commits[2].generation)
        #expect(directory.contents(of: commits[3].fileName) != nil)
        let records = try WriteAheadLog.open(
            directory: directory, indexUUID: writer.snapshot.indexUUID,
            after: writer.snapshot.walSequence
        ).records
        #expect(records.map(\.sequence) == [3])
        try SmallIndex.add([("3", "one"), ("same", "3")], to: writer)
        let next = try writer.commit(walSequence: 3, userData: "")
        #expect(next.generation > commits[3].generation)
        #expect(directory.contents(of: commits[3].fileName) == nil)
        writer.close()
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    @Test func `a newest commit of which a segment is damaged or missing is passed over as well`()
        throws
    {
        for isRemoved in [false, true] {
            let (directory, commits) = try index()
            let name = try #require(commits[3].segments.last?.fileName)
            if isRemoved {
                directory.setContents(of: name, to: nil)
            } else {
                try damage(name, in: directory)
            }
            #expect(try Snapshot.open(directory: directory).commit == commits[2])
        }
    }

    @Test func `without the log a torn newest commit point is an error`() throws {
        let (directory, commits) = try index(removingLogUpTo: 3)
        try damage(commits[3].fileName, in: directory)
        for open in [
            { _ = try Snapshot.open(directory: directory) },
            { _ = try SmallIndex.writer(directory) },
        ] as [() throws -> Void] {
            let error = #expect(throws: IndexError.self) { try open() }
            guard case .corrupt(commits[3].fileName, _, _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let report = try IndexChecker(directory: directory).check()
        #expect(report.errors.count == 1)
    }

    @Test func `the log of the commit before the last may be removed and no more`() throws {
        let (directory, commits) = try index(removingLogUpTo: 2)
        try damage(commits[3].fileName, in: directory)
        #expect(try Snapshot.open(directory: directory).commit == commits[2])
    }

    @Test func `two torn commit points are an error`() throws {
        let (directory, commits) = try index()
        try damage(commits[3].fileName, in: directory)
        try damage(commits[2].fileName, in: directory)
        #expect(throws: IndexError.self) { try Snapshot.open(directory: directory) }
        #expect(throws: IndexError.self) { try SmallIndex.writer(directory) }
    }

    @Test func `files without any commit point are not taken for an empty index`() throws {
        let (directory, commits) = try index()
        for name in commits.map(\.fileName) { directory.setContents(of: name, to: nil) }
        let before = Set(try directory.fileNames())
        for open in [
            { _ = try Snapshot.open(directory: directory) },
            { _ = try SmallIndex.writer(directory) },
        ] as [() throws -> Void] {
            let error = #expect(throws: IndexError.self) { try open() }
            guard case .corrupt = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(Set(try directory.fileNames()) == before)
    }

    @Test func `an empty directory is no index, a newer format is refused`() throws {
        let empty = FaultyDirectory()
        #expect(throws: IndexError.notAnIndex(path: "/faulty")) {
            try Snapshot.open(directory: empty)
        }
        #expect(throws: IndexError.notAnIndex(path: "/faulty")) {
            try IndexChecker(directory: empty).check()
        }
        let (directory, commits) = try index()
        let text = String(decoding: commits[3].bytes, as: UTF8.self)
        let json = text.prefix { $0 != "\n" }
        let newer = "{\"format\":6" + json.dropFirst("{\"format\":5".count)
        directory.setContents(
            of: commits[3].fileName, to: CommitPointTests.manifest(newer))
        #expect(
            throws: IndexError.wrongFormatVersion(
                file: commits[3].fileName, found: 6, supported: 5)
        ) { try Snapshot.open(directory: directory) }
    }

    @Test func `each damaged byte of any file is found by the checker`() throws {
        let (directory, _) = try index()
        #expect(try IndexChecker(directory: directory).check().isSound)
        var random = SeededGenerator(seed: 3)
        for name in try directory.fileNames().sorted() where name != "LOCK" {
            let bytes = try #require(directory.contents(of: name))
            // Records that the commit contains need not be sound any more.
            guard !name.hasPrefix("wal-") else { continue }
            // Segments and commit points have tests of their own for each byte.
            let step = name.hasPrefix("seg-") ? 29 : 3
            for index in stride(from: 0, to: bytes.count, by: step) {
                var damaged = bytes
                damaged[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                directory.setContents(of: name, to: damaged)
                let report = try IndexChecker(directory: directory).check()
                if report.isSound { Issue.record("byte \(index) of \(name)") }
            }
            for _ in 0..<20 {
                let count = Int.random(in: 0..<bytes.count, using: &random)
                directory.setContents(of: name, to: Array(bytes[..<count]))
                let report = try IndexChecker(directory: directory).check()
                if report.isSound { Issue.record("\(name) cut to \(count)") }
            }
            directory.setContents(of: name, to: nil)
            // A commit point that is gone leaves no trace but in the log; those are two tests above.
            if !name.hasPrefix("MANIFEST-") {
                #expect(try !IndexChecker(directory: directory).check().isSound, "no \(name)")
            }
            directory.setContents(of: name, to: bytes)
        }
        #expect(try IndexChecker(directory: directory).check().isSound)
    }
}
