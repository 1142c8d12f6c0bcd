extension Directory {
    /// Removes all files that the index gave their names to; others stay.
    ///
    /// - Requires: no writer and no reader opens the index meanwhile; who has it open keeps it.
    /// - Returns: whether nothing is left.
    public func removeIndexFiles() throws(IndexError) -> Bool {
        var isEmpty = true
        for name in try fileNames() {
            if IndexFileName(name) == nil { isEmpty = false } else { try remove(name) }
        }
        return isEmpty
    }
}
