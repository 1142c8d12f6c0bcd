import Foundation
import TestSupport
import Testing

@testable import TextAnalysis

/// What must hold of every text, however hostile.
struct AnalyzerPropertyTests {
    let analyzer: Analyzer

    init() throws {
        analyzer = try shippedAnalyzer()
    }

    private func analyze(_ bytes: [UInt8]) -> TokenStream {
        var stream = TokenStream()
        analyzer.analyze(bytes.span, into: &stream)
        return stream
    }

    private func checkInvariants(_ stream: TokenStream, _ text: [UInt8]) {
        var start: UInt32 = 0
        var position: UInt32 = 0
        for token in stream.tokens {
            let exact = stream.bytes[token.exact.range]
            let stem = stream.bytes[token.stem.range]
            let holds =
                token.source.count > 0 && token.source.range.upperBound <= text.count
                && token.source.start >= start && token.position >= position
                && token.position < stream.positionCount && !exact.isEmpty && !stem.isEmpty
                && token.otherStem.range.upperBound <= stream.bytes.count
                && String(validating: exact, as: UTF8.self) != nil
                && String(validating: stem, as: UTF8.self) != nil
            #expect(holds, "\(token) of \(String(decoding: text, as: UTF8.self))")
            start = token.source.start
            position = token.position
        }
        #expect(stream.runs.reduce(0) { $0 + Int($1.source.count) } == text.count)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Random bytes never trap and offsets stay inside`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<80 {
            let bytes = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            checkInvariants(analyze(bytes), bytes)
        }
        // Pieces of well-formed text with one byte broken, lone surrogates among them.
        for _ in 0..<80 {
            var bytes = Array(RandomText.make(&random, length: 40).utf8)
            let place = Int.random(in: 0...bytes.count, using: &random)
            bytes.insert(contentsOf: [0xED, 0xA0, 0x80], at: place)
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = 0xFF
            checkInvariants(analyze(bytes), bytes)
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Offsets stand on the borders of scalars`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let bytes = Array(RandomText.make(&random, length: 40).utf8)
            let stream = analyze(bytes)
            checkInvariants(stream, bytes)
            for token in stream.tokens {
                let slice = bytes[token.source.range]
                #expect(String(validating: slice, as: UTF8.self) != nil, "\(slice)")
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `The bytes of a plain token fold to its exact form again`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = RandomText.make(&random, length: 30)
            let bytes = Array(text.utf8)
            let stream = analyze(bytes)
            guard !text.contains(where: { "ğñşıūİI".contains($0) }) else { continue }
            for token in stream.tokens where token.kind == .word || token.kind == .acronym {
                let again = analyze(Array(bytes[token.source.range]))
                // Without the values of Roman numerals, which stand beside them.
                let words = again.tokens.filter { $0.kind == .word || $0.kind == .acronym }
                #expect(
                    words.map { again.string($0.exact) } == [stream.string(token.exact)],
                    "\(text)")
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Composed and decomposed text have the same terms`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = RandomText.make(&random, length: 30)
            let composed = analyzer.analyze(text.precomposedStringWithCanonicalMapping)
            let decomposed = analyzer.analyze(text.decomposedStringWithCanonicalMapping)
            let bytes = composed.allTerms.map { Array($0.utf8) }
            #expect(
                bytes == decomposed.allTerms.map { Array($0.utf8) },
                "\(text.unicodeScalars.map { $0.value })")
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Soft hyphens anywhere change no term`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let text = RandomText.make(&random, length: 30)
            var hyphenated = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                if Bool.random(using: &random) { hyphenated.append("\u{AD}") }
                hyphenated.append(scalar)
            }
            #expect(
                analyzer.analyze(text).allTerms
                    == analyzer.analyze(String(hyphenated)).allTerms, "\(text)")
        }
    }

    @Test func `A text longer than a chunk has the words of its parts`() {
        let sentence = "Қасым-Жомарт Тоқаев 2024 жылғы 12 қыркүйекте сөйледі. "
        let one = analyzer.analyze(sentence)
        let count = 4 * AnalysisPipeline.longestChunk / sentence.utf8.count
        let many = analyze(Array(String(repeating: sentence, count: count).utf8))
        #expect(many.positionCount == one.positionCount * UInt32(count))
        #expect(many.runs.count == 1)
        for token in many.tokens.suffix(3) {
            #expect(Int(token.source.start) > 3 * AnalysisPipeline.longestChunk)
        }
        #expect(many.words.suffix(one.words.count) == one.words[...])
    }

    @Test(arguments: ["а", "\u{301}", "👨‍👩‍👧", "漢", "-", "1 000 ", "a.", "\u{0}", "қ-"])
    func `A long row of one piece neither traps nor takes long`(piece: String) {
        let text = Array(String(repeating: piece, count: 70_000 / piece.utf8.count).utf8)
        let clock = ContinuousClock()
        let time = clock.measure { checkLong(text) }
        #expect(time < .seconds(20))
    }

    private func checkLong(_ text: [UInt8]) {
        let stream = analyze(text)
        #expect(stream.runs.reduce(0) { $0 + Int($1.source.count) } == text.count)
    }
}
