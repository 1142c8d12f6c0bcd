import Glibc
import TestSupport
import Testing

@testable import InvertedIndex

struct FileSystemDirectoryTests {
    @Test func `what is written is mapped, read, renamed and removed`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let file = try directory.createFile(named: "one.tmp")
        try file.write(Array("hello ".utf8))
        try file.write(Array("world".utf8))
        #expect(file.byteCount == 11)
        try file.sync()
        try file.close()
        try file.close()
        try directory.rename("one.tmp", to: "one")
        try directory.sync()
        #expect(try directory.fileNames() == ["one"])
        #expect(try directory.fileNames() == ["one"])
        #expect(try directory.byteCount(of: "one") == 11)
        #expect(try directory.read("one") == Array("hello world".utf8))
        let mapped = try directory.map("one")
        try directory.remove("one")
        #expect(try directory.fileNames().isEmpty)
        var reader = mapped.reader()
        #expect(try reader.bytes(11) == Array("hello world".utf8))
        #expect(try directory.freeByteCount() > 0)
    }

    @Test func `a file is made once, for its owner alone`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        _ = try directory.createFile(named: "one")
        #expect(
            throws: IndexError.io(
                operation: "create", path: "\(folder.path)/one", code: EEXIST)
        ) { try directory.createFile(named: "one") }
        var status = stat()
        #expect(stat("\(folder.path)/one", &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func `appending goes on where it is told, and reserved space does not count`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var file = try directory.createFile(named: "log")
        try file.write(Array("0123456789".utf8))
        try file.preallocate(byteCount: 4096)
        #expect(file.byteCount == 10)
        #expect(try directory.byteCount(of: "log") == 4096)
        try file.write(Array("ab".utf8))
        try file.close()
        file = try directory.openForAppending(named: "log", truncatingTo: 11)
        try file.write(Array("xyz".utf8))
        #expect(file.byteCount == 14)
        #expect(try directory.read("log") == Array("0123456789axyz".utf8))
    }

    @Test func `an empty file and a large one are mapped`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        _ = try directory.createFile(named: "empty")
        #expect(try directory.map("empty").count == 0)
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let file = try directory.createFile(named: "large")
        try file.write(bytes)
        var reader = try directory.map("large").reader()
        #expect(try reader.bytes(bytes.count) == bytes)
        #expect(try directory.read("large") == bytes)
    }

    @Test func `a second lock is refused until the first goes`() throws {
        let folder = try TemporaryDirectory()
        var first: DirectoryLock? = try folder.open().lock()
        #expect(first != nil)
        #expect(throws: IndexError.locked(path: folder.path)) { try folder.open().lock() }
        #expect(try folder.open().read("LOCK") == Array("\(getpid())\n".utf8))
        first = nil
        _ = try folder.open().lock()
    }

    @Test func `what is not there is an error with its number`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        for call in [
            { _ = try directory.map("none") }, { _ = try directory.read("none") },
            { _ = try directory.byteCount(of: "none") }, { try directory.remove("none") },
            { try directory.rename("none", to: "other") },
            { _ = try directory.openForAppending(named: "none", truncatingTo: 0) },
        ] as [() throws -> Void] {
            let error = #expect(throws: IndexError.self) { try call() }
            guard case .io(_, _, ENOENT) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
        #expect(throws: IndexError.self) { try FileSystemDirectory(path: folder.path + "/none") }
        _ = try FileSystemDirectory(path: folder.path + "/new", isCreated: true)
        _ = try FileSystemDirectory(path: folder.path + "/new", isCreated: true)
        #expect(throws: IndexError.self) { try directory.map("new") }
    }
}
