import TestSupport
import Testing

@testable import InvertedIndex

struct PackingTests {
    /// Packs bit by bit: bit `b` of number `i` is bit `place(i, b)` of the bytes.
    private static func slowly(
        _ values: [UInt32], width: Int, byteCount: Int, place: (Int, Int) -> Int
    ) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: byteCount)
        for (index, value) in values.enumerated() {
            for bit in 0..<width where value >> UInt32(bit) & 1 == 1 {
                let place = place(index, bit)
                bytes[place / 8] |= 1 << UInt8(place % 8)
            }
        }
        return bytes
    }

    private static func mask(_ width: Int) -> UInt32 {
        width == 32 ? .max : (1 << UInt32(width)) - 1
    }

    private static func samples(_ width: Int, _ count: Int, _ seed: UInt64) -> [[UInt32]] {
        var generator = SeededGenerator(seed: seed)
        let random = (0..<count).map { _ in
            UInt32.random(in: 0 ... .max, using: &generator) & mask(width)
        }
        let alternating = (0..<count).map { $0 % 2 == 0 ? mask(width) : 0 }
        return [
            [UInt32](repeating: 0, count: count), [UInt32](repeating: mask(width), count: count),
            alternating, random,
        ]
    }

    @Test func `blocks are packed lane by lane at every width`() {
        for width in 0...32 {
            var samples = Self.samples(width, 128, UInt64(width))
            if width > 0 {
                // Each place alone.
                samples += (0..<128).map { place in
                    (0..<128).map { $0 == place ? Self.mask(width) : 0 }
                }
            }
            for values in samples {
                let expected = Self.slowly(
                    values, width: width, byteCount: BitPacking.byteCount(width: width)
                ) { index, bit in
                    let inLane = index / 4 * width + bit
                    return inLane / 32 * 128 + index % 4 * 32 + inLane % 32
                }
                var packed = [UInt8](repeating: 0xAA, count: expected.count)
                packed.withUnsafeMutableBytes { output in
                    guard let base = output.baseAddress else { return }
                    BitPacking.pack(values, width: width, into: base)
                }
                var unpacked = [UInt32](repeating: 99, count: 128)
                var singly: [UInt32] = []
                (expected + [0]).withUnsafeBytes { input in
                    guard let base = input.baseAddress else { return }
                    BitPacking.unpack(base, width: width, into: &unpacked)
                    singly = (0..<128).map { BitPacking.number(base, width: width, at: $0) }
                }
                guard packed == expected, unpacked == values, singly == values else {
                    Issue.record("width \(width): \(values)")
                    return
                }
            }
        }
    }

    @Test func `the width is that of the greatest number`() {
        for width in 0...32 {
            for place in [0, 1, 64, 126, 127] {
                var values = [UInt32](repeating: 0, count: 128)
                if width > 0 { values[place] = 1 << UInt32(width - 1) }
                #expect(BitPacking.width(of: values) == width)
                let linear = values.withUnsafeBufferPointer { LinearPacking.width(of: $0) }
                #expect(linear == width)
            }
        }
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `distances add up`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for base in [UInt32.max, 0, 7, 1 << 31] {
            var values = (0..<128).map { _ in UInt32.random(in: 0...1000, using: &generator) }
            var next = base
            let expected = values.map { distance in
                next = next &+ distance &+ 1
                return next
            }
            BitPacking.accumulate(&values, after: base)
            #expect(values == expected)
        }
    }

    @Test func `any count of numbers is packed one after the other`() {
        for width in 0...32 {
            for count in 0...130 {
                for values in Self.samples(width, count, UInt64(width * 1000 + count)) {
                    let expected = Self.slowly(
                        values, width: width,
                        byteCount: LinearPacking.byteCount(count, width: width)
                    ) { $0 * width + $1 }
                    var packed = GrowingBytes()
                    packed.u8(1)
                    values.withUnsafeBufferPointer {
                        LinearPacking.pack($0, width: width, into: &packed)
                    }
                    let bytes = [UInt8](packed.bytes.dropFirst())
                    guard bytes == expected, Self.readsBack(values, width, bytes) else {
                        Issue.record("width \(width), count \(count)")
                        return
                    }
                }
            }
        }
    }

    private static func readsBack(_ values: [UInt32], _ width: Int, _ bytes: [UInt8]) -> Bool {
        let padded = bytes + [UInt8](repeating: 0xFF, count: LinearPacking.readAhead)
        return padded.withUnsafeBytes { input in
            guard let base = input.baseAddress else { return false }
            let first = values.count / 3
            var part = [UInt32](repeating: 0, count: values.count - first + 1)
            LinearPacking.unpack(
                base, from: first, count: values.count - first, width: width, into: &part)
            return part.dropLast() == values[first...]
                && values.indices.allSatisfy {
                    LinearPacking.value(base, at: $0, width: width) == values[$0]
                }
        }
    }
}
