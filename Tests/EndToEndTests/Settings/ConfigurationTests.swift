import Foundation
import SearchEngine
import Service
import TestSupport
import Testing
import TextAnalysis

@testable import izded

/// What the configuration files may say, and what is said of their mistakes.
@Suite(.onFewThreads) struct ConfigurationTests {
    private static let shipped = Programs.project.appendingPathComponent("config/izde.yaml").path

    /// The configuration that a text makes of the built-in one.
    private func configuration(_ text: String) throws -> Configuration {
        var configuration = Configuration()
        try ConfigurationFile(path: "test.yaml", text: text).apply(to: &configuration)
        return configuration
    }

    private func mistake(_ text: String) -> String {
        do {
            _ = try configuration(text)
            return ""
        } catch {
            return "\(error)"
        }
    }

    @Test func `the shipped file says what is built in`() throws {
        let text = try String(contentsOfFile: Self.shipped, encoding: .utf8)
        let read = try configuration(text)
        let builtIn = Configuration()
        #expect(read.server == builtIn.server)
        #expect(read.dataDirectory == builtIn.dataDirectory)
        #expect(read.weights == builtIn.weights)
        #expect(read.mergeOrder == builtIn.mergeOrder)
        #expect(read.kinds == builtIn.kinds)
        #expect(read.collections.map(\.name) == builtIn.collections.map(\.name))
        #expect(read.logLevel == builtIn.logLevel)
    }

    @Test func `the shipped file names every key, and explains it`() throws {
        let lines = try String(contentsOfFile: Self.shipped, encoding: .utf8)
            .components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        var keys = ConfigurationFile.limitPaths.map(\.0) + ConfigurationFile.serverPaths.map(\.0)
        keys += ConfigurationFile.timePaths.map(\.0) + ConfigurationFile.weightPaths.map(\.0)
        keys += ["fewestFullMatches", "readOnly", "path", "mode", "group", "data", "order"]
        keys += ["languages", "names", "lexicon", "queries"]
        keys += ["readOnlyPath", "readOnlyMode", "readOnlyGroup", "adminUsers"]
        for key in keys {
            let place = try #require(
                lines.firstIndex { $0.hasPrefix("\(key):") }, "\(key) is missing")
            // A pair of limits may share a comment.
            #expect(
                lines[(place - 2)..<place].contains { $0.hasPrefix("#") }, "\(key) is not explained"
            )
        }
    }

    @Test(arguments: [
        ("socket:\n  pth: a", "test.yaml:2: socket: unknown key `pth`; did you mean `path`?"),
        ("sokcet: 1", "test.yaml:1: unknown key `sokcet`; did you mean `socket`?"),
        ("limits:\n\n  hitCount: many", "test.yaml:3: limits.hitCount: expected a whole number"),
        ("limits: 3", "test.yaml:1: limits: expected keys and values"),
        ("socket: { mode: 999 }", "test.yaml:1: socket.mode: expected three octal digits"),
        ("socket: { readOnlyMode: 8 }", "test.yaml:1: socket.readOnlyMode: expected three octal"),
        ("socket:\n  adminUsers: [no-such-user]", "adminUsers: there is no user \"no-such-user\""),
        ("merge: { order: aded }", "test.yaml:1: merge.order: expected one of"),
        ("log:\n  level: inof", "test.yaml:2: log.level: expected one of"),
        ("weights: { stem: high }", "test.yaml:1: weights.stem: expected a number"),
        ("server: { readOnly: 7 }", "test.yaml:1: server.readOnly: expected true or false"),
        ("kinds:\n  x:\n    title: a\n    fields:\n      a: { role: txt }", "did you mean `text`?"),
        ("kinds:\n  x:\n    title: a\n    fields:\n      a: {}", "`role` is needed"),
        ("kinds:\n  x:\n    title: b\n    fields:\n      a: { role: text }", "`title` names"),
        ("kinds:\n  x:\n    types: Person", "test.yaml:3: kinds.x.types: expected a list"),
        ("kinds:\n  x:\n    types: [[a]]", "kinds.x.types: expected a list of texts"),
        ("data: a\ndata: b", "twice"), ("data: [", "test.yaml:"), ("- a", "expected keys"),
    ])
    func `a mistake is told with its file and line`(text: String, message: String) {
        let found = mistake(text)
        #expect(found.contains(message), "\(found)")
        #expect(found.hasPrefix("test.yaml:"))
    }

    @Test func `what a file leaves out stays as it is`() throws {
        #expect(try configuration("").dataDirectory == "index/data")
        let read = try configuration("data: /var/lib/izde\nlimits:\n  hitCount: 7\n")
        #expect(read.dataDirectory == "/var/lib/izde")
        #expect(read.server.limits.hitCount == 7)
        #expect(read.server.limits.clauseCount == Limits().clauseCount)
    }

    @Test func `a kind of the file replaces the built-in one`() throws {
        let read = try configuration(
            "kinds:\n  news:\n    title: t\n    fields:\n      t: { role: text, weight: 3 }\n")
        #expect(read.kinds.map(\.name).sorted() == ["institutions", "news", "people"])
        #expect(read.kinds.first { $0.name == "news" }?.fields.map(\.weight) == [3])
    }

    @Test func `a kind may say the types of its documents`() throws {
        #expect(Configuration().kinds.first { $0.name == "people" }?.types == ["Person"])
        let read = try configuration(
            "kinds:\n  x:\n    title: t\n    types: [A, B]\n    fields:\n      t: { role: text }\n")
        #expect(read.kinds.first { $0.name == "x" }?.types == ["A", "B"])
        #expect(read.kinds.first { $0.name == "institutions" }?.types == [])
    }

    @Test func `the environment is stronger than files`() throws {
        let environment = [
            "IZDE_CONFIG": Self.shipped, "IZDE_DATA": "/d", "IZDE_SOCKET": "/s",
            "IZDE_LOG_LEVEL": "debug", "IZDE_LANGUAGES": "/l", "IZDE_NAMES": "/n",
            "IZDE_LEXICON": "/x",
        ]
        let read = try Configuration.load(file: nil, environment: environment)
        #expect(read.dataDirectory == "/d")
        #expect(read.server.socketPath == "/s")
        #expect("\(read.logLevel)" == "debug")
        #expect(read.languagesFolder == "/l")
        #expect(read.namesFolder == "/n")
        #expect(read.lexiconFolder == "/x")
        #expect(throws: ConfigurationError.self) {
            try Configuration.load(file: nil, environment: ["IZDE_LOG_LEVEL": "loud"])
        }
        #expect(throws: ConfigurationError.self) {
            try Configuration.load(file: "/nonexistent.yaml", environment: [:])
        }
    }

    @Test func `a file names the folders of tables, an empty name leaves them to be found`() throws
    {
        let read = try configuration("languages: l\nnames: n\nlexicon: x\n")
        #expect(read.languagesFolder == "l")
        #expect(read.namesFolder == "n")
        #expect(read.lexiconFolder == "x")
        let found = try configuration("languages: \"\"\nnames: \"\"\nlexicon: \"\"\n")
        #expect(found.languagesFolder == nil)
        #expect(found.namesFolder == nil)
        #expect(found.lexiconFolder == nil)
    }

    @Test func `the user's file is looked for before the system's`() {
        #expect(
            Configuration.searched(["XDG_CONFIG_HOME": "/x", "HOME": "/h"])
                == ["/x/izde/izde.yaml", "/etc/izde/izde.yaml", "config/izde.yaml"])
        #expect(Configuration.searched(["HOME": "/h"]).first == "/h/.config/izde/izde.yaml")
    }

    @Test(arguments: ["languages", "names", "lexicon"])
    func `missing tables say where they were looked for`(name: String) throws {
        let missing = #expect(throws: ConfigurationError.self) {
            try TablesFolder.find(name, given: "/nonexistent", files: [])
        }
        #expect(missing?.place == "/nonexistent")
        #expect(missing?.reason.contains(name) == true)
        let beside = try TablesFolder.find(name, given: nil, files: [Self.shipped])
        #expect(beside == Programs.project.appendingPathComponent("config/\(name)").path)
    }

    @Test func `the shipped tables of the languages are read`() throws {
        let folder = Programs.project.appendingPathComponent("config/languages").path
        let tables = try LanguageTablesFolder.read(folder)
        #expect(tables.languages.count == 3)
        for language in tables.languages.values { #expect(!language.stopWords.isEmpty) }
        #expect(tables.languages[.kazakh]?.lists["roots2"]?.isEmpty == false)
    }

    @Test func `a log line stays one line`() {
        #expect(
            StandardErrorLog.escaped("a\nb\u{1B}[2J\u{202E}қ") == "a\\u{a}b\\u{1b}[2J\\u{202e}қ")
    }
}
