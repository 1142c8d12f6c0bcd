import CKernels

/// How this process holds its memory.
public enum ProcessMemory {
    /// From how many bytes on a block is a mapping of its own.
    private static let mappedByteCount = 1 << 20

    /// Has great blocks given back to the system when they are freed, for programs that build.
    ///
    /// Builders ask for few blocks of many megabytes, and free them when their segment is written.
    /// The allocator would keep these for blocks of the same size, thread by thread, though they
    /// do not fit those that grow next.
    ///
    /// - Cost: a builder maps its memory anew, some hundredths of the time of building.
    public static func returnGreatBlocks() {
        // Where the allocator knows no such setting, all works as well with more memory.
        _ = ck_map_blocks_from(mappedByteCount)
    }

    /// How many pools of memory there may be, so that threads that search share none with a writer.
    static let mostPools: Int32 = 256

    /// Gives threads pools of memory of their own, for programs that search beside a writer.
    ///
    /// The allocator has a few pools a processor, and threads beyond these share them. Who searches
    /// would wait for a writer that has given way while it held the lock of their pool.
    ///
    /// Only threads that are started later gain.
    public static func giveThreadsPools() {
        // Where the allocator knows no such setting, all works as well with longer waits.
        _ = ck_allow_pools(mostPools)
    }
}
