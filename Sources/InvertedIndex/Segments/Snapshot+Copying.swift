extension Snapshot {
    /// Puts the files of this generation into an empty directory, which is then an index of its
    /// own: by second names for the same bytes where the disk can do that, else by synced copies.
    ///
    /// The commit point comes last, so that a crash before leaves no index. All is durable with the
    /// return of this call.
    ///
    /// - Parameters:
    ///   - directory: where the snapshot was opened.
    ///   - target: where the files go.
    ///   - includesLog: whether the log is copied too, for what no commit contains yet; its bytes
    ///     are always copied, since a log is written on.
    /// - Throws: `IndexError.io`.
    /// - Requires: no writer commits or appends meanwhile.
    public func copyFiles(
        from directory: any Directory, into target: any Directory, includesLog: Bool
    ) throws(IndexError) {
        for name in commit.fileNames where name != commit.fileName {
            try directory.link(name, into: target)
        }
        if includesLog {
            for name in try directory.fileNames() {
                guard case .writeAheadLog = IndexFileName(name) else { continue }
                try directory.copy(name, into: target)
            }
        }
        try target.sync()
        try directory.link(commit.fileName, into: target)
        try target.sync()
    }

    /// Reads all segments and proves every checksum; what the bytes mean is proved by
    /// `IndexChecker`.
    ///
    /// - Throws: `IndexError.corrupt` at the first that is wrong.
    public func verifyChecksums() throws(IndexError) {
        for segment in segments { try segment.content.envelope.verify() }
    }

    /// The records of the log that this generation does not contain, oldest first; each is proved.
    ///
    /// - Throws: `IndexError.corrupt` where a record is damaged or missing.
    /// - Requires: nobody writes to the log meanwhile.
    public func logRecords(
        in directory: any Directory
    ) throws(IndexError) -> [WriteAheadLog.Record] {
        try WriteAheadLog.records(in: directory, indexUUID: indexUUID, after: walSequence)
    }
}
