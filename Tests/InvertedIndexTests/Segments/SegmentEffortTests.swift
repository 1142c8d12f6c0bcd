import TestSupport
import Testing

@testable import InvertedIndex

/// Segments that are written with the least effort are whole, and leave no trace in a merge.
struct SegmentEffortTests {
    private static func segment(
        _ model: SegmentModel, _ directory: any Directory, _ name: String, _ effort: SegmentEffort
    ) throws -> Segment {
        let descriptor = try model.builder().write(
            to: directory, name: name, indexUUID: SegmentModel.uuid, effort: effort)
        return try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema)
    }

    @Test(arguments: SeededGenerator.seeds(4))
    func `both efforts write the same documents, and merge to the same bytes`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        var merged: [[UInt8]] = []
        for effort in [SegmentEffort.full, .least] {
            let segments = try (0..<3).map { index in
                // Enough words for a column of their ends.
                let model = SegmentModel(
                    seed: seed &+ UInt64(index), documentCount: 300, wordCount: 6_000,
                    repeatsKeys: index == 1)
                let segment = try Self.segment(model, directory, "seg-\(effort)-\(index)", effort)
                try segment.verify()
                try model.check(segment)
                #expect(
                    (segment.content.suffixes(FieldID(rawValue: 0)) == nil) == (effort == .least))
                return segment
            }
            let result = try SegmentMerger.merge(
                segments, to: directory, name: "seg-\(effort)", indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema, threads: MergeThreads(count: 2, rangeByteCount: 1...1))
            let name = try #require(result?.descriptor.fileName)
            merged.append(try directory.read(name))
        }
        #expect(merged[0] == merged[1])
    }

    @Test func `a full merge writes even a single segment of the least effort anew`() throws {
        let folder = try TemporaryDirectory()
        let writer = try IndexWriter(
            directory: folder.open(), schema: SegmentModel.schema, fingerprint: "")
        let model = SegmentModel(seed: 3, documentCount: 300, wordCount: 6_000, repeatsKeys: false)
        try writer.add(written: writer.makeDestination().write(model.builder(), effort: .least))
        try writer.mergeAll()
        let snapshot = try writer.commit(walSequence: 0, userData: "")
        let segment = try #require(snapshot.segments.first)
        #expect(segment.content.suffixes(FieldID(rawValue: 0)) != nil)
        let name = segment.name
        try writer.mergeAll()
        #expect(
            try writer.commit(walSequence: 1, userData: "").segments.map(\.name) == [name])
    }
}
