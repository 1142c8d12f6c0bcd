/// Makes and removes collections one after another, on a thread of its own: both wait for the disk.
actor CollectionAdmin {
    private nonisolated let queue = SerialQueue()
    nonisolated var unownedExecutor: UnownedSerialExecutor {
        queue.asUnownedSerialExecutor()
    }

    /// Runs one change.
    func run<Result: Sendable>(_ change: @Sendable () throws(EngineError) -> Result)
        throws(EngineError) -> Result
    {
        try change()
    }
}
