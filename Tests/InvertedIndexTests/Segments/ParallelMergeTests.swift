import Dispatch
import Synchronization
import TestSupport
import Testing

@testable import InvertedIndex

/// Merges whose terms are shared by several threads.
struct ParallelMergeTests {
    /// Segments of many words, some with deleted documents.
    private static func segments(
        _ seed: UInt64, _ directory: any Directory, wordCount: Int = 3_000
    ) throws -> [Segment] {
        var generator = SeededGenerator(seed: seed)
        return try (0..<4).map { index in
            let model = SegmentModel(
                seed: seed &+ UInt64(index), documentCount: 200, wordCount: wordCount,
                repeatsKeys: false)
            return try model.segment(
                in: directory, name: "seg-\(index)", deletingSome: index % 2 == 0, &generator)
        }
    }

    /// Threads that share ranges as small as can be.
    private static func threads(_ count: Int) -> MergeThreads {
        MergeThreads(count: count, rangeByteCount: 1...1)
    }

    private static func merge(
        _ segments: [Segment], _ directory: any Directory, _ name: String, _ threads: MergeThreads,
        isReversed: Bool = false, shouldStop: () -> Bool = { false }
    ) throws -> [UInt8]? {
        let sources = try SegmentMerger.sources(of: segments)
        var order: MergeOrder?
        if isReversed {
            let count = segments.reduce(0) { $0 + $1.liveCount }
            order = MergeOrder(sources, order: (0..<count).reversed())
            order?.occurrenceLimit = 40
        }
        let merged = try SegmentMerger.merge(
            sources, in: order, to: directory, name: name, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema, threads: threads, shouldStop: shouldStop)
        return try merged.map { try directory.read($0.descriptor.fileName) }
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `a merge by any number of threads gives the same bytes`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let segments = try Self.segments(seed, directory)
        for isReversed in [false, true] {
            let one = try Self.merge(
                segments, directory, "seg-one-\(isReversed)", MergeThreads(),
                isReversed: isReversed)
            #expect(one != nil)
            for count in [2, 3, 7] {
                let name = "seg-\(count)-\(isReversed)"
                let bytes = try Self.merge(
                    segments, directory, name, Self.threads(count), isReversed: isReversed)
                #expect(bytes == one, "\(count) threads")
            }
        }
        #expect(try directory.fileNames().allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test func `terms are cut into ranges, each once and in their order`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let segments = try Self.segments(5, directory)
        let sources = try SegmentMerger.sources(of: segments)
        let bounds = try TermRanges.bounds(of: 0, in: sources, for: Self.threads(2))
        #expect(bounds.count > 4)
        for (left, right) in zip(bounds, bounds.dropFirst()) {
            #expect(left.lexicographicallyPrecedes(right))
        }
        let great = MergeThreads(count: 2, rangeByteCount: (1 << 30)...(1 << 30))
        #expect(try TermRanges.bounds(of: 0, in: sources, for: great).isEmpty)
        #expect(try TermRanges.bounds(of: 0, in: sources, for: MergeThreads()).isEmpty)
    }

    @Test func `a merge by several threads that is told to stop leaves nothing behind`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        // So many terms that a range asks whether to stop.
        let segments = try Self.segments(8, directory, wordCount: 40_000)
        let threads = MergeThreads(count: 3, rangeByteCount: 1 << 16...1 << 17)
        var askedInAll = 0
        _ = try Self.merge(segments, directory, "seg-all", threads) {
            askedInAll += 1
            return false
        }
        for stopAt in 1...askedInAll {
            var asked = 0
            let bytes = try Self.merge(segments, directory, "seg-stopped", threads) {
                asked += 1
                return asked == stopAt
            }
            // Which range the caller's thread gets is not always the same.
            #expect((bytes == nil) == (asked >= stopAt))
            if bytes != nil { try directory.remove("seg-stopped.izs") }
            #expect(
                try directory.fileNames().allSatisfy { !$0.hasPrefix("seg-stopped") })
        }
    }

    @Test func `tasks hand over in their order, and none after all was given up`() {
        let turns = TaskTurns()
        let order = Mutex<[Int]>([])
        let tasks = SharedTasks(64)
        Self.run(tasks) { task in
            #expect(turns.wait(for: task))
            order.withLock { $0.append(task) }
            turns.end(task)
        }
        #expect(order.withLock { $0 } == Array(0..<64))

        let stopped = TaskTurns()
        let done = Mutex<[Int]>([])
        Self.run(SharedTasks(16)) { task in
            guard stopped.wait(for: task) else { return }
            done.withLock { $0.append(task) }
            if task == 5 { stopped.giveUp() } else { stopped.end(task) }
        }
        #expect(done.withLock { $0 } == Array(0...5))
        #expect(stopped.isGivenUp && !stopped.hasCome(for: 5))
    }

    private static func run(_ tasks: SharedTasks, _ task: @escaping @Sendable (Int) -> Void) {
        for _ in 0..<3 { DispatchQueue.global().async { tasks.help(task) } }
        tasks.finish(task)
    }

    @Test func `a merge by several threads whose disk fails throws and leaves nothing behind`()
        throws
    {
        let folder = try TemporaryDirectory()
        let segments = try Self.segments(9, folder.open())
        let whole = FaultyDirectory()
        _ = try Self.merge(segments, whole, "seg-9", Self.threads(3))
        #expect(whole.operationCount > 4)
        for operation in 0..<whole.operationCount {
            let directory = FaultyDirectory()
            directory.plan(.error(5), at: operation)
            #expect(throws: IndexError.self, "operation \(operation)") {
                _ = try Self.merge(segments, directory, "seg-9", Self.threads(3))
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `damage is refused by several threads as by one`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let segments = try Self.segments(seed, directory)
        let sound = try directory.read("seg-1.izs")
        var generator = SeededGenerator(seed: seed)
        var refusedCount = 0
        for round in 0..<40 {
            var bytes = sound
            // Postings, positions and terms are in the second half.
            let place = Int.random(in: bytes.count / 2..<bytes.count - 400, using: &generator)
            bytes[place] ^= UInt8.random(in: 1...255, using: &generator)
            let resealed = HostileSegmentTests.resealed(bytes)
            let results = [1, 3].map { count in
                Result {
                    var damaged = segments
                    damaged[1] = try Segment.open(
                        file: MappedFile(name: "damaged", copying: resealed))
                    return try Self.merge(
                        damaged, directory, "seg-\(round)-\(count)", Self.threads(count))
                }
            }
            // Several threads also look terms up, and so may meet what one passes over.
            guard case .success(let shared) = results[1] else {
                refusedCount += 1
                continue
            }
            guard case .success(let alone) = results[0] else {
                Issue.record("byte \(place): refused by one thread only")
                continue
            }
            #expect(shared == alone, "byte \(place)")
        }
        #expect(refusedCount > 0)
    }
}
