import ArgumentParser
import JSON
import ServiceAPI
import Testing

@testable import izde

@Suite struct `Search arguments` {
    private func request(_ arguments: String..., reading: Bool = false) throws -> JSONValue {
        let search = try #require(try Izde.parseAsRoot(arguments) as? Search)
        return search.arguments(isForReading: reading).message.json
    }

    @Test func `words become the query and nothing else is said`() throws {
        #expect(try request("серикбаев", "меморандум") == ["q": "серикбаев меморандум"])
        #expect(try request("search", "status") == ["q": "status"])
        #expect(try request("--", "-x") == ["q": "-x"])
    }

    @Test func `each flag becomes its field`() throws {
        let json = try request(
            "-c", "news", "--collection", "a,b", "-l", "kk", "-n", "5", "--offset", "10", "-f",
            "lang = kk", "--facet", "source,lang", "--sort", "publishedAt:desc", "--exact", "-q",
            "--why", "сөз")
        #expect(json["collections"] == ["news", "a", "b"])
        #expect(json["lang"] == "kk")
        #expect(json["limit"] == 5)
        #expect(json["offset"] == 10)
        #expect(json["filter"] == "lang = kk")
        #expect(json["facets"] == ["source", "lang"])
        #expect(json["sort"] == ["publishedAt:desc"])
        #expect(
            json["expand"] == [
                "forms": "off", "scripts": "off", "layout": "off", "typos": "off",
                "names": "off", "languages": "off",
            ])
        #expect(
            try request("--no-scripts", "--no-typos", "сөз")["expand"]
                == ["scripts": "off", "typos": "off"])
        #expect(try request("--no-layout", "сөз")["expand"] == ["layout": "off"])
        #expect(try request("--group", "сөз")["groupTranslations"] == true)
        #expect(json["groupTranslations"] == nil)
        #expect(json["mode"] == "query")
        #expect(json["showRankingScore"] == true)
        #expect(json["showRankingScoreDetails"] == true)
    }

    @Test func `filters and dates must all hold`() throws {
        #expect(try request("--since", "2024", "x")["filter"] == "publishedAt >= 2024")
        #expect(
            try request("--until", "2024-09-12T10:00Z", "x")["filter"]
                == "publishedAt <= 2024-09-12T10:00Z")
        #expect(
            try request("-f", "a = 1 OR b = 2", "--since", "2024-09", "x")["filter"]
                == "(a = 1 OR b = 2) AND publishedAt >= 2024-09")
        #expect(try request("-f", "a = 1", "-f", "b = 2", "x")["filter"] == "(a = 1) AND (b = 2)")
    }

    @Test func `whom a document mentions is one more condition`() throws {
        #expect(try request("--mentions", "ror:1", "x")["filter"] == "mentions = 'ror:1'")
        #expect(
            try request("--mentions", "ror:1", "--mentions", "kz:2", "-f", "a = 1 OR b = 2", "x")[
                "filter"] == "(a = 1 OR b = 2) AND mentions = 'ror:1' AND mentions = 'kz:2'")
        #expect(
            try request("--mentions", #"d'A\b"#, "--until", "2024", "x")["filter"]
                == #"mentions = 'd\'A\\b' AND publishedAt <= 2024"#)
    }

    @Test func `a reader asks for snippets and the count of languages`() throws {
        let json = try request("--snippet", "12", "x", reading: true)
        #expect(json["facets"] == ["lang"])
        #expect(json["attributesToCrop"] == ["*:12"])
        #expect(json["highlightPreTag"]?.string == String(SafeText.openMark))
        #expect(json["attributesToRetrieve"]?.array?.contains("names") == true)
    }

    @Test(arguments: [
        ["search"], ["--limit", "x", "q"], ["--limit", "-1", "q"], ["--since", "heute", "q"],
        ["--since", "2024 OR 1=1", "q"], ["--lang", "de", "q"], ["--nosuch", "q"],
        ["--snippet", "0", "q"], ["--json", "--plain", "q"], ["--timeout", "soon", "q"],
        ["delete", "-f", "a = 1"], ["delete", "-c", "news"],
        ["delete", "-c", "news", "a", "-f", "b"],
        ["add"], ["add", "x", "--lang", "auto"], ["get"], ["explain", "q"],
    ])
    func `wrong usage ends with 2`(arguments: [String]) {
        do {
            _ = try Izde.parseAsRoot(arguments)
            Issue.record("accepted \(arguments)")
        } catch {
            #expect(Program.status(parserCode: Izde.exitCode(for: error).rawValue) == 2)
        }
    }

    @Test(arguments: [
        (["--json", "status"], ["status", "--json"]),
        (["--socket", "/s", "-v", "stats", "news"], ["stats", "--socket", "/s", "-v", "news"]),
        (["--socket=/s", "get", "a"], ["get", "--socket=/s", "a"]),
        (["--json", "сөз"], ["--json", "сөз"]),
        (["--limit", "3", "get"], ["--limit", "3", "get"]),
        (["search", "status"], ["search", "status"]), (["--socket"], ["--socket"]), ([], []),
        (["--json", "admin", "verify", "news"], ["admin", "verify", "--json", "news"]),
        (["--json", "admin", "--help"], ["admin", "--json", "--help"]),
        (["--json", "admin"], ["admin", "--json"]),
    ])
    func `global options may stand before the verb`(arguments: [String], moved: [String]) {
        let verbs = ["search", "get", "status", "stats", "admin"]
        #expect(ArgumentOrder.normalized(arguments, verbs: verbs, groups: ["admin"]) == moved)
    }

    @Test func `spans of time are read with their units`() {
        #expect(TimeSpan(argument: "500ms")?.milliseconds == 500)
        #expect(TimeSpan(argument: "5")?.milliseconds == 5000)
        #expect(TimeSpan(argument: "1.5s")?.milliseconds == 1500)
        #expect(TimeSpan(argument: "2m")?.milliseconds == 120_000)
        for text in ["", "s", "-1s", "0", "1d", "1e9h", "nan", "9999h", "0.1ms", "1.2.3s"] {
            #expect(TimeSpan(argument: text) == nil, "\(text)")
        }
    }
}
