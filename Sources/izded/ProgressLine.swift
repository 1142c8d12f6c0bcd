import Glibc
import Synchronization

/// One line on standard error while something long runs: ten times a second at the most on a
/// terminal, every ten seconds elsewhere.
final class ProgressLine: Sendable {
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let isQuiet: Bool
    private let last = Mutex<ContinuousClock.Instant?>(nil)

    /// A line that is never shown if it is quiet.
    init(isQuiet: Bool) {
        self.isQuiet = isQuiet
    }

    /// Shows a text if it is time to; it is made only then, of the seconds since the beginning.
    func show(_ text: (_ seconds: Double) -> String) {
        guard !isQuiet else { return }
        let now = ContinuousClock.now
        let pause: Duration = isTerminal ? .milliseconds(100) : .seconds(10)
        let isDue = last.withLock { last in
            guard now - (last ?? start) >= pause else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        let line = text(seconds(until: now))
        Self.put(isTerminal ? "\r\u{1B}[K\(line)" : line + "\n")
    }

    /// Takes the line away from a terminal.
    func finish() {
        if isTerminal, !isQuiet { Self.put("\r\u{1B}[K") }
    }

    /// How long it has run.
    func seconds(until instant: ContinuousClock.Instant = .now) -> Double {
        let parts = (instant - start).components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }

    /// Bytes for people.
    static func megabytes(_ byteCount: Int) -> String {
        let tenths = byteCount / 100_000
        return "\(tenths / 10).\(tenths % 10) MB"
    }

    /// Writes to standard error; a closed one is no reason to stop.
    private static func put(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
