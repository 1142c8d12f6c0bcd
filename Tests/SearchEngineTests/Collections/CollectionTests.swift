import Glibc
import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

@Suite struct CollectionTests {
    @Test func `the default collections are there from the first start and stay dropped`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            #expect(engine.collections.map(\.name) == ["institutions", "news"])
            try await engine.dropCollection("news")
            #expect(engine.collections.map(\.name) == ["institutions"])
            #expect(access(fixture.path(of: "news"), F_OK) != 0)
        }
        try await fixture.use { (engine: Engine) async throws in
            #expect(engine.collections.map(\.name) == ["institutions"])
        }
    }

    @Test func `a collection is made once, and never of another kind`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            #expect(try await engine.createCollection("press", kind: "news"))
            #expect(try await !engine.createCollection("press", kind: "news"))
            await #expect(throws: EngineError.self) {
                try await engine.createCollection("press", kind: "institutions")
            }
            await #expect(throws: EngineError.self) {
                try await engine.createCollection("x", kind: "newz")
            }
            for name in ["", "-a", "A", "a.b", "../x", String(repeating: "a", count: 65)] {
                await #expect(throws: EngineError.self, "\(name)") {
                    try await engine.createCollection(name, kind: "news")
                }
            }
            #expect(
                try await engine.createCollection(String(repeating: "a", count: 64), kind: "news"))
            _ = try await engine.add(Sample.news, to: "press", wait: .durable)
        }
        try await fixture.use { (engine: Engine) async throws in
            #expect(try engine.keys("библиотека") { $0.collections = ["press"] } == ["ru-2"])
        }
    }

    @Test func `a second engine on the same data is refused, a reader is not`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { (engine: Engine) async throws in
            try await Sample.fill(engine)
            do {
                _ = try fixture.open()
                Issue.record("the second engine was opened")
            } catch EngineError.index(.locked) {}
            let reader = try fixture.open(.readOnly)
            #expect(try reader.keys("библиотека") == ["ru-2"])
            await #expect(throws: EngineError.self) {
                try await reader.add(Sample.news, to: "news", wait: .none)
            }
            await reader.close()
        }
        await (try fixture.open()).close()
    }

    @Test func `a data directory that is not there is not made for reading`() throws {
        let fixture = try EngineFixture()
        #expect(throws: EngineError.self) { try fixture.open(.readOnly) }
        let names = try fixture.folder.open().fileNames()
        #expect(names == [])
    }

    @Test func `what a crash left of making and dropping goes, foreign folders stay`()
        async throws
    {
        let fixture = try EngineFixture()
        await (try fixture.open()).close()
        let root = "\(fixture.folder.path)/collections"
        for name in [".creating-x", ".dropped-y-0", "Foreign", "notes"] {
            #expect(mkdir("\(root)/\(name)", 0o700) == 0)
        }
        let engine = try fixture.open()
        #expect(engine.collections.map(\.name) == ["institutions", "news"])
        await engine.close()
        #expect(access("\(root)/.creating-x", F_OK) != 0)
        #expect(access("\(root)/.dropped-y-0", F_OK) != 0)
        #expect(access("\(root)/Foreign", F_OK) == 0)
        #expect(access("\(root)/notes", F_OK) == 0)
    }

    @Test func `an index of another analysis is searched, not written`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        fixture.configuration.tables.languages[.english]?.stopWords.append("library")
        let engine = try fixture.open()
        #expect(try engine.keys("библиотека") == ["ru-2"])
        #expect(try engine.stats()["collections"]?["news"]?["reindexRequired"] == true)
        do {
            _ = try await engine.add(Sample.news, to: "news", wait: .none)
            Issue.record("the document was taken")
        } catch EngineError.analysisChanged(let found, let expected) {
            #expect(found != expected)
        }
        await engine.close()
    }

    @Test func `a kind that cannot be laid out is refused`() throws {
        let fixture = try EngineFixture()
        for name in ["a b", "", "id", "title.stem"] {
            let kind = CollectionKind(
                name: "k", fields: [.init(name: name, role: .text)], titleField: name)
            fixture.configuration.kinds = [kind]
            fixture.configuration.defaultCollections = []
            #expect(throws: EngineError.self, "\(name)") { try fixture.open() }
        }
    }

    @Test func `a kind has 500 fields at the most, which an index can hold`() async throws {
        func fixture(_ count: Int) throws -> EngineFixture {
            let fixture = try EngineFixture()
            let fields = (0..<count).map {
                CollectionKind.Field(name: "f\($0)", role: .text)
            }
            fixture.configuration.kinds = [
                CollectionKind(name: "wide", fields: fields, titleField: "f0")
            ]
            fixture.configuration.defaultCollections = [("wide", "wide")]
            return fixture
        }
        try await fixture(500).use { (engine: Engine) async throws in
            _ = try await engine.add(
                [document(["id": "a", "f0": "сөз", "f499": "соңғы"])], to: "wide", wait: .visible)
            #expect(try engine.keys("соңғы") == ["a"])
        }
        let wider = try fixture(501)
        #expect(throws: EngineError.self) { try wider.open() }
    }
}
