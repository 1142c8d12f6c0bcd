import Testing

@testable import InvertedIndex

struct VarintTests {
    private static func bytes(of value: UInt64) -> [UInt8] {
        var bytes = GrowingBytes()
        bytes.varint(value)
        return [UInt8](bytes.bytes)
    }

    private static func read(_ bytes: [UInt8]) -> (value: UInt64?, left: Int) {
        bytes.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { return (nil, 0) }
            var cursor = ByteCursor(base: base, position: 0, end: buffer.count)
            let value = cursor.varint()
            return (value, cursor.end - cursor.position)
        }
    }

    @Test func `numbers come back from as many bytes as they need`() {
        var values: [UInt64] = Array(0...70_000)
        for shift in 14..<64 {
            let power: UInt64 = 1 << UInt64(shift)
            values += [power - 1, power, power + 1]
        }
        values.append(.max)
        for value in values {
            let bytes = Self.bytes(of: value)
            guard bytes.count == Varint.byteCount(of: value), Self.read(bytes) == (value, 0) else {
                Issue.record("\(value) became \(bytes)")
                return
            }
        }
    }

    @Test func `a known number has known bytes`() {
        #expect(Self.bytes(of: 300) == [0xAC, 0x02])
    }

    @Test func `what is cut or too long is refused`() {
        #expect(Self.read([0x80]).value == nil)
        #expect(Self.read([0xFF, 0xFF]).value == nil)
        let nine = [UInt8](repeating: 0xFF, count: 9)
        #expect(Self.read(nine + [0x01]).value == .max)
        #expect(Self.read(nine + [0x02]).value == nil)
        #expect(Self.read(nine + [0x81, 0]).value == nil)
        #expect(Self.read([UInt8](repeating: 0x80, count: 40)).value == nil)
    }
}
