import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

/// The log and the writer together, as the engine uses them: what was acknowledged is there after
/// any crash, and a request is there wholly or not at all.
struct DurabilityTests {
    private static let requestCount = 6

    /// What one request asks for: two documents, one of them new each time.
    private func documents(of request: UInt64) -> [(key: String, value: String)] {
        [("latest", "request \(request)"), ("\(request % 5)", "text of \(request)")]
    }

    private func content(after count: UInt64) -> Content {
        var content: Content = [:]
        for request in 0..<count {
            for (key, value) in documents(of: request + 1) { content[key] = value }
        }
        return content
    }

    private func open(
        _ directory: FaultyDirectory
    ) throws(IndexError) -> (writer: IndexWriter, log: WriteAheadLog) {
        let writer = try SmallIndex.writer(directory)
        let (log, records) = try WriteAheadLog.open(
            directory: directory, indexUUID: writer.snapshot.indexUUID,
            after: writer.snapshot.walSequence, options: .init(preallocatedByteCount: 128))
        for record in records {
            guard record.payload == Array("request \(record.sequence)".utf8) else {
                throw .corrupt(file: "wal", byteOffset: 0, reason: "another payload")
            }
            try SmallIndex.add(documents(of: record.sequence), to: writer)
        }
        return (writer, log)
    }

    /// Serves requests until something fails; returns how many were acknowledged.
    private func serve(_ directory: FaultyDirectory) -> UInt64 {
        var acknowledged: UInt64 = 0
        do {
            let (writer, log) = try open(directory)
            for request in 1...UInt64(Self.requestCount) {
                let sequence = try log.append(Array("request \(request)".utf8).span)
                try log.sync()
                acknowledged = sequence
                try SmallIndex.add(documents(of: sequence), to: writer)
                if request % 2 == 0 {
                    let covered = writer.snapshot.walSequence
                    try writer.commit(walSequence: sequence, userData: "")
                    try log.rotate()
                    try log.removeFiles(upTo: covered)
                    _ = try writer.mergeIfNeeded()
                }
            }
        } catch {
            // The fault that was planned.
        }
        return acknowledged
    }

    @Test func `what was acknowledged survives a crash at any operation`() throws {
        let whole = FaultyDirectory()
        #expect(serve(whole) == UInt64(Self.requestCount))
        for operation in 0..<whole.operationCount {
            for (fault, survivals) in [
                (.powerLoss, [.dropped, .kept, .torn(seed: UInt64(operation))]),
                (.error(EIO), [.dropped]),
            ] as [(FaultyDirectory.Fault, [FaultyDirectory.Survival])] {
                let directory = FaultyDirectory()
                directory.plan(fault, at: operation)
                let acknowledged = serve(directory)
                for survival in survivals {
                    let comment: Comment =
                        "\(operation) \(whole.operations[operation]) \(fault) \(survival)"
                    let restarted = directory.restarted(survival)
                    let (writer, log) = try open(restarted)
                    let count = log.lastSequence
                    #expect(count >= acknowledged && count <= acknowledged + 1, comment)
                    let snapshot = try writer.commit(walSequence: count, userData: "")
                    #expect(try SmallIndex.content(of: snapshot) == content(after: count), comment)
                    #expect(try IndexChecker(directory: restarted).check().errors == [], comment)
                }
            }
        }
    }

    @Test func `a crash while recovering from a crash loses nothing`() throws {
        let first = FaultyDirectory()
        first.plan(.powerLoss, at: 70)
        let acknowledged = serve(first)
        #expect(acknowledged > 0)
        let clean = first.restarted(.torn(seed: 1))
        _ = try open(clean)
        for operation in 0..<clean.operationCount {
            let second = first.restarted(.torn(seed: 1))
            second.plan(.powerLoss, at: operation)
            #expect(throws: IndexError.self) { try open(second) }
            let (writer, log) = try open(second.restarted(.torn(seed: UInt64(operation))))
            #expect(log.lastSequence >= acknowledged)
            let snapshot = try writer.commit(walSequence: log.lastSequence, userData: "")
            #expect(try SmallIndex.content(of: snapshot) == content(after: log.lastSequence))
        }
    }
}
