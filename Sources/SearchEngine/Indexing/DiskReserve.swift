import InvertedIndex

/// What is kept free on the disk of an index: for commits of what was acknowledged, and for all
/// else that is there.
struct DiskReserve: Sendable {
    private let directory: any Directory
    private let settings: CurrentSettings

    /// The reserve of the limits that hold at the time.
    init(directory: any Directory, settings: CurrentSettings) {
        self.directory = directory
        self.settings = settings
    }

    /// Refuses writes before the disk is full, so that what was acknowledged can be committed.
    ///
    /// - Throws: `noSpaceLeft`; `index` where the disk does not tell.
    func check() throws(EngineError) {
        let (free, reserve) = (try freeByteCount(), try byteCount())
        guard free >= reserve else {
            throw .noSpaceLeft(freeByteCount: free, reserveByteCount: reserve)
        }
    }

    /// What merges must leave free; where the disk does not tell, nothing is merged.
    var byteCountForMerges: Int {
        do throws(EngineError) { return try byteCount() } catch _ { return .max }
    }

    /// The error of a write that does not fit beside it.
    ///
    /// - Throws: `index` where the disk does not tell.
    func shortage() throws(EngineError) -> EngineError {
        .noSpaceLeft(freeByteCount: try freeByteCount(), reserveByteCount: try byteCount())
    }

    private func freeByteCount() throws(EngineError) -> Int {
        try indexed { () throws(IndexError) in try directory.freeByteCount() }
    }

    private func byteCount() throws(EngineError) -> Int {
        let total = try indexed { () throws(IndexError) in try directory.totalByteCount() }
        let limits = settings.value.limits
        return max(
            limits.diskReserveByteCount, total / 100 * min(max(limits.diskReservePercent, 0), 100))
    }
}
