import TestSupport
import Testing

@testable import InvertedIndex

/// Terms of several sources come in one order, and equal ones are told from those that look alike.
struct TermQueueTests {
    private struct Terms: SortedTerms {
        var terms: [[UInt8]]
        var term: [UInt8] = []
        var entry: Int { term.count }

        mutating func next() throws(IndexError) -> Bool {
            guard !terms.isEmpty else { return false }
            term = terms.removeFirst()
            return true
        }
    }

    @Test(arguments: SeededGenerator.seeds())
    func `terms ascend, and each is met in all sources that have it`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        // Heads in common, of less and more than a prefix holds; ends of zeros.
        let terms = (0..<300).map { _ in
            [UInt8](repeating: 7, count: [0, 7, 14, 16, 20].randomElement(using: &random) ?? 0)
                + (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    UInt8.random(in: 0...1, using: &random)
                }
        }
        let sources = (0..<4).map { _ in
            Set(terms.filter { _ in Bool.random(using: &random) })
        }
        var queue = TermQueue<Terms>()
        for (place, source) in sources.enumerated() {
            let sorted = source.sorted { $0.lexicographicallyPrecedes($1) }
            try queue.add(Terms(terms: sorted), place)
        }
        let all = Set(sources.joined()).sorted { $0.lexicographicallyPrecedes($1) }
        for (index, term) in all.enumerated() {
            let first = try #require(queue.first)
            #expect(queue.term(of: first) == term)
            let prefix = queue.prefix(of: first)
            var places: [Int] = []
            while let place = queue.first, queue.isAt(term, prefix, in: place) {
                places.append(place)
                try queue.advance()
            }
            #expect(places == sources.indices.filter { sources[$0].contains(term) })
            guard let next = queue.first, index + 1 < all.count else { continue }
            // Never the other way round, though prefixes may be equal.
            #expect(!queue.prefix(of: next).isBefore(prefix))
        }
        #expect(queue.first == nil)
    }
}
