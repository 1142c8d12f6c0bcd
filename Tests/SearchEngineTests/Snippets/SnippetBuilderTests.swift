import TestSupport
import Testing
import TextAnalysis

@testable import SearchEngine

@Suite struct SnippetBuilderTests {
    private let markup = SnippetBuilder.Markup(preTag: "[", postTag: "]", cropMarker: "…")

    private func builder(_ text: String) throws -> SnippetBuilder {
        let stream = try Analyzer(tables: AnalysisTables()).analyze(text)
        return SnippetBuilder(text: Array(text.utf8), stream: stream)
    }

    private func exact(_ words: String...) -> HighlightTerms {
        var terms = HighlightTerms()
        for word in words { terms.exact.insert(Array(word.utf8)) }
        return terms
    }

    @Test func `a word is marked where it stands, whatever its case`() throws {
        let builder = try builder("Ғылым туралы: «ҒЫЛЫМ» мен білім.")
        let matches = builder.matches(exact("ғылым"))
        #expect(builder.highlighted(matches, markup) == "[Ғылым] туралы: «[ҒЫЛЫМ]» мен білім.")
    }

    @Test func `taking the tags out gives the original back`() throws {
        let texts = [
            "Әл-Фараби атындағы ҚазҰУ-дың ғалымдары 17.11.2021 күні келді.",
            "и\u{306}од, е\u{308}лка, Экс\u{AD}етерский университет\u{200B}ы", "🙂 сөз 🙂 сөз", "",
            "11/17/2021Al-Farabi KazNU's O’Neil co-operation",
        ]
        for text in texts {
            let stream = try Analyzer(tables: AnalysisTables()).analyze(text)
            var terms = HighlightTerms()
            for token in stream.tokens {
                terms.exact.insert(Array(stream.bytes[token.exact.range]))
            }
            let builder = SnippetBuilder(text: Array(text.utf8), stream: stream)
            let marked = builder.highlighted(builder.matches(terms), markup)
            #expect(marked.filter { $0 != "[" && $0 != "]" } == text)
        }
    }

    @Test func `places are counted in UTF-8 and UTF-16`() throws {
        let builder = try builder("🙂 әлем жаңа")
        let matches = builder.positions(of: builder.matches(exact("жаңа", "әлем")))
        #expect(matches.map(\.start) == [5, 14])
        #expect(matches.map(\.length) == [8, 8])
        #expect(matches.map(\.startUtf16) == [3, 8])
        #expect(matches.map(\.lengthUtf16) == [4, 4])
    }

    @Test func `a phrase is marked only where its words stand together`() throws {
        let builder = try builder("жаңа мектеп салынды, мектеп жаңа, жаңа үлкен мектеп")
        var terms = HighlightTerms()
        let slots = ["жаңа", "мектеп"].map { TermSet([Array($0.utf8)]) }
        terms.phrases = [.init(slots: slots, slop: 0)]
        #expect(
            builder.highlighted(builder.matches(terms), markup)
                == "[жаңа] [мектеп] салынды, мектеп жаңа, жаңа үлкен мектеп")
        terms.phrases[0].slop = 1
        #expect(builder.matches(terms).count == 4)
    }

    @Test func `a crop shows the place with most different words`() throws {
        let filler = Array(repeating: "бос", count: 40).joined(separator: " ")
        let text = "сөз \(filler) үлкен сөз болды. \(filler)"
        let builder = try builder(text)
        let crop = builder.cropped(
            builder.matches(exact("сөз", "үлкен")), wordCount: 8, markup, isHighlighted: true)
        #expect(crop.contains("[үлкен] [сөз]"))
        #expect(crop.hasPrefix("…") && crop.hasSuffix("…"))
        let plain = builder.cropped([], wordCount: 3, markup, isHighlighted: true)
        #expect(plain == "сөз бос бос…")
        let whole = builder.cropped([], wordCount: 1000, markup, isHighlighted: true)
        #expect(whole == text)
    }
}
