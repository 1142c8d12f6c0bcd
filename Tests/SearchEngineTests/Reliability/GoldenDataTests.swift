import Glibc
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import InvertedIndex

/// A whole data directory of each format, written by the program of its time, is opened by every
/// later one: read at once, written at once or after a rebuild.
///
/// Only that of the newest format is recorded anew by `IZDE_RECORD=1`.
struct GoldenDataTests {
    private static let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    private static func folder(_ format: Int) -> String { "/\(tests)/Golden/format-\(format)" }

    private static let recording = Task {
        if getenv("IZDE_RECORD") != nil { try await record() }
    }

    private static let news: [Engine.Input] = [
        document([
            "id": "kk-1", "title": "Сәтбаев университеті меморандумға қол қойды",
            "body": "Алматыдағы университеттердің өкілдері кездесті.", "source": "egemen.kz",
            "topics": ["білім", "халықаралық"], "publishedAt": "2024-09-12", "shares": 5,
        ]),
        document([
            "id": "ru-1", "title": "Открылась новая библиотека",
            "body": "В библиотеке десять тысяч книг и читальный зал на сто мест.",
            "source": "tengri.kz", "topics": ["образование", "город"], "publishedAt": "2024",
        ]),
        document([
            "id": "kk-2", "title": "Студенттерге арналған кітапхана ашылды",
            "body": "Кітапханада он мың кітап бар.", "source": "egemen.kz",
            "publishedAt": "2023-05-01", "shares": 40,
        ]),
        document(["id": "gone", "title": "Удалённая запись", "source": "tengri.kz"]),
    ]

    private static let later = document([
        "id": "en-1", "title": "Library of the year",
        "body": "The library holds ten thousand books and a reading room.",
        "source": "astanatimes.com", "publishedAt": "2022-02-28", "shares": 9,
    ])

    private static let institution = document([
        "id": "i-1", "names": ["Назарбаев Университеті", "Nazarbayev University"],
        "city": "Astana", "founded": 2010,
    ])

    private static let late = document([
        "id": "late", "title": "Соңғы хабар", "source": "egemen.kz",
    ])

    /// Two segments, a deleted document, a collection with names, and a document that only the log
    /// has.
    private static func record() async throws {
        let fixture = try EngineFixture()
        fixture.configuration.limits.logReservationByteCount = 0
        let engine = try fixture.open()
        _ = try await engine.add(news, to: "news", wait: .visible)
        _ = try await engine.add([later], to: "news", wait: .visible)
        _ = try await engine.delete(["gone"], from: "news", wait: .visible)
        _ = try await engine.add([institution], to: "institutions", wait: .visible)
        _ = try await engine.add([late], to: "news", wait: .durable)
        let folder = folder(CommitPoint.formatVersion)
        #expect(mkdir(folder, 0o755) == 0, "remove \(folder) before it is recorded anew")
        #expect(mkdir("\(folder)/collections", 0o755) == 0)
        for name in ["institutions", "news"] {
            let target = try FileSystemDirectory(
                path: "\(folder)/collections/\(name)", isCreated: true)
            let source = try FileSystemDirectory(path: fixture.path(of: name))
            for file in try source.fileNames() where file != "LOCK" {
                try source.copy(file, into: target)
            }
        }
        await engine.close()
    }

    private func opened(_ format: Int) async throws -> EngineFixture {
        try await Self.recording.value
        let fixture = try EngineFixture()
        try copyTree(Self.folder(format), fixture.folder.path)
        return fixture
    }

    @Test(arguments: 1...CommitPoint.formatVersion)
    func `the data of a format is read, written and merged`(format: Int) async throws {
        let fixture = try await opened(format)
        let directory = try FileSystemDirectory(path: fixture.path(of: "news"))
        let commit = try Snapshot.open(directory: directory)
        #expect(try IndexChecker(directory: directory).check().errors == [])
        #expect(commit.segmentCount == 2)
        #expect(commit.deletedCount == 1)
        #expect(try commit.logRecords(in: directory).count == 1)
        try await fixture.use { (engine: Engine) async throws in
            // Before anything is rebuilt.
            #expect(try engine.keys("библиотека") == ["ru-1"])
            #expect(try engine.keys("удалённая") == [])
            #expect(try engine.keys("Назарбаев").contains("i-1"))
            // Other versions of ICU or of the analysis make other terms.
            let outdated = engine.collectionsToRebuild
            if format == 1 { #expect(outdated.contains("news")) }
            for name in outdated {
                await #expect(throws: EngineError.self) {
                    try await engine.add([Self.late], to: name, wait: .durable)
                }
                #expect(try await engine.rebuild(name).isReplaced)
            }
            #expect(
                try engine.documents(in: "news", filter: nil, after: nil, limit: 9).map(\.key)
                    == ["en-1", "kk-1", "kk-2", "late", "ru-1"])
            #expect(try engine.keys("хабар") == ["late"])
            #expect(try engine.keys("Назарбаев").contains("i-1"))
            let again = try await engine.add(
                Self.news + [Self.later, Self.late], to: "news", wait: .visible)
            #expect(
                again.lines.map(\.outcome)
                    == [.unchanged, .unchanged, .unchanged, .created, .unchanged, .unchanged])
            _ = try await engine.compact(collection: nil)
            #expect(engine.conditions.map(\.segments) == [1, 1])
            #expect(engine.conditions.map(\.documents) == [1, 6])
            #expect(try engine.keys("библиотека") == ["ru-1"])
            #expect(try engine.keys("libraries") == ["en-1"])
        }
        #expect(
            try Snapshot.open(directory: FileSystemDirectory(path: fixture.path(of: "news")))
                .segmentNames.count == 1)
    }

    // MARK: Later formats

    /// Changes the version in the header of each segment of a collection, with its checksum.
    private func setVersion(
        _ fixture: EngineFixture, major: UInt16, minor: UInt16
    ) throws {
        let directory = try FileSystemDirectory(path: fixture.path(of: "news"))
        for name in try directory.fileNames() where name.hasSuffix(".izs") {
            var bytes = try directory.read(name)
            for (place, value) in [(8, major), (10, minor)] {
                bytes[place] = UInt8(truncatingIfNeeded: value)
                bytes[place + 1] = UInt8(truncatingIfNeeded: value >> 8)
            }
            let checksum = bytes[..<28].withUnsafeBytes { CRC32C.checksum($0) }
            for index in 0..<4 {
                bytes[28 + index] = UInt8(truncatingIfNeeded: checksum >> (8 * UInt32(index)))
            }
            try directory.remove(name)
            try directory.createFile(named: name).write(bytes)
        }
    }

    @Test func `an unknown minor version is read and written beside`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        try setVersion(fixture, major: FileEnvelope.majorVersion, minor: 7)
        try await fixture.use { (engine: Engine) async throws in
            #expect(engine.damageCount == 0)
            #expect(try engine.keys("библиотека") == ["ru-2"])
            _ = try await engine.add([Self.late], to: "news", wait: .visible)
            _ = try await engine.compact(collection: nil)
            #expect(try engine.search(SearchRequest("")).totalHits == 9)
        }
    }

    @Test func `an unknown major version is refused by its name`() async throws {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        try setVersion(fixture, major: FileEnvelope.majorVersion + 1, minor: 0)
        let engine = try fixture.open()
        #expect(engine.collections.map(\.name) == ["institutions"])
        let damage = try #require(engine.conditions.first { $0.name == "news" }?.damage)
        #expect(damage.contains("written by a newer izde"))
        await engine.close()
        #expect(throws: EngineError.self) {
            _ = try Engine(
                dataDirectory: fixture.folder.path, configuration: fixture.configuration,
                access: .readWrite, toleratesDamage: false)
        }
    }

    @Test func `a manifest of a later format is refused, and nothing older stands in`()
        async throws
    {
        let fixture = try EngineFixture()
        try await fixture.use { try await Sample.fill($0) }
        let directory = try FileSystemDirectory(path: fixture.path(of: "news"))
        let name = try #require(
            try directory.fileNames().filter { $0.hasPrefix("MANIFEST-") }.max())
        let text = String(decoding: try directory.read(name), as: UTF8.self)
        let line = text.split(separator: "\n").first.map(String.init) ?? ""
        let newer = line.replacing(
            "{\"format\":\(CommitPoint.formatVersion),", with: "{\"format\":99,")
        #expect(newer != line)
        try directory.remove(name)
        try directory.createFile(named: name).write(ManifestText.sealed(Array("\(newer)\n".utf8)))
        let engine = try fixture.open()
        let damage = try #require(engine.conditions.first { $0.name == "news" }?.damage)
        #expect(damage.contains("written by a newer izde"), "\(damage)")
        await engine.close()
    }
}
