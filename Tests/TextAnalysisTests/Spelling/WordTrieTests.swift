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
        #expect(trie.endCount == 4)
        for (word, weight) in [("дом", 3), ("дома", 5), ("дым", 7), ("a-1", 1)] {
            #expect(trie.weight(of: Array(word.utf8).span) == UInt8(weight))
        }
        for word in ["", "д", "до", "домам", "дам", "漢", "ом"] {
            #expect(trie.weight(of: Array(word.utf8).span) == 0)
        }
    }

    @Test func `an empty tree holds nothing`() {
        let trie = trie([])
        #expect(trie.endCount == 0)
        #expect(matches(trie, "дом", limit: 9).isEmpty)
        #expect(trie.weight(of: Array("дом".utf8).span) == 0)
    }

    @Test func `what is no word is left out`() {
        let trie = trie([("два слова", 1), ("", 1), (String(repeating: "а", count: 60), 1)])
        #expect(trie.endCount == 0)
    }

    @Test func `the nearest come first, of equally near ones the heaviest`() {
        let trie = trie([("молоко", 9), ("молока", 3), ("молоку", 4), ("полоса", 200)])
        #expect(matches(trie, "малако", limit: 2).first == "молоко")
        #expect(matches(trie, "малако", limit: 9, count: 1) == ["молоко"])
        #expect(matches(trie, "малако", limit: 9, count: 0).isEmpty)
        #expect(matches(trie, "молоко", limit: 0) == ["молоко"])
    }

    @Test func `stems go on in endings that they share`() {
        var builder = WordTrie.Builder()
        for ending in ["а", "ами"] { builder.add(Array(ending.utf8).span, weight: 100) }
        let endings = builder.finishPart()
        for (stem, bonus) in [("молок", 0), ("окн", -30), ("дел", 200)] {
            builder.add(stem: Array(stem.utf8).span, goingOnIn: endings.adding(bonus))
        }
        builder.add(Array("окно".utf8).span, weight: 7)
        let trie = builder.build()
        #expect(trie.endCount == 3)
        for (word, weight) in [
            ("молока", 100), ("молоками", 100), ("окнами", 70), ("окна", 70), ("окно", 7),
            ("дела", 255), ("молок", 0), ("а", 0), ("молокаа", 0),
        ] {
            #expect(trie.weight(of: Array(word.utf8).span) == UInt8(weight), "\(word)")
        }
        #expect(matches(trie, "малокаме", limit: 1.5) == ["молоками"])
        #expect(Set(matches(trie, "окна", limit: 1)) == ["окна", "окно"])
    }

    @Test func `words may begin in another tree, and a word that is there twice comes once`() {
        var builder = WordTrie.Builder()
        builder.add(Array("рад".utf8).span, weight: 60)
        let part = builder.finishPart()
        let none: [UInt8] = []
        builder.add(stem: none.span, goingOnIn: part)
        builder.add(stem: Array("не".utf8).span, goingOnIn: part.adding(-20))
        builder.add(Array("рад".utf8).span, weight: 80)
        let trie = builder.build()
        #expect(trie.weight(of: Array("рад".utf8).span) == 80)
        #expect(trie.weight(of: Array("нерад".utf8).span) == 40)
        #expect(matches(trie, "рад", limit: 0.5) == ["рад"])
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
