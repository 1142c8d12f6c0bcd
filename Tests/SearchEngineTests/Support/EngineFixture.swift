import InvertedIndex
import JSON
import SearchEngine
import TestSupport
import Testing
import TextAnalysis

/// A data directory with two kinds of collections, opened as often as a test likes.
final class EngineFixture {
    let folder: TemporaryDirectory
    var configuration: EngineConfiguration

    static let news = CollectionKind(
        name: "news",
        fields: [
            .init(name: "title", role: .text, weight: 2),
            .init(name: "body", role: .text),
            .init(name: "lang", role: .keyword),
            .init(name: "source", role: .keyword),
            .init(name: "topics", role: .keyword),
            .init(name: "publishedAt", role: .date),
            .init(name: "shares", role: .number),
        ], titleField: "title")

    static let institutions = CollectionKind(
        name: "institutions",
        fields: [
            .init(name: "names", role: .names, weight: 2),
            .init(name: "city", role: .keyword),
            .init(name: "founded", role: .number),
        ], titleField: "names")

    init() throws {
        folder = try TemporaryDirectory()
        var tables = AnalysisTables()
        tables.languages[.russian, default: .init()].stopWords = ["и", "в", "на", "о"]
        tables.languages[.english, default: .init()].stopWords = ["the", "of", "and"]
        tables.languages[.kazakh, default: .init()].stopWords = ["мен", "және"]
        configuration = EngineConfiguration(
            kinds: [Self.news, Self.institutions],
            defaultCollections: [("institutions", "institutions"), ("news", "news")],
            tables: tables)
        configuration.limits.diskReserveByteCount = 0
        configuration.limits.diskReservePercent = 0
        configuration.limits.logReservationByteCount = 1 << 16
        // Tests do not depend on how busy the machine is: commits come when they are asked for.
        configuration.limits.commitMilliseconds = 3_600_000
        configuration.limits.searchMilliseconds = 10_000
    }

    func open(_ access: Engine.Access = .readWrite) throws -> Engine {
        try Engine(
            dataDirectory: folder.path, configuration: configuration, access: access)
    }

    /// Opens an engine, uses it, closes it, and checks every file of every collection.
    func use(_ body: (Engine) async throws -> Void) async throws {
        let engine = try open()
        do {
            try await body(engine)
        } catch {
            await engine.close()
            throw error
        }
        let names = engine.collections.map(\.name)
        await engine.close()
        for name in names { try check(name) }
    }

    func check(_ collection: String) throws {
        let directory = try FileSystemDirectory(path: path(of: collection))
        let report = try IndexChecker(directory: directory).check()
        #expect(report.errors == [])
    }

    func path(of collection: String) -> String { "\(folder.path)/collections/\(collection)" }
}

/// A document from its members; `id` is the key.
func document(_ members: KeyValuePairs<String, JSONValue>) -> Engine.Input {
    let object = JSONObject(members)
    return .document(Document(key: object["id"]?.string ?? "", members: object))
}

extension SearchRequest {
    /// A request for a query with further members set.
    init(_ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) {
        self.init()
        self.q = q
        change(&self)
    }
}

extension Engine {
    /// The keys of the hits of a query, best first.
    func keys(_ q: String, _ change: (inout SearchRequest) -> Void = { _ in }) throws -> [String] {
        try search(SearchRequest(q, change)).hits.map(\.document.key)
    }

    /// The error of a query.
    func queryError(_ q: String, _ change: (inout SearchRequest) -> Void) -> QueryError? {
        do {
            _ = try search(SearchRequest(q, change))
            return nil
        } catch EngineError.query(let error) {
            return error
        } catch {
            return nil
        }
    }
}

/// News in three languages about the same few things.
enum Sample {
    static let news: [Engine.Input] = [
        document([
            "id": "kk-1", "title": "Сәтбаев университеті меморандумға қол қойды",
            "body":
                "Алматыдағы университеттердің өкілдері кездесті. Қасым-Жомарт Тоқаев құттықтады.",
            "source": "egemen.kz", "topics": ["білім", "халықаралық"],
            "publishedAt": "2024-09-12", "shares": 5,
        ]),
        document([
            "id": "kk-2", "title": "Студенттерге арналған кітапхана ашылды",
            "body": "Кітапханада он мың кітап бар. Кітаптардың көбі қазақ тілінде.",
            "source": "egemen.kz", "topics": ["білім"], "publishedAt": "2023-05-01", "shares": 40,
        ]),
        document([
            "id": "ru-1", "title": "Университет Сатпаева подписал меморандум",
            "body": "В университетах Алматы обсудили новые программы. Ректор выступил с речью.",
            "source": "tengri.kz", "topics": ["образование"],
            "publishedAt": "2024-09-13T08:30:00+05:00", "shares": 12,
        ]),
        document([
            "id": "ru-2", "title": "Открылась новая библиотека",
            "body": "В библиотеке десять тысяч книг и читальный зал на сто мест.",
            "source": "tengri.kz", "topics": ["образование", "город"], "publishedAt": "2024",
        ]),
        document([
            "id": "en-1", "title": "University signs memorandum with Singapore Polytechnic",
            "body": "The rectors of both universities met in Almaty on 11/17/2021.",
            "source": "astanatimes.com", "publishedAt": "2021-11", "shares": 7,
        ]),
        document([
            "id": "en-2", "title": "Library of the year",
            "body": "The library holds ten thousand books and a reading room.",
            "source": "astanatimes.com", "publishedAt": "2022-02-28", "shares": 9,
        ]),
    ]

    static let institutions: [Engine.Input] = [
        document([
            "id": "i-1",
            "names": [
                [
                    "value": "Қ.И. Сәтбаев атындағы Қазақ ұлттық техникалық зерттеу университеті",
                    "lang": "kk",
                ],
                ["value": "Satbayev University", "lang": "en"],
                ["value": "ҚазҰТЗУ", "kind": "acronym"],
            ], "city": "Almaty", "founded": 1934,
        ]),
        document([
            "id": "i-2", "names": ["Назарбаев Университеті", "Nazarbayev University"],
            "city": "Astana", "founded": 2010,
        ]),
    ]

    static func fill(_ engine: Engine) async throws {
        let first = try await engine.add(news, to: "news", wait: .visible)
        #expect(first.lines.allSatisfy { $0.outcome == .created })
        let second = try await engine.add(institutions, to: "institutions", wait: .visible)
        #expect(second.lines.allSatisfy { $0.outcome == .created })
    }
}
