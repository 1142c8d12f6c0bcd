import TestSupport
import Testing

@testable import InvertedIndex

/// Merges that compress stored bytes with a dictionary.
struct StoredDictionaryTests {
    /// For as few bytes as tests have.
    private static let rule = StoredDictionaryRule(leastStreamByteCount: 2000, byteCount: 1024)

    /// Documents as services send them: the same names in all, other words in each.
    private static func model(_ seed: UInt64, count: Int, phrase: String) -> SegmentModel {
        var generator = SeededGenerator(seed: seed)
        var model = SegmentModel(
            seed: seed, documentCount: count, wordCount: 20, greatestLength: 4, repeatsKeys: false)
        for index in model.documents.indices {
            let number = Int.random(in: 0..<1_000_000, using: &generator)
            let length = Int.random(in: 0...60, using: &generator)
            let rest = (0..<length).map { _ in Int.random(in: 0...99, using: &generator) }
            model.documents[index].stored = Array(
                "{\"title\":\"\(phrase) \(number)\",\"body\":\"\(phrase): \(rest)\"}".utf8)
        }
        return model
    }

    private static func merge(
        _ segments: [Segment], _ directory: any Directory, _ name: String, _ order: [UInt32]? = nil
    ) throws -> Segment {
        let sources = try SegmentMerger.sources(of: segments)
        let merged = try #require(
            try SegmentMerger.merge(
                sources, in: order.map { MergeOrder(sources, order: $0) }, to: directory,
                name: name, indexUUID: SegmentModel.uuid, schema: SegmentModel.schema,
                dictionaryRule: rule, shouldStop: { false }))
        return try Segment.open(
            directory: directory, descriptor: merged.descriptor, indexUUID: SegmentModel.uuid,
            schema: SegmentModel.schema)
    }

    private static func dictionary(of segment: Segment) -> [UInt8] {
        [UInt8](segment.content.store.dictionaryBytes)
    }

    @Test(arguments: SeededGenerator.seeds(3))
    func `documents are what they were, in any order and after any merge`(seed: UInt64) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let first = Self.model(seed, count: 300, phrase: "ortaq")
        let second = Self.model(seed &+ 1, count: 60, phrase: "basqa")
        let one = try Self.merge(
            [first.segment(in: directory, name: "seg-0")], directory, "seg-1")
        #expect(!Self.dictionary(of: one).isEmpty)
        try first.check(one)
        let both = try Self.merge(
            [one, second.segment(in: directory, name: "seg-2")], directory, "seg-3")
        try SegmentModel([first, second]).check(both)
        var generator = SeededGenerator(seed: seed)
        let order = (0..<both.documentCount).shuffled(using: &generator)
        let shuffled = try Self.merge([both], directory, "seg-4", order)
        for (target, document) in order.enumerated() {
            #expect(try shuffled.stored(UInt32(target)) == both.stored(document))
        }
        try shuffled.verify()
    }

    @Test func `blocks are copied where most are compressed with the same`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let large = try Self.merge(
            [Self.model(1, count: 400, phrase: "ortaq").segment(in: directory, name: "seg-0")],
            directory, "seg-1")
        let small = try Self.model(2, count: 30, phrase: "ortaq").segment(
            in: directory, name: "seg-2")
        let merged = try Self.merge([small, large], directory, "seg-3")
        #expect(Self.dictionary(of: merged) == Self.dictionary(of: large))
        let old = large.content.store
        let new = merged.content.store
        var blocks: Set<[UInt8]> = []
        for number in 0..<new.blockCount {
            blocks.insert([UInt8](try new.bytes(new.entry(number).entry, number)))
        }
        for number in 0..<old.blockCount - 1 {
            #expect(blocks.contains([UInt8](try old.bytes(old.entry(number).entry, number))))
        }
        // Where neither has most of the bytes, it is made anew.
        let other = try Self.merge(
            [Self.model(3, count: 400, phrase: "basqa").segment(in: directory, name: "seg-4")],
            directory, "seg-5")
        let third = try Self.model(4, count: 400, phrase: "úshinshi").segment(
            in: directory, name: "seg-6")
        let mixed = try Self.merge([large, other, third], directory, "seg-7")
        #expect(!Self.dictionary(of: mixed).isEmpty)
        #expect(Self.dictionary(of: mixed) != Self.dictionary(of: large))
        #expect(Self.dictionary(of: mixed) != Self.dictionary(of: other))
    }

    @Test func `nothing of deleted documents is left in a dictionary`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let secret = Self.model(1, count: 300, phrase: "qupiya qujat eshkimge berilmeidi")
        let open = Self.model(2, count: 100, phrase: "ashyq derek barlygyna beriledi")
        let segments = try [
            open.segment(in: directory, name: "seg-0"),
            secret.segment(in: directory, name: "seg-1"),
        ]
        let both = try Self.merge(segments, directory, "seg-2")
        func has(_ word: String, _ segment: Segment) -> Bool {
            let bytes = Self.dictionary(of: segment)
            let word = Array(word.utf8)
            return bytes.indices.contains { bytes[$0...].starts(with: word) }
        }
        #expect(has("qupiya", both))
        let left = both.withDeletions(
            Deletions(documentCount: both.documentCount).deleting(100..<400))
        let merged = try Self.merge([left], directory, "seg-3")
        #expect(has("ashyq", merged))
        #expect(!has("qupiya", merged))
    }

    @Test func `few bytes have no dictionary`() throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let segment = try Self.model(1, count: 5, phrase: "az").segment(
            in: directory, name: "seg-0")
        let merged = try Self.merge([segment], directory, "seg-1")
        #expect(Self.dictionary(of: merged).isEmpty)
        #expect(merged.content.envelope.optionalSection(SegmentSection.storedDictionary) == nil)
    }
}
