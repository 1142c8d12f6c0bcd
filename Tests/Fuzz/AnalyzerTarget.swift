import FuzzSupport
import FuzzTables
import TextAnalysis

/// The analyzer with the tables that ship: the first byte chooses the language, the rest is text.
///
/// Places lie in the text on borders of scalars and do not descend, terms are UTF-8, runs cover the
/// text, and a second time all is the same.
@main
struct AnalyzerTarget: FuzzTarget {
    private let analyzer: Analyzer
    private let names: NameTokenizer

    init() throws {
        analyzer = try Analyzer(tables: Shipped.tables(withLexicon: true))
        names = try NameTokenizer()
    }

    func run(_ input: [UInt8]) throws {
        var input = FuzzInput(input)
        let languages: [Language?] = [nil, .kazakh, .russian, .english, .other]
        let language = languages[input.choice(languages.count)]
        let text = input.remainder()
        var stream = TokenStream()
        analyzer.analyze(text.span, language: language, into: &stream)
        check(stream, text)
        var again = TokenStream()
        analyzer.analyze(text.span, language: language, into: &again)
        hold(
            again.bytes == stream.bytes && again.tokens.count == stream.tokens.count
                && again.language == stream.language, "the same a second time")
        checkNames(text)
        if text.count < 256 {
            _ = analyzer.trace(String(decoding: text, as: UTF8.self), language: language)
        }
    }

    private func check(_ stream: TokenStream, _ text: [UInt8]) {
        let isText = String(validating: text, as: UTF8.self) != nil
        var start: UInt32 = 0
        var position: UInt32 = 0
        for token in stream.tokens {
            let source = token.source.range
            hold(
                !source.isEmpty && source.upperBound <= text.count && token.source.start >= start,
                "places lie in the text and do not descend: \(token)")
            hold(!isText || standsOnBorders(source, of: text), "places are whole scalars: \(token)")
            hold(
                token.position >= position && token.position < stream.positionCount,
                "positions do not descend: \(token)")
            for (range, isNeeded) in [
                (token.exact, true), (token.stem, true), (token.otherStem, false),
            ] {
                hold(range.range.upperBound <= stream.bytes.count, "terms lie in the arena")
                let term = stream.bytes[range.range]
                hold(!isNeeded || !term.isEmpty, "a token has a form and a stem")
                hold(String(validating: term, as: UTF8.self) != nil, "terms are UTF-8")
            }
            hold(
                stream.string(token.exact).unicodeScalars.count <= 128, "terms are cut: \(token)")
            start = token.source.start
            position = token.position
        }
        var end = 0
        for run in stream.runs {
            hold(run.source.range.lowerBound == end, "runs leave no gap")
            end = run.source.range.upperBound
        }
        hold(end == text.count, "runs cover the text")
    }

    private func checkNames(_ text: [UInt8]) {
        let tokens = names.tokenize(String(decoding: text, as: UTF8.self))
        for token in tokens.tokens {
            hold(token.folded.range.upperBound <= tokens.bytes.count, "words lie in the arena")
            hold(!tokens.folded(token).isEmpty, "a word has letters")
        }
    }
}
