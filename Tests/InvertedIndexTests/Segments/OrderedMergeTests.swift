import TestSupport
import Testing

@testable import InvertedIndex

/// Merges that put the documents in another order.
struct OrderedMergeTests {
    /// Segments, some with deleted documents, and the model of what is left of all.
    private struct Parts {
        let directory: any Directory
        var segments: [Segment] = []
        var model = SegmentModel([])

        init(
            _ seed: UInt64, _ directory: any Directory, counts: [Int], wordCount: Int = 400,
            greatestLength: Int = 30
        ) throws {
            self.directory = directory
            var generator = SeededGenerator(seed: seed)
            var models: [SegmentModel] = []
            for (index, count) in counts.enumerated() {
                let model = SegmentModel(
                    seed: seed &+ UInt64(index), documentCount: count, wordCount: wordCount,
                    greatestLength: greatestLength, repeatsKeys: false)
                let segment = try model.segment(
                    in: directory, name: "seg-\(index)", deletingSome: index % 2 == 0, &generator)
                models.append(model.without(segment.deletions))
                segments.append(segment)
            }
            model = SegmentModel(models)
        }

        /// Merges in an order and checks all of it.
        func check(
            _ name: String, _ order: [UInt32], _ change: (inout MergeOrder) -> Void = { _ in }
        ) throws {
            let sources = try SegmentMerger.sources(of: segments)
            var mergeOrder = MergeOrder(sources, order: order)
            change(&mergeOrder)
            let merged = try #require(
                try SegmentMerger.merge(
                    sources, in: mergeOrder, to: directory, name: name,
                    indexUUID: SegmentModel.uuid, schema: SegmentModel.schema,
                    shouldStop: { false }))
            #expect(self.order(merged.documentMaps) == order)
            try check(merged.descriptor, order)
        }

        /// Merges in an order that is found, checks all of it and gives the order.
        func check(_ name: String, by order: DocumentOrder) throws -> [UInt32] {
            let merged = try #require(
                try SegmentMerger.merge(
                    segments, to: directory, name: name, indexUUID: SegmentModel.uuid,
                    schema: SegmentModel.schema, order: order))
            let found = self.order(merged.documentMaps)
            try check(merged.descriptor, found)
            return found
        }

        private func check(_ descriptor: SegmentDescriptor, _ order: [UInt32]) throws {
            var model = model
            model.documents = order.map { self.model.documents[Int($0)] }
            try model.check(
                Segment.open(
                    directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
                    schema: SegmentModel.schema))
        }

        /// The place in the model of each new document.
        private func order(_ maps: [[UInt32]]) -> [UInt32] {
            var order = [UInt32](repeating: .max, count: model.documents.count)
            var place: UInt32 = 0
            for (segment, map) in zip(segments, maps) {
                for document in 0..<segment.documentCount {
                    let target = map[Int(document)]
                    #expect((target == .max) == !segment.isLive(document))
                    guard target != .max else { continue }
                    order[Int(target)] = place
                    place += 1
                }
            }
            return order
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `segments merged in any order answer as their documents in it`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var generator = SeededGenerator(seed: seed)
        let counts = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
            Int.random(in: 0...120, using: &generator)
        }
        let parts = try Parts(seed, directory, counts: counts)
        let all = [UInt32](0..<UInt32(parts.model.documents.count))
        try parts.check("seg-random", all.shuffled(using: &generator))
        // With windows and parts of postings that hold little.
        try parts.check("seg-small", all.reversed()) { order in
            order.windowByteCount = 3000
            order.occurrenceLimit = 10
        }
        #expect(try directory.fileNames().allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test func `terms that are gathered in parts answer as all others`() throws {
        let folder = try TemporaryDirectory()
        var generator = SeededGenerator(seed: 11)
        let parts = try Parts(
            11, folder.open(), counts: [1200, 200], wordCount: 12, greatestLength: 4)
        let all = [UInt32](0..<UInt32(parts.model.documents.count))
        let counts = OccurrenceCounts(documentCount: all.count)
        #expect(counts.ranges(of: 1).count == 1)
        try parts.check("seg-parts", all.shuffled(using: &generator)) { order in
            order.occurrenceLimit = 100
        }
    }

    @Test func `the plain order makes the same bytes whichever way it is merged`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let parts = try Parts(2, directory, counts: [90, 150])
        try parts.check("seg-way", [UInt32](0..<UInt32(parts.model.documents.count)))
        _ = try parts.check("seg-plain", by: .added)
        // Stored bytes are cut into other blocks.
        let way = try Self.sections(directory, "seg-way.izs")
        let plain = try Self.sections(directory, "seg-plain.izs")
        #expect(way.keys == plain.keys)
        for (id, checksum) in way
        where id != SegmentSection.stored && id != SegmentSection.storedBlocks {
            #expect(checksum == plain[id], "\(id)")
        }
    }

    private static func sections(
        _ directory: any Directory, _ name: String
    ) throws -> [UInt32: UInt32] {
        let content = try SegmentContent(file: directory.map(name), indexUUID: nil)
        return Dictionary(
            uniqueKeysWithValues: content.envelope.sections.map { ($0.id, $0.checksum) })
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `the bisected order is the same for any threads, and clusters come first`(
        seed: UInt64
    ) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let parts = try Parts(seed, directory, counts: [170, 230])
        let field = FieldID(rawValue: 4)
        var files: Set<[UInt8]> = []
        let order = try parts.check("seg-one", by: .bisected(threadCount: 1))
        #expect(order != order.sorted())
        files.insert(try directory.read("seg-one.izs"))
        for threadCount in 2...3 {
            _ = try SegmentMerger.merge(
                parts.segments, to: directory, name: "seg-more", indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema, order: .bisected(threadCount: threadCount))
            files.insert(try directory.read("seg-more.izs"))
        }
        #expect(files.count == 1)
        let clustered = try parts.check("seg-clusters", by: .bisected(clusterBy: field))
        let languages = clustered.map { place in
            parts.model.documents[Int(place)].keywords[field.rawValue]?.first ?? []
        }
        #expect(
            languages == languages.sorted { $0.lexicographicallyPrecedes($1) },
            "documents without a value, then those of each value")
        #expect(Set(languages).count == 4)
    }

    @Test func `an ordered merge that is told to stop leaves nothing behind`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let model = SegmentModel(seed: 4, documentCount: 300)
        let segment = try model.segment(in: directory, name: "seg-0")
        for stopAt in 1... {
            var asked = 0
            let merged = try SegmentMerger.merge(
                [segment], to: directory, name: "seg-1", indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema, order: .bisected(),
                shouldStop: {
                    asked += 1
                    return asked == stopAt
                })
            #expect((merged == nil) == (asked == stopAt))
            guard merged == nil else {
                #expect(stopAt > 5, "it was asked before each part of the work")
                return
            }
            #expect(
                try Set(directory.fileNames()).isDisjoint(with: ["seg-1.izs", "seg-1.izs.tmp"]))
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `a forward index has the terms that are neither rare nor everywhere`(
        seed: UInt64
    ) throws {
        let folder = try TemporaryDirectory()
        let parts = try Parts(seed, folder.open(), counts: [120, 80, 60], wordCount: 60)
        let documents = parts.model.documents
        let sources = try SegmentMerger.sources(of: parts.segments)
        var choice = ForwardIndex.Choice(documentCount: documents.count)
        #expect(choice.leastFrequency == 8)
        var counts: [Int] = []
        for byteCount in [1 << 20, 30_000, 4000, 0] {
            choice.byteCount = byteCount
            let index = try #require(
                try ForwardIndex(
                    sources, documentCount: documents.count, choice, shouldStop: { false }))
            #expect(index.documentCount == documents.count)
            #expect(index.terms.count * 4 <= byteCount)
            counts.append(index.terms.count)
            // A number stands for one term of one field, in the documents that have it.
            var holders: [UInt32: [Int]] = [:]
            for document in 0..<documents.count {
                let range = Int(index.starts[document])..<Int(index.starts[document + 1])
                for term in index.terms[range] { holders[term, default: []].append(document) }
            }
            #expect(holders.count == index.termCount)
            var expected: [[Int]] = []
            for field: UInt16 in [0, 2] {
                for (_, postings) in parts.model.postings(of: field) {
                    expected.append(postings.map { Int($0.document) })
                }
            }
            let known = Set(expected)
            #expect(holders.values.allSatisfy { known.contains($0) })
            if byteCount == 1 << 20 {
                // Documents that were deleted count as well, so some more are taken.
                let sure = expected.filter { (8...60).contains($0.count) }
                #expect(Set(holders.values).isSuperset(of: sure))
                #expect(holders.values.allSatisfy { $0.count <= 130 })
            }
        }
        #expect(counts[0] > counts[1] && counts[1] > counts[2] && counts[3] == 0, "\(counts)")
    }
}
