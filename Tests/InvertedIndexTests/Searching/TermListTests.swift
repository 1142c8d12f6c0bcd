import InvertedIndex
import TestSupport
import Testing

@Suite struct `Lists of terms` {
    private func index(seed: UInt64) throws -> RandomIndex {
        let index = try RandomIndex(seed: seed, wordCount: 300)
        for count in [30, 50, 5] { try index.addSegment(documentCount: count) }
        try index.deleteSome(5)
        try index.commit()
        return index
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `Terms with a prefix come most frequent first`(seed: UInt64) throws {
        let index = try index(seed: seed)
        for field in [RandomIndex.body, RandomIndex.title, RandomIndex.stems] {
            for prefix in ["", "a", "b", "ab", "қ", "дe", "abcabcabc"] {
                let bytes = Array(prefix.utf8)
                let found = try index.searcher.terms(field, prefix: bytes, limit: 7)
                let expected = index.reference.terms(field).filter { $0.key.starts(with: bytes) }
                    .sorted {
                        $0.value != $1.value
                            ? $0.value > $1.value : $0.key.lexicographicallyPrecedes($1.key)
                    }.prefix(7)
                #expect(found.map(\.term) == expected.map(\.key))
                #expect(found.map(\.documentFrequency) == expected.map(\.value))
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `Near terms are those that the textbook table finds`(seed: UInt64) throws {
        let index = try index(seed: seed)
        for word in index.words.prefix(8) + [[], [0xFF], Array("zzzzzzzzzzzz".utf8)] {
            for distance in 0...3 {
                for prefix in [0, 1, 3] {
                    try check(index, word, distance: distance, prefix: prefix)
                }
            }
        }
    }

    private func check(
        _ index: RandomIndex, _ word: [UInt8], distance: Int, prefix: Int
    ) throws {
        let found = try index.searcher.fuzzyTerms(
            RandomIndex.body, word, distance: distance, prefixScalars: prefix, limit: 1000)
        let first = String(decoding: word, as: UTF8.self).unicodeScalars.prefix(prefix)
        let expected = index.reference.terms(RandomIndex.body).compactMap {
            term, frequency -> (term: [UInt8], distance: Int, frequency: Int)? in
            guard let between = ReferenceEditDistance.between(term, word), between <= distance,
                String(decoding: term, as: UTF8.self).unicodeScalars.starts(with: first)
            else { return nil }
            return (term, between, frequency)
        }.sorted {
            if $0.distance != $1.distance { return $0.distance < $1.distance }
            if $0.frequency != $1.frequency { return $0.frequency > $1.frequency }
            return $0.term.lexicographicallyPrecedes($1.term)
        }
        #expect(found.map(\.term) == expected.map(\.term))
        #expect(found.map(\.distance) == expected.map(\.distance))
        #expect(found.map(\.documentFrequency) == expected.map(\.frequency))
    }

    @Test func `Frequencies count deleted documents until a merge`() throws {
        let index = try index(seed: 320)
        for word in index.words {
            let found = try index.searcher.documentFrequency(RandomIndex.body, word)
            #expect(found == index.reference.documentFrequency(RandomIndex.body, word))
        }
        try index.mergeAll()
        for word in index.words {
            let found = try index.searcher.documentFrequency(RandomIndex.body, word)
            #expect(found == index.reference.documentFrequency(RandomIndex.body, word))
        }
    }
}
