import TestSupport
import Testing

@testable import InvertedIndex

@Suite struct `Keys of terms` {
    private func index(seed: UInt64) throws -> RandomIndex {
        let index = try RandomIndex(seed: seed, wordCount: 400)
        for count in [40, 70, 5, 20] { try index.addSegment(documentCount: count) }
        try index.deleteSome(8)
        try index.commit()
        return index
    }

    private func entries(_ index: RandomIndex) -> [TermKeyModel.Entry] {
        TermKeyModel.entries(
            [RandomIndex.body, RandomIndex.title, RandomIndex.stems].map(index.reference.terms))
    }

    private func expectSame(
        _ found: [(term: [UInt8], documentFrequency: Int)], _ expected: [TermKeyModel.Entry],
        _ comment: Comment
    ) {
        #expect(found.map(\.term) == expected.map(\.term), comment)
        #expect(found.map(\.documentFrequency) == expected.map(\.frequency), comment)
    }

    private func check(_ index: RandomIndex) throws {
        let entries = entries(index)
        let byKey = Dictionary(grouping: entries) { $0.key }
        let some = byKey.keys.sorted { $0.lexicographicallyPrecedes($1) }.enumerated()
            .filter { $0.offset % 4 == 0 }.map(\.element)
        for key in some + [Array("zz".utf8), [0xFF], Array("a".utf8)] {
            let expected = (byKey[key] ?? []).sorted(by: TermKeyModel.isBefore)
            for limit in [0, 1, 100] {
                let found = try index.searcher.terms(RandomIndex.keys, key: key, limit: limit)
                expectSame(found, Array(expected.prefix(limit)), "\(key) \(limit)")
            }
        }
        let titles = TermKeyModel.entries([index.reference.terms(RandomIndex.title)])
        for (field, all) in [(RandomIndex.keys, entries), (RandomIndex.keysOfTitles, titles)] {
            let all = all.sorted(by: TermKeyModel.isBefore)
            for prefix in ["", "a", "da", "cad", "acdacd", "b"].map({ Array($0.utf8) }) {
                let expected = all.filter { $0.key.starts(with: prefix) }
                for limit in [1, 3, 10, 1000] {
                    let found = try index.searcher.terms(field, keyPrefix: prefix, limit: limit)
                    expectSame(found, Array(expected.prefix(limit)), "\(prefix) \(limit)")
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `terms of a key and of a prefix of keys are those of a naive scan`(seed: UInt64) throws {
        let index = try index(seed: seed)
        try check(index)
        try index.mergeAll()
        try check(index)
        try index.addSegment(documentCount: 30)
        try index.deleteSome(40)
        try index.commit()
        try check(index)
        try index.mergeAll()
        try check(index)
        let report = try IndexChecker(directory: index.directory).check()
        #expect(report.isSound, "\(report.errors)")
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `near keys are those that the textbook table finds`(seed: UInt64) throws {
        let index = try index(seed: seed)
        let entries = entries(index)
        let keys = index.words.prefix(8).map(TermKeyModel.key) + [[], [0xFF]]
        for key in keys {
            let all = entries.compactMap {
                entry -> (entry: TermKeyModel.Entry, distance: Int, key: [UInt8])? in
                guard let between = ReferenceEditDistance.between(entry.key, key), between <= 2
                else { return nil }
                // Ties go by the term, not by the key.
                return (([], entry.term, entry.frequency), between, entry.key)
            }.sorted {
                $0.distance != $1.distance
                    ? $0.distance < $1.distance : TermKeyModel.isBefore($0.entry, $1.entry)
            }
            for distance in 0...2 {
                for (prefix, limit) in [(0, 1000), (1, 1000), (1, 5), (0, 1)] {
                    let expected = all.filter {
                        $0.distance <= distance && $0.key.starts(with: key.prefix(prefix))
                    }.prefix(limit)
                    let found = try index.searcher.fuzzyTerms(
                        keys: RandomIndex.keys, key, distance: distance, prefixLetters: prefix,
                        limit: limit)
                    #expect(found.map(\.term) == expected.map(\.entry.term))
                    #expect(found.map(\.distance) == expected.map(\.distance))
                    #expect(found.map(\.documentFrequency) == expected.map(\.entry.frequency))
                }
            }
        }
    }

    /// Many blocks, frequencies from 1 to 60, and parts of very different sizes.
    @Test(arguments: SeededGenerator.seeds(2))
    func `the most frequent terms of many blocks are those of a naive scan`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let writer = try SmallIndex.writer(
            FaultyDirectory(), options: .init(mergePolicy: MergePolicy(segmentsPerTier: 100)))
        defer { writer.close() }
        var totals: [String: Int] = [:]
        for (segment, wordCount) in [1200, 1200, 200, 20].enumerated() {
            var documents = [String](repeating: "", count: 60)
            var words: Set<String> = []
            while words.count < wordCount {
                words.insert(
                    String((0..<4).map { _ in "abcdefgh".randomElement(using: &random) ?? "a" }))
            }
            for word in words.sorted() {
                let share = Double.random(in: 0..<1, using: &random)
                let frequency = 1 + Int(59 * share * share * share * share * share)
                for number in 0..<frequency { documents[number] += " " + word }
                totals[word, default: 0] += frequency
            }
            try SmallIndex.add(
                documents.enumerated().map { ("\(segment)/\($0.offset)", $0.element) }, to: writer)
        }
        let entries = totals.map {
            (key: Array($0.key.utf8.prefix(2)), term: Array($0.key.utf8), frequency: $0.value)
        }.sorted(by: TermKeyModel.isBefore)
        func check() throws {
            let snapshot = try writer.commit(walSequence: 0, userData: "")
            let searcher = Searcher(snapshot: snapshot)
            for prefix in ["", "a", "h", "cd", "hh", "x"] {
                let bytes = Array(prefix.utf8)
                let expected = entries.filter { $0.key.starts(with: bytes) }
                for limit in [1, 10, 50] {
                    let found = try searcher.terms(
                        FieldID(rawValue: 3), keyPrefix: bytes, limit: limit)
                    expectSame(found, Array(expected.prefix(limit)), "\(prefix) \(limit)")
                }
            }
        }
        try check()
        try writer.mergeAll()
        try check()
    }

    @Test func `a term that no document holds any more vanishes with a merge`() throws {
        let directory = FaultyDirectory()
        let writer = try SmallIndex.writer(
            directory, options: .init(mergePolicy: MergePolicy(segmentsPerTier: 100)))
        defer { writer.close() }
        try SmallIndex.add([("a", "one onward"), ("b", "only two")], to: writer)
        try SmallIndex.add([("c", "one three")], to: writer)
        _ = try SmallIndex.delete("a", from: writer)
        let key = Array("on".utf8)
        let field = FieldID(rawValue: 3)
        func terms(_ snapshot: Snapshot) throws -> [String: Int] {
            let found = try Searcher(snapshot: snapshot).terms(field, key: key, limit: 10)
            return Dictionary(
                uniqueKeysWithValues: found.map {
                    (String(decoding: $0.term, as: UTF8.self), $0.documentFrequency)
                })
        }
        var snapshot = try writer.commit(walSequence: 0, userData: "")
        #expect(try terms(snapshot) == ["one": 2, "onward": 1, "only": 1])
        try writer.mergeAll()
        snapshot = try writer.commit(walSequence: 0, userData: "")
        #expect(try terms(snapshot) == ["one": 1, "only": 1])
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    @Test func `terms without a usable key have no entry`() throws {
        let directory = FaultyDirectory()
        let keying = TermKeying { term, key in
            let word = String(decoding: (0..<term.count).map { term[$0] }, as: UTF8.self)
            switch word {
            case "zero": key = [97, 0, 98]
            case "long": key = [UInt8](repeating: 97, count: SegmentLimits.termByteCount + 1)
            case "longest": key = [UInt8](repeating: 97, count: SegmentLimits.termByteCount)
            case "none": break
            default: key.append(97)
            }
        }
        let writer = try IndexWriter(
            directory: directory, schema: SmallIndex.schema, fingerprint: "", keying: keying)
        defer { writer.close() }
        try SmallIndex.add([("a", "zero long longest none other")], to: writer)
        let searcher = Searcher(snapshot: try writer.commit(walSequence: 0, userData: ""))
        let found = try searcher.terms(FieldID(rawValue: 3), keyPrefix: [], limit: 10)
        #expect(found.map(\.term) == [Array("other".utf8), Array("longest".utf8)])
        #expect(try IndexChecker(directory: directory).check().isSound)
    }

    @Test func `a builder without keying writes an empty relation`() throws {
        let directory = FaultyDirectory()
        let writer = try IndexWriter(
            directory: directory, schema: SmallIndex.schema, fingerprint: "")
        defer { writer.close() }
        try SmallIndex.add([("a", "one two")], to: writer)
        let searcher = Searcher(snapshot: try writer.commit(walSequence: 0, userData: ""))
        #expect(try searcher.terms(FieldID(rawValue: 3), keyPrefix: [], limit: 10).isEmpty)
        #expect(try searcher.terms(FieldID(rawValue: 3), key: [97], limit: 10).isEmpty)
        #expect(
            try searcher.fuzzyTerms(
                keys: FieldID(rawValue: 3), [97], distance: 2, limit: 10
            ).isEmpty)
    }
}
