import Dispatch
import FuzzTables
import Glibc
import JSON
public import SearchEngine

/// An engine of a few documents in a folder of its own, in memory where there is `/dev/shm`.
public enum SampleEngine {
    /// The kind of its collection `news`.
    public static let news = CollectionKind(
        name: "news",
        fields: [
            .init(name: "title", role: .text, weight: 2), .init(name: "body", role: .text),
            .init(name: "lang", role: .keyword), .init(name: "source", role: .keyword),
            .init(name: "publishedAt", role: .date), .init(name: "shares", role: .number),
        ], titleField: "title")

    /// The kind of its collection `institutions`.
    public static let institutions = CollectionKind(
        name: "institutions",
        fields: [.init(name: "names", role: .names), .init(name: "city", role: .keyword)],
        titleField: "names")

    /// Opens one in a new folder, which stays until the program ends.
    public static func open() throws -> Engine {
        var configuration = EngineConfiguration(
            kinds: [news, institutions],
            defaultCollections: [("news", "news"), ("institutions", "institutions")],
            tables: try Shipped.tables(withLexicon: false))
        configuration.limits.diskReserveByteCount = 0
        configuration.limits.logReservationByteCount = 0
        configuration.limits.batchDocumentCount = 16
        let engine = try Engine(
            dataDirectory: try folder(), configuration: configuration, access: .readWrite)
        try refill(engine)
        engine.warmUp()
        return engine
    }

    /// Makes the collections anew, with the few documents alone.
    public static func refill(_ engine: Engine) throws {
        try wait {
            for (name, _) in engine.collections { try await engine.dropCollection(name) }
            _ = try await engine.createCollection("news", kind: "news")
            _ = try await engine.createCollection("institutions", kind: "institutions")
            _ = try await engine.add(documents, to: "news", wait: .visible)
            _ = try await engine.add(universities, to: "institutions", wait: .visible)
        }
    }

    /// A new folder, removed when the program ends by itself.
    public static func folder() throws -> String {
        let base = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"
        var template = Array("\(base)/izde-fuzz-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { fatalError("no folder in \(base)") }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Runs a task to its end while this thread waits.
    public static func wait<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let box = Box<Value>()
        let semaphore = DispatchSemaphore(value: 0)
        Task {
            do {
                box.result = .success(try await body())
            } catch {
                box.result = .failure(error)
            }
            semaphore.signal()
        }
        semaphore.wait()
        guard let result = box.result else { fatalError("a task without result") }
        return try result.get()
    }

    /// `@unchecked Sendable`: written by the task before the semaphore is signalled, read after.
    private final class Box<Value>: @unchecked Sendable {
        var result: Result<Value, any Error>?
    }

    private static let documents: [Engine.Input] = [
        document([
            "id": "a", "title": "Сәтбаев университеті меморандумға қол қойды",
            "body": "Алматыдағы университеттердің өкілдері кездесті.", "lang": "kk",
            "source": "egemen.kz", "publishedAt": "2024-09-12", "shares": 5,
        ]),
        document([
            "id": "b", "title": "Открылась новая библиотека",
            "body": "В библиотеке десять тысяч книг.", "lang": "ru", "publishedAt": "2024",
        ]),
        document([
            "id": "c", "title": "University signs memorandum",
            "body": "The rectors of both universities met on 11/17/2021.", "lang": "en",
        ]),
    ]

    private static let universities: [Engine.Input] = [
        document([
            "id": "i", "names": ["Сәтбаев университеті", "Satbayev University"], "city": "Almaty",
        ])
    ]

    private static func document(_ members: KeyValuePairs<String, JSONValue>) -> Engine.Input {
        let object = JSONObject(members)
        return .document(Document(key: object["id"]?.string ?? "", members: object))
    }
}
