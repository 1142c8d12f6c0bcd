import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// Words are cut and folded by tables where these suffice, by ICU elsewhere: the terms are the same
/// as if ICU did all.
struct TableFoldingTests {
    /// A word: its first and last byte in the text, and its term.
    private struct FoldedWord: Equatable {
        var source: Range<UInt32>
        var term: [UInt8]
    }

    /// The first stages of analysis, with the tables or without.
    private struct Stages: ~Copyable {
        let icu: ICUHandle
        var normalizer = TextNormalizer()
        var clean = CleanText()
        var tokenizer = WordTokenizer()
        var folder = TermFolder()
        /// How many words the tokenizer folded itself.
        var foldedCount = 0

        init(asksICUAlways: Bool) throws {
            icu = try ICUHandle()
            tokenizer.asksICUAlways = asksICUAlways
            folder.asksICUAlways = asksICUAlways
        }

        mutating func words(_ text: [UInt8], isLatinKazakh: Bool = false) -> [FoldedWord] {
            normalizer.clean(text.span, range: 0..<text.count, icu: icu, into: &clean)
            var terms = TermBytes()
            tokenizer.tokenize(clean, icu: icu, into: &terms)
            var found: [FoldedWord] = []
            for word in tokenizer.words {
                var term = TermBytes()
                if word.isFolded, !isLatinKazakh {
                    foldedCount += 1
                    term.append(terms.bytes(word.term), isPadded: true)
                } else {
                    _ = folder.fold(
                        clean, word, isLatinKazakh: isLatinKazakh, icu: icu, into: &term)
                }
                let source = clean.starts[Int(word.start)]..<clean.ends[Int(word.end) - 1]
                found.append(FoldedWord(source: source, term: Array(term.bytes)))
            }
            return found
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Random texts have the same terms by tables as by ICU alone`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var fast = try Stages(asksICUAlways: false)
        var slow = try Stages(asksICUAlways: true)
        for round in 0..<250 {
            let text = Array(
                (round % 2 == 0
                    ? RandomText.make(&random, length: 40)
                    : RandomText.makePlain(&random, length: 60)).utf8)
            let isLatinKazakh = round % 4 == 0
            let found = fast.words(text, isLatinKazakh: isLatinKazakh)
            let expected = slow.words(text, isLatinKazakh: isLatinKazakh)
            #expect(found == expected, "\(String(decoding: text, as: UTF8.self))")
        }
        #expect(fast.foldedCount > 250)
        #expect(slow.foldedCount == 0)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Letters of all the table fold as by ICU alone`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var fast = try Stages(asksICUAlways: false)
        var slow = try Stages(asksICUAlways: true)
        for _ in 0..<250 {
            var scalars = String.UnicodeScalarView()
            // Neighbours, so that most words are of one script.
            let block = UInt32.random(in: 0..<0x22, using: &random) << 8
            for _ in 0..<20 {
                let isSpace = Int.random(in: 0..<6, using: &random) == 0
                let value = isSpace ? 0x20 : block + UInt32.random(in: 0..<0x100, using: &random)
                // Signs of scripts that are broken by dictionary: ICU calls one alone a word.
                if (0x19DE...0x19DF).contains(value) || (0x1AA0...0x1AAD).contains(value) {
                    continue
                }
                if let scalar = Unicode.Scalar(value) { scalars.append(scalar) }
            }
            let text = Array(String(scalars).utf8)
            let found = fast.words(text)
            let expected = slow.words(text)
            #expect(found == expected, "\(String(scalars))")
        }
    }

    private static let data = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().appendingPathComponent("../../../shared/data")
        .standardizedFileURL

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: data.path), "the data sets are not here"))
    func `The texts of all data sets have the same terms by tables as by ICU alone`() throws {
        // Every line in the long run, else some of each file.
        let step = ProcessInfo.processInfo.environment["IZDE_LONG"] == nil ? 101 : 1
        var fast = try Stages(asksICUAlways: false)
        var slow = try Stages(asksICUAlways: true)
        var wordCount = 0
        let files = try #require(
            FileManager.default.enumerator(at: Self.data, includingPropertiesForKeys: nil))
        for case let file as URL in files
        where ["jsonl", "tsv", "txt"].contains(file.pathExtension) {
            let lines = try Data(contentsOf: file).split(separator: 0x0A)
            for index in stride(from: 0, to: lines.count, by: step) {
                let text = Array(lines[index].prefix(1 << 15))
                let found = fast.words(text)
                wordCount += found.count
                if found != slow.words(text) {
                    Issue.record("\(file.lastPathComponent), line \(index + 1)")
                }
            }
        }
        #expect(wordCount > 1000)
    }
}
