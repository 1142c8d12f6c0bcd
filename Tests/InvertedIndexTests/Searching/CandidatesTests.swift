import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct `Candidates for the best` {
    private let target = PlainTarget(base: 1000, deletions: nil, ranks: true, counts: false)

    @Test(arguments: SeededGenerator.seeds(4))
    func `Offered are those that enter when asked one by one`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        // Few scores differ, so that many equal the worst kept.
        let scores = (0..<128).map { _ in Float(Int.random(in: 0...40, using: &random)) / 8 }
        let documents = (0..<128).map { UInt32($0) * 3 + 1 }
        for count in 0...128 {
            for raised: Float in [-.infinity, 2, 4.875, 5] {
                var (best, expected) = (TopK(limit: 10), TopK(limit: 10))
                best.raise(toReach: raised)
                expected.raise(toReach: raised)
                Candidates.offer(documents, scores, count, target, &best)
                for place in 0..<count { expected.offer(scores[place], 1000 + documents[place]) }
                #expect(best.sorted().map(\.number) == expected.sorted().map(\.number))
                #expect(best.threshold == expected.threshold)
            }
        }
    }
}
