import TestSupport
import Testing

@testable import TextAnalysis

/// An analyzer with the tables that the project ships; each test opens its own.
func shippedAnalyzer() throws -> Analyzer {
    try Analyzer(tables: ShippedTables.all)
}

extension TokenStream {
    /// The exact forms of all tokens but compounds and dates.
    var words: [String] {
        tokens.filter { $0.kind != .compound && $0.kind != .date }.map { string($0.exact) }
    }

    /// The exact forms of one kind of tokens.
    func terms(_ kind: Token.Kind) -> [String] {
        tokens.filter { $0.kind == kind }.map { string($0.exact) }
    }

    /// All that a search can find: positions, exact forms, stems; the terms, not the offsets.
    var allTerms: [String] {
        tokens.map { token in
            "\(token.position) \(token.kind) \(string(token.exact)) \(string(token.stem)) "
                + string(token.otherStem)
        }
    }

    /// The stems of the words, with the second one behind a stroke.
    var stems: [String] {
        tokens.filter { $0.kind == .word || $0.kind == .acronym }.map { token in
            string(token.stem) + (token.otherStem.isEmpty ? "" : "/" + string(token.otherStem))
        }
    }
}

/// Checks that the words of a text are those between the marks `⟦` and `⟧`, byte by byte.
func expectWords(
    _ marked: String, _ analyzer: Analyzer, location: SourceLocation = #_sourceLocation
) {
    var text: [UInt8] = []
    var expected: [Range<Int>] = []
    var start = 0
    for scalar in marked.unicodeScalars {
        switch scalar {
        case "⟦": start = text.count
        case "⟧": expected.append(start..<text.count)
        default: text.append(contentsOf: Array(String(scalar).utf8))
        }
    }
    var stream = TokenStream()
    analyzer.analyze(text.span, into: &stream)
    let found = stream.tokens.filter { $0.kind != .compound && $0.kind != .date }
        .map(\.source.range)
    #expect(
        found == expected,
        """
        \(marked): found \(found.map { String(decoding: text[$0], as: UTF8.self) })
        """, sourceLocation: location)
}
