import TestSupport
import Testing

@testable import InvertedIndex

struct PostingsBlockTests {
    private struct Block {
        var bytes: [UInt8]
        var documents: BlockCode
        var frequencies: BlockCode
    }

    private static func write(
        _ documents: [UInt32], _ frequencies: [UInt32], _ base: UInt32
    ) -> Block {
        var output = GrowingBytes()
        var documents = documents
        var frequencies = frequencies
        let codes = PostingsBlock.write(
            documents: &documents, frequencies: &frequencies, count: documents.count, base: base,
            to: &output)
        #expect(documents.count < 128 || output.count % PostingsBlock.alignment == 0)
        let bytes = [UInt8](output.bytes) + [UInt8](repeating: 0xFF, count: 8)
        return Block(bytes: bytes, documents: codes.documents, frequencies: codes.frequencies)
    }

    private static func read(
        _ block: Block, count: Int, base: UInt32, last: UInt32
    ) -> (documents: [UInt32], frequencies: [UInt32])? {
        block.bytes.withUnsafeBytes { input in
            guard let start = input.baseAddress else { return nil }
            var documents = [UInt32](repeating: 0, count: 128 + DocumentBits.overrun)
            var frequencies = documents
            guard
                PostingsBlock.readDocuments(
                    start, count: count, block.documents, base: base, last: last,
                    into: &documents)
            else { return nil }
            let offset = PostingsBlock.byteCount(start, count: count, block.documents)
            let least = PostingsBlock.leastByteCount(count: count, block.documents)
            #expect(block.documents.isPatched ? offset > least : offset == least)
            PostingsBlock.readFrequencies(
                start + offset, count: count, block.frequencies, into: &frequencies)
            if count == 128 {
                let singly = (0..<128).map {
                    PatchedPacking.number(start + offset, block.frequencies, at: $0) &+ 1
                }
                #expect(singly == Array(frequencies[..<128]))
            }
            if base == .max {
                var only = [UInt32](repeating: 0, count: 128 + DocumentBits.overrun)
                let end = PostingsBlock.readOnlyDocuments(
                    start, count: count, block.documents, into: &only)
                #expect(end == documents[count - 1] && only[..<count] == documents[..<count])
            }
            return (Array(documents[..<count]), Array(frequencies[..<count]))
        }
    }

    @Test func `blocks of every length and spread come back`() {
        for count in 1...128 {
            for spread: UInt32 in [0, 1, 3, 8, 100, 1 << 20, (1 << 25) - 1] {
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

    @Test func `a few great numbers in a block are exceptions`() {
        var generator = SeededGenerator(seed: 5)
        for great in [UInt32(3), 40, 250, 1 << 16, 1 << 22] {
            for exceptions in [0, 1, 7, 24, 25, 60] {
                var next = UInt32.max
                let places = Set((0..<128).shuffled(using: &generator).prefix(exceptions))
                let documents = (0..<128).map { place -> UInt32 in
                    next &+= 1 + (places.contains(place) ? great : UInt32(place % 3))
                    return next
                }
                let frequencies = (0..<128).map {
                    places.contains($0) ? great + 1 : UInt32($0 % 2 + 1)
                }
                let block = Self.write(documents, frequencies, .max)
                let back = Self.read(block, count: 128, base: .max, last: next)
                #expect(back?.documents == documents)
                #expect(back?.frequencies == frequencies)
                if exceptions == 7, great == 250 {
                    #expect(block.frequencies == .patched(width: 1))
                }
                #expect(block.bytes.count < 128 * 7)
            }
        }
    }

    @Test func `a few great numbers in a block that is not full are exceptions`() {
        var generator = SeededGenerator(seed: 6)
        for count in [2, 16, 60, 127] {
            for great in [UInt32(40), 250, 1 << 16, 1 << 22] {
                var next = UInt32.max
                let places = Set((0..<count).shuffled(using: &generator).prefix(3))
                let documents = (0..<count).map { place -> UInt32 in
                    next &+= 1 + (places.contains(place) ? great : UInt32(place % 3))
                    return next
                }
                let frequencies = (0..<count).map {
                    places.contains($0) ? great + 1 : UInt32($0 % 2 + 1)
                }
                let block = Self.write(documents, frequencies, .max)
                let back = Self.read(block, count: count, base: .max, last: next)
                #expect(back?.documents == documents)
                #expect(back?.frequencies == frequencies)
                if count != 16 { #expect(block.documents.isPatched == (count > 16)) }
                #expect(Self.read(block, count: count, base: .max, last: next &+ 1) == nil)
            }
        }
    }

    @Test func `documents near each other are a set of bits`() {
        let documents = (0..<128).map { UInt32($0 * 5 / 2) }
        let block = Self.write(documents, documents.map { _ in 1 }, .max)
        #expect(block.documents == .bits(unitCount: 3))
        #expect(Self.read(block, count: 128, base: .max, last: 317)?.documents == documents)
        var fewer = block
        fewer.bytes[0] ^= 1
        #expect(Self.read(fewer, count: 128, base: .max, last: 317) == nil)
        var more = block
        for place in 0..<48 { more.bytes[place] = 0xFF }
        #expect(Self.read(more, count: 128, base: .max, last: 317) == nil)
    }

    @Test func `documents that wrap around are refused`() {
        for count in [2, 127, 128] {
            // Distances of 2³¹: the sum comes around to where it should end.
            let documents = (0..<count).map { UInt32(truncatingIfNeeded: $0) &* 0x8000_0001 }
            let block = Self.write(documents, documents.map { _ in 1 }, .max)
            #expect(block.documents == .packed(width: 32))
            let last = documents[count - 1]
            let isSound = zip(documents, documents.dropFirst()).allSatisfy { $0 < $1 }
            #expect((Self.read(block, count: count, base: .max, last: last) != nil) == isSound)
        }
    }

    @Test func `the greatest frequency comes back`() {
        let frequencies = (0..<128).map { UInt32($0 % 2 == 0 ? 1 : 1 << 24) }
        let block = Self.write((0..<128).map { UInt32($0) }, frequencies, .max)
        #expect(block.documents == .packed(width: 0))
        #expect(block.frequencies == .packed(width: PostingsBlock.greatestFrequencyWidth))
        #expect(
            Self.read(block, count: 128, base: .max, last: 127)?.frequencies == frequencies)
    }

    @Test func `codes are those of a place where they can stand`() {
        for byte in UInt8.min ... .max {
            let code = BlockCode(rawValue: byte)
            let isSet = (129...160).contains(byte)
            #expect(code.isForDocuments == (byte <= 32 || (64..<96).contains(byte) || isSet))
            #expect(code.isForFrequencies == (byte <= 24 || (64...80).contains(byte)))
            #expect(code.isPacked == (byte < 64))
        }
    }
}
