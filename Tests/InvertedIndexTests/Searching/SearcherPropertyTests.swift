import Glibc
import InvertedIndex
import TestSupport
import Testing

/// Random documents and queries: the index and the reference agree in everything.
@Suite struct `Searching as the reference does` {
    @Test(arguments: SeededGenerator.seeds(2))
    func `One segment answers random queries as the reference does`(seed: UInt64) throws {
        let index = try RandomIndex(seed: seed)
        try index.addSegment(documentCount: 60)
        try index.commit()
        try check(index, queryCount: 80)
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `Several segments with deletions agree before and after a merge`(seed: UInt64) throws {
        let index = try RandomIndex(seed: seed)
        for count in [40, 1, 25, 60] { try index.addSegment(documentCount: count) }
        try index.deleteSome(15)
        try index.commit()
        try check(index, queryCount: 50)
        try index.mergeAll()
        try check(index, queryCount: 30)
    }

    @Test(
        arguments: SeededGenerator.seeds(2),
        [DocumentOrder.bisected(), .bisected(clusterBy: RandomIndex.tags, threadCount: 2)])
    func `A merge that orders documents changes no answer`(
        seed: UInt64, order: DocumentOrder
    ) throws {
        let index = try RandomIndex(seed: seed, order: order)
        for count in [80, 1, 50, 120] { try index.addSegment(documentCount: count) }
        try index.deleteSome(15)
        try index.mergeAll()
        try check(index, queryCount: 30)
        try index.addSegment(documentCount: 30)
        try index.mergeAll()
        try check(index, queryCount: 20)
        let report = try IndexChecker(directory: index.directory).check()
        #expect(report.isSound, "\(report.errors)")
    }

    @Test(arguments: SeededGenerator.seeds(1))
    func `Terms in many blocks and windows agree`(seed: UInt64) throws {
        let index = try RandomIndex(seed: seed, wordCount: 40)
        try index.addSegment(documentCount: 8500, maximumLength: 4)
        try index.commit()
        try check(index, queryCount: 5, plain: 8)
        try index.deleteSome(60)
        try index.commit()
        try check(index, queryCount: 1, plain: 4)
    }

    /// The stored best postings of a term are no hits any more, and still what is left is right.
    @Test func `The best hits of frequent terms are found when those before them are gone`() throws
    {
        let index = try RandomIndex(seed: 5, wordCount: 40)
        try index.addSegment(documentCount: 8500, maximumLength: 4)
        try index.commit()
        for word in index.words.prefix(3) {
            let query = Query.group(
                TermGroup(alternatives: [.init(field: RandomIndex.title, term: word)]))
            for gone in [3, 7, 12] {
                let first = try index.searcher.search(query, SearchOptions(limit: gone))
                try index.delete(first.hits.map(\.address))
                try index.commit()
                let expected = index.reference.hits(query)
                for limit in [1, 5, 10, 11] {
                    try compare(index, query, SearchOptions(limit: limit), expected)
                }
            }
        }
    }

    @Test func `An empty index finds nothing`() throws {
        let index = try RandomIndex(seed: 1)
        for _ in 0..<50 {
            let results = try index.searcher.search(index.randomQuery())
            #expect(results.hits.isEmpty && results.totalHits == 0)
        }
    }

    // MARK: - Comparing

    private func check(_ index: RandomIndex, queryCount: Int, plain: Int? = nil) throws {
        // The long run is for nights: ten times as many queries.
        let rounds = getenv("IZDE_LONG") == nil ? 1 : 10
        for _ in 0..<(queryCount * rounds) {
            let query = index.randomQuery()
            let options = index.randomOptions()
            try compare(
                index, query, options, index.reference.hits(query, order: options.order))
        }
        for _ in 0..<((plain ?? queryCount) * rounds) {
            let query = index.randomPlainQuery()
            let expected = index.reference.hits(query)
            for limit in [0, 3, 10, 100_000] {
                try compare(index, query, SearchOptions(limit: limit), expected)
            }
            try compare(index, query, SearchOptions(limit: 10, countsAll: false), expected)
        }
    }

    private func compare(
        _ index: RandomIndex, _ query: Query, _ options: SearchOptions,
        _ expected: [ReferenceIndex.Hit]
    ) throws {
        let results = try index.searcher.search(query, options)
        let asked: Comment = "\(query) \(options)"
        let byNumber = options.order != .score
        let countsAll =
            options.countsAll || byNumber || !options.facets.isEmpty
            || !options.numberRanges.isEmpty
        if countsAll {
            #expect(results.totalHits == expected.count, asked)
        } else {
            #expect(results.totalHits <= expected.count, asked)
            #expect(results.totalHits >= results.hits.count, asked)
        }
        try #require(results.hits.count == min(options.limit, expected.count), asked)
        var byAddress: [DocumentAddress: ReferenceIndex.Hit] = [:]
        for hit in expected { byAddress[hit.address] = hit }
        for (place, hit) in results.hits.enumerated() {
            let removed = byAddress.removeValue(forKey: hit.address)
            let same = try #require(removed, asked)
            let tolerance = 1e-4 * max(1, abs(same.score))
            #expect(abs(Double(hit.score) - same.score) < tolerance, asked)
            #expect(hit.sortValue == same.sortValue, asked)
            // Rounding may exchange documents whose scores are all but equal.
            #expect(abs(Double(hit.score) - expected[place].score) < tolerance, asked)
            #expect(hit.sortValue == expected[place].sortValue, asked)
            #expect(try index.searcher.snapshot.key(at: hit.address) == same.key)
        }
        for (left, right) in zip(results.hits, results.hits.dropFirst())
        where left.score == right.score && left.sortValue == right.sortValue {
            #expect(
                (left.address.segment, left.address.document)
                    < (right.address.segment, right.address.document), asked)
        }
        if let hit = results.hits.first {
            let explanation = try #require(
                try index.searcher.explain(query, hit.address), asked)
            #expect(abs(explanation.value - hit.score) <= 1e-4 * max(1, abs(hit.score)), asked)
        }
        for field in options.facets {
            let facet = results.facets[field] ?? []
            let wanted = index.reference.facet(expected, field)
            #expect(facet.map(\.value) == wanted.map(\.value), asked)
            #expect(facet.map(\.count) == wanted.map(\.count), asked)
        }
        for field in options.numberRanges {
            #expect(
                results.numberRanges[field] == index.reference.numberRange(expected, field), asked)
        }
        try compareWithoutCount(index, query, options, results)
        try compareAsked(index, query, Set(expected.map(\.address)))
    }

    /// Asks for about a hundred documents one by one, backwards over all segments, some twice.
    private func compareAsked(
        _ index: RandomIndex, _ query: Query, _ expected: Set<DocumentAddress>
    ) throws {
        let snapshot = index.searcher.snapshot
        let all = (0..<snapshot.segmentCount).flatMap { segment in
            (0..<snapshot.documentCount(ofSegment: segment)).map {
                DocumentAddress(segment: segment, document: UInt32($0))
            }
        }
        let step = max(1, all.count / 100)
        let asked = stride(from: 0, to: all.count, by: step).reversed().map { all[$0] }
        let twice = asked + asked.prefix(3)
        let found = try index.searcher.matches(query, twice)
        #expect(found == twice.map { expected.contains($0) }, "\(query)")
        #expect(try index.searcher.matches(query, []) == [])
    }

    /// Leaving documents out must not change what comes first.
    private func compareWithoutCount(
        _ index: RandomIndex, _ query: Query, _ options: SearchOptions, _ results: SearchResults
    ) throws {
        var options = options
        options.countsAll.toggle()
        options.facets = []
        options.numberRanges = []
        let other = try index.searcher.search(query, options)
        #expect(other.hits == results.hits, "\(query) \(options)")
    }
}
