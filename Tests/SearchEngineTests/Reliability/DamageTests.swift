import Glibc
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct DamageTests {
    /// Changes bytes of a file in place.
    private func damage(_ path: String, at offset: Int, count: Int = 1) throws {
        let file = open(path, O_RDWR)
        defer { close(file) }
        #expect(file >= 0)
        var bytes = [UInt8](repeating: 0, count: count)
        #expect(pread(file, &bytes, count, off_t(offset)) == count)
        bytes = bytes.map { $0 ^ 0x5A }
        #expect(pwrite(file, bytes, count, off_t(offset)) == count)
    }

    private func segment(of fixture: EngineFixture, _ collection: String) throws -> String {
        let names = try FileSystemDirectory(path: fixture.path(of: collection)).fileNames()
        return try #require(names.first { $0.hasSuffix(".izs") })
    }

    /// A file whose frame is damaged, and no commit before it, so that its collection cannot be
    /// opened.
    private func breakSegment(of fixture: EngineFixture, _ collection: String) throws {
        let directory = try FileSystemDirectory(path: fixture.path(of: collection))
        let manifests = try directory.fileNames().filter { $0.hasPrefix("MANIFEST-") }.sorted()
        for name in manifests.dropLast() { try directory.remove(name) }
        try damage(
            "\(fixture.path(of: collection))/\(try segment(of: fixture, collection))", at: 16)
    }

    @Test func `a damaged collection does not keep others from being served`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        try breakSegment(of: fixture, "news")
        let engine = try fixture.open()
        #expect(engine.collections.map(\.name) == ["institutions"])
        #expect(engine.damageCount == 1)
        #expect(try engine.keys("Назарбаев").contains("i-2"))
        try engine.probe()
        let conditions = engine.conditions
        #expect(conditions.map(\.name) == ["institutions", "news"])
        #expect(conditions[0].damage == nil)
        #expect(try #require(conditions[1].damage).contains("izded restore"))
        #expect(try #require(conditions[1].damage).contains("izded verify"))
        #expect(conditions[1].writeFailure != nil)
        for call in [
            { _ = try engine.keys("библиотека") { $0.collections = ["news"] } },
            { _ = try await engine.add(Sample.news, to: "news", wait: .durable) },
            { _ = try await engine.createCollection("news", kind: "news") },
            { _ = try await engine.takeSnapshot(named: "s") },
        ] as [() async throws -> Void] {
            let error = await #expect(throws: EngineError.self) { try await call() }
            guard case .collectionDamaged("news", _) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        _ = try await engine.add(Sample.institutions, to: "institutions", wait: .visible)
        let reports = try engine.verify(collection: nil)
        #expect(reports.first { $0.collection == "institutions" }?.errors == [])
        #expect(reports.first { $0.collection == "news" }?.errors.count == 1)
        // It can be made anew.
        try await engine.dropCollection("news")
        #expect(try await engine.createCollection("news", kind: "news"))
        _ = try await engine.add(Sample.news, to: "news", wait: .visible)
        #expect(try engine.keys("библиотека") == ["ru-2"])
        await engine.close()
    }

    @Test func `a damaged commit is got over by the one before it and the log, and told`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        try damage("\(fixture.path(of: "news"))/\(try segment(of: fixture, "news"))", at: 16)
        let engine = try fixture.open()
        #expect(engine.damageCount == 1)
        #expect(engine.conditions.map(\.damage) == [nil, nil])
        #expect(try engine.keys("библиотека") == ["ru-2"])
        _ = try await engine.add(
            [document(["id": "n", "title": "тағы"])], to: "news", wait: .visible)
        await engine.close()
        try fixture.check("news")
    }

    @Test func `an engine that tolerates no damage, or has nothing else, is not opened`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        try breakSegment(of: fixture, "news")
        func open(_ toleratesDamage: Bool) throws {
            _ = try Engine(
                dataDirectory: fixture.folder.path, configuration: fixture.configuration,
                access: .readWrite, toleratesDamage: toleratesDamage)
        }
        #expect(throws: EngineError.self) { try open(false) }
        try breakSegment(of: fixture, "institutions")
        let error = #expect(throws: EngineError.self) { try open(true) }
        guard case .collectionDamaged("institutions", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `bytes that are damaged under an open engine are an error, never an answer`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        let engine = try fixture.open()
        #expect(try engine.keys("библиотека") == ["ru-2"])
        let name = try segment(of: fixture, "news")
        let directory = try FileSystemDirectory(path: fixture.path(of: "news"))
        let stored = try Segment.open(file: directory.map(name)).content.envelope
            .section(SegmentSection.stored)
        try damage("\(directory.path)/\(name)", at: stored.offset, count: stored.count)
        for number in 1...3 {
            let error = #expect(throws: EngineError.self) { try engine.keys("библиотека") }
            guard case .index(.corrupt) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(engine.damageCount == number)
        }
        #expect(throws: EngineError.self) { try engine.document("ru-2", in: "news") }
        #expect(engine.damageCount == 4)
        #expect(throws: EngineError.self) { try engine.probe() }
        // Another collection answers as before.
        #expect(
            try engine.keys("Назарбаев") { $0.collections = ["institutions"] }.contains("i-2"))
        #expect(
            try engine.verify(collection: "news").first?.errors.isEmpty == false)
        await engine.close()
    }

    @Test func `a log that is damaged inside leaves a collection readable, not writable`()
        async throws
    {
        let fixture = try EngineFixture()
        let engine = try fixture.open()
        try await Sample.fill(engine)
        for number in 0..<3 {
            _ = try await engine.add(
                [document(["id": .string("l\(number)"), "title": "журнал"])], to: "news",
                wait: .durable)
        }
        let copy = try EngineFixture()
        try copyTree(fixture.folder.path, copy.folder.path)
        await engine.close()
        let directory = try FileSystemDirectory(path: copy.path(of: "news"))
        let log = try #require(try directory.fileNames().filter { $0.hasSuffix(".izl") }.max())
        let bytes = try directory.read(log)
        let place = try #require(
            bytes.indices.first { bytes[$0...].starts(with: Array("\"l0\"".utf8)) })
        try damage("\(directory.path)/\(log)", at: place)
        let opened = try copy.open()
        #expect(try opened.keys("библиотека") == ["ru-2"])
        #expect(try opened.keys("журнал") == [])
        let condition = try #require(opened.conditions.first { $0.name == "news" })
        #expect(condition.writeFailure?.contains("izded restore") == true)
        #expect(condition.damage == nil)
        #expect(opened.damageCount == 1)
        let error = await #expect(throws: EngineError.self) {
            try await opened.add(Sample.news, to: "news", wait: .durable)
        }
        guard case .index(.corrupt) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        await opened.close()
        // Nothing was changed by that, so that a repair finds what there was.
        #expect(try directory.read(log).count == bytes.count)
        #expect(throws: EngineError.self) {
            _ = try Engine(
                dataDirectory: copy.folder.path, configuration: copy.configuration,
                access: .readWrite, toleratesDamage: false)
        }
    }
}
