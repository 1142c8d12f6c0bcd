/// Model 1 of IBM as its inventors write it down: every pair of words, all tables whole.
struct NaiveWordModel {
    /// How likely each target word is for each source word; the last row is that of no word.
    private(set) var probability: [[Double]]

    init(
        _ source: [[UInt32]], _ target: [[UInt32]], sourceCount: Int, targetCount: Int,
        rounds: Int
    ) {
        probability = Array(
            repeating: Array(repeating: 1 / Double(targetCount), count: targetCount),
            count: sourceCount + 1)
        for _ in 0..<rounds {
            var count = Array(
                repeating: Array(repeating: 0.0, count: targetCount), count: sourceCount + 1)
            for (words, translation) in zip(source, target) {
                let words = words.map(Int.init) + [sourceCount]
                for other in translation.map(Int.init) {
                    let sum = words.reduce(0) { $0 + probability[$1][other] }
                    for word in words { count[word][other] += probability[word][other] / sum }
                }
            }
            for word in count.indices {
                let total = count[word].reduce(0, +)
                if total > 0 { probability[word] = count[word].map { $0 / total } }
            }
        }
    }
}
