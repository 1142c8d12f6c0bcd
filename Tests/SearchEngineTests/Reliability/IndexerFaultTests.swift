import Glibc
import InvertedIndex
import TestSupport
import Testing

@testable import SearchEngine

/// P1, P2, P6, P7 for a whole writer: each operation of a script fails, or is the last before the
/// power goes.
@Suite struct IndexerFaultTests {
    /// One step of a script.
    enum Step {
        case write([(key: String, title: String?)], Engine.Wait)
        case compact, snapshot
    }

    private static let script: [Step] = [
        .write([("a", "one"), ("b", "two"), ("c", "three")], .durable),
        .write([("a", "one more"), ("b", nil)], .visible),
        .write([("d", "four")], .none),
        .write([("e", "five"), ("c", nil)], .durable),
        .write([("f", "six")], .visible), .snapshot,
        .write([("a", nil), ("g", "seven")], .visible),
        .write([("d", "four again"), ("h", "eight")], .visible), .compact,
        .write([("i", "nine"), ("e", nil)], .visible), .snapshot,
        .write([("j", "ten")], .durable),
    ]

    /// What a run has been told.
    struct Run {
        /// The contents that steps lead to, from the empty index on.
        var states: [[String: String]] = [[:]]
        /// The last of them that is safe.
        var durable = 0
        /// What may be there now: a request that failed may be in or not.
        var branches: [[String: String]] = [[:]]
        /// The first error.
        var error: EngineError?
        /// How many steps went through after an error.
        var stepsAfterError = 0
    }

    private var fixture: IndexerFixture {
        var fixture = IndexerFixture()
        // So that merges happen.
        fixture.limits.segmentCount = 2
        return fixture
    }

    private func run(on directory: FaultyDirectory, goesOn: Bool = false) async throws -> Run {
        var run = Run()
        let fixture = fixture
        let indexer: DocumentIndexer
        do throws(EngineError) {
            indexer = try Self.opened(fixture, directory)
        } catch {
            run.error = error
            return run
        }
        for step in Self.script {
            do throws(EngineError) {
                switch step {
                case .write(let lines, let wait):
                    var changes: [DocumentIndexer.Change] = []
                    for (key, title) in lines {
                        changes.append(try Self.change(fixture, key, title))
                    }
                    func after(_ state: [String: String]) -> [String: String] {
                        lines.reduce(into: state) { $0[$1.key] = $1.title }
                    }
                    run.states.append(after(run.states.last ?? [:]))
                    let before = run.branches
                    run.branches = before.map(after) + before
                    _ = try await indexer.write(changes, wait: wait)
                    run.branches = before.map(after)
                    if wait != .none { run.durable = run.states.count - 1 }
                case .compact: _ = try await indexer.commitMerged()
                case .snapshot:
                    let target = FaultyDirectory()
                    _ = try await indexer.copy(into: target)
                    run.durable = run.states.count - 1
                    try Self.expect(target, holdsOneOf: run.branches)
                }
                if run.error != nil { run.stepsAfterError += 1 }
            } catch {
                run.error = run.error ?? error
                guard goesOn else { break }
            }
        }
        await indexer.close()
        return run
    }

    private static func opened(
        _ fixture: IndexerFixture, _ directory: FaultyDirectory
    ) throws(EngineError) -> DocumentIndexer {
        do { return try fixture.open(directory) } catch let error as EngineError {
            throw error
        } catch { fatalError("\(error)") }
    }

    private static func change(
        _ fixture: IndexerFixture, _ key: String, _ title: String?
    ) throws(EngineError) -> DocumentIndexer.Change {
        guard let title else { return .delete(key) }
        do { return try fixture.add(key, title) } catch { fatalError("\(error)") }
    }

    private static func expect(
        _ directory: FaultyDirectory, holdsOneOf contents: [[String: String]]
    ) throws(EngineError) {
        do {
            let snapshot = try Snapshot.open(directory: directory)
            #expect(contents.contains(try IndexerFixture.content(of: snapshot)))
            #expect(try IndexChecker(directory: directory).check().errors == [])
        } catch {
            Issue.record("\(error)")
        }
    }

    /// Opens what is left: all that was acknowledged is there, each request whole or absent, and
    /// writing goes on.
    private func expectKept(
        _ directory: FaultyDirectory, _ allowed: [[String: String]], _ comment: Comment
    ) async throws {
        let indexer: DocumentIndexer
        do {
            indexer = try fixture.open(directory)
        } catch {
            Issue.record("\(error) \(comment)")
            return
        }
        _ = try await indexer.write([fixture.add("after", "crash")], wait: .visible)
        await indexer.close()
        var content = try IndexerFixture.content(of: Snapshot.open(directory: directory))
        #expect(content.removeValue(forKey: "after") == "crash", comment)
        #expect(allowed.contains(content), comment)
        #expect(try IndexChecker(directory: directory).check().errors == [], comment)
    }

    private func wholeRun() async throws -> FaultyDirectory {
        let whole = FaultyDirectory()
        let run = try await run(on: whole)
        #expect(run.error == nil)
        #expect(run.durable == run.states.count - 1)
        #expect(whole.operationCount > 100)
        return whole
    }

    @Test func `power that goes at any operation takes nothing acknowledged`() async throws {
        let whole = try await wholeRun()
        for operation in 0..<whole.operationCount {
            let directory = FaultyDirectory()
            directory.plan(.powerLoss, at: operation)
            let run = try await run(on: directory)
            for survival in [.dropped, .namesOnly, .torn(seed: UInt64(operation))]
                as [FaultyDirectory.Survival]
            {
                try await expectKept(
                    directory.restarted(survival), Array(run.states[run.durable...]),
                    "\(operation) \(whole.operations[operation]) \(survival)")
            }
        }
    }

    @Test func `an operation that fails stops the writer and takes nothing acknowledged`()
        async throws
    {
        let whole = try await wholeRun()
        for operation in 0..<whole.operationCount {
            let directory = FaultyDirectory()
            directory.plan(.error(EIO), at: operation)
            let run = try await run(on: directory)
            for survival in [.dropped, .kept] as [FaultyDirectory.Survival] {
                try await expectKept(
                    directory.restarted(survival), Array(run.states[run.durable...]),
                    "\(operation) \(whole.operations[operation]) \(survival)")
            }
        }
    }

    @Test func `a disk that is full for a moment takes nothing and stops nothing`() async throws {
        let whole = try await wholeRun()
        var (refusedCount, goneOnCount) = (0, 0)
        for operation in 0..<whole.operationCount
        where ["create", "write"].contains(where: whole.operations[operation].hasPrefix) {
            let directory = FaultyDirectory()
            directory.plan(.error(ENOSPC), at: operation)
            let run = try await run(on: directory, goesOn: true)
            let comment: Comment = "\(operation) \(whole.operations[operation])"
            if run.states.count == 1 {
                // The index could not even be opened: the next start does.
                #expect(run.error != nil, comment)
            } else if case .noSpaceLeft = run.error {
                refusedCount += 1
                goneOnCount += run.stepsAfterError > 0 ? 1 : 0
            } else {
                #expect(run.error == nil, comment)
            }
            try await expectKept(directory.restarted(.dropped), run.branches, comment)
        }
        // All but those refused at the last step met a disk with space again, and went on.
        #expect(goneOnCount > 0)
        #expect(goneOnCount >= refusedCount - 12)
    }

    @Test func `a sync that fails is told, and nothing is written until the next start`()
        async throws
    {
        let fixture = fixture
        let directory = FaultyDirectory()
        let indexer = try fixture.open(directory)
        _ = try await indexer.write([fixture.add("a", "kept")], wait: .visible)
        #expect(fixture.condition.numbers.failure == nil)
        // The record is written, then synced.
        directory.plan(.error(EIO), at: directory.operationCount + 2)
        let first = await #expect(throws: EngineError.self) {
            try await indexer.write([fixture.add("b", "lost")], wait: .durable)
        }
        guard case .index(.io) = first else {
            Issue.record("\(String(describing: first)) \(directory.operations.suffix(4))")
            return
        }
        #expect(directory.operations.last?.hasPrefix("fdatasync") == true)
        #expect(fixture.condition.numbers.failure != nil)
        let count = directory.operationCount
        let second = await #expect(throws: EngineError.self) {
            try await indexer.write([fixture.add("c", "refused")], wait: .durable)
        }
        guard case .index(.writerFailed) = second else {
            Issue.record("\(String(describing: second))")
            return
        }
        #expect(directory.operationCount == count)
        // A backup is still made: of the last commit, with the log.
        let target = FaultyDirectory()
        #expect(try await IndexerFixture.content(of: indexer.copy(into: target)) == ["a": "kept"])
        #expect(try target.fileNames().contains { $0.hasSuffix(".izl") })
        await indexer.close()
        let restarted = directory.restarted(.dropped)
        let again = try fixture.open(restarted)
        _ = try await again.write([fixture.add("d", "goes on")], wait: .visible)
        #expect(
            try IndexerFixture.content(of: Snapshot.open(directory: restarted))
                == ["a": "kept", "d": "goes on"])
        await again.close()
    }
}
