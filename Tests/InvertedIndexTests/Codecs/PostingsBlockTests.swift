import TestSupport
import Testing

@testable import InvertedIndex

struct PostingsBlockTests {
    private struct Block {
        var bytes: [UInt8]
        var documentWidth: Int
        var frequencyWidth: Int
    }

    private static func write(_ documents: [UInt32], _ frequencies: [UInt32], _ base: UInt32)
        -> Block
    {
        var output = GrowingBytes()
        var documents = documents
        var frequencies = frequencies
        let widths = PostingsBlock.write(
            documents: &documents, frequencies: &frequencies, count: documents.count, base: base,
            to: &output)
        let bytes = [UInt8](output.bytes) + [UInt8](repeating: 0xFF, count: 8)
        return Block(
            bytes: bytes, documentWidth: widths.documentWidth,
            frequencyWidth: widths.frequencyWidth)
    }

    private static func read(
        _ block: Block, count: Int, base: UInt32, last: UInt32
    ) -> (documents: [UInt32], frequencies: [UInt32])? {
        block.bytes.withUnsafeBytes { input in
            guard let start = input.baseAddress else { return nil }
            var documents = [UInt32](repeating: 0, count: 128)
            var frequencies = documents
            guard
                PostingsBlock.readDocuments(
                    start, count: count, width: block.documentWidth, base: base, last: last,
                    into: &documents)
            else { return nil }
            let offset = PostingsBlock.documentsByteCount(count, width: block.documentWidth)
            PostingsBlock.readFrequencies(
                start + offset, count: count, width: block.frequencyWidth, into: &frequencies)
            return (Array(documents[..<count]), Array(frequencies[..<count]))
        }
    }

    @Test func `blocks of every length and spread come back`() {
        for count in 1...128 {
            for spread: UInt32 in [0, 1, 100, 1 << 20, (1 << 25) - 1] {
                var generator = SeededGenerator(seed: UInt64(count) << 32 | UInt64(spread))
                for base in [UInt32.max, 0, 41] {
                    var next = base
                    let documents = (0..<count).map { _ -> UInt32 in
                        let step = UInt32.random(in: 0...min(spread, (1 << 24)), using: &generator)
                        next = next &+ step &+ 1
                        return next
                    }
                    let frequencies = documents.map { _ in
                        UInt32.random(in: 1...max(1, spread / 16), using: &generator)
                    }
                    let block = Self.write(documents, frequencies, base)
                    let back = Self.read(block, count: count, base: base, last: next)
                    guard let back, back.documents == documents, back.frequencies == frequencies
                    else {
                        Issue.record("count \(count), spread \(spread), base \(base)")
                        return
                    }
                    if Self.read(block, count: count, base: base, last: next &+ 1) != nil {
                        Issue.record("a wrong last document is not noticed")
                        return
                    }
                }
            }
        }
    }

    @Test func `documents that wrap around are refused`() {
        for count in [2, 127, 128] {
            // Distances of 2³¹: the sum comes around to where it should end.
            let documents = (0..<count).map { UInt32(truncatingIfNeeded: $0) &* 0x8000_0001 }
            let block = Self.write(documents, documents.map { _ in 1 }, .max)
            #expect(block.documentWidth == 32)
            let last = documents[count - 1]
            let isSound = zip(documents, documents.dropFirst()).allSatisfy { $0 < $1 }
            #expect((Self.read(block, count: count, base: .max, last: last) != nil) == isSound)
        }
    }

    @Test func `the greatest frequency comes back`() {
        let frequencies = (0..<128).map { UInt32($0 % 2 == 0 ? 1 : 1 << 24) }
        let block = Self.write((0..<128).map { UInt32($0) }, frequencies, .max)
        #expect(block.documentWidth == 0)
        #expect(block.frequencyWidth == PostingsBlock.greatestFrequencyWidth)
        #expect(
            Self.read(block, count: 128, base: .max, last: 127)?.frequencies == frequencies)
    }
}
