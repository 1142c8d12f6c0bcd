import TestSupport
import Testing

@testable import SearchEngine

@Suite struct FilterParserTests {
    private func parse(_ text: String) throws -> FilterSyntax {
        try FilterParser.parse(text, limits: Limits())
    }

    private func show(_ tree: FilterSyntax) -> String {
        switch tree {
        case .comparison(let name, let comparison, let value):
            "\(name.text)\(comparison.rawValue)\(value.text)"
        case .isIn(let name, let values):
            "\(name.text)∈\(values.map(\.text).joined(separator: ","))"
        case .range(let name, let lower, let upper): "\(name.text):\(lower.text)…\(upper.text)"
        case .exists(let name): "∃\(name.text)"
        case .contains(let name, let value): "\(name.text)∋\(value.text)"
        case .and(let parts): "(" + parts.map(show).joined(separator: "∧") + ")"
        case .or(let parts): "(" + parts.map(show).joined(separator: "∨") + ")"
        case .not(let inner): "¬" + show(inner)
        }
    }

    @Test(arguments: [
        ("lang = kk", "lang=kk"), ("lang=kk", "lang=kk"), ("lang != 'r u'", "lang!=r u"),
        (
            "lang IN [kk, ru] AND publishedAt >= 2024-01-01 AND mentions = 'ror:0…'",
            "(lang∈kk,ru∧publishedAt>=2024-01-01∧mentions=ror:0…)"
        ),
        ("a = 1 OR b = 2 AND c = 3", "(a=1∨(b=2∧c=3))"), ("NOT (a = 1)", "¬a=1"),
        ("a EXISTS", "∃a"), ("a NOT EXISTS", "¬∃a"), ("a NOT IN [b]", "¬a∈b"),
        ("founded 1930 TO 1960", "founded:1930…1960"), ("a CONTAINS \"x\\\"y\"", "a∋x\"y"),
        ("a in []", "a∈"), ("id = ror:03q0vrn42", "id=ror:03q0vrn42"),
    ])
    func `reads the grammar`(text: String, expected: String) throws {
        #expect(show(try parse(text)) == expected)
    }

    @Test(arguments: [
        ("", 0), ("lang", 4), ("lang =", 6), ("lang = kk ru = x", 10), ("(a = 1", 0), ("a = 'x", 4),
        ("a IN kk", 5), ("a IN [kk", 5), ("= 1", 0), ("a = 1 AND", 9), ("a NOT = 1", 6),
        ("a 1 b", 4),
    ])
    func `an error has its place`(text: String, place: Int) throws {
        #expect {
            _ = try parse(text)
        } throws: { ($0 as? QueryError)?.position?.start == place }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `random text never traps`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "a", "=", "!=", "IN", "[", "]", ",", "(", ")", "NOT", "AND", "OR", "'", "TO", " ",
        ]
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<12, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined(separator: Bool.random(using: &generator) ? " " : "")
            do { _ = try parse(text) } catch is QueryError {}
        }
        let deep = String(repeating: "NOT ", count: 10_000) + "a = 1"
        #expect(throws: QueryError.self) { try parse(deep) }
    }
}
