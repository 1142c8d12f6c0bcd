import TestSupport
import Testing

@testable import InvertedIndex

/// Occurrences are sorted as a plain way sorts them, in windows of any size.
struct OccurrenceSortTests {
    private struct Entry: Equatable {
        var document: UInt32
        var position: UInt32
    }

    /// A log with terms from a range, and its entries by term.
    private static func fill(
        _ log: inout OccurrenceLog, terms: Range<Int>, _ random: inout SeededGenerator
    ) -> [Int: [Entry]] {
        var plain: [Int: [Entry]] = [:]
        // With the last one positions do not fit 16 bits.
        let steps: [UInt32] = [0, 1, 1, 2, 254, 255, 256, 70_000]
            .dropLast(Int.random(in: 0...1, using: &random))
        let documentCount = UInt32.random(in: 0...60, using: &random)
        for document in 0..<documentCount {
            var position: UInt32 = 0
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                // Some steps do not fit a byte, or just so.
                position += steps.randomElement(using: &random) ?? 0
                // Low ones more often.
                let term = min(
                    Int.random(in: terms, using: &random), Int.random(in: terms, using: &random))
                log.add(term, position: position)
                plain[term, default: []].append(
                    Entry(document: document, position: log.hasPositions ? position : 0))
            }
            log.endDocument(document)
        }
        return plain
    }

    @Test(arguments: SeededGenerator.seeds(), [1, 32, 300, 1 << 20])
    func `Occurrences come by term and in each as they came`(seed: UInt64, window: Int) {
        var random = SeededGenerator(seed: seed)
        var first = OccurrenceLog(hasPositions: true)
        var second = OccurrenceLog(hasPositions: false)
        for _ in 0..<2 {
            // The memory of the round before is used again.
            first.removeAll()
            second.removeAll()
            let terms = 40
            let plain = [
                Self.fill(&first, terms: 0..<25, &random),
                Self.fill(&second, terms: 25..<terms, &random),
            ]
            var sort = OccurrenceSort(termCount: terms, windowByteCount: window)
            sort.count(first)
            sort.count(second)
            #expect(
                Self.sorted(&sort, first, plain[0].keys.shuffled(using: &random), window)
                    == plain[0])
            #expect(
                Self.sorted(&sort, second, plain[1].keys.shuffled(using: &random), window)
                    == plain[1])
        }
    }

    /// What the sort tells of the terms of a log in some order.
    private static func sorted(
        _ sort: inout OccurrenceSort, _ log: borrowing OccurrenceLog, _ terms: [Int],
        _ window: Int
    ) -> [Int: [Entry]] {
        let order = terms.map { UInt32($0) }
        var found: [Int: [Entry]] = [:]
        var next = 0
        while next < order.count {
            let range = sort.sort(order, from: next, of: log)
            #expect(range.lowerBound == next && range.upperBound > next)
            var start = 0
            for ordinal in range {
                let end = sort.end(of: order[ordinal])
                let entries = (start..<end).map {
                    Entry(
                        document: sort.window[$0].document, position: sort.window[$0].position)
                }
                found[Int(order[ordinal])] = entries
                start = end
            }
            #expect(start * 4 <= window || range.count == 1)
            next = range.upperBound
        }
        return found
    }
}
