import TestSupport
import Testing

@testable import InvertedIndex

struct SegmentTests {
    @Test(arguments: SeededGenerator.seeds(3))
    func `a segment answers as its documents say`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        for (index, count) in [1, 2, 17, 150, 400].enumerated() {
            let model = SegmentModel(seed: seed &+ UInt64(index), documentCount: count)
            try model.check(model.segment(in: directory, name: "seg-\(index)"))
        }
    }

    @Test func `a segment without documents is a segment`() throws {
        let folder = try TemporaryDirectory()
        let model = SegmentModel(seed: 1, documentCount: 0)
        try model.check(model.segment(in: folder.open(), name: "seg-0"))
    }

    @Test func `frequent terms take many blocks`() throws {
        let folder = try TemporaryDirectory()
        let model = SegmentModel(
            seed: 5, documentCount: 1500, wordCount: 12, greatestLength: 4, repeatsKeys: false)
        let segment = try model.segment(in: folder.open(), name: "seg-0")
        try model.check(segment)
        var longest = 0
        var cursor = try segment.terms(FieldID(rawValue: 0), from: [])
        while try cursor.next() {
            longest = max(longest, Int(cursor.entry.documentFrequency))
        }
        #expect(longest > 640)
    }

    @Test func `of two documents with one key the last counts`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let builder = SegmentBuilder(schema: SegmentModel.schema)
        for key in ["a", "b", "a", "a"] {
            builder.beginDocument(key: Array(key.utf8).span)
            builder.endDocument(stored: [UInt8]().span)
        }
        var keys: Set<String> = []
        try builder.forEachKey { key throws(IndexError) in
            keys.insert(String(decoding: (0..<key.count).map { key[$0] }, as: UTF8.self))
        }
        #expect(keys == ["a", "b"])
        let descriptor = try builder.write(
            to: directory, name: "seg-0", indexUUID: SegmentModel.uuid)
        #expect(descriptor.deletedCount == 2)
        let segment = try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema)
        #expect((0..<4).map { segment.isLive($0) } == [false, true, false, true])
        #expect(try segment.document(withKey: Array("a".utf8).span) == 3)
    }

    @Test func `a document of megabytes comes back`() throws {
        let folder = try TemporaryDirectory()
        var model = SegmentModel(seed: 3, documentCount: 3, repeatsKeys: false)
        var generator = SeededGenerator(seed: 9)
        model.documents[1].stored = (0..<300_000).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        model.documents[2].stored = [UInt8](repeating: 7, count: 1_000_000)
        try model.check(model.segment(in: folder.open(), name: "seg-0"))
    }

    @Test func `terms beyond the limit are counted and left out`() throws {
        let folder = try TemporaryDirectory()
        let builder = SegmentBuilder(schema: SegmentModel.schema)
        let longest = [UInt8](repeating: 97, count: SegmentLimits.termByteCount)
        builder.beginDocument(key: longest.span)
        builder.add(term: (longest + [97]).span, field: FieldID(rawValue: 0), position: 0)
        builder.add(term: longest.span, field: FieldID(rawValue: 0), position: 1)
        builder.add(keyword: (longest + [97]).span, field: FieldID(rawValue: 3))
        builder.endDocument(stored: [UInt8]().span)
        #expect(builder.droppedTermCount == 2)
        let directory = try folder.open()
        let descriptor = try builder.write(
            to: directory, name: "seg-0", indexUUID: SegmentModel.uuid)
        let segment = try Segment.open(
            directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema)
        try segment.verify()
        #expect(try segment.key(of: 0) == longest)
        #expect(try segment.lookup(FieldID(rawValue: 0), longest.span)?.position == 1)
    }

    @Test func `a segment of another schema is refused`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let model = SegmentModel(seed: 2, documentCount: 3)
        let descriptor = try model.builder().write(
            to: directory, name: "seg-0", indexUUID: SegmentModel.uuid)
        var schema = SegmentModel.schema
        schema.fields[0].name = "other"
        #expect(throws: IndexError.self) {
            try Segment.open(
                directory: directory, descriptor: descriptor, indexUUID: SegmentModel.uuid,
                schema: schema)
        }
        var other = descriptor
        other.documentCount += 1
        #expect(throws: IndexError.self) {
            try Segment.open(
                directory: directory, descriptor: other, indexUUID: SegmentModel.uuid,
                schema: SegmentModel.schema)
        }
    }
}
