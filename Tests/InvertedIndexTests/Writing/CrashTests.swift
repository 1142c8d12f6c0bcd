import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

/// Every operation of a script fails or is the last before the power goes; after each, the index
/// is the last commit or the one that was under way.
struct CrashTests {
    /// Opens what a crash left, first for reading, then for writing, and checks all of it.
    private func expectSound(
        _ directory: FaultyDirectory, _ outcome: IndexScript.Outcome, _ comment: Comment
    ) throws {
        let allowed = [outcome.committed, outcome.inFlight].compactMap(\.self)
        do throws(IndexError) {
            let snapshot = try Snapshot.open(directory: directory)
            let content = try SmallIndex.content(of: snapshot)
            #expect(allowed.contains(content), comment)
            #expect(snapshot.damage == nil, comment)
        } catch {
            guard case .notAnIndex = error, outcome.committed == nil else {
                Issue.record("\(error) \(comment)")
                return
            }
        }
        let writer: IndexWriter
        do throws(IndexError) {
            writer = try SmallIndex.writer(directory)
        } catch {
            Issue.record("the writer does not open: \(error) \(comment)")
            return
        }
        #expect(allowed.contains(try SmallIndex.content(of: writer.snapshot)), comment)
        #expect(writer.cleaningError == nil, comment)
        let report = try IndexChecker(directory: directory).check()
        #expect(report.errors == [], comment)
        #expect(report.strayFileNames == [], comment)
        // And writing goes on.
        try SmallIndex.add([("after", "crash")], to: writer)
        let snapshot = try writer.commit(walSequence: 0, userData: "after")
        #expect(try SmallIndex.content(of: snapshot)["after"] == "crash", comment)
    }

    /// Readers that were there before still see what they saw.
    private func expectReadable(
        _ outcome: IndexScript.Outcome, _ comment: Comment
    ) throws {
        for (snapshot, content) in outcome.snapshots {
            #expect(try SmallIndex.content(of: snapshot) == content, comment)
        }
    }

    private func cutPower(_ script: IndexScript, _ seed: UInt64, step: Int = 1) throws {
        let whole = FaultyDirectory()
        #expect(script.run(on: whole).error == nil)
        for operation in stride(from: 0, to: whole.operationCount, by: step) {
            let directory = FaultyDirectory()
            directory.plan(.powerLoss, at: operation)
            let outcome = script.run(on: directory)
            for survival in [
                .dropped, .kept, .bytesOnly, .namesOnly,
                .torn(seed: seed &+ UInt64(operation)),
                .torn(seed: seed &+ UInt64(operation) &+ 1 << 32),
            ] as [FaultyDirectory.Survival] {
                try expectSound(
                    directory.restarted(survival), outcome,
                    "\(operation) \(whole.operations[operation]) \(survival)")
            }
        }
    }

    @Test func `power that goes at any operation leaves a commit`() throws {
        try cutPower(.short, 1)
    }

    @Test func `power that goes in merges that order documents leaves a commit`() throws {
        try cutPower(.short.with(SmallIndex.orderedOptions), 2)
    }

    @Test(.enabled(if: getenv("IZDE_LONG") != nil), arguments: SeededGenerator.seeds(8))
    func `power that goes in long random scripts leaves a commit`(seed: UInt64) throws {
        let options = [SmallIndex.options, SmallIndex.orderedOptions][Int(seed % 2)]
        try cutPower(.random(seed: seed, steps: 40).with(options), seed)
    }

    @Test(arguments: [false, true])
    func `an operation that fails stops the writer, not the readers`(isOrdered: Bool) throws {
        let script = IndexScript.short.with(
            isOrdered ? SmallIndex.orderedOptions : SmallIndex.options)
        let whole = FaultyDirectory()
        #expect(script.run(on: whole).error == nil)
        for operation in 0..<whole.operationCount {
            let comment: Comment = "\(operation) \(whole.operations[operation])"
            let directory = FaultyDirectory()
            directory.plan(.error(EIO), at: operation)
            let outcome = script.run(on: directory)
            try expectReadable(outcome, comment)
            if outcome.error != nil, let writer = outcome.writer {
                for call in [
                    { _ = try writer.commit(walSequence: 7, userData: "after") },
                    { try SmallIndex.add([("after", "failure")], to: writer) },
                    { _ = try SmallIndex.delete("b", from: writer) },
                    { _ = try writer.mergeIfNeeded() }, { try writer.mergeAll() },
                    { try writer.rollback() },
                ] as [() throws -> Void] {
                    let error = #expect(throws: IndexError.self, comment) { try call() }
                    guard case .writerFailed = error else {
                        Issue.record("\(String(describing: error)) \(comment)")
                        continue
                    }
                }
                writer.close()
            } else {
                // A file that could not be removed is no failure of a commit.
                #expect(outcome.writer == nil || outcome.error == nil, comment)
                outcome.writer?.close()
            }
            for survival in [.dropped, .kept] as [FaultyDirectory.Survival] {
                try expectSound(directory.restarted(survival), outcome, comment)
            }
        }
    }

    @Test(arguments: [false, true])
    func `a disk that is full for a moment loses nothing`(isOrdered: Bool) throws {
        let script = IndexScript.short.with(
            isOrdered ? SmallIndex.orderedOptions : SmallIndex.options)
        let whole = FaultyDirectory()
        let expected = script.run(on: whole)
        for operation in 0..<whole.operationCount {
            let comment: Comment = "\(operation) \(whole.operations[operation])"
            let directory = FaultyDirectory()
            directory.plan(.error(ENOSPC), at: operation)
            let outcome = script.run(on: directory)
            try expectReadable(outcome, comment)
            let isWriting = ["create", "write"].contains {
                whole.operations[operation].hasPrefix($0)
            }
            if isWriting && outcome.writer != nil {
                #expect(outcome.error == nil, comment)
                #expect(outcome.committed == expected.committed, comment)
            }
            outcome.writer?.close()
            try expectSound(directory.restarted(.dropped), outcome, comment)
        }
    }

    @Test func `what a writer wrote is gone when the disk stays full, and reads go on`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(directory)
        try SmallIndex.add([("a", "one")], to: writer)
        let before = try writer.commit(walSequence: 0, userData: "")
        let used = try directory.fileNames().reduce(0) { try $0 + directory.byteCount(of: $1) }
        for room in stride(from: 0, to: 600, by: 37) {
            directory.setCapacity(used + room)
            let error = #expect(throws: IndexError.self) {
                try SmallIndex.add([("b", String(repeating: "word ", count: 500))], to: writer)
                try writer.commit(walSequence: 0, userData: "")
            }
            #expect(error?.isOutOfSpace == true)
            #expect(try SmallIndex.content(of: before) == ["a": "one"])
            #expect(try !directory.fileNames().contains { $0.hasSuffix(".tmp") })
        }
        directory.setCapacity(nil)
        try SmallIndex.add([("b", "two")], to: writer)
        let after = try writer.commit(walSequence: 0, userData: "")
        #expect(try SmallIndex.content(of: after) == ["a": "one", "b": "two"])
        let report = try IndexChecker(directory: directory).check()
        #expect(report.isSound)
    }
}
