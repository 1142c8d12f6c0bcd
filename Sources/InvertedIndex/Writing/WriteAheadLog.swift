import Glibc

/// The requests since the last commit, on disk before they are answered.
///
/// `append` then `sync`: what was appended before a `sync` that returned survives any crash, in
/// order and each record wholly or not at all. One sync may serve many records. The log is a row
/// of files; `rotate` begins a new one, and files that a commit covers are removed.
///
/// Not synchronised: one owner, who holds the lock of the directory. After an error of writing or
/// syncing it takes nothing more (`IndexError.writerFailed`): what the disk then holds is unknown
/// until the log is opened anew. Only a full disk is no such error, as long as the log can be cut
/// back to its last whole record.
public final class WriteAheadLog {
    /// One request.
    public struct Record: Sendable, Equatable {
        /// Its number; grows by one from record to record.
        public let sequence: UInt64
        /// Its bytes, as they were appended.
        public let payload: [UInt8]
    }

    /// How the log uses the disk.
    public struct Options: Sendable {
        /// Space is reserved in steps of this many bytes, so that a full disk is met before a
        /// record is begun; 0 reserves nothing.
        public var preallocatedByteCount: Int
        /// What must stay free on the disk; a record that would take of it is refused.
        public var reservedByteCount: Int

        /// Options; by default 16 MiB at a time and no reserve.
        public init(preallocatedByteCount: Int = 16 << 20, reservedByteCount: Int = 0) {
            self.preallocatedByteCount = preallocatedByteCount
            self.reservedByteCount = reservedByteCount
        }
    }

    /// The sequence of the last record.
    public private(set) var lastSequence: UInt64
    /// The last record that is known to be durable.
    public private(set) var syncedSequence: UInt64
    /// The bytes that were cut off when the log was opened: records that a crash interrupted and
    /// that were never acknowledged.
    public let tornByteCount: Int

    private let directory: any Directory
    private let indexUUID: [UInt8]
    private let options: Options
    /// The files before the one that is written, oldest first, with their lengths.
    private var olderFiles: [(firstSequence: UInt64, byteCount: Int)]
    private var current: (firstSequence: UInt64, file: any OutputFile)
    private var preallocatedEnd = 0
    private var failure: String?

    /// The bytes of all files of the log.
    public var byteCount: Int {
        olderFiles.reduce(current.file.byteCount) { $0 + $1.byteCount }
    }

    private init(
        directory: any Directory, indexUUID: [UInt8], options: Options,
        olderFiles: [(firstSequence: UInt64, byteCount: Int)],
        current: (firstSequence: UInt64, file: any OutputFile), lastSequence: UInt64,
        tornByteCount: Int
    ) {
        self.directory = directory
        self.indexUUID = indexUUID
        self.options = options
        self.olderFiles = olderFiles
        self.current = current
        self.lastSequence = lastSequence
        syncedSequence = lastSequence
        self.tornByteCount = tornByteCount
    }

    /// Opens the log of an index, or begins one.
    ///
    /// Records that a crash cut short at the end are removed; `tornByteCount` tells of them.
    ///
    /// - Parameters:
    ///   - directory: where the index is; the caller holds its lock.
    ///   - indexUUID: `Snapshot.indexUUID` of that index.
    ///   - sequence: the last record that a commit contains; older ones are not read.
    ///   - options: how the log uses the disk.
    /// - Returns: the log, and the records after `sequence`, oldest first.
    /// - Throws: `IndexError.corrupt` where records are missing or damaged that were durable once;
    ///   then nothing was changed.
    public static func open(
        directory: any Directory, indexUUID: [UInt8], after sequence: UInt64,
        options: Options = Options()
    ) throws(IndexError) -> (log: WriteAheadLog, records: [Record]) {
        var records: [Record] = []
        let row = try read(
            in: directory, indexUUID: indexUUID, after: sequence
        ) { number, payload throws(IndexError) in
            if number > sequence {
                records.append(Record(sequence: number, payload: [UInt8](payload)))
            }
        }
        let log = try WriteAheadLog(
            directory: directory, indexUUID: indexUUID, after: sequence, row: row,
            options: options)
        return (log, records)
    }

    /// Reads the log without changing it, and proves every record after `sequence`.
    ///
    /// A writer may append meanwhile: what is read then may look damaged, and differently each
    /// time, so that only damage that is met twice in a row is told.
    ///
    /// - Returns: the number of records after `sequence`, and of bytes that a crash left torn.
    /// - Throws: as `open`.
    static func check(
        in directory: any Directory, indexUUID: [UInt8], after sequence: UInt64
    ) throws(IndexError) -> (recordCount: Int, tornByteCount: Int) {
        var last: IndexError?
        while true {
            do throws(IndexError) {
                var recordCount = 0
                let row = try read(
                    in: directory, indexUUID: indexUUID, after: sequence, copies: true
                ) { number, _ throws(IndexError) in
                    if number > sequence { recordCount += 1 }
                }
                return (recordCount, row.last.map { $0.fileByteCount - $0.content.byteCount } ?? 0)
            } catch {
                guard case .corrupt = error, last != error else { throw error }
                last = error
            }
        }
    }

    /// The records after `sequence`, oldest first, of a log that nobody writes to.
    ///
    /// - Throws: as `open`.
    static func records(
        in directory: any Directory, indexUUID: [UInt8], after sequence: UInt64
    ) throws(IndexError) -> [Record] {
        var records: [Record] = []
        _ = try read(
            in: directory, indexUUID: indexUUID, after: sequence, copies: true
        ) { number, payload throws(IndexError) in
            if number > sequence {
                records.append(Record(sequence: number, payload: [UInt8](payload)))
            }
        }
        return records
    }

    /// Writes a record at the end of the log; durable after `sync`.
    ///
    /// - Returns: its sequence.
    /// - Throws: `IndexError.limit` above 64 MiB; `io` with `ENOSPC` for a full disk, after which
    ///   the log is as before; any other `io`, and `writerFailed` from then on.
    public func append(_ payload: Span<UInt8>) throws(IndexError) -> UInt64 {
        try checkUsable()
        guard payload.count <= LogFile.maximumPayloadByteCount else {
            throw .limit(
                what: "bytes of a log record", found: payload.count,
                allowed: LogFile.maximumPayloadByteCount)
        }
        let file = current.file
        let start = file.byteCount
        let header = LogFile.recordHeader(
            type: syncedSequence == lastSequence ? .first : .following,
            sequence: lastSequence + 1, payload: payload.bytes)
        do throws(IndexError) {
            try reserve(header.count + payload.count)
            try file.write(header)
            try file.write(payload.bytes)
        } catch {
            guard error.isOutOfSpace else { throw failing(error) }
            do throws(IndexError) {
                if file.byteCount != start { try file.truncate(to: start) }
                preallocatedEnd = 0
                try file.sync()
            } catch {
                throw failing(error)
            }
            throw error
        }
        lastSequence += 1
        return lastSequence
    }

    /// Makes all records durable.
    public func sync() throws(IndexError) {
        try checkUsable()
        guard syncedSequence != lastSequence else { return }
        do throws(IndexError) {
            try current.file.sync()
        } catch {
            throw failing(error)
        }
        syncedSequence = lastSequence
    }

    /// Ends the file that is written and begins another; does nothing where it has no records.
    public func rotate() throws(IndexError) {
        try checkUsable()
        guard lastSequence >= current.firstSequence else { return }
        do throws(IndexError) {
            preallocatedEnd = 0
            try current.file.truncate(to: current.file.byteCount)
            try current.file.sync()
            syncedSequence = lastSequence
            let next = try Self.createFile(
                directory, indexUUID: indexUUID, firstSequence: lastSequence + 1)
            let ended = current
            olderFiles.append((ended.firstSequence, ended.file.byteCount))
            current = (lastSequence + 1, next)
            try ended.file.close()
        } catch {
            // A file that could not be made for want of space leaves the old one as it was.
            throw error.isOutOfSpace ? error : failing(error)
        }
    }

    /// Removes the files of which all records are at most `sequence`, but never the current one.
    ///
    /// To keep a damaged newest commit point survivable, give the `walSequence` of the commit
    /// before the newest.
    public func removeFiles(upTo sequence: UInt64) throws(IndexError) {
        try checkUsable()
        while let oldest = olderFiles.first {
            let next = olderFiles.dropFirst().first?.firstSequence ?? current.firstSequence
            guard next - 1 <= sequence else { return }
            try directory.remove(IndexFileName.writeAheadLog(oldest.firstSequence))
            olderFiles.removeFirst()
        }
    }

    /// Syncs and closes the log.
    public func close() throws(IndexError) {
        try sync()
        do throws(IndexError) {
            try current.file.truncate(to: current.file.byteCount)
            try current.file.close()
        } catch {
            throw failing(error)
        }
        failure = "closed"
    }

    private func reserve(_ byteCount: Int) throws(IndexError) {
        if options.reservedByteCount > 0 {
            let free = try directory.freeByteCount()
            guard free - byteCount >= options.reservedByteCount else {
                throw .io(operation: "reserve", path: directory.path, code: ENOSPC)
            }
        }
        let step = options.preallocatedByteCount
        let end = current.file.byteCount + byteCount
        guard step > 0, end > preallocatedEnd else { return }
        let reserved = (end + step - 1) / step * step
        try current.file.preallocate(byteCount: reserved)
        preallocatedEnd = reserved
    }

    private func checkUsable() throws(IndexError) {
        if let failure { throw .writerFailed(reason: failure) }
    }

    private func failing(_ error: IndexError) -> IndexError {
        failure = "write-ahead log: \(error)"
        return error
    }
}

// MARK: - Opening

extension WriteAheadLog {
    /// One file of the row, as it was read.
    private struct FileInRow {
        var firstSequence: UInt64
        var content: LogFile.Content
        var fileByteCount: Int
    }

    /// Takes over a row of files that was read; cuts off a torn end.
    private convenience init(
        directory: any Directory, indexUUID: [UInt8], after sequence: UInt64, row: [FileInRow],
        options: Options
    ) throws(IndexError) {
        guard let last = row.last, last.content.nextSequence > sequence else {
            // No log, or one that ends before the commit: what is missing is in the commit.
            let file = try Self.createFile(
                directory, indexUUID: indexUUID, firstSequence: sequence + 1)
            self.init(
                directory: directory, indexUUID: indexUUID, options: options,
                olderFiles: row.map { ($0.firstSequence, $0.content.byteCount) },
                current: (sequence + 1, file), lastSequence: sequence, tornByteCount: 0)
            return
        }
        let name = IndexFileName.writeAheadLog(last.firstSequence)
        let file = try directory.openForAppending(
            named: name, truncatingTo: last.content.byteCount)
        // Else the torn bytes could come back after records that are written over them.
        try file.sync()
        let isTorn = last.content.ending == .torn
        self.init(
            directory: directory, indexUUID: indexUUID, options: options,
            olderFiles: row.dropLast().map { ($0.firstSequence, $0.content.byteCount) },
            current: (last.firstSequence, file), lastSequence: last.content.nextSequence - 1,
            tornByteCount: isTorn ? last.fileByteCount - last.content.byteCount : 0)
    }

    /// Makes a file that has its whole header before it has its name.
    private static func createFile(
        _ directory: any Directory, indexUUID: [UInt8], firstSequence: UInt64
    ) throws(IndexError) -> any OutputFile {
        let name = IndexFileName.writeAheadLog(firstSequence)
        let temporary = name + ".tmp"
        let file = try directory.createFile(named: temporary)
        do throws(IndexError) {
            try file.write(
                FileEnvelope.header(kind: .writeAheadLog, indexUUID: indexUUID))
            try file.sync()
            try directory.rename(temporary, to: name)
            try directory.sync()
        } catch {
            directory.removeLeftover(temporary)
            throw error
        }
        return file
    }

    /// Reads the files from the one that holds the record after `sequence` on.
    ///
    /// With `copies` the bytes are copied first: another program may cut the file off, and whoever
    /// has it mapped then would be killed.
    private static func read(
        in directory: any Directory, indexUUID: [UInt8], after sequence: UInt64,
        copies: Bool = false,
        _ body: (UInt64, UnsafeRawBufferPointer) throws(IndexError) -> Void
    ) throws(IndexError) -> [FileInRow] {
        let names = try directory.fileNames()
        let starts = names.compactMap { name -> UInt64? in
            if case .writeAheadLog(let first) = IndexFileName(name) { first } else { nil }
        }.sorted()
        guard !starts.isEmpty else { return [] }
        guard let needed = starts.lastIndex(where: { $0 <= sequence + 1 }) else {
            throw .corrupt(
                file: IndexFileName.writeAheadLog(starts[0]), byteOffset: 0,
                reason: "the log begins after record \(sequence + 1), which no commit contains")
        }
        var row: [FileInRow] = []
        for first in starts[..<needed] {
            // Covered by the commit: only counted, until it is removed.
            let name = IndexFileName.writeAheadLog(first)
            let byteCount = try directory.byteCount(of: name)
            row.append(
                FileInRow(
                    firstSequence: first,
                    content: .init(nextSequence: first, byteCount: byteCount, ending: .clean),
                    fileByteCount: byteCount))
        }
        for (index, first) in starts.enumerated().dropFirst(needed) {
            let name = IndexFileName.writeAheadLog(first)
            let file =
                copies
                ? MappedFile(name: name, copying: try directory.read(name))
                : try directory.map(name)
            let content = try LogFile.read(
                file, indexUUID: indexUUID, firstSequence: first, body)
            if case .damaged(let reason) = content.ending {
                throw .corrupt(file: name, byteOffset: content.byteCount, reason: reason)
            }
            if index + 1 < starts.count {
                guard content.ending == .clean, content.nextSequence == starts[index + 1] else {
                    throw .corrupt(
                        file: name, byteOffset: content.byteCount,
                        reason: "record \(content.nextSequence) is damaged or missing")
                }
            }
            row.append(
                FileInRow(firstSequence: first, content: content, fileByteCount: file.count))
        }
        return row
    }
}

extension IndexError {
    /// Whether a disk was full before anything was written that had been promised.
    ///
    /// A sync that fails is never this, whatever its code: pages may be lost by then.
    var isOutOfSpace: Bool {
        guard case .io(let operation, _, let code) = self else { return false }
        return (code == ENOSPC || code == EDQUOT)
            && ["write", "create", "fallocate", "reserve"].contains(operation)
    }
}
