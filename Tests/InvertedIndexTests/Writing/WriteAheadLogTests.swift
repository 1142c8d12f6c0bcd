import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

struct WriteAheadLogTests {
    static let uuid = (0..<16).map { UInt8($0) }
    static let options = WriteAheadLog.Options(preallocatedByteCount: 0)

    static func open(
        _ directory: any Directory, after sequence: UInt64 = 0,
        options: WriteAheadLog.Options = options
    ) throws(IndexError) -> (log: WriteAheadLog, records: [WriteAheadLog.Record]) {
        try WriteAheadLog.open(
            directory: directory, indexUUID: uuid, after: sequence, options: options)
    }

    static func payload(_ number: Int) -> [UInt8] { Array("request \(number)".utf8) }

    /// A log of `count` records with a sync after each `group`.
    static func log(_ count: Int, group: Int = 1) throws -> FaultyDirectory {
        let directory = FaultyDirectory()
        let log = try open(directory).log
        for number in 1...count {
            #expect(try log.append(payload(number).span) == UInt64(number))
            if number % group == 0 { try log.sync() }
        }
        try log.sync()
        return directory
    }

    static let fileName = IndexFileName.writeAheadLog(1)

    @Test(arguments: [0, 100, 16 << 20])
    func `records come back in order, from the one that is asked`(preallocated: Int) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let options = WriteAheadLog.Options(preallocatedByteCount: preallocated)
        do {
            let (log, records) = try Self.open(directory, options: options)
            #expect(records.isEmpty)
            for number in 1...50 { _ = try log.append(Self.payload(number).span) }
            _ = try log.append([UInt8]().span)
            _ = try log.append([UInt8](repeating: 7, count: 100_000).span)
            #expect(log.syncedSequence == 0)
            try log.sync()
            #expect(log.syncedSequence == 52)
        }
        for after in [0, 1, 49, 51, 52] as [UInt64] {
            let (log, records) = try Self.open(directory, after: after, options: options)
            #expect(records.map(\.sequence) == Array(after + 1..<53))
            #expect(log.lastSequence == 52)
            #expect(log.tornByteCount == 0)
            for record in records where record.sequence <= 50 {
                #expect(record.payload == Self.payload(Int(record.sequence)))
            }
        }
        let (log, _) = try Self.open(directory, after: 52, options: options)
        #expect(try log.append(Self.payload(53).span) == 53)
        try log.close()
        #expect(throws: IndexError.self) { try log.append(Self.payload(54).span) }
        #expect(try Self.open(directory, after: 51).records.map(\.sequence) == [52, 53])
        #expect(try directory.byteCount(of: Self.fileName) < 110_000)
    }

    @Test func `the first record has the bytes that the format document shows`() throws {
        let directory = FaultyDirectory()
        let log = try Self.open(directory).log
        _ = try log.append(Array("hi".utf8).span)
        let bytes = try #require(directory.contents(of: Self.fileName))
        #expect(Array(bytes[..<8]) == Array("IZDEIZWL".utf8))
        let tail: [UInt8] = [1, 1, 0, 0, 0, 0, 0, 0, 0] + Array("hi".utf8)
        var expected = ByteWriter()
        expected.u32(11)
        expected.u32(CRC32C.checksum(tail))
        expected.append(tail)
        #expect(Array(bytes[32...]) == expected.bytes)
    }

    @Test func `files are begun anew and removed once a commit covers them`() throws {
        let directory = FaultyDirectory()
        let (log, _) = try Self.open(directory)
        try log.rotate()
        #expect(try Self.logFiles(directory) == [1])
        for number in 1...9 {
            _ = try log.append(Self.payload(number).span)
            if number % 3 == 0 { try log.rotate() }
        }
        #expect(try Self.logFiles(directory) == [1, 4, 7, 10])
        let before = log.byteCount
        try log.removeFiles(upTo: 5)
        #expect(try Self.logFiles(directory) == [4, 7, 10])
        #expect(log.byteCount < before)
        #expect(try Self.open(directory, after: 5).records.map(\.sequence) == [6, 7, 8, 9])
        #expect(throws: IndexError.self, "records 1 to 3 are gone") {
            try Self.open(directory, after: 0)
        }
        try log.removeFiles(upTo: 9)
        #expect(try Self.logFiles(directory) == [10])
        let reopened = try Self.open(directory, after: 9).log
        #expect(reopened.lastSequence == 9)
        #expect(reopened.byteCount == 32)
    }

    static func logFiles(_ directory: FaultyDirectory) throws -> [UInt64] {
        try directory.fileNames().compactMap {
            guard case .writeAheadLog(let first) = IndexFileName($0) else { return nil }
            return first
        }.sorted()
    }

    @Test func `a commit may contain more than the log kept`() throws {
        let directory = try Self.log(3)
        let (log, records) = try Self.open(directory, after: 10)
        #expect(records.isEmpty)
        #expect(try log.append(Self.payload(11).span) == 11)
        try log.sync()
        #expect(try Self.open(directory, after: 10).records.map(\.sequence) == [11])
        #expect(throws: IndexError.self, "records 4 to 10 are in no file") {
            try Self.open(directory, after: 2)
        }
    }

    @Test func `each cut of the last file loses only the records that it cuts`() throws {
        let directory = try Self.log(4)
        let bytes = try #require(directory.contents(of: Self.fileName))
        let recordByteCount = 17 + Self.payload(1).count
        for count in 0..<bytes.count {
            directory.setContents(of: Self.fileName, to: Array(bytes[..<count]))
            guard count >= 32 else {
                #expect(throws: IndexError.self) { try Self.open(directory) }
                continue
            }
            let whole = (count - 32) / recordByteCount
            let (log, records) = try Self.open(directory)
            #expect(records.count == whole)
            #expect(log.tornByteCount == (count - 32) % recordByteCount)
            // Written over the torn end, the next record is sound.
            _ = try log.append(Self.payload(99).span)
            try log.sync()
            #expect(try Self.open(directory).records.last?.payload == Self.payload(99))
        }
    }

    @Test func `each bit flipped in a durable record is damage, in the last one torn`() throws {
        let directory = try Self.log(3)
        let bytes = try #require(directory.contents(of: Self.fileName))
        let lastStart = bytes.count - 17 - Self.payload(3).count
        for index in bytes.indices {
            for bit in 0..<8 {
                var damaged = bytes
                damaged[index] ^= 1 << bit
                directory.setContents(of: Self.fileName, to: damaged)
                if index < lastStart {
                    #expect(throws: IndexError.self, "byte \(index) bit \(bit)") {
                        try Self.open(directory)
                    }
                    #expect(directory.contents(of: Self.fileName) == damaged)
                } else {
                    #expect(try Self.open(directory).records.count == 2)
                }
            }
        }
    }

    @Test func `records that one sync was to protect may be torn anywhere`() throws {
        // Two durable groups of three; then three records of which the middle one never arrived.
        let directory = try Self.log(9, group: 3)
        let bytes = try #require(directory.contents(of: Self.fileName))
        let recordByteCount = 17 + Self.payload(1).count
        func damaged(record: Int) -> [UInt8] {
            var copy = bytes
            let start = 32 + (record - 1) * recordByteCount
            for index in start..<start + recordByteCount { copy[index] = 0 }
            return copy
        }
        for record in 1...9 {
            directory.setContents(of: Self.fileName, to: damaged(record: record))
            if record <= 6 {
                #expect(throws: IndexError.self, "record \(record)") { try Self.open(directory) }
            } else {
                let (log, records) = try Self.open(directory)
                #expect(records.count == record - 1)
                #expect(log.tornByteCount > 0 || record == 9)
            }
        }
    }

    @Test func `damage in a file before the last is no torn end`() throws {
        let directory = FaultyDirectory()
        let log = try Self.open(directory).log
        for number in 1...4 {
            _ = try log.append(Self.payload(number).span)
            if number == 2 { try log.rotate() }
        }
        try log.sync()
        let bytes = try #require(directory.contents(of: Self.fileName))
        for count in 32..<bytes.count {
            directory.setContents(of: Self.fileName, to: Array(bytes[..<count]))
            #expect(throws: IndexError.self) { try Self.open(directory) }
            #expect(try Self.open(directory, after: 2).records.count == 2)
        }
        directory.setContents(of: Self.fileName, to: nil)
        #expect(throws: IndexError.self) { try Self.open(directory) }
    }

    @Test func `a log of another index is refused`() throws {
        let directory = try Self.log(1)
        #expect(throws: IndexError.self) {
            try WriteAheadLog.open(
                directory: directory, indexUUID: [UInt8](repeating: 9, count: 16), after: 0)
        }
    }

    @Test func `a record above the limit is refused before anything is written`() throws {
        let directory = FaultyDirectory()
        let log = try Self.open(directory).log
        let payload = [UInt8](repeating: 0, count: (64 << 20) + 1)
        #expect(
            throws: IndexError.limit(
                what: "bytes of a log record", found: payload.count, allowed: 64 << 20)
        ) { try log.append(payload.span) }
        #expect(try log.append(Self.payload(1).span) == 1)
    }

    @Test func `a full disk is told, and the log goes on when there is space again`() throws {
        let directory = FaultyDirectory()
        let log = try Self.open(directory).log
        _ = try log.append(Self.payload(1).span)
        try log.sync()
        for room in 0..<30 {
            directory.setCapacity((directory.contents(of: Self.fileName)?.count ?? 0) + room)
            let payload = [UInt8](repeating: 5, count: 40)
            let error = #expect(throws: IndexError.self) { try log.append(payload.span) }
            #expect(error?.isOutOfSpace == true)
        }
        directory.setCapacity(nil)
        #expect(try log.append(Self.payload(2).span) == 2)
        try log.sync()
        #expect(try Self.open(directory.restarted(.dropped)).records.map(\.sequence) == [1, 2])
    }

    @Test func `the reserve of the disk is kept`() throws {
        let directory = FaultyDirectory()
        directory.setFreeByteCount(1000)
        let log = try Self.open(
            directory,
            options: .init(preallocatedByteCount: 0, reservedByteCount: 900)
        ).log
        let error = #expect(throws: IndexError.self) {
            try log.append([UInt8](repeating: 0, count: 90).span)
        }
        #expect(error?.isOutOfSpace == true)
        #expect(try log.append([UInt8](repeating: 0, count: 10).span) == 1)
    }

    /// Appends, syncs, rotates and removes; returns the last sequence that was acknowledged.
    private func run(_ directory: FaultyDirectory) -> UInt64 {
        var acknowledged: UInt64 = 0
        do {
            let log = try Self.open(directory, options: .init(preallocatedByteCount: 64)).log
            for number in 1...12 {
                _ = try log.append(Self.payload(number).span)
                if number % 2 == 0 {
                    try log.sync()
                    acknowledged = log.lastSequence
                }
                if number % 4 == 0 { try log.rotate() }
                if number == 9 { try log.removeFiles(upTo: 4) }
            }
            try log.close()
        } catch {
            // The fault that was planned.
        }
        return acknowledged
    }

    @Test func `no acknowledged record is lost, whichever operation fails`() throws {
        let whole = FaultyDirectory()
        #expect(run(whole) == 12)
        for operation in 0..<whole.operationCount {
            for fault in [.error(EIO), .error(ENOSPC), .powerLoss] as [FaultyDirectory.Fault] {
                let directory = FaultyDirectory()
                directory.plan(fault, at: operation)
                let acknowledged = run(directory)
                let survivals: [FaultyDirectory.Survival] =
                    [.dropped, .kept, .bytesOnly, .namesOnly]
                    + SeededGenerator.seeds(2).map { .torn(seed: $0 &+ UInt64(operation)) }
                for survival in survivals {
                    let restarted = directory.restarted(survival)
                    // What `IndexWriter` does first.
                    for name in try restarted.fileNames() where name.hasSuffix(".tmp") {
                        try restarted.remove(name)
                    }
                    let covered: UInt64 = acknowledged >= 8 ? 4 : 0
                    let (log, records) = try Self.open(restarted, after: covered)
                    #expect(
                        log.lastSequence >= acknowledged && log.lastSequence <= 12,
                        "operation \(operation) \(fault) \(survival)")
                    #expect(records.map(\.sequence) == Array(covered + 1..<log.lastSequence + 1))
                    for record in records {
                        #expect(record.payload == Self.payload(Int(record.sequence)))
                    }
                }
            }
        }
    }

    @Test func `after a failed sync the log takes nothing more`() throws {
        let directory = FaultyDirectory()
        let log = try Self.open(directory).log
        _ = try log.append(Self.payload(1).span)
        directory.plan(.error(EIO), at: directory.operationCount)
        #expect(throws: IndexError.self) { try log.sync() }
        for call in [
            { try log.sync() }, { _ = try log.append(Self.payload(2).span) },
            { try log.rotate() }, { try log.removeFiles(upTo: 9) },
        ] as [() throws -> Void] {
            let error = #expect(throws: IndexError.self) { try call() }
            guard case .writerFailed = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        #expect(log.syncedSequence == 0)
    }

    @Test(arguments: SeededGenerator.seeds(8))
    func `any bytes after the header are read without a trap`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let directory = try Self.log(5)
        let bytes = try #require(directory.contents(of: Self.fileName))
        for _ in 0..<60 {
            var hostile = bytes
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 32..<hostile.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: hostile[place] = .random(in: 0...255, using: &random)
                case 1: hostile.insert(contentsOf: bytes[32...], at: place)
                case 2: hostile.removeSubrange(place..<min(hostile.count, place + 20))
                default: for index in place..<min(place + 8, hostile.count) { hostile[index] = 255 }
                }
                if hostile.count < 40 { break }
            }
            directory.setContents(of: Self.fileName, to: hostile)
            do throws(IndexError) {
                let (log, records) = try Self.open(directory)
                #expect(records.count <= 5)
                #expect(log.lastSequence == UInt64(records.count))
            } catch {
                guard case .corrupt = error else {
                    Issue.record("\(error)")
                    return
                }
            }
        }
    }
}
