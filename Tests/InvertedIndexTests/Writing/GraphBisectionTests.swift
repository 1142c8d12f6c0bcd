import Foundation
import TestSupport
import Testing

@testable import InvertedIndex

/// The order that bisection finds, over made-up documents.
struct GraphBisectionTests {
    /// Documents of some subjects, shuffled: most terms of a document are of its subject.
    private struct Subjects {
        var index: ForwardIndex
        var subjects: [Int]

        init(seed: UInt64, documentCount: Int, subjectCount: Int) {
            var random = SeededGenerator(seed: seed)
            let own = 40
            let common = 100
            var starts: [UInt32] = [0]
            var terms: [UInt32] = []
            subjects = (0..<documentCount).map { $0 % subjectCount }.shuffled(using: &random)
            for subject in subjects {
                var document: Set<Int> = []
                for _ in 0..<Int.random(in: 0...20, using: &random) {
                    document.insert(
                        Int.random(in: 0..<5, using: &random) == 0
                            ? Int.random(in: 0..<common, using: &random)
                            : common + subject * own + Int.random(in: 0..<own, using: &random))
                }
                terms += document.sorted().map { UInt32($0) }
                starts.append(UInt32(terms.count))
            }
            index = ForwardIndex(
                starts: starts, terms: terms, termCount: common + subjectCount * own)
        }
    }

    /// The mean of the logarithms of the gaps between the documents of each term.
    private static func logGap(_ index: ForwardIndex, _ order: [UInt32]) -> Double {
        var last = [Int](repeating: -1, count: index.termCount)
        var sum = 0.0
        for (place, document) in order.enumerated() {
            let start = Int(index.starts[Int(document)])
            for term in index.terms[start..<Int(index.starts[Int(document) + 1])] {
                sum += log2(Double(place - last[Int(term)]))
                last[Int(term)] = place
            }
        }
        return sum / Double(max(1, index.terms.count))
    }

    private static func sorted(
        _ index: ForwardIndex, groups: [Range<Int>]? = nil,
        _ bisection: GraphBisection = GraphBisection()
    ) -> [UInt32] {
        var order = [UInt32](0..<UInt32(index.documentCount))
        let isDone = bisection.sort(
            &order, groups: groups ?? [0..<index.documentCount], by: index)
        #expect(isDone)
        return order
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `documents of one subject come together`(seed: UInt64) {
        let subjects = Subjects(seed: seed, documentCount: 4000, subjectCount: 25)
        let order = Self.sorted(subjects.index)
        #expect(order.sorted() == Array(0..<4000))
        let before = Self.logGap(subjects.index, Array(0..<4000))
        let after = Self.logGap(subjects.index, order)
        // A quarter of the gaps' bits and more is gone.
        #expect(after < before * 0.75, "\(before) \(after)")
        let same = zip(order, order.dropFirst()).filter {
            subjects.subjects[Int($0)] == subjects.subjects[Int($1)]
        }.count
        // By chance it would be a twenty-fifth.
        #expect(same > 4000 * 2 / 3, "\(same)")
    }

    @Test func `the order does not depend on the threads`() {
        // Enough that a split is shared by threads.
        let subjects = Subjects(seed: 5, documentCount: 20_000, subjectCount: 50)
        var orders: Set<[UInt32]> = []
        for threadCount in [1, 2, 3, 2] {
            var bisection = GraphBisection()
            bisection.threadCount = threadCount
            orders.insert(Self.sorted(subjects.index, bisection))
        }
        #expect(orders.count == 1)
    }

    @Test(arguments: [1, 2, 7, 32])
    func `documents of any number are all there once`(leafCount: Int) {
        var bisection = GraphBisection()
        bisection.leafCount = leafCount
        for count in 0..<150 {
            let subjects = Subjects(
                seed: UInt64(count), documentCount: count, subjectCount: 3)
            let order = Self.sorted(subjects.index, bisection)
            #expect(order.sorted() == (0..<UInt32(count)).map(\.self))
            // Parts that are not split keep their order.
            if count <= leafCount { #expect(order == order.sorted()) }
        }
    }

    @Test func `groups stay where they are`() {
        let subjects = Subjects(seed: 8, documentCount: 3000, subjectCount: 10)
        let groups = [0..<1000, 1000..<1000, 1000..<1030, 1030..<1031, 1031..<3000]
        let order = Self.sorted(subjects.index, groups: groups)
        for group in groups {
            #expect(order[group].sorted() == group.map { UInt32($0) })
        }
        #expect(order[1031...].map(\.self) != order[1031...].sorted())
    }

    @Test func `documents that do not differ keep their order`() {
        let count = 500
        let terms = (0..<count).flatMap { _ in [UInt32](0..<4) }
        let index = ForwardIndex(
            starts: (0...count).map { UInt32($0 * 4) }, terms: terms, termCount: 4)
        #expect(Self.sorted(index) == (0..<UInt32(count)).map(\.self))
        let empty = ForwardIndex(
            starts: [UInt32](repeating: 0, count: count + 1), terms: [], termCount: 0)
        #expect(Self.sorted(empty) == (0..<UInt32(count)).map(\.self))
    }

    @Test func `sorting ends where it is told to stop`() {
        let subjects = Subjects(seed: 3, documentCount: 6000, subjectCount: 10)
        var asked = 0
        var whole = [UInt32](0..<6000)
        #expect(
            GraphBisection().sort(
                &whole, groups: [0..<6000], by: subjects.index,
                shouldStop: {
                    asked += 1
                    return false
                }))
        #expect(asked > 2)
        for stopAt in 1...asked {
            var order = [UInt32](0..<6000)
            var count = 0
            let isDone = GraphBisection().sort(
                &order, groups: [0..<6000], by: subjects.index,
                shouldStop: {
                    count += 1
                    return count == stopAt
                })
            #expect(!isDone)
            #expect(count == stopAt)
        }
    }
}
