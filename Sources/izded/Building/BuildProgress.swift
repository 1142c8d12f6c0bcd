import Glibc
import SearchEngine
import Synchronization

/// One line on standard error while a build runs: ten times a second at the most on a terminal,
/// every ten seconds elsewhere.
final class BuildProgress: Sendable {
    private let totalByteCount: Int
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isQuiet: Bool
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    /// Progress towards a number of bytes.
    init(totalByteCount: Int, isQuiet: Bool) {
        self.totalByteCount = totalByteCount
        self.isQuiet = isQuiet
    }

    /// Shows how far the build is, if it is time to.
    func show(_ progress: BulkIndexer.Progress, rejectedCount: Int) {
        guard !isQuiet else { return }
        let now = ContinuousClock.now
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
        let isDue = last.withLock { last in
            guard now - (last ?? start) >= pause else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        var line = "\(progress.documentCount) documents, \(Self.megabytes(progress.byteCount))"
        let seconds = seconds(until: now)
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
        Self.put(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
    }

    /// Takes the line away from a terminal.
    func finish() {
        if isTerminal, !isQuiet { Self.put("\r\u{1B}[K") }
    }

    /// How long the build has run.
    func seconds(until instant: ContinuousClock.Instant = .now) -> Double {
        let parts = (instant - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// Bytes for people.
    static func megabytes(_ byteCount: Int) -> String {
        let tenths = byteCount / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    /// Writes to standard error; a closed one is no reason to stop a build.
    private static func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
