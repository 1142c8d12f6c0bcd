/// Sentences of one language as the numbers of their words.
///
/// Invariants: 1 `starts` ascends from 0 to the number of words in all sentences; 2 every word is
/// below `wordCount`.
struct Sentences {
    /// The words of all sentences, one sentence after the other.
    private(set) var words: [UInt32] = []
    /// Where each sentence begins in `words`, and behind the last the end.
    private(set) var starts: [UInt32] = [0]
    /// One more than the largest number of a word.
    private(set) var wordCount = 0

    /// How many sentences there are.
    var count: Int { starts.count - 1 }

    /// The memory that they take, about.
    var byteCount: Int { (words.capacity + starts.capacity) * 4 }

    /// The places of a sentence's words.
    subscript(sentence: Int) -> Range<Int> { Int(starts[sentence])..<Int(starts[sentence + 1]) }

    /// Adds a sentence.
    mutating func append(_ sentence: some Sequence<UInt32>) {
        for word in sentence {
            words.append(word)
            wordCount = max(wordCount, Int(word) + 1)
        }
        starts.append(UInt32(words.count))
    }

    /// In how many sentences each word stands.
    func frequencies() -> [UInt32] {
        var frequencies = [UInt32](repeating: 0, count: wordCount)
        var last = [UInt32](repeating: .max, count: wordCount)
        for sentence in 0..<count {
            for place in self[sentence] {
                let word = Int(words[place])
                if last[word] != UInt32(sentence) {
                    last[word] = UInt32(sentence)
                    frequencies[word] += 1
                }
            }
        }
        return frequencies
    }
}
