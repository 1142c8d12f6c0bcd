import TestSupport
import Testing

@testable import SearchEngine

struct HighlightTermsTests {
    @Test(arguments: SeededGenerator.seeds(4))
    func `a set of terms has what was put in and nothing else`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        func word() -> [UInt8] {
            let letters = Array("абсabc".utf8)
            return (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                letters.randomElement(using: &generator) ?? 0
            }
        }
        for count in [0, 1, 3, 40, 400] {
            let words = (0..<count).map { _ in word() }
            let set = TermSet(words)
            #expect(set.isEmpty == words.isEmpty)
            for asked in words + (0..<400).map({ _ in word() }) {
                let inside = [7] + asked + [9]
                #expect(set.contains(inside[1..<1 + asked.count]) == words.contains(asked))
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(4))
    func `ways stand in their order, however terms come`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var terms = HighlightTerms()
        let ways = SearchResponse.Match.Via.allCases
        for (number, via) in (ways + ways).shuffled(using: &generator).enumerated() {
            terms.insert(
                RelatedTerm(
                    term: Array("t\(number)".utf8), isStem: number % 2 == 0, weight: 1, via: via))
        }
        #expect(terms.related.map(\.via) == ways)
    }
}
