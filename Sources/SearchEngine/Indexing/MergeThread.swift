import InvertedIndex

/// The thread on which segments are merged beside their writers.
///
/// There is one for all collections: merges come one after another, so that together they take the
/// memory and the disk of one.
actor MergeThread {
    static let shared = MergeThread()

    private nonisolated let queue = SerialQueue()
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    /// Runs a merge; returns what its writer ends it with, and how long it took.
    func run(_ merge: PendingMerge) -> (
        result: Result<PendingMerge.Result?, IndexError>, duration: Duration
    ) {
        let start = ContinuousClock.now
        let result = Result { () throws(IndexError) in
            try merge.run {
                GivingWay.pause()
                return false
            }
        }
        return (result, ContinuousClock.now - start)
    }
}
