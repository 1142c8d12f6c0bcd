import InvertedIndex
import Synchronization
import TextAnalysis

/// Builds collections from many documents at once, past the write-ahead log: on several threads,
/// each with its own analyzer and segment in memory, merged into one segment at the end.
///
/// Nothing is visible before the end, and a failure leaves the collections as they were. Documents
/// with keys that a collection has already replace the old ones; within one build a key counts
/// once, the first time, so that the result does not depend on how the threads run.
public final class BulkIndexer: Sendable {
    /// One document to be taken in, or why it is none.
    public struct Item: Sendable {
        /// The collection it goes to.
        public var collection: String
        /// The document.
        public var input: Engine.Input
        /// How many bytes of its source it took, for the progress.
        public var byteCount: Int
        /// Where it came from, for messages: a file and a line.
        public var origin: String
        /// The hash of the document as it was sent, where that is known and not its own.
        var hash: UInt64?

        /// An item.
        public init(
            collection: String, input: Engine.Input, byteCount: Int = 0, origin: String = ""
        ) {
            self.collection = collection
            self.input = input
            self.byteCount = byteCount
            self.origin = origin
        }
    }

    /// A document that was not taken in, and why.
    public struct Rejection: Sendable, Equatable {
        /// Where it came from.
        public var origin: String
        /// Its key, if it has one.
        public var key: String?
        /// A code of the API.
        public var code: String
        /// The member that is meant.
        public var parameter: String?
        /// What is wrong, without the text of the document.
        public var message: String
    }

    /// How far a build is, or how it ended.
    public struct Progress: Sendable, Equatable {
        /// Documents read, rejected ones included.
        public var documentCount = 0
        /// Documents that are new.
        public var createdCount = 0
        /// Documents that replace an old one.
        public var replacedCount = 0
        /// Documents that were not taken in.
        public var rejectedCount = 0
        /// Bytes of the source read.
        public var byteCount = 0
    }

    private static let batchSize = 64

    private let engine: Engine
    /// Where all items go, if not to the collections of the engine.
    private let target: OpenCollection?
    private let threadCount: Int
    private let memoryByteCount: Int
    private let state = Mutex(State())

    private struct State {
        var progress = Progress()
        /// The keys so far, as two hashes each: 128 bits do not collide by chance.
        var seen: Set<SIMD2<UInt64>> = []
        var isAtEnd = false
    }

    /// A build into collections of an engine that is open for writing.
    ///
    /// - Parameters:
    ///   - engine: The engine; nothing else should write to it meanwhile.
    ///   - threadCount: How many threads analyse.
    ///   - memoryByteCount: What all segments in memory may take together; beyond it they are
    ///     written to disk.
    public init(engine: Engine, threadCount: Int = 2, memoryByteCount: Int = 256 << 20) {
        self.engine = engine
        target = nil
        self.threadCount = max(1, threadCount)
        self.memoryByteCount = memoryByteCount
    }

    /// A build of one collection that the engine does not have yet.
    init(engine: Engine, into target: OpenCollection, threadCount: Int) {
        self.engine = engine
        self.target = target
        self.threadCount = max(1, threadCount)
        memoryByteCount = 256 << 20
    }

    private func collection(_ name: String) throws(EngineError) -> OpenCollection {
        if let target { return target }
        return try engine.collection(name)
    }

    private var limits: Limits {
        target == nil ? engine.settings.limits : .ofTakenDocuments
    }

    /// Takes in all documents that `next` gives, until it gives `nil`; called once.
    ///
    /// - Parameters:
    ///   - next: the next document; called from several threads, by one at a time.
    ///   - rejected: gets each document that is not taken in; called from several threads.
    ///   - report: gets the progress now and then; called from several threads.
    /// - Returns: the numbers of the whole build.
    /// - Throws: `collectionNotFound`, `analysisChanged`, `noSpaceLeft`, `index`, `stopping`;
    ///   then nothing was changed, unless another collection was complete already.
    public func run(
        next: @escaping @Sendable () -> Item?,
        rejected: @escaping @Sendable (Rejection) -> Void = { _ in },
        report: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(EngineError) -> Progress {
        let results = await withTaskGroup(of: Result<Set<String>, EngineError>.self) { group in
            for _ in 0..<threadCount {
                group.addTask {
                    do throws(EngineError) {
                        return .success(try await self.work(next, rejected, report))
                    } catch {
                        // The other threads come to their end too.
                        self.state.withLock { $0.isAtEnd = true }
                        return .failure(error)
                    }
                }
            }
            var results: [Result<Set<String>, EngineError>] = []
            for await result in group { results.append(result) }
            return results
        }
        var names: Set<String> = []
        var failure: EngineError?
        for result in results {
            switch result {
            case .success(let touched): names.formUnion(touched)
            case .failure(let error): failure = failure ?? error
            }
        }
        if let failure {
            for name in target.map({ [$0.name] }) ?? engine.collections.map(\.name) {
                // What failed is told by the first error.
                try? await collection(name).writer().rollback()
            }
            throw failure
        }
        for name in names.sorted() {
            _ = try await collection(name).writer().commitMerged(
                isMergeRequired: false, threadCount: threadCount)
        }
        let progress = state.withLock(\.progress)
        report(progress)
        return progress
    }

    // MARK: One thread

    /// A segment in memory for one collection.
    private struct Worker {
        let collection: OpenCollection
        let indexer: DocumentIndexer
        let encoder: DocumentEncoder
        /// What the collection held before.
        let before: Snapshot
        var builder: SegmentBuilder
    }

    /// Works until there is nothing left; returns the collections that it wrote to.
    private func work(
        _ next: @Sendable () -> Item?, _ rejected: @Sendable (Rejection) -> Void,
        _ report: @Sendable (Progress) -> Void
    ) async throws(EngineError) -> Set<String> {
        var workers: [String: Worker] = [:]
        while true {
            let items = pull(next, rejected)
            if items.isEmpty { break }
            var batch = Progress()
            for item in items {
                try add(item, to: &workers, &batch, rejected)
            }
            let progress = state.withLock { state in
                state.progress.createdCount += batch.createdCount
                state.progress.replacedCount += batch.replacedCount
                state.progress.rejectedCount += batch.rejectedCount
                return state.progress
            }
            report(progress)
            let byteCount = workers.values.reduce(0) { $0 + $1.builder.byteCount }
            if byteCount > memoryByteCount / threadCount { try await flush(&workers) }
        }
        try await flush(&workers)
        return Set(workers.keys)
    }

    /// Takes the next items; a key that came before is rejected here, in the order of the source.
    private func pull(
        _ next: @Sendable () -> Item?, _ rejected: @Sendable (Rejection) -> Void
    ) -> [Item] {
        var repeated: [(item: Item, key: String)] = []
        let items = state.withLock { state in
            var items: [Item] = []
            while !state.isAtEnd, items.count < Self.batchSize {
                guard let item = next() else {
                    state.isAtEnd = true
                    break
                }
                state.progress.documentCount += 1
                state.progress.byteCount += item.byteCount
                if case .document(let document) = item.input,
                    !state.seen.insert(Self.hash(item.collection, document.key)).inserted
                {
                    state.progress.rejectedCount += 1
                    repeated.append((item, document.key))
                } else {
                    items.append(item)
                }
            }
            return items
        }
        for (item, key) in repeated {
            rejected(
                Rejection(
                    origin: item.origin, key: key, code: "duplicate_id", parameter: "id",
                    message: "This `id` came before in the same build; the first is kept."))
        }
        return items
    }

    private static func hash(_ collection: String, _ key: String) -> SIMD2<UInt64> {
        let bytes = Array(key.utf8)
        let name = Array(collection.utf8) + [0]
        return [ContentHash.hash(name + bytes), ContentHash.hash(bytes + name)]
    }

    private func add(
        _ item: Item, to workers: inout [String: Worker], _ batch: inout Progress,
        _ rejected: @Sendable (Rejection) -> Void
    ) throws(EngineError) {
        let document: Document
        switch item.input {
        case .document(let given): document = given
        case .invalid(let key, let code, let parameter, let message):
            batch.rejectedCount += 1
            rejected(
                Rejection(
                    origin: item.origin, key: key, code: code, parameter: parameter,
                    message: message))
            return
        }
        let worker = try worker(item.collection, &workers)
        do throws(DocumentProblem) {
            var checked = try CheckedDocument(
                document, layout: worker.collection.layout, limits: limits)
            if let hash = item.hash { checked.hash = hash }
            worker.encoder.encode(checked, into: worker.builder)
        } catch {
            batch.rejectedCount += 1
            rejected(
                Rejection(
                    origin: item.origin, key: document.key, code: error.code,
                    parameter: error.parameter, message: error.message))
            return
        }
        let isOld = try indexed { () throws(IndexError) in
            worker.before.documentCount > 0
                ? try worker.before.address(ofKey: Array(document.key.utf8).span) != nil : false
        }
        if isOld { batch.replacedCount += 1 } else { batch.createdCount += 1 }
    }

    private func worker(_ name: String, _ workers: inout [String: Worker]) throws(EngineError)
        -> Worker
    {
        if let worker = workers[name] { return worker }
        let collection = try collection(name)
        let worker = Worker(
            collection: collection, indexer: try collection.writer(),
            encoder: try DocumentEncoder(
                layout: collection.layout, analyzer: try engine.analyzers.makeAnalyzer(),
                knowledge: engine.nameKnowledge),
            before: collection.snapshot,
            builder: SegmentBuilder(
                schema: collection.layout.schema, keying: CollectionLayout.keying))
        workers[name] = worker
        return worker
    }

    /// Writes what is in memory as segments, on this thread; the writers only take them in.
    private func flush(_ workers: inout [String: Worker]) async throws(EngineError) {
        for (name, worker) in workers where worker.builder.documentCount > 0 {
            let destination = try await worker.indexer.makeDestination()
            let segment = try indexed { () throws(IndexError) in
                // All are merged in the end.
                try destination.write(worker.builder, effort: .least)
            }
            try await worker.indexer.add(written: segment)
            workers[name]?.builder = SegmentBuilder(
                schema: worker.collection.layout.schema, keying: CollectionLayout.keying)
        }
    }
}
