import TestSupport
import Testing

@testable import TextAnalysis

/// What makes analysis fast changes no token: neither what the tables decide without ICU nor what is
/// remembered of words.
struct AnalysisTwinTests {
    private static func pipeline() throws -> AnalysisPipeline {
        try AnalysisPipeline(tables: ShippedTables.all)
    }

    /// All that an analysis tells of a text, but for the numbers of terms.
    private static func told(
        _ text: [UInt8], by pipeline: inout AnalysisPipeline
    ) -> [String] {
        var stream = TokenStream()
        pipeline.analyze(text.span, language: nil, into: &stream)
        let tokens = stream.tokens.map { token in
            "\(token.position) \(token.source.range) \(token.kind) \(token.language.code) "
                + "\(stream.string(token.exact)) \(stream.string(token.stem)) "
                + "\(stream.string(token.otherStem))"
        }
        let runs = stream.runs.map { "\($0.source.range) \($0.language.code)" }
        return tokens + runs + [
            "\(stream.positionCount) \(stream.truncatedTokenCount) "
                + "\(stream.language?.code ?? "mixed")"
        ]
    }

    /// Random text, sometimes with a broken byte.
    private static func text(_ random: inout SeededGenerator) -> [UInt8] {
        var text = Array(
            (Bool.random(using: &random)
                ? RandomText.make(&random, length: 80)
                : RandomText.makePlain(&random, length: 120)).utf8)
        if Int.random(in: 0..<4, using: &random) == 0, !text.isEmpty {
            text[Int.random(in: 0..<text.count, using: &random)] =
                UInt8.random(in: 0x80...0xFF, using: &random)
        }
        return text
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Tokens by tables are those by ICU alone`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var fast = try Self.pipeline()
        var slow = try Self.pipeline()
        slow.tokenizer.asksICUAlways = true
        slow.folder.asksICUAlways = true
        for _ in 0..<80 {
            let text = Self.text(&random)
            let found = Self.told(text, by: &fast)
            let expected = Self.told(text, by: &slow)
            #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Tokens are the same whether words are remembered or forgotten`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var remembering = try Self.pipeline()
        var forgetting = try Self.pipeline()
        forgetting.cache.limit = 60
        var numberings: Set<UInt64> = []
        for _ in 0..<80 {
            let text = Self.text(&random)
            let found = Self.told(text, by: &forgetting)
            let expected = Self.told(text, by: &remembering)
            #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
            numberings.insert(forgetting.cache.numbering)
        }
        #expect(numberings.count > 3)
    }
}
