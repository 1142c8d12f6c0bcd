import TestSupport
import Testing

@testable import InvertedIndex

struct PatchedLinearPackingTests {
    private static func write(_ values: [UInt32]) -> (PatchedLinearPacking.Choice, [UInt8]) {
        var output = GrowingBytes()
        let choice = values.withUnsafeBufferPointer { values in
            let choice = PatchedLinearPacking.bestChoice(values)
            PatchedLinearPacking.write(values, choice, to: &output)
            return choice
        }
        return (choice, [UInt8](output.bytes))
    }

    private static func plainByteCount(_ values: [UInt32]) -> Int {
        LinearPacking.byteCount(
            values.count, width: values.withUnsafeBufferPointer { LinearPacking.width(of: $0) })
    }

    private static func read(_ bytes: [UInt8], count: Int, width: Int) -> [UInt32] {
        var values = [UInt32](repeating: 7, count: 128)
        // As much as any list and 128 numbers take.
        (bytes + [UInt8](repeating: 0xFF, count: 2048)).withUnsafeBytes { input in
            guard let base = input.baseAddress else { return }
            PatchedLinearPacking.unpackBlock(base, count: count, width: width, into: &values)
        }
        return Array(values[..<count])
    }

    @Test(arguments: SeededGenerator.seeds(2))
    func `numbers with exceptions come back in fewer bytes`(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var patchedCount = 0
        for count in 1...127 {
            for (outliers, great) in [(0, 0), (1, 8), (1, 17), (3, 31), (9, 5), (40, 12)] {
                var values = (0..<count).map { _ in UInt32.random(in: 0...9, using: &generator) }
                for _ in 0..<min(outliers, count) {
                    values[Int.random(in: 0..<count, using: &generator)] = 1 << UInt32(great)
                }
                let (choice, bytes) = Self.write(values)
                #expect(bytes.count <= Self.plainByteCount(values))
                guard choice.exceptionCount > 0 else {
                    #expect(bytes.count == Self.plainByteCount(values))
                    continue
                }
                patchedCount += 1
                let above = values.filter { $0 >> UInt32(choice.width) != 0 }
                #expect(choice.exceptionCount == above.count)
                guard Self.read(bytes, count: count, width: choice.width) == values else {
                    Issue.record("\(values), width \(choice.width)")
                    return
                }
                let header = bytes.withUnsafeBytes { input in
                    input.baseAddress.map { PatchedLinearPacking.Header($0).byteCount } ?? 0
                }
                #expect(
                    bytes.count
                        == header + LinearPacking.byteCount(count, width: choice.width))
            }
        }
        #expect(patchedCount > 250)
    }

    @Test func `the far first document of a rare term does not widen the others`() {
        let values: [UInt32] = [200_000] + (0..<20).map { $0 % 4 }
        let (choice, bytes) = Self.write(values)
        #expect(choice.width == 2 && choice.exceptionCount == 1)
        // Header, a gap of no bits, 16 upper bits, 21 numbers of 2 bits.
        #expect(bytes.count == 2 + 0 + 2 + 6)
    }

    @Test func `exceptions further apart than a gap has bits for are none`() {
        var values = [UInt32](repeating: 1, count: 100_000)
        values[99_999] = 1 << 12
        let (choice, bytes) = Self.write(values)
        #expect(choice.exceptionCount == 0 && bytes.count == Self.plainByteCount(values))
    }

    @Test func `whatever the bytes are, the numbers stay in their room`() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<500 {
            let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let count = Int.random(in: 1...127, using: &generator)
            let values = Self.read(
                bytes, count: count, width: Int.random(in: 0...31, using: &generator))
            #expect(values.count == count)
        }
    }
}
