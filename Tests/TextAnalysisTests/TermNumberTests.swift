import TestSupport
import Testing

@testable import TextAnalysis

/// Equal numbers of one numbering are equal terms, and different ones different terms.
struct TermNumberTests {
    /// What was seen of numbers and terms.
    private struct Seen {
        var terms: [UInt64: [UInt32: [UInt8]]] = [:]
        var numbers: [UInt64: [[UInt8]: UInt32]] = [:]

        mutating func add(_ number: UInt32, _ range: ByteRange, of stream: TokenStream) -> Bool {
            let term = Array(stream.bytes[range.range])
            let numbering = stream.numbering
            let known = terms[numbering]?[number]
            let back = numbers[numbering]?[term]
            terms[numbering, default: [:]][number] = term
            numbers[numbering, default: [:]][term] = number
            return known ?? term == term && back ?? number == number
        }

        mutating func add(_ stream: TokenStream) -> Bool {
            var holds = true
            for token in stream.tokens {
                holds = add(token.exactNumber, token.exact, of: stream) && holds
                holds = add(token.stemNumber, token.stem, of: stream) && holds
                if !token.otherStem.isEmpty {
                    holds = add(token.otherStemNumber, token.otherStem, of: stream) && holds
                }
            }
            return holds
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `Numbers and terms stand for each other from text to text`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let analyzers = [try shippedAnalyzer(), try shippedAnalyzer()]
        var seen = Seen()
        for round in 0..<120 {
            let text = RandomText.make(&random, length: 60)
            let stream = analyzers[round % 2].analyze(text)
            #expect(stream.numbering != 0)
            let holds = seen.add(stream)
            #expect(holds, "\(text)")
        }
        #expect(seen.terms.count == 2)
    }

    @Test func `When words are forgotten within a text its numbers say nothing`() throws {
        var pipeline = try AnalysisPipeline(tables: AnalysisTables())
        pipeline.cache.limit = 500
        let few = Array((0..<100).map { "a\($0)" }.joined(separator: "\n").utf8)
        let many = Array((0..<9000).map { "a\($0)" }.joined(separator: "\n").utf8)
        #expect(many.count > AnalysisPipeline.longestChunk)
        var streams = [TokenStream](repeating: TokenStream(), count: 4)
        for (index, text) in [few, few, many, few].enumerated() {
            pipeline.analyze(text.span, language: nil, into: &streams[index])
        }
        #expect(streams[0].numbering != 0 && streams[0].numbering == streams[1].numbering)
        #expect(streams[2].numbering == 0 && streams[2].positionCount == 9000)
        #expect(streams[3].numbering != 0 && streams[3].numbering != streams[0].numbering)
        #expect(streams[0].allTerms == streams[3].allTerms)
    }
}
