import Foundation
import JSON
import SearchEngine
import TestSupport
import Testing

@testable import Corpus

@Suite struct RORTests {
    private static let second = """
        {"id":"https://ror.org/0053vmf39","status":"active","established":2018,
         "types":["funder","education"],
         "names":[{"value":"AIU","lang":"en","types":["acronym"]},
          {"value":"Астана халықаралық университеті","lang":"kk","types":["label"]},
          {"value":"Astana Int. University","lang":null,"types":["alias"]},
          {"value":"Astana International University","lang":"en","types":["label","ror_display"]},
          {"value":"AIU","lang":"en","types":["acronym"]},{"value":" ","types":["label"]}],
         "locations":[{"geonames_id":1526273,"geonames_details":{"name":"Astana",
           "country_code":"KZ","country_name":"Kazakhstan","country_subdivision_name":"Astana"}}],
         "domains":["aiu.edu.kz"],
         "links":[{"type":"website","value":"https://www.aiu.edu.kz/kk"},
          {"type":"wikipedia","value":"https://en.wikipedia.org/wiki/AIU"}],
         "external_ids":[{"type":"grid","preferred":null,"all":["grid.1","grid.2"]},
          {"type":"wikidata","preferred":"Q1","all":["Q2","Q1"]}],
         "relationships":[{"type":"predecessor","label":"x","id":"https://ror.org/011111111"},
          {"type":"successor","label":"y","id":"https://ror.org/022222222"},
          {"type":"parent","label":"z","id":"https://ror.org/033333333"}]}
        """

    private static let first = """
        {"id":"https://ror.org/05pc6w891","name":"Satbayev University","types":["Education"],
         "status":"active","established":1934,"aliases":["KazNTU"],"acronyms":["SU"],
         "labels":[{"label":"Сәтбаев университеті","iso639":"kk"}],
         "country":{"country_code":"KZ","country_name":"Kazakhstan"},
         "addresses":[{"city":"Almaty","state":null}],"links":["http://satbayev.university/"],
         "external_ids":{"GRID":{"preferred":"grid.3","all":"grid.3"},
          "ISNI":{"preferred":null,"all":["0000 1"]}},
         "relationships":[{"type":"Predecessor","label":"x","id":"https://ror.org/011111111"}]}
        """

    private func read(
        _ text: String, _ name: String = "dump.json", as format: SourceFiles.Format? = nil,
        limit: Int = 4 << 20
    ) throws -> (documents: [Document], rejects: [String], byteCount: Int) {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let found = SourceFiles.find([path], as: format)
        var result: (documents: [Document], rejects: [String], byteCount: Int) = ([], [], 0)
        result.rejects = found.errors.map(\.message)
        for file in found.files {
            #expect(file.format == .ror)
            let source = try SourceFiles.open(file, options: SourceOptions(recordByteCount: limit))
            while let record = source.next() {
                switch record {
                case .document(let document, _, let count):
                    result.documents.append(document)
                    result.byteCount += count
                case .rejected(let error, let count):
                    result.rejects.append(error.message)
                    result.byteCount += count
                }
            }
        }
        return result
    }

    @Test func `a record of version 2 becomes a document`() throws {
        let (documents, rejects, _) = try read("[\(Self.second)]")
        #expect(rejects.isEmpty)
        let document = try #require(documents.first)
        #expect(document.key == "ror:0053vmf39")
        let expected: JSONValue = [
            "id": "ror:0053vmf39", "type": "CollegeOrUniversity",
            "names": [
                ["value": "Astana International University", "lang": "en", "kind": "official"],
                ["value": "Астана халықаралық университеті", "lang": "kk", "kind": "official"],
                ["value": "AIU", "lang": "en", "kind": "acronym"],
                ["value": "Astana Int. University", "kind": "alias"],
            ],
            "city": "Astana", "region": "Astana", "country": "KZ", "domains": ["aiu.edu.kz"],
            "identifiers": [
                "ror": "https://ror.org/0053vmf39", "grid": "grid.1", "wikidata": "Q1",
            ],
            "founded": 2018, "status": "active", "predecessorOf": ["ror:022222222"],
            "successorOf": ["ror:011111111"],
        ]
        #expect(.object(document.members) == expected)
    }

    @Test func `a record of version 1 becomes the same kind of document`() throws {
        let expected: JSONValue = [
            "id": "ror:05pc6w891", "type": "CollegeOrUniversity",
            "names": [
                ["value": "Satbayev University", "kind": "official"],
                ["value": "Сәтбаев университеті", "lang": "kk", "kind": "official"],
                ["value": "SU", "kind": "acronym"], ["value": "KazNTU", "kind": "alias"],
            ],
            "city": "Almaty", "country": "KZ", "domains": ["satbayev.university"],
            "identifiers": [
                "ror": "https://ror.org/05pc6w891", "grid": "grid.3", "isni": "0000 1",
            ],
            "founded": 1934, "status": "active", "successorOf": ["ror:011111111"],
        ]
        #expect(try read(Self.first).documents.map { .object($0.members) } == [expected])
    }

    @Test(arguments: [
        (["education"], "CollegeOrUniversity"), (["healthcare"], "Hospital"),
        (["government", "funder"], "GovernmentOrganization"), (["company"], "Corporation"),
        (["archive"], "ArchiveOrganization"), (["nonprofit"], "NGO"),
        (["facility"], "ResearchOrganization"), (["funder"], "Organization"),
        (["other"], "Organization"), ([], "Organization"),
        (["company", "healthcare"], "Hospital"), (["Company"], "Corporation"),
    ])
    func `a type is said in schema.org's word`(types: [String], word: String) throws {
        let record = JSONValue.object(
            JSONObject([
                "id": "https://ror.org/0aaaaaaa1", "names": [["value": "A"]],
                "types": .array(types.map(JSONValue.string)),
            ]))
        #expect(try RORRecord.document(record).members["type"]?.string == word)
    }

    @Test func `an organization in two countries has both`() throws {
        func place(_ code: String) -> JSONValue {
            ["geonames_details": ["name": .string(code), "country_code": .string(code)]]
        }
        let record: JSONValue = [
            "id": "0aaaaaaa1", "names": [["value": "A"]],
            "locations": [place("KZ"), place("KG"), place("KZ")],
        ]
        let members = try RORRecord.document(record).members
        #expect(members["country"] == ["KZ", "KG"])
        #expect(members["city"] == "KZ")
        #expect(members["region"] == nil)
    }

    @Test func `bad records are named and the others read`() throws {
        let text = """
            [{"id":"https://ror.org/0aaaaaaa1","names":[{"value":"A","types":["ror_display"]}]},
            {"id":"https://ror.org/0aaaaaaa2","names":[]},
            {"id":"https://example.org/0aaaaaaa3","names":[{"value":"C"}]},
            7,
            {"id":"https://ror.org/0aaaaaaa4" "names":1},
            {"id":"https://ror.org/0aaaaaaa5","names":[{"value":"\(String(repeating: "x", count: 3000))"}]},
            {"id":"https://ror.org/0aaaaaaa6","names":[{"value":"F"}]}]

            """
        let (documents, rejects, byteCount) = try read(text, limit: 2000)
        #expect(documents.map(\.key) == ["ror:0aaaaaaa1", "ror:0aaaaaaa6"])
        #expect(rejects.count == 5)
        #expect(rejects[0].contains("dump.json:2: record 2: ror:0aaaaaaa2 has no name"))
        #expect(rejects[1].contains(":3: record 3: no id of ROR"))
        #expect(rejects[2].contains(":4: record 4: expected an object, found number"))
        #expect(rejects[3].contains(":5: record 5: not JSON"))
        #expect(rejects[4].contains(":6: record 6: ") && rejects[4].contains("at most 2000"))
        #expect(!rejects.contains { $0.contains("xxx") })
        #expect(byteCount == text.utf8.count - 2, "all but the end of the array")
    }

    @Test func `one record, records in lines and an array are read alike`() throws {
        let line = { (text: String) in text.replacing("\n", with: " ") }
        let (a, b) = (Self.second, Self.first)
        let keys = ["ror:0053vmf39", "ror:05pc6w891"]
        #expect(try read(a).documents.map(\.key) == [keys[0]])
        #expect(try read("\(line(a))\n\(line(b))\n").documents.map(\.key) == keys)
        #expect(try read("\(a)\n\(b)").documents.map(\.key) == keys)
        #expect(
            try read("\(line(a))\n\(line(b))", "dump.jsonl", as: .ror).documents.map(\.key) == keys)
    }

    @Test func `other JSON is told from it by its first record`() throws {
        for text in ["{\"id\":\"a\",\"title\":\"b\"}", "[]", "", "not JSON", "[[[["] {
            let (documents, rejects, _) = try read(text)
            #expect(documents.isEmpty)
            #expect(rejects.count == 1 && rejects[0].contains("records of ROR"))
        }
        // Who says that it is one is believed.
        #expect(try read("[{\"id\":\"a\"}]", as: .ror).rejects[0].contains("no id of ROR"))
    }

    @Test func `inside a folder other JSON is passed over`() throws {
        let folder = try TemporaryDirectory()
        for (name, text) in [
            ("a.json", Self.second), ("b.json", "{}"), ("c.jsonl", "{}"), ("d.txt", "x"),
        ] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: folder.path + "/" + name))
        }
        func formats(_ format: SourceFiles.Format?) -> [String] {
            SourceFiles.find([folder.path], as: format).files.map { file in
                "\(file.path.split(separator: "/").last ?? "") \(file.format)"
            }
        }
        #expect(formats(nil) == ["a.json ror", "c.jsonl jsonLines", "d.txt text"])
        #expect(formats(.ror) == ["a.json ror", "b.json ror", "c.jsonl ror"])
    }

    /// The list beside the project has a simpler shape, but for its names it is version 2.
    @Test(.enabled(if: sample != nil, "the data beside the project is absent"))
    func `the organizations of Kazakhstan all become documents`() throws {
        let text = try String(contentsOf: try #require(sample), encoding: .utf8)
        let (documents, rejects, _) = try read(text, "docs.jsonl", as: .ror)
        #expect(rejects.isEmpty)
        #expect(documents.count == text.split(separator: "\n").count)
        #expect(documents.allSatisfy { $0.members["names"]?.array?.isEmpty == false })
    }
}

/// The organizations of Kazakhstan beside the project, `nil` on another machine.
private let sample: URL? = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../shared/data/orgs-kz/docs.jsonl").standardizedFileURL
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()
