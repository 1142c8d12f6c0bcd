extension IndexWriter {
    /// Makes all changes durable and visible at once.
    ///
    /// Nothing is written where nothing changed.
    ///
    /// - Parameters:
    ///   - walSequence: the last record of the write-ahead log that the changes contain.
    ///   - userData: what the caller wants to find again with this generation.
    /// - Returns: the new snapshot, which is also `snapshot` from now on.
    /// - Throws: `IndexError.io`, also for a full disk, after which the changes are still pending
    ///   and the commit may be tried again; `writerFailed`.
    @discardableResult
    public func commit(
        walSequence: UInt64, userData: String
    ) throws(IndexError) -> Snapshot {
        guard hasChanges || walSequence != snapshot.walSequence || userData != snapshot.userData
        else { return snapshot }
        try changing { () throws(IndexError) in
            try checkSpace(for: 0)
            try write(walSequence: walSequence, userData: userData)
            clean()
        }
        return snapshot
    }

    private func write(walSequence: UInt64, userData: String) throws(IndexError) {
        // Numbers of 64 bits stand in the file as JSON integers, which are signed.
        guard highestGeneration < UInt64(Int64.max) - 1 else {
            throw .limit(what: "generation", found: Int.max, allowed: Int.max - 1)
        }
        let generation = highestGeneration + 1
        for index in slots.indices { applyDeletions(at: index) }
        slots.removeAll { $0.liveCount == 0 }
        for index in slots.indices where !slots[index].isDeletionsFileCurrent {
            let segment = slots[index].segment
            guard let deletions = segment.deletions else { continue }
            let name = Deletions.fileName(segment: segment.name, generation: generation)
            try deletions.write(to: directory, name: name, indexUUID: snapshot.indexUUID)
            slots[index].descriptor.deletionsFileName = name
            slots[index].descriptor.deletedCount = deletions.deletedCount
            slots[index].isDeletionsFileCurrent = true
        }
        // All names that the commit point will tell are durable before it is.
        try directory.sync()
        let commit = CommitPoint(
            indexUUID: snapshot.indexUUID, generation: generation, parent: snapshot.generation,
            segments: slots.map(\.descriptor), walSequence: walSequence,
            schema: snapshot.schema, fingerprint: snapshot.fingerprint, userData: userData)
        try commit.write(to: directory)
        highestGeneration = generation
        previous = snapshot.commit
        snapshot = Snapshot(commit: commit, segments: slots.map(\.segment))
    }

    /// Removes the files of the index that neither a commit to be kept nor a change names.
    ///
    /// The last two commit points stay. The files of the older of the two stay only while the
    /// write-ahead log may go on from it, since without that nobody may fall back on it.
    ///
    /// - Parameter candidates: what to look at; all files of the directory by default.
    func clean(_ candidates: [String?]? = nil) {
        do throws(IndexError) {
            let names = try directory.fileNames()
            var kept = Set(snapshot.commit.fileNames)
            if let previous {
                kept.insert(previous.fileName)
                if previous.logFile(in: names) != nil { kept.formUnion(previous.fileNames) }
            }
            kept.formUnion(outstanding)
            for slot in slots {
                kept.insert(slot.descriptor.fileName)
                if let name = slot.descriptor.deletionsFileName { kept.insert(name) }
            }
            let considered = candidates.map { Set($0.compactMap(\.self)) }
            for name in names where !kept.contains(name) {
                guard considered?.contains(name) ?? true else { continue }
                switch IndexFileName(name) {
                case .manifest, .segment: try directory.remove(name)
                case .deletions(let uuid, _):
                    guard !outstanding.contains("seg-\(uuid).izs") else { continue }
                    try directory.remove(name)
                case .writeAheadLog, .lock, .temporary, nil: continue
                }
            }
            cleaningError = nil
        } catch {
            cleaningError = error
        }
    }
}

extension CommitPoint {
    /// Writes the file under a temporary name, syncs it, renames it, syncs the directory.
    ///
    /// With the return of this call, and not before, the commit is durable.
    func write(to directory: any Directory) throws(IndexError) {
        try directory.place(fileName) { file throws(IndexError) in try file.write(bytes) }
        try directory.sync()
    }
}
