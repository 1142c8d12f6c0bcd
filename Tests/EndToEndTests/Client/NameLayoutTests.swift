import ArgumentParser
import JSON
import ServiceAPI
import Testing

@testable import izde

@Suite struct `Names for people and for pipes` {
    private static let hits = """
        [{"_collection":"institutions","id":"ror:1","schema":"CollegeOrUniversity",
          "caption":"Д. Серікбаев атындағы ШҚТУ","score":0.9412,"match":true,
          "name":"Serikbayev EKTU","nameKind":"short","explanations":[
           {"query":"Серікбаев","result":"Serikbayev","kind":"spelling","score":0.98,"weight":0.7},
           {"query":"ВКТУ","result":"EKTU","kind":"acronym","score":1,"weight":0.3},
           {"query":"","result":"(РК)","kind":"extra","score":0,"weight":0.1}]},
         {"_collection":"people","id":"p:2","schema":"Person","caption":"Серікбаев","score":0.7,
          "match":true,"name":"Серікбаев","explanations":[]}]
        """

    private func hits(_ text: String = hits) throws -> [NameHit] {
        (try JSONReader().read(text).array ?? []).map(NameHit.init)
    }

    private func lines(width: Int, score: Bool = false, why: Bool = false) throws -> [StyledText] {
        let terminal = Terminal(
            isInteractive: true, terminalWidth: width, choice: .never, environment: { _ in nil })
        return NameLayout(terminal: terminal, showsScore: score, showsWhy: why).lines(try hits())
    }

    @Test func `a terminal gets caption, schema, id, and the name that is alike`() throws {
        #expect(
            try lines(width: 70).map(\.text) == [
                " 1  Д. Серікбаев атындағы ШҚТУ             CollegeOrUniversity · ror:1",
                "    Serikbayev EKTU (short)",
                " 2  Серікбаев                                             Person · p:2",
            ])
        #expect(try lines(width: 70, score: true)[2].text.hasSuffix("0.70 · Person · p:2"))
    }

    @Test func `why is one line for each pair, in columns`() throws {
        let shown = try lines(width: 80, why: true).map(\.text)
        #expect(
            shown[2...4] == [
                "    Серікбаев = Serikbayev  spelling  0.98",
                "    ВКТУ = EKTU             acronym   1.00",
                "    — = (РК)                extra     0.00",
            ])
        #expect(shown[0].contains("0.94 · "))
    }

    @Test func `no line is wider than the terminal`() throws {
        for width in [10, 20, 39, 40, 57, 120] {
            #expect(try lines(width: width, why: true).allSatisfy { $0.width <= width })
        }
    }

    @Test func `a pipe gets stable columns`() throws {
        let hit = try hits()[0]
        #expect(
            NameLayout.line(hit, rank: 1)
                == "1\tror:1\tCollegeOrUniversity\t0.9412\tД. Серікбаев атындағы ШҚТУ")
        #expect(
            NameLayout.fullLine(hit, rank: 1)
                == NameLayout.line(hit, rank: 1) + "\tinstitutions\tSerikbayev EKTU\tshort\tyes")
        #expect(
            NameLayout.batchLine("ВКТУ\tСерікбаев", hit)
                == "ВКТУ Серікбаев\tror:1\t0.9412\tД. Серікбаев атындағы ШҚТУ")
        #expect(NameLayout.batchLine("Беймәлім", nil) == "Беймәлім\t\t\t")
    }

    @Test func `the nearest below the threshold says how to see it`() throws {
        let hit = try hits(#"[{"id":"p:1","caption":"Тоқаев\u001b","score":0.6789}]"#)[0]
        #expect(
            Name.nearest(hit, threshold: 0.7)
                == #"izde: nothing reaches 0.70; the nearest is Тоқаев\x1b (p:1) with 0.67. "#
                + "See it with --threshold 0.67")
    }

    @Test(arguments: ["[{}]", "[1]", #"[{"caption":5,"explanations":[1,{}]}]"#])
    func `a hit of another shape is no reason to fail`(text: String) throws {
        #expect(try hits(text).count == 1)
    }

    // MARK: Arguments

    @Test func `each flag becomes its field`() throws {
        let arguments = [
            "name", "-t", "person", "--threshold", "0.5", "-n", "3", "-c", "people,a", "Қасым",
            "Тоқаев",
        ]
        let name = try #require(try Izde.parseAsRoot(arguments) as? Name)
        #expect(
            name.message(name.name.joined(separator: " ")).json == [
                "q": "Қасым Тоқаев", "collections": ["people", "a"], "type": "person",
                "threshold": 0.5, "limit": 3,
            ])
        let plain = try #require(try Izde.parseAsRoot(["name", "x"]) as? Name)
        #expect(plain.message("x").json == ["q": "x", "threshold": 0.7])
    }

    @Test func `every type of the daemon may be asked for`() {
        #expect(Name.Bearer.allCases.map(\.rawValue) == NamedType.allCases.map(\.rawValue))
    }

    @Test(arguments: [
        ["name"], ["name", "x", "--batch", "-"], ["name", "--batch", "-", "--why"],
        ["name", "--batch", "-", "-n", "3"], ["name", "x", "--threshold", "1.5"],
        ["name", "x", "--threshold", "nan"], ["name", "x", "-t", "city"],
        ["name", "x", "-n", "-1"],
    ])
    func `what cannot be meant is a usage error`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Izde.parseAsRoot(arguments) }
    }

    @Test func `a batch may have more results where the answers are JSON`() throws {
        let name = try #require(
            try Izde.parseAsRoot(["name", "--batch", "f", "-n", "3", "--jsonl"]) as? Name)
        #expect(name.limit == 3)
    }
}
