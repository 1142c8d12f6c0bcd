import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct TermLookupsTests {
    /// With little room terms are forgotten all the time, with much they never are.
    @Test(arguments: [0, 1, 7, 1 << 12])
    func `What is kept of terms is what the segments tell`(limit: Int) throws {
        let index = try RandomIndex(seed: 11)
        for _ in 0..<3 { try index.addSegment(documentCount: 60, maximumLength: 8) }
        try index.commit()
        let segments = index.searcher.snapshot.segments
        let lookups = TermLookups(limit: limit)
        var random = SeededGenerator(seed: 12)
        var (found, absent) = (0, 0)
        for _ in 0..<1500 {
            var term = index.words[Int.random(in: 0..<index.words.count, using: &random)]
            // Lengths around the eight bytes that are hashed at a time, and words of no document.
            if Bool.random(using: &random) {
                term += Array("somewhere".utf8).prefix(Int.random(in: 0...9, using: &random))
            }
            let field = Bool.random(using: &random) ? RandomIndex.body : RandomIndex.title
            let expected = try segments.map { segment throws(IndexError) in
                try segment.lookup(field, term.span)
            }
            let frequency = expected.reduce(0) { $0 + Int($1?.documentFrequency ?? 0) }
            #expect(try lookups.documentFrequency(field, term, in: segments) == frequency)
            let entries = try lookups.entries(field, term, in: segments)
            #expect(entries == (frequency == 0 ? [] : expected))
            if frequency == 0 { absent += 1 } else { found += 1 }
        }
        #expect(found > 100 && absent > 100)
    }

    /// Segments stay in the index, get deleted documents, and go; the snapshots before are asked on.
    @Test(arguments: SeededGenerator.seeds(3))
    func `What is kept of a segment is right in each commit that has it`(seed: UInt64) throws {
        let index = try RandomIndex(seed: seed)
        var random = SeededGenerator(seed: seed &+ 1)
        var states: [(segments: [Segment], lookups: TermLookups)] = []
        for round in 0..<40 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: try index.deleteSome(5)
            case 1 where round > 4: try index.mergeAll()
            default: try index.addSegment(documentCount: 25, maximumLength: 6)
            }
            try index.commit()
            let segments = index.searcher.snapshot.segments
            // So small segments are remembered too, as large ones are.
            let lookups =
                segments.count == 1
                ? index.searcher.snapshot.lookups : TermLookups(limit: 30, smallSegment: 0)
            states.append((segments, lookups))
            for _ in 0..<60 {
                let state = states[Int.random(in: max(0, round - 5)...round, using: &random)]
                let term = index.words[Int.random(in: 0..<index.words.count, using: &random)]
                let field = Bool.random(using: &random) ? RandomIndex.body : RandomIndex.title
                let expected = try state.segments.map { segment throws(IndexError) in
                    try segment.lookup(field, term.span)
                }
                let frequency = expected.reduce(0) { $0 + Int($1?.documentFrequency ?? 0) }
                #expect(
                    try state.lookups.documentFrequency(field, term, in: state.segments)
                        == frequency)
                #expect(
                    try state.lookups.entries(field, term, in: state.segments)
                        == (frequency == 0 ? [] : expected))
            }
        }
    }
}
