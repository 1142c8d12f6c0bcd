import TextAnalysis

@testable import SearchEngine

/// Words with counts in memory.
struct CountedVocabulary: SpellingVocabulary {
    typealias Failure = Never

    private let counts: [[UInt8]: Int]
    private let trie: WordTrie
    /// A word that is taken for unknown all the same.
    var without: [UInt8]?

    init(_ counts: [String: Int]) {
        var builder = WordTrie.Builder()
        var byBytes: [[UInt8]: Int] = [:]
        for (word, count) in counts {
            let bytes = Array(word.utf8)
            byBytes[bytes] = count
            builder.add(bytes.span, weight: 1)
        }
        self.counts = byBytes
        trie = builder.build()
    }

    func frequency(of word: [UInt8]) -> Int {
        word == without ? 0 : counts[word] ?? 0
    }

    func candidates(
        near word: [UInt8], distance: Int, limit: Int
    ) -> [(term: [UInt8], frequency: Int)] {
        let cost: Float = distance == 1 ? 1.2 : 2
        return trie.matches(near: word.span, limit: cost, count: limit + 1)
            .filter { $0.word != without }
            .map { ($0.word, counts[$0.word] ?? 0) }
    }
}
