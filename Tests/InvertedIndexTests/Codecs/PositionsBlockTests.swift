import TestSupport
import Testing

@testable import InvertedIndex

struct PositionsBlockTests {
    private static func write(_ steps: [UInt32]) -> [UInt8] {
        var output = GrowingBytes()
        steps.withUnsafeBufferPointer { PositionsBlock.write($0, to: &output) }
        return [UInt8](output.bytes)
    }

    /// Reads some steps; `nil` where the bytes are refused.
    private static func read(
        _ bytes: [UInt8], of count: Int, from first: Int = 0, count part: Int? = nil,
        hasPackedLists: Bool = true
    ) -> [UInt32]? {
        let padded = bytes + [UInt8](repeating: 0xFF, count: LinearPacking.readAhead)
        return padded.withUnsafeBytes { input -> [UInt32]? in
            guard let base = input.baseAddress else { return nil }
            var cursor = ByteCursor(base: base, position: 0, end: bytes.count)
            var exceptions = [PositionsBlock.Exception](repeating: (0, 0), count: 255)
            guard
                let layout = PositionsBlock.readLayout(
                    &cursor, count: count, hasPackedLists: hasPackedLists,
                    exceptions: &exceptions),
                cursor.position == bytes.count
            else { return nil }
            let length = part ?? count
            var steps = [UInt32](repeating: 0, count: length + 1)
            PositionsBlock.read(
                base, layout, exceptions: exceptions, from: first, count: length, into: &steps)
            return Array(steps.dropLast())
        }
    }

    @Test func `all short lists of small steps come back`() {
        let values: [UInt32] = [0, 1, 2, 200, .max]
        for count in 1...4 {
            var total = 1
            for _ in 0..<count { total *= values.count }
            for number in 0..<total {
                var rest = number
                let steps = (0..<count).map { _ -> UInt32 in
                    defer { rest /= values.count }
                    return values[rest % values.count]
                }
                guard Self.read(Self.write(steps), of: count) == steps else {
                    Issue.record("\(steps)")
                    return
                }
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `every part of a block can be read alone`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for outliers in [0, 1, 5, 60] {
            let count = 300
            var steps = (0..<count).map { _ in UInt32.random(in: 0...30, using: &generator) }
            for _ in 0..<outliers {
                let place = Int.random(in: 0..<count, using: &generator)
                steps[place] = UInt32.random(in: 0...(1 << 20), using: &generator)
            }
            let bytes = Self.write(steps)
            if outliers == 1 { #expect(bytes.count < count * 5 / 8 + 16) }
            for first in stride(from: 0, to: count, by: 7) {
                for length in [0, 1, 2, 50] where first + length <= count {
                    let part = Self.read(bytes, of: count, from: first, count: length)
                    guard part == Array(steps[first..<first + length]) else {
                        Issue.record("\(outliers) outliers, from \(first), \(length) steps")
                        return
                    }
                }
            }
        }
    }

    @Test func `many outliers widen the block instead of overflowing it`() {
        let steps = (0..<2000).map { UInt32($0 % 3 == 0 ? 1 << 20 : 1) }
        #expect(Self.read(Self.write(steps), of: 2000) == steps)
        let zeros = [UInt32](repeating: 0, count: 5000)
        #expect(Self.read(Self.write(zeros), of: 5000) == zeros)
    }

    @Test func `a claim of many steps without bytes is refused`() {
        #expect(Self.read([0], of: PositionsBlock.greatestFreeCount) != nil)
        #expect(Self.read([0], of: PositionsBlock.greatestFreeCount + 1) == nil)
    }

    /// As the formats 1 to 5 have them: 6 steps of 3 bits, the third and the fifth with more.
    private static let older: [UInt8] = [
        0x83, 2, 2, 0xAE, 0x44, 2, 112, 0b0000_1011, 0b0100_0100, 0b10,
    ]

    @Test func `lists of older formats are read`() {
        let steps: [UInt32] = [3, 1, 8750 << 3, 2, 112 << 3 | 4, 4]
        #expect(Self.read(Self.older, of: 6, hasPackedLists: false) == steps)
        #expect(Self.read(Self.write(steps), of: 6) == steps)
    }

    @Test(arguments: [false, true])
    func `hostile bytes are refused or read within bounds`(hasPackedLists: Bool) {
        let steps = (0..<40).map { [3, 1, 70_000, 2, 900, 4][$0 < 6 ? $0 : 0] as UInt32 }
        let count = hasPackedLists ? 40 : 6
        let bytes = hasPackedLists ? Self.write(steps) : Self.older
        #expect(bytes[0] >= 0x80)
        for length in 0..<bytes.count {
            let part = Array(bytes[..<length])
            #expect(Self.read(part, of: count, hasPackedLists: hasPackedLists) == nil)
        }
        for place in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[place] ^= 1 << UInt8(bit)
                _ = Self.read(other, of: count, hasPackedLists: hasPackedLists)
            }
        }
    }
}
