import Synchronization

/// What the writer of a collection tells about itself, to be read by anyone without waiting for it.
final class WriterCondition: Sendable {
    /// The numbers; they count from the opening on.
    struct Numbers: Sendable {
        /// The bytes of the write-ahead log.
        var logByteCount = 0
        /// The commits.
        var commitCount = 0
        /// The merges.
        var mergeCount = 0
        /// What the merges took together.
        var mergeSeconds = 0.0
        /// What the last sync of the log took.
        var lastSyncSeconds = 0.0
        /// Why nothing is written any more, for people.
        var failure: String?
    }

    /// How often damage was met, by the whole engine.
    let damage: DamageCount
    private let held = Mutex(Numbers())

    /// The condition of a writer that counts the damage it meets.
    init(damage: DamageCount) {
        self.damage = damage
    }

    /// The numbers of now.
    var numbers: Numbers { held.withLock { $0 } }

    /// Whether nothing is written any more.
    var hasFailed: Bool { held.withLock { $0.failure != nil } }

    /// Changes the numbers.
    func update(_ change: (inout Numbers) -> Void) { held.withLock { change(&$0) } }

    /// Counts a merge.
    func addMerge(_ duration: Duration) {
        update {
            $0.mergeCount += 1
            $0.mergeSeconds += duration.inSeconds
        }
    }

    /// Does something and notes how long it took.
    func timing<Failure: Error>(
        _ number: WritableKeyPath<Numbers, Double>, _ body: () throws(Failure) -> Void
    ) throws(Failure) {
        let start = ContinuousClock.now
        try body()
        let seconds = (ContinuousClock.now - start).inSeconds
        update { $0[keyPath: number] = seconds }
    }
}

extension Duration {
    /// The time as a number.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
