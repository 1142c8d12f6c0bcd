import TestSupport
import Testing

@testable import InvertedIndex

struct MergePolicyTests {
    private func segment(
        _ byteCount: Int, documents: UInt32 = 1000, deleted: UInt32 = 0
    ) -> MergePolicy.Candidate {
        .init(byteCount: byteCount, documentCount: documents, liveCount: documents - deleted)
    }

    private let policy = MergePolicy(
        segmentsPerTier: 4, floorByteCount: 100, maximumByteCount: 100_000,
        maximumSegmentCount: 20)

    @Test func `few segments stay as they are`() {
        #expect(policy.nextMerge(of: []) == nil)
        #expect(policy.nextMerge(of: [segment(500)]) == nil)
        #expect(policy.nextMerge(of: [segment(500), segment(90_000), segment(1)]) == nil)
    }

    @Test func `segments of one size are merged, not a large with small ones`() {
        let segments = [segment(40_000)] + (0..<12).map { _ in segment(1000) }
        let merge = policy.nextMerge(of: segments)
        #expect(merge?.count == 4)
        #expect(merge?.contains(0) == false)
    }

    @Test func `a segment that is mostly deleted is written anew`() {
        let segments = [segment(500), segment(40_000, deleted: 400)]
        #expect(policy.nextMerge(of: segments) == [1])
        #expect(policy.nextMerge(of: [segment(500, deleted: 300)]) == nil)
    }

    @Test func `too many segments are merged whatever their size`() {
        let segments = (0..<21).map { _ in segment(99_000) }
        #expect(policy.nextMerge(of: segments)?.count == 4)
        #expect(policy.nextMerge(of: Array(segments.dropLast())) == nil)
    }

    @Test(arguments: SeededGenerator.seeds())
    func `merging ends, keeps the limits and copies a document a few times`(
        seed: UInt64
    ) {
        var random = SeededGenerator(seed: seed)
        var segments: [MergePolicy.Candidate] = []
        var added = 0
        var copied = 0
        var rounds = 0
        for _ in 0..<700 {
            let size = Int.random(in: 1...300, using: &random)
            segments.append(segment(size))
            added += max(size, 100)
            while let merge = policy.nextMerge(of: segments) {
                rounds += 1
                guard rounds < 5000 else {
                    Issue.record("merging does not end")
                    return
                }
                #expect(merge == merge.sorted() && Set(merge).count == merge.count)
                let bytes = merge.reduce(0) { $0 + segments[$1].byteCount }
                if segments.count <= policy.maximumSegmentCount {
                    #expect(bytes <= policy.maximumByteCount)
                }
                copied += bytes
                for index in merge.reversed() { segments.remove(at: index) }
                segments.append(segment(bytes))
            }
            #expect(segments.count <= policy.maximumSegmentCount)
        }
        #expect(copied < added * 8, "write amplification")
    }
}
