import TestSupport
import Testing

@testable import InvertedIndex

struct SegmentMergerTests {
    private static func merge(
        _ segments: [Segment], _ directory: any Directory, _ name: String
    ) throws -> (segment: Segment, maps: [[UInt32]]) {
        let merged = try #require(
            try SegmentMerger.merge(
                segments, to: directory, name: name, indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema))
        let segment = try Segment.open(
            directory: directory, descriptor: merged.descriptor, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema)
        return (segment, merged.documentMaps)
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `merged segments answer as the live documents of all`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var generator = SeededGenerator(seed: seed)
        var models: [SegmentModel] = []
        var segments: [Segment] = []
        for index in 0..<Int.random(in: 1...5, using: &generator) {
            let count = Int.random(in: 0...250, using: &generator)
            let model = SegmentModel(
                seed: seed &+ UInt64(index), documentCount: count, repeatsKeys: false)
            let segment = try model.segment(
                in: directory, name: "seg-\(index)", deletingSome: index % 2 == 0, &generator)
            models.append(model.without(segment.deletions))
            segments.append(segment)
        }
        let merged = try Self.merge(segments, directory, "seg-merged")
        let model = SegmentModel(models)
        try model.check(merged.segment)
        // The maps lead to the same documents.
        for (segment, map) in zip(segments, merged.maps) {
            for document in 0..<segment.documentCount {
                let target = map[Int(document)]
                #expect((target == .max) == !segment.isLive(document))
                guard target != .max else { continue }
                #expect(try merged.segment.key(of: target) == segment.key(of: document))
            }
        }
        // A merge of a merge is the same bytes again.
        let again = try Self.merge([merged.segment], directory, "seg-again")
        #expect(try directory.read("seg-again.izs") == directory.read("seg-merged.izs"))
        #expect(again.maps == [Array(0..<merged.segment.documentCount)])
        #expect(try directory.fileNames().allSatisfy { !$0.hasSuffix(".tmp") })
    }

    @Test func `a merge of segments without live documents is empty`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let model = SegmentModel(seed: 4, documentCount: 40)
        let segment = try model.segment(in: directory, name: "seg-0")
            .withDeletions(Deletions(documentCount: 40).deleting(0..<40))
        let merged = try Self.merge([segment, segment], directory, "seg-1")
        try SegmentModel([]).check(merged.segment)
    }

    @Test func `a merge that is told to stop leaves nothing behind`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let model = SegmentModel(seed: 4, documentCount: 40)
        let segment = try model.segment(in: directory, name: "seg-0")
        for stopAt in 1...4 {
            var asked = 0
            let merged = try SegmentMerger.merge(
                [segment], to: directory, name: "seg-1", indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema,
                shouldStop: {
                    asked += 1
                    return asked == stopAt
                })
            #expect((merged == nil) == (asked == stopAt))
            guard merged == nil else { return }
            #expect(
                try Set(directory.fileNames()).isDisjoint(with: ["seg-1.izs", "seg-1.izs.tmp"]))
        }
    }

    @Test func `a damaged segment is not merged`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let model = SegmentModel(seed: 6, documentCount: 60)
        _ = try model.segment(in: directory, name: "seg-0")
        var bytes = try directory.read("seg-0.izs")
        bytes[bytes.count / 2] ^= 1
        let segment = try Segment.open(file: MappedFile(name: "seg-0.izs", copying: bytes))
        #expect(throws: IndexError.self) {
            _ = try SegmentMerger.merge(
                [segment], to: directory, name: "seg-1", indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema)
        }
        #expect(try !directory.fileNames().contains { $0.hasPrefix("seg-1") })
    }
}
