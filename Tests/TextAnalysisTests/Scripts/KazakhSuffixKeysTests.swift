import TestSupport
import Testing

@testable import TextAnalysis

@Suite struct KazakhSuffixKeysTests {
    /// Where up to four endings may begin, by trying all at each end that was found.
    private func plain(_ key: [UInt8]) -> [Int] {
        var counts: Set<Int> = []
        var ends: Set<Int> = [key.count]
        for _ in 0..<4 {
            var next: Set<Int> = []
            for end in ends {
                for ending in KazakhSuffixKeys.endings.joined() where ending.count <= end - 3 {
                    let start = end - ending.count
                    if key[start..<end].elementsEqual(ending) { next.insert(start) }
                }
            }
            counts.formUnion(next)
            ends = next
        }
        return counts.sorted(by: >)
    }

    @Test func `the stems of rows of endings are found`() {
        let endings = Array(KazakhSuffixKeys.endings.joined())
        #expect(endings.count > 50)
        var random = SeededGenerator(seed: 6)
        let letters = Array(Set(endings.joined())).sorted()
        var found = 0
        for _ in 0..<2000 {
            var key = (0..<Int.random(in: 0...5, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            for _ in 0..<Int.random(in: 0...6, using: &random) {
                key += endings[Int.random(in: 0..<endings.count, using: &random)]
            }
            let counts = KazakhSuffixKeys.stemCounts(of: key)
            #expect(counts == plain(key), "\(key)")
            found += counts.count
        }
        #expect(found > 2000)
    }
}
