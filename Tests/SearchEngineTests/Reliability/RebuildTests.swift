import Glibc
import InvertedIndex
import JSON
import SearchEngine
import Synchronization
import TestSupport
import Testing
import TextAnalysis

@Suite struct RebuildTests {
    /// Data of the sample with requests that are in the log alone, as a crash leaves it, and a
    /// configuration with another analysis.
    private func outdatedData() async throws -> EngineFixture {
        let fixture = try EngineFixture()
        let engine = try fixture.open()
        try await Sample.fill(engine)
        _ = try await engine.add(
            [document(["id": "late", "title": "соңғы хабар"])], to: "news", wait: .durable)
        _ = try await engine.delete(["en-1"], from: "news", wait: .durable)
        let copy = try EngineFixture()
        try copyTree(fixture.folder.path, copy.folder.path)
        await engine.close()
        copy.configuration.tables.languages[.english]?.stopWords.append("library")
        return copy
    }

    private static let keys = ["en-2", "kk-1", "kk-2", "late", "ru-1", "ru-2"]

    private func expectRebuilt(_ engine: Engine) async throws {
        #expect(engine.collectionsToRebuild == [])
        #expect(
            try engine.documents(in: "news", filter: nil, after: nil, limit: 10).map(\.key)
                == Self.keys)
        #expect(try engine.keys("соңғы") == ["late"])
        // What is sent again is known.
        let again = try await engine.add(Sample.news, to: "news", wait: .visible)
        #expect(again.lines.map(\.outcome).count { $0 == .unchanged } == 5)
        #expect(again.lines.map(\.outcome).count { $0 == .created } == 1)
    }

    @Test func `a collection is built anew from its documents and its log`() async throws {
        let fixture = try await outdatedData()
        let engine = try fixture.open()
        #expect(engine.collectionsToRebuild == ["institutions", "news"])
        #expect(engine.conditions.map(\.isReindexRequired) == [true, true])
        // Until then it is read as of its last commit.
        #expect(try engine.keys("библиотека") == ["ru-2"])
        let counts = Mutex<[Int]>([])
        for name in engine.collectionsToRebuild {
            let report = try await engine.rebuild(
                name,
                report: { read, all in
                    counts.withLock { $0.append(all) }
                    #expect(read <= all)
                })
            #expect(report.isReplaced)
            #expect(report.rejectedCount == 0)
            #expect(report.documents == (name == "news" ? 6 : 2))
            #expect(report.replayedCount == (name == "news" ? 2 : 0))
        }
        #expect(counts.withLock { Set($0) } == [2, 6])
        try await expectRebuilt(engine)
        #expect(try engine.keys("Назарбаев").contains("i-2"))
        await engine.close()
        try await fixture.use { (engine: Engine) async throws in
            #expect(engine.collectionsToRebuild == [])
            #expect(try engine.keys("библиотека") == ["ru-2"])
        }
    }

    @Test func `whatever a crash left of a rebuild, old or new is there`() async throws {
        let built = try await outdatedData()
        let engine = try built.open()
        for name in engine.collectionsToRebuild { _ = try await engine.rebuild(name) }
        await engine.close()
        for state in ["building", "built", "between", "replaced"] {
            let fixture = try await outdatedData()
            let root = "\(fixture.folder.path)/collections"
            let names = [
                "building": ".rebuilding-news", "built": ".rebuilt-news",
                "between": ".rebuilt-news", "replaced": "new",
            ]
            let new = "\(root)/\(names[state] ?? "")"
            #expect(mkdir(new, 0o700) == 0)
            try copyTree(built.path(of: "news"), new)
            if state == "between" || state == "replaced" {
                #expect(rename("\(root)/news", "\(root)/.replaced-news") == 0)
            }
            if state == "replaced" { #expect(rename(new, "\(root)/news") == 0) }
            let isNew = state == "between" || state == "replaced"
            let opened = try fixture.open()
            #expect(
                opened.collectionsToRebuild
                    == (isNew ? ["institutions"] : ["institutions", "news"]),
                "\(state)")
            let left = try FileSystemDirectory(path: root).fileNames().sorted()
            #expect(left == ["institutions", "news"], "\(state)")
            if !isNew { _ = try await opened.rebuild("news") }
            _ = try await opened.rebuild("institutions")
            try await expectRebuilt(opened)
            await opened.close()
        }
    }

    @Test func `documents that do not fit today leave the old index, unless they are dropped`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        // The sources of the sample are no dates, and one document has a number here.
        fixture.configuration.kinds[0].fields[6] = .init(name: "shares", role: .date)
        let engine = try fixture.open()
        #expect(engine.collectionsToRebuild == ["news"])
        let rejected = Mutex<[BulkIndexer.Rejection]>([])
        let report = try await engine.rebuild(
            "news", rejected: { rejection in rejected.withLock { $0.append(rejection) } })
        #expect(!report.isReplaced)
        #expect(report.rejectedCount == rejected.withLock(\.count))
        #expect(report.rejectedCount > 0)
        #expect(engine.collectionsToRebuild == ["news"])
        #expect(try engine.keys("библиотека") == ["ru-2"])
        #expect(try engine.search(SearchRequest("")).totalHits == 8)
        let forced = try await engine.rebuild("news", dropsRejected: true)
        #expect(forced.isReplaced)
        #expect(forced.documents == 6 - report.rejectedCount)
        #expect(engine.collectionsToRebuild == [])
        await engine.close()
    }

    @Test func `a collection of today's analysis can be rebuilt too`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            _ = try await engine.add(
                [document(["id": "x", "title": "күтуде"])], to: "news", wait: .none)
            let report = try await engine.rebuild("news")
            #expect(report.documents == 7)
            #expect(try engine.keys("күтуде") == ["x"])
            _ = try await engine.delete(["x"], from: "news", wait: .visible)
            #expect(try engine.keys("күтуде") == [])
        }
    }
}
