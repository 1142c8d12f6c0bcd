/// How long the searches of one connection have taken lately: who asked for short ones mostly goes
/// on so.
///
/// A short search is run on the event loop itself: to hand it to another thread and its answer back
/// wakes two threads, which costs more than many a search. What is expected to be long never
/// begins there, and what proves to be long is given up there and begun anew on the search threads.
struct SearchPace {
    /// How much of the mean is that of the last search.
    private static let newShare = 0.125

    /// The mean time in microseconds, later searches weighing more; `nil` before the first.
    private var mean: Double?

    /// Takes in how long a search took, without the time that it waited.
    mutating func note(_ duration: Duration) {
        let microseconds = duration / .microseconds(1)
        mean = mean.map { $0 + (microseconds - $0) * Self.newShare } ?? microseconds
    }

    /// Whether the next search will probably take no longer; not before one has been seen.
    func isExpected(within patience: Duration) -> Bool {
        // Half of it, so that few are given up and begun twice.
        mean.map { $0 * 2 <= patience / .microseconds(1) } ?? false
    }
}
