import NIOCore

/// What a peer had not taken of what is sent to it, when that was last looked at: tells one that
/// reads slowly from one that has stalled.
struct UntakenAnswer {
    /// Who takes less than that in the time for a piece has stalled.
    private static let leastTakenByteCount = 64 << 10

    private var byteCount = 0

    /// Whether everything was taken.
    var isEmpty: Bool { byteCount == 0 }

    /// Looks at what is left.
    mutating func note(_ channel: any Channel) {
        do {
            byteCount = try channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0
        } catch {
            // A channel that is closed has nothing to send.
            byteCount = 0
        }
    }

    /// Looks at what is left, and whether enough was taken since the last time.
    mutating func isShrinking(_ channel: any Channel) -> Bool {
        let before = byteCount
        note(channel)
        return before - byteCount >= Self.leastTakenByteCount
    }
}
