import Corpus
import Glibc
import SearchEngine

/// The work of `izded build`: files → documents → collections.
///
/// Documents of collections with names are taken in first and are visible before the others are
/// begun, since a text is linked to institutions and people of the same build. Each of these two
/// parts is done as a whole or not at all.
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
    /// How all files are read, `nil` to choose for each.
    let format: SourceFiles.Format?
    /// Countries as two capital letters; documents that name others only are passed over.
    let countries: Set<String>
    let options: SourceOptions
    let threadCount: Int
    let isQuiet: Bool

    /// Reads what lies below the paths; what cannot be read goes to `rejects`, the rest is indexed.
    ///
    /// - Throws: `EngineError` if a part could not be built.
    func run(_ paths: [String], rejects: RejectsFile) async throws(EngineError) -> Outcome {
        let found = SourceFiles.find(paths, as: format)
        for error in found.errors { rejects.add(error) }
        let progress = BuildProgress(
            totalByteCount: found.files.reduce(0) { $0 + $1.byteCount }, isQuiet: isQuiet)
        let destination = DocumentDestination(
            only: collection, collections: engine.collections, kinds: configuration.kinds)
        let work = Work(
            build: self, destination: destination, rejects: rejects, progress: progress)
        let result = try await work.run(found.files)
        progress.finish()
        return Outcome(
            progress: result, fileCount: found.files.count, rejectedCount: rejects.count,
            seconds: progress.seconds())
    }
}

/// The parts of one build.
private struct Work {
    let build: IndexBuild
    let destination: DocumentDestination
    let rejects: RejectsFile
    let progress: BuildProgress

    /// Takes in all files: those with names first, where the order counts.
    ///
    /// A file is read twice only if it holds others too, which reading it for names tells.
    func run(_ files: [SourceFiles.File]) async throws(EngineError) -> BulkIndexer.Progress {
        guard destination.hasOrder else { return try await run(files, .whole).progress }
        let read = files.filter { !destination.isWithoutNames($0.format) }
        let names = try await run(read, .names)
        let isRead = Set(read.map(\.path))
        let rest = files.filter { !isRead.contains($0.path) || names.left.contains($0.path) }
        // What is wrong in a file is told when it is read for the first time.
        return try await run(rest, .rest, after: names.progress, told: isRead).progress
    }

    private func run(
        _ files: [SourceFiles.File], _ part: SourceQueue.Part,
        after before: BulkIndexer.Progress? = nil, told: Set<String> = []
    ) async throws(EngineError) -> (progress: BulkIndexer.Progress, left: Set<String>) {
        let queue = SourceQueue(
            files: files, part: part, destination: destination, countries: build.countries,
            options: build.options, rejects: rejects, told: told)
        let (rejects, progress) = (rejects, progress)
        let result = try await BulkIndexer(engine: build.engine, threadCount: build.threadCount)
            .run(
                next: { queue.next() },
                rejected: { rejects.add($0) },
                report: { progress.show(Self.sum(before, $0), rejectedCount: rejects.count) })
        return (Self.sum(before, result), queue.filesWithRest)
    }

    /// The numbers of two parts of a build taken together.
    private static func sum(_ left: BulkIndexer.Progress?, _ right: BulkIndexer.Progress)
        -> BulkIndexer.Progress
    {
        guard var sum = left else { return right }
        sum.documentCount += right.documentCount
        sum.createdCount += right.createdCount
        sum.replacedCount += right.replacedCount
        sum.rejectedCount += right.rejectedCount
        sum.byteCount += right.byteCount
        return sum
    }
}
