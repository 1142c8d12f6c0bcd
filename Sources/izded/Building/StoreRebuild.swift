import SearchEngine

/// The work of `izded build --from-store`: collections built anew from their own documents.
struct StoreRebuild {
    let engine: Engine
    /// The collection that is meant; `nil` for all that need it.
    let collection: String?
    let threadCount: Int
    /// Whether documents that do not fit are left out; else their collection stays as it was.
    let dropsRejected: Bool
    let isQuiet: Bool

    /// Builds one collection after another, those with names first; tells what came of each.
    ///
    /// - Throws: `EngineError` where one could not be built; those before it are done.
    func run(rejects: RejectsFile) async throws(EngineError) {
        let names = collection.map { [$0] } ?? engine.collectionsToRebuild
        if names.isEmpty { print("all collections are of the analysis and fields of today") }
        for name in names {
            let progress = ProgressLine(isQuiet: isQuiet)
            let report = try await engine.rebuild(
                name, threadCount: threadCount, dropsRejected: dropsRejected,
                rejected: { rejects.add($0) },
                report: { read, all in
                    progress.show { _ in "\(name): \(read) of \(all) documents" }
                })
            progress.finish()
            let seconds = (progress.seconds() * 10).rounded() / 10
            var line = "\(name): \(report.documents) documents in \(seconds) s"
            if report.replayedCount > 0 { line += ", \(report.replayedCount) requests of the log" }
            if report.rejectedCount > 0 { line += ", \(report.rejectedCount) rejected" }
            if !report.isReplaced { line += ": left as it was" }
            print(line)
        }
    }
}
