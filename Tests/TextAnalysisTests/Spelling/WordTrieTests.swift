import TestSupport
import Testing

@testable import TextAnalysis

/// Words as a tree of letters.
struct WordTrieTests {
    private func trie(_ words: [(String, UInt8)]) -> WordTrie {
        var builder = WordTrie.Builder()
        for (word, weight) in words { builder.add(Array(word.utf8).span, weight: weight) }
        return builder.build()
    }

    private func matches(
        _ trie: WordTrie, _ typed: String, limit: Float, count: Int = 100
    ) -> [String] {
        trie.matches(near: Array(typed.utf8).span, limit: limit, count: count).map {
            String(decoding: $0.word, as: UTF8.self)
        }
    }

    @Test func `it knows its words and no other`() {
        let trie = trie([("дом", 3), ("дома", 5), ("дым", 7), ("дом", 2), ("a-1", 1)])
        #expect(trie.wordCount == 4)
        for (word, weight) in [("дом", 3), ("дома", 5), ("дым", 7), ("a-1", 1)] {
            #expect(trie.weight(of: Array(word.utf8).span) == UInt8(weight))
        }
        for word in ["", "д", "до", "домам", "дам", "漢", "ом"] {
            #expect(trie.weight(of: Array(word.utf8).span) == 0)
        }
    }

    @Test func `an empty tree holds nothing`() {
        let trie = trie([])
        #expect(trie.wordCount == 0)
        #expect(matches(trie, "дом", limit: 9).isEmpty)
        #expect(trie.weight(of: Array("дом".utf8).span) == 0)
    }

    @Test func `what is no word is left out`() {
        let trie = trie([("два слова", 1), ("", 1), (String(repeating: "а", count: 60), 1)])
        #expect(trie.wordCount == 0)
    }

    @Test func `the nearest come first, of equally near ones the heaviest`() {
        let trie = trie([("молоко", 9), ("молока", 3), ("молоку", 4), ("полоса", 200)])
        #expect(matches(trie, "малако", limit: 2).first == "молоко")
        #expect(matches(trie, "малако", limit: 9, count: 1) == ["молоко"])
        #expect(matches(trie, "малако", limit: 9, count: 0).isEmpty)
        #expect(matches(trie, "молоко", limit: 0) == ["молоко"])
    }

    /// The walk leaves out what cannot be near; it must leave out nothing else.
    @Test(arguments: SeededGenerator.seeds())
    func `a walk finds what a comparison with every word finds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Letters that many rewrites are made of, so that some of them always lie across a branch.
        let letters = "стцьявнчшаоег"
        var words: [String: UInt8] = ["сейчас": 2, "тся": 1, "ться": 1, "чувств": 3]
        for _ in 0..<150 {
            words[SpellingCostsTests.word(&random, letters: letters, 1...8)] =
                UInt8.random(in: 1...255, using: &random)
        }
        let trie = trie(words.map { ($0.key, $0.value) })
        for _ in 0..<25 {
            let typed = SpellingCostsTests.word(&random, letters: letters, 1...8)
            let limit = Float.random(in: 0...2.5, using: &random)
            var expected: [String: Float] = [:]
            for word in words.keys {
                expected[word] = SpellingCosts.cost(
                    typed: Array(typed.utf8), meant: Array(word.utf8), limit: limit)
            }
            var found: [String: Float] = [:]
            let matches = trie.matches(
                near: Array(typed.utf8).span, limit: limit, count: .max)
            for match in matches {
                let word = String(decoding: match.word, as: UTF8.self)
                found[word] = match.cost
                #expect(match.weight == words[word])
            }
            #expect(found == expected, "\(typed) within \(limit)")
        }
    }
}
