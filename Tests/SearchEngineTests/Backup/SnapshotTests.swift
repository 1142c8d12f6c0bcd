import Glibc
import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct SnapshotTests {
    /// The bytes of all files below a folder, by path.
    static func contents(of path: String) throws -> [String: [UInt8]] {
        let directory = try FileSystemDirectory(path: path)
        var result: [String: [UInt8]] = [:]
        for name in try directory.fileNames() {
            var status = stat()
            #expect(lstat("\(path)/\(name)", &status) == 0)
            if status.st_mode & S_IFMT == S_IFDIR {
                for (inner, bytes) in try contents(of: "\(path)/\(name)") {
                    result["\(name)/\(inner)"] = bytes
                }
            } else {
                result[name] = try directory.read(name)
            }
        }
        return result
    }

    private func linkCount(_ path: String) -> Int {
        var status = stat()
        return lstat(path, &status) == 0 ? Int(status.st_nlink) : 0
    }

    @Test func `a snapshot has all that was acknowledged and answers where it lies`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            // Neither visible nor even synced yet.
            _ = try await engine.add(
                [document(["id": "n", "title": "Жаңа хабар"])], to: "news", wait: .none)
            let report = try await engine.takeSnapshot(named: "first")
            #expect(report.name == "first")
            #expect(report.path == "\(fixture.folder.path)/snapshots/first")
            #expect(report.collections.map(\.name) == ["institutions", "news"])
            #expect(report.collections.map(\.documents) == [2, 7])
            #expect(report.byteCount > 0)
            let copy = try Engine(
                dataDirectory: report.path, configuration: fixture.configuration,
                access: .readOnly)
            #expect(try copy.keys("хабар") == ["n"])
            #expect(try copy.keys("библиотека") == ["ru-2"])
            #expect(try copy.verify(collection: nil).flatMap(\.errors) == [])
            await copy.close()
        }
    }

    @Test func `what comes after a snapshot leaves it as it was`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            let report = try await engine.takeSnapshot(named: "s")
            let before = try Self.contents(of: report.path)
            #expect(before.keys.contains("SNAPSHOT"))
            #expect(before.keys.contains { $0.hasSuffix(".izs") })
            #expect(!before.keys.contains { $0.hasSuffix(".izl") })
            let live = fixture.path(of: "news")
            for name in try FileSystemDirectory(path: live).fileNames() {
                // Segments are shared with the snapshot, the log that is written on is not.
                if name.hasSuffix(".izs") { #expect(linkCount("\(live)/\(name)") == 2) }
                if name.hasSuffix(".izl") { #expect(linkCount("\(live)/\(name)") == 1) }
            }
            _ = try await engine.delete(["kk-1", "ru-2"], from: "news", wait: .visible)
            for number in 0..<5 {
                _ = try await engine.add(
                    [document(["id": .string("x\(number)"), "title": "тағы"])], to: "news",
                    wait: .visible)
            }
            _ = try await engine.compact(collection: nil)
            #expect(try engine.keys("библиотека") == [])
            #expect(try Self.contents(of: report.path) == before)
            try await engine.dropCollection("news")
            #expect(try Self.contents(of: report.path) == before)
        }
        // A start cleans; it leaves snapshots alone.
        await (try fixture.open()).close()
        let copy = try Engine(
            dataDirectory: "\(fixture.folder.path)/snapshots/s",
            configuration: fixture.configuration, access: .readOnly)
        #expect(try copy.keys("библиотека") == ["ru-2"])
        #expect(try copy.verify(collection: nil).flatMap(\.errors) == [])
        await copy.close()
    }

    @Test func `snapshots are whole while writes and merges go on`() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.segmentCount = 3
        let engine = try fixture.open()
        func batch(_ version: Int) -> [Engine.Input] {
            (0..<5).map {
                document([
                    "id": .string("k\($0)"), "title": "нұсқа", "shares": .integer(Int64(version)),
                ])
            }
        }
        _ = try await engine.add(batch(0), to: "news", wait: .visible)
        let writer = Task {
            var version = 0
            while !Task.isCancelled {
                version += 1
                _ = try await engine.add(
                    batch(version), to: "news", wait: version % 3 == 0 ? .visible : .durable)
            }
            return version
        }
        var names: [String] = []
        for number in 0..<8 {
            names.append(try await engine.takeSnapshot(named: "n\(number)").path)
        }
        writer.cancel()
        #expect(try await writer.value > 0)
        await engine.close()
        var last: Int64 = -1
        for path in names {
            let copy = try Engine(
                dataDirectory: path, configuration: fixture.configuration, access: .readOnly)
            #expect(try copy.verify(collection: nil).flatMap(\.errors) == [])
            let documents = try copy.documents(in: "news", filter: nil, after: nil, limit: 10)
            let versions = documents.compactMap { $0.members["shares"]?.integer }
            #expect(versions.count == 5)
            #expect(Set(versions).count == 1)
            #expect(try #require(versions.first) >= last)
            last = versions.first ?? last
            await copy.close()
        }
    }

    @Test func `names are checked, and none is taken twice`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            for name in ["", "a b", "../x", ".making-x", String(repeating: "a", count: 65)] {
                let error = await #expect(throws: EngineError.self, "\(name)") {
                    try await engine.takeSnapshot(named: name)
                }
                guard case .invalidSnapshotName = error else {
                    Issue.record("\(String(describing: error))")
                    continue
                }
            }
            let longest = String(repeating: "Z", count: 64)
            #expect(try await engine.takeSnapshot(named: longest).name == longest)
            let error = await #expect(throws: EngineError.self) {
                try await engine.takeSnapshot(named: longest)
            }
            guard case .snapshotExists = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            let name = try await engine.takeSnapshot(named: nil).name
            #expect(name.utf8.count == 16)
            #expect(name.hasSuffix("Z"))
        }
    }

    @Test func `what a crash left of a snapshot goes at the next start`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            let whole = try await engine.takeSnapshot(named: "whole")
            let folder = "\(fixture.folder.path)/snapshots"
            #expect(mkdir("\(folder)/.making-torn", 0o700) == 0)
            try copyTree(whole.path, "\(folder)/.making-torn")
        }
        await (try fixture.open()).close()
        let names = try FileSystemDirectory(path: "\(fixture.folder.path)/snapshots").fileNames()
        #expect(names == ["whole"])
    }

    @Test func `a collection of another analysis is in a snapshot with its log`() async throws {
        let fixture = try EngineFixture()
        let engine = try fixture.open()
        try await Sample.fill(engine)
        _ = try await engine.add(
            [document(["id": "late", "title": "соңғы"])], to: "news", wait: .durable)
        let copy = try TemporaryDirectory()
        try copyTree(fixture.folder.path, copy.path)
        await engine.close()
        var changed = fixture.configuration
        changed.tables.languages[.english]?.stopWords.append("library")
        let other = try Engine(
            dataDirectory: copy.path, configuration: changed, access: .readWrite)
        let report = try await other.takeSnapshot(named: "s")
        await other.close()
        // With the old analysis the snapshot is written to, and has what only the log had.
        let back = try Engine(
            dataDirectory: report.path, configuration: fixture.configuration,
            access: .readWrite)
        #expect(try back.keys("соңғы") == ["late"])
        #expect(try back.keys("библиотека") == ["ru-2"])
        await back.close()
    }
}
