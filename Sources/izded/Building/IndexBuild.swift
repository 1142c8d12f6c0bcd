import Corpus
import Glibc
import SearchEngine

/// The work of `izded build`: files → documents → collections, all or nothing.
struct IndexBuild {
    /// What came of a build.
    struct Outcome {
        var progress: BulkIndexer.Progress
        var fileCount: Int
        var rejectedCount: Int
        var seconds: Double
    }

    let engine: Engine
    let configuration: EngineConfiguration
    /// The collection that all documents go to, `nil` to choose by their members.
    let collection: String?
    let options: SourceOptions
    let threadCount: Int
    let isQuiet: Bool

    /// Reads what lies below the paths; what cannot be read goes to `rejects`, the rest is indexed.
    ///
    /// - Throws: `EngineError` if nothing could be built.
    func run(_ paths: [String], rejects: RejectsFile) async throws(EngineError) -> Outcome {
        let found = SourceFiles.find(paths)
        for error in found.errors { rejects.add(error) }
        let progress = BuildProgress(
            totalByteCount: found.files.reduce(0) { $0 + $1.byteCount }, isQuiet: isQuiet)
        let queue = SourceQueue(
            files: found.files, collection: collection, collections: engine.collections,
            kinds: configuration.kinds, options: options, rejects: rejects)
        let result = try await BulkIndexer(engine: engine, threadCount: threadCount).run(
            next: { queue.next() },
            rejected: { rejects.add($0) },
            report: { progress.show($0, rejectedCount: rejects.count) })
        progress.finish()
        return Outcome(
            progress: result, fileCount: found.files.count, rejectedCount: rejects.count,
            seconds: progress.seconds())
    }
}
