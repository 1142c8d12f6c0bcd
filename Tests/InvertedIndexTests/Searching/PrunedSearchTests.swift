import InvertedIndex
import TestSupport
import Testing

/// What a search leaves out by bounds, frequencies and sets of bits changes none of its hits.
///
/// The same search for so many hits that nothing can be left out is the oracle.
struct PrunedSearchTests {
    private static let body = FieldID(rawValue: 0)
    private static let documentCount = 9000

    /// Documents whose words come in runs, often, seldom, and many times in one document.
    private static func index(
        _ seed: UInt64, segmentCount: Int
    ) throws -> (TemporaryDirectory, IndexWriter) {
        var generator = SeededGenerator(seed: seed)
        let folder = try TemporaryDirectory()
        let writer = try IndexWriter(
            directory: folder.open(),
            schema: IndexSchema(fields: [
                IndexField(name: "body", kind: .text(hasPositions: true, lengthOf: nil))
            ]), fingerprint: "test")
        var builder = writer.makeBuilder()
        var isInRun = [Bool](repeating: false, count: words.count)
        for number in 0..<documentCount {
            if number > 0, number % (documentCount / segmentCount) == 0 {
                try writer.add(builder)
                builder = writer.makeBuilder()
            }
            builder.beginDocument(key: Array("\(number)".utf8).span)
            var text: [Int] = []
            for (place, word) in words.enumerated() {
                if generator.once(in: 150) { isInRun[place].toggle() }
                guard
                    Double.random(in: 0..<1, using: &generator) < (isInRun[place] ? word.1 : word.2)
                else { continue }
                let count = generator.once(in: 4) ? Int.random(in: 2...9, using: &generator) : 1
                text += [Int](repeating: place, count: count)
            }
            text.shuffle(using: &generator)
            for (position, place) in text.enumerated() {
                builder.add(
                    term: Array(words[place].0.utf8).span, field: body,
                    position: UInt32(position))
            }
            builder.endDocument(stored: Span())
        }
        try writer.add(builder)
        _ = try writer.commit(walSequence: 0, userData: "")
        return (folder, writer)
    }

    /// Words, and how often they are in a run and outside of runs.
    private static let words: [(String, Double, Double)] = [
        ("a", 0.9, 0.6), ("b", 0.7, 0.3), ("c", 0.5, 0.02), ("d", 1, 0), ("e", 0.2, 0.1),
        ("f", 0.05, 0.01), ("g", 0.004, 0.002), ("h", 0.4, 0.4),
    ]

    private static func term(_ word: String) -> Query {
        .group(TermGroup(alternatives: [.init(field: body, term: Array(word.utf8))]))
    }

    private static func queries(_ generator: inout SeededGenerator) -> [Query] {
        var queries = words.map { term($0.0) }
        for count in [2, 2, 3, 4, 5, 6] {
            let some = words.map(\.0).shuffled(using: &generator).prefix(count)
            queries.append(.boolean(should: some.map(term), minimumShould: 1))
            queries.append(.boolean(must: some.map(term)))
            queries.append(phrase(some.prefix(3)))
            queries += withOptionalParts(some)
        }
        return queries
    }

    private static func phrase(_ words: some Sequence<String>, slop: Int = 0) -> Query {
        .phrase(
            Phrase(
                fields: [body],
                slots: words.enumerated().map {
                    (UInt32($0.offset), [Array($0.element.utf8)])
                }, slop: slop))
    }

    /// Queries with parts that only add to scores, one or several, of the root or below a filter.
    private static func withOptionalParts(_ words: some Collection<String>) -> [Query] {
        let near = phrase(words.prefix(3), slop: 2)
        let must = words.prefix(2).map(term)
        let rest = words.dropFirst(2).map(term)
        let plain = Query.boolean(must: must, should: [near])
        // The words of these are scored before.
        let pairs = zip(words, words.dropFirst()).map { phrase([$0, $1]) }
        let bonus = Query.boolean(should: pairs, minimumShould: 1)
        let any = Query.boolean(should: words.map(term), minimumShould: 1)
        let several = Query.boolean(
            should: [.boolean(must: must)] + words.suffix(1).map(term), minimumShould: 1)
        return [
            .boolean(must: words.map(term), should: [bonus]),
            .boolean(must: must, should: rest + [bonus]),
            .boolean(must: [any], should: [bonus]),
            .boolean(must: [several], should: [bonus]),
            .boolean(must: [several, term("a")], should: pairs + [near]),
            plain,
            .boolean(must: must, should: rest + [near, phrase(words.suffix(2))]),
            .boolean(must: [plain], filter: [term("h")]),
            .boolean(must: [.boolean(must: [plain], filter: [term("a")])], mustNot: [term("f")]),
            .boolean(must: [plain, term("b")], should: [term("e")]),
            .boolean(must: [.boolean(should: [plain, near], minimumShould: 1)], should: [near]),
        ]
    }

    private static func check(
        _ searcher: Searcher, _ generator: inout SeededGenerator
    ) throws {
        for query in queries(&generator) {
            let all = try searcher.search(query, SearchOptions(limit: documentCount))
            #expect(try searcher.count(query) == all.hits.count)
            #expect(all.totalHits == all.hits.count)
            for limit in [1, 10, 40] {
                let found = try searcher.search(
                    query, SearchOptions(limit: limit, countsAll: false))
                let counted = try searcher.search(query, SearchOptions(limit: limit))
                #expect(counted.totalHits == all.hits.count)
                for hits in [found.hits, counted.hits] {
                    let expected = all.hits.prefix(limit)
                    #expect(hits.map(\.address) == expected.map(\.address), "\(query), \(limit)")
                    #expect(hits.map(\.score) == expected.map(\.score), "\(query), \(limit)")
                }
            }
        }
    }

    @Test(arguments: zip(SeededGenerator.seeds(2), [1, 3]))
    func `A search for few hits has the best of all`(seed: UInt64, segmentCount: Int) throws {
        let (folder, writer) = try Self.index(seed, segmentCount: segmentCount)
        defer { withExtendedLifetime(folder) { writer.close() } }
        var generator = SeededGenerator(seed: seed)
        try Self.check(Searcher(snapshot: writer.snapshot), &generator)
        for _ in 0..<Self.documentCount / 20 {
            let number = Int.random(in: 0..<Self.documentCount, using: &generator)
            _ = try writer.delete(key: Array("\(number)".utf8).span)
        }
        _ = try writer.commit(walSequence: 1, userData: "")
        try Self.check(Searcher(snapshot: writer.snapshot), &generator)
    }
}
