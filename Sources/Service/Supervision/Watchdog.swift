/// Gives signs of life as long as searches are answered.
///
/// A probe goes the way of a search; a sign follows only if it came back in time. What hangs is
/// then started anew by whoever waits for the signs.
struct Watchdog: Sendable {
    /// How often a sign is expected; it is given twice as often.
    let interval: Duration
    /// Tries whether the daemon can work; true if it can.
    let probe: @Sendable () async -> Bool
    /// Gives the sign.
    let sign: @Sendable () -> Void

    /// Runs until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let start = ContinuousClock.now
            if await probe(), ContinuousClock.now - start < interval { sign() }
            do {
                try await Task.sleep(until: start + interval / 2, clock: .continuous)
            } catch {
                return
            }
        }
    }
}
