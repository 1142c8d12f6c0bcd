import TestSupport
import Testing

@testable import InvertedIndex

struct SkipEntryLayoutTests {
    @Test func `entries come back at every layout`() throws {
        let format = PostingsFormat.current
        for (postings, positions, byteCount) in [
            (1 << 18, 0, 12), (1 << 18, 1, 14), (1 << 18, 1 << 16, 14),
            (1 << 18, (1 << 16) + 1, 16), ((1 << 18) + 1, 0, 14),
            ((1 << 18) + 1, 1 << 16, 16), ((1 << 18) + 1, 1 << 40, 18),
        ] as [(UInt64, UInt64, Int)] {
            let layout = SkipEntryLayout(
                format, postingsByteCount: postings, positionsByteCount: positions)
            #expect(layout.byteCount == byteCount)
            var bytes = GrowingBytes()
            let rest: [UInt8] = [1, 2, 3, 4, 5, 6]
            let place: UInt32 = postings > 1 << 18 ? 0xFEDC_BA98 : 0xFEDC
            let positionsPlace: UInt32 =
                positions == 0 ? 0 : positions > 1 << 16 ? 0x1234_5678 : 0xCDEF
            for document: UInt32 in [9, 0x7FFF_FFFF] {
                rest.withUnsafeBytes { rest in
                    layout.write(
                        lastDocument: document, place: place, positionsPlace: positionsPlace,
                        rest: rest, to: &bytes)
                }
            }
            #expect(bytes.count == 2 * byteCount)
            for (entry, document) in [9, 0x7FFF_FFFF as UInt32].enumerated() {
                let start = try #require(bytes.bytes.baseAddress) + entry * byteCount
                #expect(start.loadUnaligned(as: UInt32.self) == document)
                #expect(layout.place(start) == place)
                #expect(layout.positionsPlace(start) == positionsPlace)
                let codes = bytes.bytes[(entry * byteCount + layout.codesOffset)...].prefix(6)
                #expect(codes.elementsEqual(rest))
            }
        }
    }

    /// The open section of postings, and positions for the next one.
    private final class Sections: PostingsOutput {
        let output: FileEnvelope.Writer
        var positions: [UInt8] = []

        init(_ output: FileEnvelope.Writer) { self.output = output }

        func write(
            postings: UnsafeRawBufferPointer, positions: UnsafeRawBufferPointer
        ) throws(IndexError) {
            try output.write(postings)
            self.positions += positions
        }
    }

    /// Writes one term and gives its segment's parts to `body`.
    private static func withTerm(
        documents: [UInt32], frequency: UInt32, step: UInt32,
        _ body: (TermEntry, PostingsCursor) throws -> Void
    ) throws {
        let folder = try TemporaryDirectory()
        let directory = try folder.open()
        let output = try FileEnvelope.Writer(
            output: directory.createFile(named: "term"), kind: .segment,
            indexUUID: SegmentModel.uuid)
        let sections = Sections(output)
        try output.beginSection(id: SegmentSection.postings, codec: PostingsFormat.currentCodec)
        var writer = PostingsWriter(output: sections, lengths: FieldStatistics())
        writer.begin(hasPositions: step > 0)
        for document in documents {
            try writer.add(document: document, frequency: frequency, lengthCode: 1)
            for _ in 0..<frequency where step > 0 { writer.addStep(step) }
        }
        let entry = try writer.finish()
        try writer.flush()
        try output.endSection()
        try output.beginSection(id: SegmentSection.positions)
        try output.write(sections.positions)
        try output.endSection()
        _ = try output.finish()
        let file = try directory.map("term")
        let envelope = try FileEnvelope.Reader(
            file: file, kind: .segment, indexUUID: SegmentModel.uuid)
        let cursor = try PostingsCursor(
            entry, file: file, postings: envelope.section(SegmentSection.postings).bytes,
            positions: envelope.section(SegmentSection.positions).bytes,
            format: PostingsFormat(of: envelope.section(SegmentSection.postings)),
            documentCount: 1 << 31, lengths: nil, hasPositions: step > 0,
            buffers: PostingsBuffers())
        try body(entry, cursor)
    }

    /// Short places and long ones, with and without positions.
    @Test(
        arguments: [
            (300, 1, 0, 12), (300, 1, 5, 14), (4000, 24, 300, 16), (150_000, 1, 0, 14),
        ] as [(Int, UInt32, UInt32, Int)])
    func `a term of many blocks is found by its entries`(
        count: Int, frequency: UInt32, step: UInt32, byteCount: Int
    ) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        var next: UInt32 = 0
        // Far apart where the places of blocks are to take more than two bytes.
        let greatestGap: UInt32 = count > 10_000 ? 25_000 : 40
        let documents = (0..<count).map { _ -> UInt32 in
            next += UInt32.random(in: 1...greatestGap, using: &generator)
            return next
        }
        try Self.withTerm(documents: documents, frequency: frequency, step: step) { entry, first in
            let layout = SkipEntryLayout(
                PostingsFormat.current, postingsByteCount: entry.postingsByteCount,
                positionsByteCount: entry.positionsByteCount)
            #expect(layout.byteCount == byteCount)
            #expect(first.skips == layout)
            var cursor = first
            var found: [UInt32] = []
            var positions: [UInt32] = []
            while try cursor.nextBlock() {
                try cursor.decodeDocuments()
                for index in 0..<cursor.count { found.append(cursor.documents[index]) }
                guard step > 0 else { continue }
                try cursor.positions(at: cursor.count - 1, into: &positions)
                #expect(positions == (1...frequency).map { $0 * step })
            }
            #expect(found == documents)
            cursor.rewind()
            for place in stride(from: 0, to: count, by: 97) {
                let isFound = try cursor.skipToBlock(containing: documents[place])
                #expect(isFound && cursor.blockIndex == place / 128)
            }
        }
    }
}
