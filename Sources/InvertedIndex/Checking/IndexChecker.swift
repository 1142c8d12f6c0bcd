import Glibc

/// Proves every invariant of a whole index, reading all of it.
///
/// No lock is needed: all files are opened first, and a writer that goes on meanwhile does not
/// change them. Nothing is written.
public struct IndexChecker: Sendable {
    /// What was read, and what is wrong.
    public struct Report: Sendable {
        /// The generation that was checked; 0 where none could be opened.
        public var generation: UInt64 = 0
        /// The segments.
        public var segmentCount = 0
        /// The documents that can be found.
        public var documentCount = 0
        /// The documents that are deleted and still take space.
        public var deletedCount = 0
        /// The terms; one that is in several segments counts in each.
        public var termCount = 0
        /// The bytes of the segment files.
        public var byteCount = 0
        /// The records of the write-ahead log that no commit contains yet.
        public var logRecordCount = 0
        /// The bytes at the end of the log that a crash left torn; no damage.
        public var tornLogByteCount = 0
        /// Files of the index that no commit names, such as a crash leaves; no damage.
        public var strayFileNames: [String] = []
        /// Files that are not of the index.
        public var foreignFileNames: [String] = []
        /// What is wrong, in the order in which it was found.
        public var errors: [IndexError] = []

        /// Whether nothing is wrong.
        public var isSound: Bool { errors.isEmpty }
    }

    private let directory: any Directory

    /// A checker of the index in a directory.
    public init(directory: any Directory) {
        self.directory = directory
    }

    /// Checks everything.
    ///
    /// - Returns: what was found; damage is in `errors`, one for each segment or file.
    /// - Throws: `IndexError.io` where the disk fails and `notAnIndex` where there is none; what
    ///   is damaged is reported, not thrown.
    public func check() throws(IndexError) -> Report {
        var report = Report()
        let snapshot: Snapshot
        do throws(IndexError) {
            snapshot = try Snapshot.open(directory: directory)
        } catch {
            switch error {
            case .io, .notAnIndex: throw error
            default:
                report.errors.append(error)
                return report
            }
        }
        report.generation = snapshot.generation
        report.segmentCount = snapshot.segmentCount
        report.byteCount = snapshot.byteCount
        if let damage = snapshot.damage { report.errors.append(damage) }
        do throws(IndexError) {
            try checkLog(snapshot, &report)
            try checkNames(snapshot, &report)
        } catch {
            // A writer that committed meanwhile takes away what only the log and the spare told.
            if try isNewest(snapshot) { throw error }
        }
        // Counts are only asked of what proved sound.
        guard try checkSegments(snapshot, &report) else { return report }
        report.documentCount = snapshot.documentCount
        report.deletedCount = snapshot.deletedCount
        report.termCount = snapshot.termCount
        try collect(&report.errors) { () throws(IndexError) in try checkKeys(snapshot) }
        return report
    }

    /// The records that the commit does not contain.
    private func checkLog(
        _ snapshot: Snapshot, _ report: inout Report
    ) throws(IndexError) {
        do throws(IndexError) {
            let log = try WriteAheadLog.check(
                in: directory, indexUUID: snapshot.indexUUID, after: snapshot.walSequence)
            report.logRecordCount = log.recordCount
            report.tornLogByteCount = log.tornByteCount
        } catch {
            guard case .corrupt = error, try isNewest(snapshot) else { throw error }
            report.errors.append(error)
        }
    }

    private func isNewest(_ snapshot: Snapshot) throws(IndexError) -> Bool {
        let generations = CommitPoint.generations(in: try directory.fileNames())
        return snapshot.damage != nil || generations.first == snapshot.generation
    }

    /// Each segment alone; returns whether all are sound.
    private func checkSegments(
        _ snapshot: Snapshot, _ report: inout Report
    ) throws(IndexError) -> Bool {
        let before = report.errors.count
        for (segment, descriptor) in zip(snapshot.segments, snapshot.commit.segments) {
            try collect(&report.errors) { () throws(IndexError) in
                guard segment.documentCount == descriptor.documentCount,
                    segment.deletions?.deletedCount ?? 0 == descriptor.deletedCount
                else {
                    throw .corrupt(
                        file: descriptor.fileName, byteOffset: 0,
                        reason: "has other document counts than the commit point tells")
                }
                try segment.verify()
            }
        }
        return report.errors.count == before
    }

    /// One live document to a key, over all segments.
    private func checkKeys(_ snapshot: Snapshot) throws(IndexError) {
        for (index, segment) in snapshot.segments.enumerated() {
            for document in 0..<segment.documentCount where !segment.isDeleted(document) {
                let key = try segment.key(of: document)
                let address = try snapshot.address(ofKey: key.span)
                guard address == DocumentAddress(segment: index, document: document) else {
                    throw .corrupt(
                        file: segment.name, byteOffset: 0,
                        reason: "the key of document \(document) does not lead to it alone")
                }
            }
        }
    }

    /// Which files are there beside those of the commit.
    private func checkNames(
        _ snapshot: Snapshot, _ report: inout Report
    ) throws(IndexError) {
        let names = try directory.fileNames().sorted()
        var known = Set(snapshot.commit.fileNames)
        // The commit point before is kept as a spare, with its files where the log goes on from it.
        let spares = CommitPoint.generations(in: names).filter { $0 < snapshot.generation }
        if let spare = spares.first {
            known.insert(IndexFileName.manifest(spare))
            try collect(&report.errors) { () throws(IndexError) in
                let commit = try CommitPoint.read(spare, in: directory)
                known.formUnion(commit.fileNames)
                // Without the log it leads nowhere, and its files are not kept.
                if commit.logFile(in: names) != nil { try checkSpare(commit, snapshot) }
            }
        }
        for name in names where !known.contains(name) {
            switch IndexFileName(name) {
            case .lock, .writeAheadLog: continue
            case .manifest, .segment, .deletions, .temporary: report.strayFileNames.append(name)
            case nil: report.foreignFileNames.append(name)
            }
        }
    }

    /// What the commit point before has that the newest has not: it is needed when the newest is
    /// damaged, which is no time to find out.
    private func checkSpare(
        _ commit: CommitPoint, _ snapshot: Snapshot
    ) throws(IndexError) {
        for descriptor in commit.segments where !snapshot.commit.segments.contains(descriptor) {
            let segment: Segment
            do throws(IndexError) {
                segment = try Segment.open(
                    directory: directory, descriptor: descriptor, indexUUID: commit.indexUUID,
                    schema: commit.schema)
            } catch {
                guard case .io(_, let path, ENOENT) = error, try isNewest(snapshot) else {
                    throw error
                }
                throw .corrupt(
                    file: path, byteOffset: 0,
                    reason: "is missing, which generation \(commit.generation) needs")
            }
            let isCurrent = snapshot.commit.segments.contains { $0.fileName == descriptor.fileName }
            if !isCurrent { try segment.verify() }
        }
    }

    /// Reports damage and goes on; throws what is no damage.
    private func collect(
        _ errors: inout [IndexError], _ check: () throws(IndexError) -> Void
    ) throws(IndexError) {
        do throws(IndexError) {
            try check()
        } catch {
            switch error {
            case .corrupt, .wrongFormatVersion: errors.append(error)
            default: throw error
            }
        }
    }
}
