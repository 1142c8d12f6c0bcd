import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct `Terms in company` {
    private func searcher(
        _ index: RandomIndex, remembersTerms: Bool = false
    ) -> Searcher {
        Searcher(
            snapshot: index.searcher.snapshot, scoring: RandomIndex.scoring,
            remembersTerms: remembersTerms)
    }

    private func index(_ seed: UInt64) throws -> RandomIndex {
        let index = try RandomIndex(seed: seed)
        for _ in 0..<3 { try index.addSegment(documentCount: 700, maximumLength: 12) }
        try index.deleteSome(90)
        try index.commit()
        return index
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `They are counted as a search counts them`(seed: UInt64) throws {
        let index = try index(seed)
        let searcher = searcher(index)
        func alternatives(_ words: ArraySlice<[UInt8]>) -> [TermGroup.Alternative] {
            [RandomIndex.body, RandomIndex.title].flatMap { field in
                words.map { .init(field: field, term: $0) }
            }
        }
        var counts: Set<Int> = []
        // Few and many postings beside few and many documents: asked for, or read.
        for start in stride(from: 0, to: 50, by: 5) {
            for width in [1, 3, 9] {
                let group = alternatives(index.words[start..<start + width])
                var company = try TermCompany(searcher, of: group)
                for word in index.words.indices where word % 7 == start % 7 {
                    let others = alternatives(index.words[word...word])
                    let expected = try searcher.count(
                        .boolean(must: [
                            .group(TermGroup(alternatives: group)),
                            .group(TermGroup(alternatives: others)),
                        ]))
                    #expect(try company.count(others) == expected)
                    counts.insert(expected)
                }
            }
        }
        #expect(counts.count > 20, "there are many counts, not one")
    }

    @Test func `Terms that no document has keep no company`() throws {
        let index = try index(4)
        let absent = TermGroup.Alternative(field: RandomIndex.body, term: Array("zzz".utf8))
        let frequent = TermGroup.Alternative(field: RandomIndex.body, term: index.words[0])
        var ofAbsent = try TermCompany(searcher(index), of: [absent])
        #expect(try ofAbsent.count([frequent]) == 0)
        var ofFrequent = try TermCompany(searcher(index), of: [frequent])
        #expect(try ofFrequent.count([absent]) == 0)
        #expect(try ofFrequent.count([frequent]) > 0)
    }

    @Test(arguments: [5, 6] as [UInt64])
    func `A searcher that remembers terms finds the same`(seed: UInt64) throws {
        let index = try index(seed)
        let plain = searcher(index)
        let remembering = searcher(index, remembersTerms: true)
        for _ in 0..<300 {
            let query = index.randomQuery()
            for _ in 0..<2 {
                let found = try remembering.search(query)
                let expected = try plain.search(query)
                #expect(found.hits == expected.hits, "\(query)")
                #expect(found.totalHits == expected.totalHits)
            }
        }
        for word in index.words {
            for field in [RandomIndex.title, RandomIndex.body] {
                #expect(
                    try remembering.documentFrequency(field, word)
                        == plain.documentFrequency(field, word))
            }
        }
    }

    @Test func `Two rows of documents become one with each document once`() {
        var random = SeededGenerator(seed: 8)
        for _ in 0..<300 {
            func row() -> [UInt32] {
                let count = Int.random(in: 0...12, using: &random)
                return Set((0..<count).map { _ in UInt32.random(in: 0..<20, using: &random) })
                    .sorted()
            }
            let (left, right) = (row(), row())
            #expect(TermCompany.merged(left, right) == Set(left + right).sorted())
        }
    }
}
