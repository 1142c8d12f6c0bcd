import SearchEngine

/// How far a build is, on one line on standard error while it runs.
final class BuildProgress: Sendable {
    private let totalByteCount: Int
    private let line: ProgressLine

    /// Progress towards a number of bytes.
    init(totalByteCount: Int, isQuiet: Bool) {
        self.totalByteCount = totalByteCount
        line = ProgressLine(isQuiet: isQuiet)
    }

    /// Shows how far the build is, if it is time to.
    func show(_ progress: BulkIndexer.Progress, rejectedCount: Int) {
        line.show { seconds in
            let read = ProgressLine.megabytes(progress.byteCount)
            var line = "\(progress.documentCount) documents, \(read)"
            if seconds > 0.5 {
                line += ", \(Int(Double(progress.documentCount) / seconds)) documents/s"
            }
            if rejectedCount > 0 { line += ", \(rejectedCount) rejected" }
            if progress.byteCount > 0, totalByteCount > progress.byteCount {
                let rest =
                    seconds * Double(totalByteCount - progress.byteCount)
                    / Double(progress.byteCount)
                line += ", \(Int(rest.rounded(.up))) s left"
            }
            return line
        }
    }

    /// Takes the line away from a terminal.
    func finish() { line.finish() }

    /// How long the build has run.
    func seconds() -> Double { line.seconds() }
}
