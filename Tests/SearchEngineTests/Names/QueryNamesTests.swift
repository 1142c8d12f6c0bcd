import Foundation
import JSON
import NameMatching
import TestSupport
import Testing

@testable import SearchEngine

/// The stretches of a query that are passed over by their words alone, beside a lookup of each.
///
/// The names are those that ship: the places of the table, institutions and people.
@Suite(.serialized) struct QueryNamesTests {
    private static let isLong = getenv("IZDE_LONG") != nil
    private static let queryCount = isLong ? 4000 : 400
    /// Of so many names one is taken.
    private static let step = isLong ? 1 : 6

    private static func lines(_ path: String) throws -> [String] {
        let file = ShippedLexicon.root.appendingPathComponent(path)
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .map(String.init).filter { !$0.hasPrefix("#") }
    }

    private static func documents(_ name: String) throws -> [Document] {
        try lines("index/sources/\(name).jsonl").enumerated().compactMap { place, line in
            guard place % step == 0, let object = try JSONReader().read(Array(line.utf8)).object
            else { return nil }
            return Document(key: object["id"]?.string ?? "", members: object)
        }
    }

    private static func names(of documents: [Document]) -> [String] {
        documents.flatMap { document in
            document.members["names"].map { DocumentName.names(of: $0).map(\.value) } ?? []
        }
    }

    /// The names of the table of places, in three languages.
    private static func names(ofPlaces rows: [String]) -> [String] {
        rows.flatMap { row in
            row.components(separatedBy: "\t").dropFirst(2).prefix(3)
                .flatMap { $0.components(separatedBy: "|") }
        }
    }

    private func use(_ body: (Engine, NamedQueries) throws -> Void) async throws {
        let fixture = try EngineFixture.withNames()
        let places = Array(try Self.lines("config/names/places.tsv").dropFirst())
        fixture.configuration.names = NameTables(
            words: Array(try Self.lines("config/names/words.tsv").dropFirst()), places: places)
        let institutions = try Self.documents("institutions")
        let people = try Self.documents("people")
        let others = ShippedLexicon.rows.prefix(4000).flatMap { row in
            row.cells[2...4].compactMap { $0.split(separator: "|").first.map(String.init) }
        }.filter { !$0.contains(" ") }
        let names =
            Self.names(of: institutions) + Self.names(of: people) + Self.names(ofPlaces: places)
        try await fixture.use { engine in
            engine.warmUp()
            _ = try await engine.add(
                institutions.map { .document($0) }, to: "institutions", wait: .visible)
            _ = try await engine.add(people.map { .document($0) }, to: "people", wait: .visible)
            try body(engine, NamedQueries(names: names, others: others))
        }
    }

    /// What is passed over has a word that no key leads to: a lookup meets it all the same in a name
    /// that it finds by another word.
    @Test func `passing over stretches by their words loses none whose words are known`()
        async throws
    {
        try await use { engine, queries in
            for seed in SeededGenerator.seeds(1) {
                var random = SeededGenerator(seed: seed)
                var linked = 0
                var lost: [String] = []
                for _ in 0..<Self.queryCount {
                    let query = queries.query(&random)
                    try engine.withNameSearch([]) { search throws(EngineError) in
                        let found = try QueryNames(search: search).links(in: query)
                        let all = try QueryNames(search: search, passesOver: false)
                            .links(in: query)
                        if !all.isEmpty { linked += 1 }
                        guard found != all else { return }
                        lost.append(query)
                        #expect(Self.hasUnknownWord(query, in: search), "\(query)")
                    }
                }
                if Self.isLong {
                    print("\(Self.queryCount) queries, \(linked) name an entity, lost: \(lost)")
                }
                #expect(linked * 4 > Self.queryCount)
                // In a long run 7 of 2,317.
                #expect(lost.count * 100 <= linked, "\(lost)")
            }
        }
    }

    /// Whether each directory lacks some word of a text, under any key.
    private static func hasUnknownWord(_ text: String, in search: NameSearch) -> Bool {
        guard let asked = search.lookup.read(wordByWord: TypedWords.words(of: text)) else {
            return false
        }
        let named = search.namedWords(of: asked)
        return named.allSatisfy(\.hasUnknownPart)
    }
}
