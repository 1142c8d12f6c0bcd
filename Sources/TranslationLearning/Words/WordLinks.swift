/// Which words of a sentence pair stand for each other, where several might.
///
/// What only stands beside a word in a fixed expression is as likely by model 1 as what translates
/// it. Where both are in a sentence pair, the better one takes the word.
///
/// - Source: competitive linking of Melamed, “Models of translational equivalence among words”,
///   Computational Linguistics 26(2), 2000; here rivals that are nearly as good stay, since one word
///   may stand for two.
enum WordLinks {
    /// A pair stands back where a rival in the same sentence pair scores this many times as much.
    private static let rivalry: Float = 2

    /// Pairs with the number of sentence pairs in which they hold against their rivals.
    ///
    /// - Parameters:
    ///   - pairs: Pairs by their first word.
    ///   - text: The sentences.
    /// - Returns: The pairs that hold in at least half of the sentence pairs where both words stand.
    static func counted(_ pairs: [MutualTranslations.Pair], in text: Bitext)
        -> [MutualTranslations.Pair]
    {
        var starts = [Int](repeating: 0, count: text.first.wordCount + 1)
        for pair in pairs { starts[Int(pair.first) + 1] += 1 }
        for word in 0..<text.first.wordCount { starts[word + 1] += starts[word] }
        // The sentence in which a word was met last, to take each word once.
        var met = (
            [Int](repeating: -1, count: text.first.wordCount),
            [Int](repeating: -1, count: text.second.wordCount)
        )
        var best = (
            [Float](repeating: 0, count: text.first.wordCount),
            [Float](repeating: 0, count: text.second.wordCount)
        )
        var counts = [Int](repeating: 0, count: pairs.count)
        var links: [Int] = []
        for sentence in 0..<text.count {
            for place in text.second[sentence] {
                let word = Int(text.second.words[place])
                met.1[word] = sentence
                best.1[word] = 0
            }
            links.removeAll(keepingCapacity: true)
            for place in text.first[sentence] {
                let word = Int(text.first.words[place])
                guard met.0[word] != sentence else { continue }
                met.0[word] = sentence
                best.0[word] = 0
                for index in starts[word]..<starts[word + 1] {
                    let other = Int(pairs[index].second)
                    guard met.1[other] == sentence else { continue }
                    links.append(index)
                    best.0[word] = max(best.0[word], pairs[index].score)
                    best.1[other] = max(best.1[other], pairs[index].score)
                }
            }
            for index in links {
                let pair = pairs[index]
                let rival = max(best.0[Int(pair.first)], best.1[Int(pair.second)])
                if pair.score * rivalry >= rival { counts[index] += 1 }
            }
        }
        return zip(pairs, counts).compactMap { pair, count in
            guard count * 2 >= pair.count else { return nil }
            var pair = pair
            pair.count = count
            return pair
        }
    }
}
