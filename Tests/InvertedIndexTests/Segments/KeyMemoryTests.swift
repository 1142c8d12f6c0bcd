import TestSupport
import Testing

@testable import InvertedIndex

/// What is remembered of the keys of a segment is what a walk through them finds.
@Suite struct KeyMemoryTests {
    private func find(
        _ relation: TermRelation, _ asked: KeyMemory.Asked
    ) throws(IndexError) -> [KeyMemory.Found] {
        var found: [KeyMemory.Found] = []
        if let scan = FuzzyTermScan(
            word: asked.key, distance: asked.distance, prefixLetters: asked.prefixLetters)
        {
            try scan.run(relation.keys) { found.append(.init(entry: $1, distance: $2)) }
        }
        return found
    }

    /// With little room it is forgotten all the time, with much never; commits, deletions and merges
    /// change nothing in a segment.
    @Test(arguments: [1, 12, 60, 1 << 16])
    func `what is kept is what the segment has, commit by commit`(limit: Int) throws {
        let index = try RandomIndex(seed: 31)
        var random = SeededGenerator(seed: 32)
        var memories: [String: KeyMemory] = [:]
        var foundCount = 0
        for round in 0..<25 {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: try index.deleteSome(5)
            case 1 where round > 4: try index.mergeAll()
            default: try index.addSegment(documentCount: 25, maximumLength: 6)
            }
            try index.commit()
            for segment in index.searcher.snapshot.segments {
                let memory = memories[segment.name] ?? KeyMemory(limit: limit)
                memories[segment.name] = memory
                let relation = segment.relation(RandomIndex.keys)
                for _ in 0..<12 {
                    let word = index.words[Int.random(in: 0..<12, using: &random)]
                    let asked = KeyMemory.Asked(
                        key: TermKeyModel.key(of: word),
                        distance: Int.random(in: 0...2, using: &random),
                        prefixLetters: Int.random(in: 0...1, using: &random))
                    let expected = try find(relation, asked)
                    let found = try memory.found(asked) { () throws(IndexError) in
                        try find(relation, asked)
                    }
                    #expect(found == expected)
                    foundCount += found.count
                    #expect(memory.size <= limit)
                }
            }
        }
        #expect(foundCount > 1000)
    }

    @Test func `what is kept is not looked for again`() throws {
        let memory = KeyMemory()
        let asked = KeyMemory.Asked(key: [65, 66], distance: 1, prefixLetters: 1)
        let found = [KeyMemory.Found(entry: .init(frequency: 3, ordinal: 7), distance: 1)]
        #expect(try memory.found(asked) { found } == found)
        #expect(try memory.found(asked) { [] } == found)
        for other in [
            KeyMemory.Asked(key: [65, 67], distance: 1, prefixLetters: 1),
            KeyMemory.Asked(key: [65, 66], distance: 2, prefixLetters: 1),
            KeyMemory.Asked(key: [65, 66], distance: 1, prefixLetters: 0),
            KeyMemory.Asked(key: [65, 66], distance: 0, prefixLetters: 0),
        ] {
            #expect(try memory.found(other) { [] }.isEmpty)
        }
    }
}
