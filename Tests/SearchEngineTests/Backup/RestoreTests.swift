import Glibc
import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing

@Suite struct RestoreTests {
    /// Data with a snapshot of the sample, and changed since.
    private func changedData() async throws -> (fixture: EngineFixture, snapshot: String) {
        let fixture = try EngineFixture()
        let engine = try fixture.open()
        try await Sample.fill(engine)
        let report = try await engine.takeSnapshot(named: "before")
        _ = try await engine.delete(["ru-2"], from: "news", wait: .visible)
        _ = try await engine.createCollection("press", kind: "news")
        await engine.close()
        return (fixture, report.path)
    }

    private func expect(
        _ fixture: EngineFixture, isRestored: Bool, _ comment: Comment? = nil
    ) async throws {
        try await fixture.use { (engine: Engine) async throws in
            #expect(try engine.keys("библиотека") == (isRestored ? ["ru-2"] : []), comment)
            #expect(
                engine.collections.map(\.name)
                    == (isRestored
                        ? ["institutions", "news"] : ["institutions", "news", "press"]),
                comment)
            _ = try await engine.add(
                [document(["id": "w", "title": "w"])], to: "news", wait: .visible)
        }
        let names = try fixture.folder.open().fileNames()
        #expect(!names.contains { $0.hasPrefix("collections.") }, comment)
    }

    @Test(arguments: [true, false])
    func `a snapshot takes the place of the collections`(keepsOld: Bool) async throws {
        let (fixture, path) = try await changedData()
        let restored = try ClosedData(path: fixture.folder.path)
            .restore(snapshot: keepsOld ? path : "before", keepsOld: keepsOld)
        #expect(restored.collections.map(\.documents) == [2, 6])
        #expect((restored.replacedPath != nil) == keepsOld)
        if let replaced = restored.replacedPath { #expect(access("\(replaced)/press", F_OK) == 0) }
        try await expect(fixture, isRestored: true)
        // It can be restored again: writing to what was restored left it as it was.
        _ = try ClosedData(path: fixture.folder.path).restore(snapshot: path, keepsOld: keepsOld)
        try await expect(fixture, isRestored: true)
        let replaced = try fixture.folder.open().fileNames().filter { $0.hasPrefix("replaced-") }
        #expect(replaced.count == (keepsOld ? 2 : 0))
    }

    @Test func `a snapshot is restored where there was nothing`() async throws {
        let (fixture, path) = try await changedData()
        let other = try EngineFixture()
        let restored = try ClosedData(path: "\(other.folder.path)/new", isCreated: true)
            .restore(snapshot: path, keepsOld: true)
        #expect(restored.replacedPath == nil)
        let engine = try Engine(
            dataDirectory: "\(other.folder.path)/new", configuration: fixture.configuration,
            access: .readWrite)
        #expect(try engine.keys("библиотека") == ["ru-2"])
        await engine.close()
    }

    @Test func `whatever a crash left of restoring, old or new is there`() async throws {
        let (fixture, path) = try await changedData()
        let data = fixture.folder.path
        // Before all is copied.
        #expect(mkdir("\(data)/collections.restoring", 0o700) == 0)
        try copyTree("\(path)/collections", "\(data)/collections.restoring")
        try await expect(fixture, isRestored: false, "copying")
        // All is copied, the old is in its place.
        #expect(mkdir("\(data)/collections.restored", 0o700) == 0)
        try copyTree("\(path)/collections", "\(data)/collections.restored")
        try await expect(fixture, isRestored: false, "copied")
        // The old is out of the way.
        #expect(mkdir("\(data)/collections.restored", 0o700) == 0)
        try copyTree("\(path)/collections", "\(data)/collections.restored")
        #expect(rename("\(data)/collections", "\(data)/replaced-x") == 0)
        try await expect(fixture, isRestored: true, "between")
    }

    @Test func `a damaged snapshot is refused and changes nothing`() async throws {
        let (fixture, path) = try await changedData()
        let files = try SnapshotTests.contents(of: path).keys.sorted()
        #expect(files.count >= 5)
        for name in files {
            for damage in ["flip", "cut", "remove"] {
                let copy = try TemporaryDirectory()
                try copyTree(path, copy.path)
                var bytes = try SnapshotTests.contents(of: copy.path)[name] ?? []
                let file = "\(copy.path)/\(name)"
                #expect(unlink(file) == 0)
                if damage == "flip" { bytes[bytes.count / 2] ^= 0x10 }
                if damage == "cut" { bytes.removeLast(min(7, bytes.count)) }
                if damage != "remove" {
                    let directory = try FileSystemDirectory(
                        path: file.split(separator: "/", omittingEmptySubsequences: false)
                            .dropLast().joined(separator: "/"))
                    try directory.createFile(
                        named: String(file.split(separator: "/").last ?? "")
                    ).write(bytes)
                }
                #expect(throws: EngineError.self, "\(damage) \(name)") {
                    try ClosedData(path: fixture.folder.path)
                        .restore(snapshot: copy.path, keepsOld: true)
                }
            }
        }
        // A collection that is missing as a whole, too.
        let copy = try TemporaryDirectory()
        try copyTree(path, copy.path)
        #expect(rename("\(copy.path)/collections/news", "\(copy.path)/news") == 0)
        #expect(throws: EngineError.self) {
            try ClosedData(path: fixture.folder.path).restore(snapshot: copy.path, keepsOld: true)
        }
        try await expect(fixture, isRestored: false)
    }

    @Test func `nothing is restored under an open engine`() async throws {
        let (fixture, path) = try await changedData()
        let engine = try fixture.open()
        let error = #expect(throws: EngineError.self) {
            try ClosedData(path: fixture.folder.path).restore(snapshot: path, keepsOld: true)
        }
        guard case .index(.locked) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await engine.close()
        try await expect(fixture, isRestored: false)
    }

    @Test func `a snapshot is made without an engine, also elsewhere`() async throws {
        let (fixture, _) = try await changedData()
        let closed = try ClosedData(path: fixture.folder.path)
        let target = try TemporaryDirectory()
        let report = try closed.takeSnapshot(named: nil, at: "\(target.path)/copy.1")
        #expect(report.path == "\(target.path)/copy.1")
        #expect(report.collections.map(\.name) == ["institutions", "news", "press"])
        #expect(throws: EngineError.self) {
            try closed.takeSnapshot(named: nil, at: "\(target.path)/copy.1")
        }
        #expect(try closed.takeSnapshot(named: "named").name == "named")
        let copy = try Engine(
            dataDirectory: report.path, configuration: fixture.configuration, access: .readOnly)
        #expect(try copy.keys("кітапхана") == ["kk-2"])
        await copy.close()
    }
}
