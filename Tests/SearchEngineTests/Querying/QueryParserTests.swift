import TestSupport
import Testing

@testable import SearchEngine

@Suite struct QueryParserTests {
    private func simple(_ text: String) throws -> QuerySyntax? {
        try QueryParser.parse(text, mode: .simple, limits: Limits())
    }

    private func query(_ text: String) throws -> QuerySyntax? {
        try QueryParser.parse(text, mode: .query, limits: Limits())
    }

    /// A tree as text: `(бір AND "екі үш"~2 AND NOT төрт)`.
    private func show(_ tree: QuerySyntax?) -> String {
        switch tree {
        case nil: "*"
        case .text(let word): scope(word) + word.text
        case .phrase(let words, let slop):
            scope(words) + "\"\(words.text)\"" + (slop > 0 ? "~\(slop)" : "")
        case .prefix(let word): scope(word) + word.text + "*"
        case .fuzzy(let word, let distance): scope(word) + word.text + "~\(distance)"
        case .and(let parts): "(" + parts.map(show).joined(separator: " AND ") + ")"
        case .or(let parts): "(" + parts.map(show).joined(separator: " OR ") + ")"
        case .not(let inner): "NOT " + show(inner)
        }
    }

    private func scope(_ literal: QuerySyntax.Literal) -> String {
        literal.field.map { $0 + ":" } ?? ""
    }

    @Test(arguments: [
        ("", "*"), ("   ", "*"), ("сөз", "сөз"), ("екі сөз", "екі сөз"),
        ("\"екі сөз\" үш", "(\"екі сөз\" AND  үш)"), ("бір \"екі", "бір \"екі"),
        ("AND ( : ~ *", "AND ( : ~ *"), ("\"\"", "*"), ("5\" экран", "5\" экран"),
    ])
    func `simple mode takes everything as text`(text: String, expected: String) throws {
        #expect(show(try simple(text)) == expected)
    }

    @Test(arguments: [
        ("", "*"), ("а б", "(а AND б)"), ("а AND б", "(а AND б)"),
        ("а б OR в", "((а AND б) OR в)"), ("а (б OR в)", "(а AND (б OR в))"),
        ("NOT а", "NOT а"), ("а -б", "(а AND NOT б)"), ("а-б", "а-б"),
        ("\"екі сөз\"~3", "\"екі сөз\"~3"), ("\"екі сөз\"~999", "\"екі сөз\"~50"),
        ("бала*", "бала*"), ("бала~", "бала~1"), ("бала~9", "бала~2"),
        ("title:сөз", "title:сөз"), ("title:(а OR б)", "(title:а OR title:б)"),
        ("10:30", "10:30"), ("https://enu.kz", "https://enu.kz"), ("а\\:б\\(", "а:б("),
        ("ANDRE ORAL", "(ANDRE AND ORAL)"), ("а OR б OR в", "(а OR б OR в)"),
        ("NOT NOT а", "NOT NOT а"), ("title:\"екі сөз\"", "title:\"екі сөз\""),
        ("title:", "title:"),
    ])
    func `query mode reads the whole language`(text: String, expected: String) throws {
        #expect(show(try query(text)) == expected)
    }

    @Test(arguments: [
        ("\"екі сөз", 0), ("(а б", 0), ("а)", 2), ("а AND", 6), ("OR а", 0), ("а ( )", 5),
        ("*", 0), ("а*", 0), ("NOT", 3), ("а OR OR б", 6), ("~1", 0),
    ])
    func `an error of query mode has its place`(text: String, place: Int) throws {
        #expect {
            _ = try query(text)
        } throws: { ($0 as? QueryError)?.position?.start == place }
    }

    @Test func `limits hold at their value and fail one past it`() throws {
        let limits = Limits()
        func words(_ count: Int) -> String {
            Array(repeating: "сөз", count: count).joined(separator: " ")
        }
        for mode in SearchRequest.Mode.allCases {
            _ = try QueryParser.parse(words(limits.clauseCount), mode: mode, limits: limits)
            #expect(throws: QueryError.self) {
                try QueryParser.parse(words(limits.clauseCount + 1), mode: mode, limits: limits)
            }
            let long = String(repeating: "қ", count: limits.queryScalarCount)
            _ = try QueryParser.parse(long, mode: mode, limits: limits)
            #expect(throws: QueryError.self) {
                try QueryParser.parse(long + "қ", mode: mode, limits: limits)
            }
        }
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "а" + String(repeating: ")", count: depth)
        }
        _ = try query(nested(limits.nesting - 1))
        #expect(throws: QueryError.self) { try query(nested(limits.nesting)) }
        _ = try query("\"" + words(limits.phraseTermCount) + "\"")
        #expect(throws: QueryError.self) {
            try query("\"" + words(limits.phraseTermCount + 1) + "\"")
        }
    }

    @Test(arguments: ["(((((((((((((((((((", "-(-(-(-(-(-(-(-(-(-(", "сөз AND", "(", "\"сөз"])
    func `the place of an error lies in the query, at its end as well`(text: String) throws {
        let error = try #require(throws: QueryError.self) { try query(text) }
        let place = try #require(error.position)
        #expect(place.start + place.length <= text.utf8.count)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `random text never traps and simple mode never fails`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "\"", "(", ")", "AND", "OR", "NOT", "-", "*", "~", ":", "\\", " ", "сөз", "title", "9",
            "\u{301}", "🙂", "«",
        ]
        for _ in 0..<2000 {
            let count = Int.random(in: 0..<14, using: &generator)
            let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }
                .joined()
            _ = try simple(text)
            do { _ = try query(text) } catch let error as QueryError {
                let place = try #require(error.position)
                #expect(place.start >= 0 && place.start + place.length <= text.utf8.count)
            }
        }
    }
}
